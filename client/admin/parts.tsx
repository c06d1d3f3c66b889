/** What several rooms are made of. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { t } from '../i18n.ts'
import { Button, ToolButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { explain } from './api.ts'
import { BEFORE, NEXT, SEARCH } from './icons.ts'
import { figure, fullTime, machineTime } from './format.ts'
import { say } from './words.ts'

/** Id of a room's heading, which gets the focus when one enters it. */
export const HEADING = 'room'

/** The top of a room: its name, a word on its state, what can be done. */
export function RoomHead({
  title,
  chip,
  children,
}: {
  title: string
  chip?: ComponentChildren
  children?: ComponentChildren
}): JSX.Element {
  return (
    <div class="view-head">
      <h1 id={HEADING} tabIndex={-1}>
        {title}
      </h1>
      {chip}
      <span class="space" />
      {children}
    </div>
  )
}

type Tone = 'plain' | 'ok' | 'warning' | 'danger' | 'accent'

/** A word in a pill. */
export function Chip({
  tone = 'plain',
  dot = false,
  children,
}: {
  tone?: Tone
  dot?: boolean
  children: ComponentChildren
}): JSX.Element {
  return (
    <span class={`chip ${tone}`}>
      {dot && <span class="dot" />}
      {children}
    </span>
  )
}

/** How many people are somewhere: a green count, or a dash. */
export function Here({ count }: { count: number }): JSX.Element {
  if (count === 0) return <span class="nobody">{'–'}</span>
  return (
    <Chip tone="ok" dot>
      {figure(count)}
    </Chip>
  )
}

/** Something to know, with one thing to do about it. */
export function Notice({
  tone,
  children,
  action,
}: {
  tone: 'danger' | 'warning' | 'accent' | 'plain'
  children: ComponentChildren
  action?: ComponentChildren
}): JSX.Element {
  return (
    <div class={`banner ${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon name={tone === 'danger' || tone === 'warning' ? 'warning' : 'info'} />
      <p>{children}</p>
      {action}
    </div>
  )
}

/** A request failed; what was there stays, and one may try again. */
export function Trouble({ problem, again }: { problem: string | null; again: () => void }): JSX.Element {
  if (problem === null) return <></>
  return (
    <Notice
      tone="danger"
      action={
        <Button size="small" onClick={again}>
          {say('common.again')}
        </Button>
      }
    >
      {problem}
    </Notice>
  )
}

/** Nothing is here, and why. */
export function Nothing({ children }: { children: ComponentChildren }): JSX.Element {
  return <p class="nothing">{children}</p>
}

/** Grey rows where a list will be. */
export function WaitingRows({ count = 6 }: { count?: number }): JSX.Element {
  return (
    <div class="waiting-rows" role="status" aria-label={say('common.loading')} aria-busy="true">
      {Array.from({ length: count }, (_, index) => (
        <span class="skeleton" key={index} />
      ))}
    </div>
  )
}

/** What is looked for. */
export function SearchField({
  label,
  value,
  onInput,
}: {
  label: string
  value: string
  onInput: (value: string) => void
}): JSX.Element {
  return (
    <span class="with-icon">
      <Icon name={SEARCH} />
      <input
        class="input"
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={200}
        autoComplete="off"
        spellcheck={false}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </span>
  )
}

/** Which part of a list is shown, and the ways to the others. */
export function Pager({
  page,
  size,
  total,
  onPage,
}: {
  page: number
  size: number
  total: number
  onPage: (page: number) => void
}): JSX.Element {
  const from = Math.min(total, page * size + 1)
  const to = Math.min(total, (page + 1) * size)
  return (
    <nav class="records-foot pager" aria-label={say('pager.label')}>
      <span class="number" role="status">
        {say('pager.range', { from: figure(from), to: figure(to), total: figure(total) })}
      </span>
      <span class="space" />
      <ToolButton
        icon={BEFORE}
        label={say('pager.before')}
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
      />
      <ToolButton
        icon={NEXT}
        label={say('pager.next')}
        disabled={to >= total}
        onClick={() => onPage(page + 1)}
      />
    </nav>
  )
}

/** Three dots with what can be done to one thing. */
export function MoreMenu({
  groups,
  ...more
}: Omit<Parameters<typeof MenuButton>[0], 'groups' | 'class'> & {
  groups: readonly (readonly MenuItem[])[]
}): JSX.Element {
  return <MenuButton {...more} class="more-menu" groups={() => groups} />
}

/** Asks before something that cannot be undone, and says what went wrong. */
export function Confirm({
  title,
  action,
  run,
  onClose,
  children,
}: {
  title: string
  /** Words of the button that does it. */
  action: string
  run: () => Promise<void>
  onClose: () => void
  children: ComponentChildren
}): JSX.Element {
  const busy = useSignal(false)
  const problem = useSignal<string | null>(null)
  const go = (): void => {
    busy.value = true
    problem.value = null
    run().then(onClose, (error: unknown) => {
      problem.value = explain(error)
      busy.value = false
    })
  }
  return (
    <Dialog
      title={title}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            {say('common.cancel')}
          </Button>
          <Button kind="danger" disabled={busy.value} onClick={go}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      {problem.value !== null && <Notice tone="danger">{problem.value}</Notice>}
    </Dialog>
  )
}

/** A moment as people say it, in full when pointed at. */
export function Moment({ time, words }: { time: number; words: string }): JSX.Element {
  if (time <= 0) return <span class="nobody">{words}</span>
  return (
    <time dateTime={machineTime(time)} title={fullTime(time)}>
      {words}
    </time>
  )
}
