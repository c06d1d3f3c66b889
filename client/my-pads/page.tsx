import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { MyPadsPage } from '../../shared/my-pads.ts'
import { t } from '../i18n.ts'
import { LanguageMenu, ThemeMenu } from '../page-menus.tsx'
import { padTitle } from '../pad-title.ts'
import { s } from '../pad/share-words.ts'
import { announce } from '../ui/announce.ts'
import { Button } from '../ui/button.tsx'
import { Field, Input } from '../ui/field.tsx'
import { Mark } from '../ui/icon.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { themeFixed } from '../ui/theme.ts'
import { Toasts, toast } from '../ui/toasts.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import type { Api, Trouble, Wanted } from './api.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { PadTable } from './table.tsx'

/** Ms after the last letter until the list follows. */
const PAUSE = 250

/** All pads of whoever is signed in: found, sorted, paged, opened, deleted. */
export function MyPadsView({ title, name, api }: { title: string; name: string; api: Api }): JSX.Element {
  const wanted = useSignal<Wanted>({ kind: 'own', search: '', order: 'edited', descending: true, page: 0 })
  const shown = useSignal<MyPadsPage | Trouble | null>(null)
  const typed = useSignal('')
  const deleting = useSignal<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const load = async (next: Wanted): Promise<void> => {
    wanted.value = next
    const answer = await api.list(next)
    // Of answers that overtake each other the one to the last question counts.
    if (wanted.peek() !== next) return
    shown.value = answer
    if (typeof answer === 'object') announce(s('mine.count', { n: answer.total }))
  }
  const change = (part: Partial<Wanted>): void => void load({ ...wanted.peek(), page: 0, ...part })
  useEffect(() => {
    void load(wanted.peek())
    return () => clearTimeout(timer.current)
  }, [])
  const list = shown.value
  const gone = deleting.value
  return (
    <div class="plain">
      <header>
        <a class="wordmark" href="./">
          <Mark />
          {title}
        </a>
        <a class="button quiet" href="login">
          {name === '' ? t('login.isIn') : name}
        </a>
        <LanguageMenu />
        {!themeFixed() && <ThemeMenu />}
      </header>
      <main class="mine">
        <h1>{s('mine.title')}</h1>
        <div class="mine-tools">
          <Segmented
            label={s('mine.which')}
            value={wanted.value.kind}
            options={[
              { value: 'own', label: s('mine.own') },
              { value: 'shared', label: s('mine.shared') },
              { value: 'recent', label: s('mine.recent') },
            ]}
            onChange={(kind) =>
              change({ kind, order: kind === 'recent' ? 'seen' : 'edited', descending: true })
            }
          />
          <Field label={s('mine.search')}>
            {({ id }) => (
              <Input
                id={id}
                value={typed.value}
                maxLength={50}
                onInput={(search) => {
                  typed.value = search
                  clearTimeout(timer.current)
                  timer.current = setTimeout(() => change({ search: search.trim() }), PAUSE)
                }}
              />
            )}
          </Field>
        </div>
        {list === 'out' && (
          <p class="mine-note" role="alert">
            {s('mine.out')}{' '}
            <a class="button primary" href="login?next=my-pads">
              {s('mine.in')}
            </a>
          </p>
        )}
        {list === 'later' && (
          <p class="mine-note" role="alert">
            {s('mine.trouble')}{' '}
            <Button onClick={() => void load({ ...wanted.peek() })}>{s('mine.again')}</Button>
          </p>
        )}
        {typeof list === 'object' && list !== null && (
          <List
            list={list}
            wanted={wanted.value}
            change={change}
            onDelete={(pad) => (deleting.value = pad)}
          />
        )}
      </main>
      {gone !== null && (
        <DeleteDialog
          pad={gone}
          api={api}
          onClose={() => (deleting.value = null)}
          onGone={() => {
            deleting.value = null
            toast(s('mine.deleted', { name: padTitle(gone) }))
            void load({ ...wanted.peek() })
          }}
        />
      )}
      <Toasts />
      <Tooltip />
    </div>
  )
}

function List({
  list,
  wanted,
  change,
  onDelete,
}: {
  list: MyPadsPage
  wanted: Wanted
  change: (part: Partial<Wanted>) => void
  onDelete: (pad: string) => void
}): JSX.Element {
  const pages = Math.max(1, Math.ceil(list.total / list.perPage))
  if (list.pads.length === 0)
    return <p class="mine-note">{s(wanted.search === '' ? 'mine.none' : 'mine.noneFound')}</p>
  return (
    <>
      <PadTable
        list={list}
        wanted={wanted}
        onSort={(order, descending) => change({ order, descending })}
        onDelete={onDelete}
      />
      <nav class="mine-pages" aria-label={s('mine.page', { page: wanted.page + 1, pages })}>
        <span>{s('mine.count', { n: list.total })}</span>
        {pages > 1 && (
          <>
            <Button disabled={wanted.page === 0} onClick={() => change({ page: wanted.page - 1 })}>
              {s('mine.before')}
            </Button>
            <span>{s('mine.page', { page: wanted.page + 1, pages })}</span>
            <Button disabled={wanted.page + 1 >= pages} onClick={() => change({ page: wanted.page + 1 })}>
              {s('mine.next')}
            </Button>
          </>
        )}
      </nav>
    </>
  )
}
