/** Accounts of our own: who has one, and what an administrator does with it. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { AdminAccountRow } from '../../shared/admin.ts'
import { Button } from '../ui/button.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { toast } from '../ui/toasts.tsx'
import { explain } from './api.ts'
import type { Api } from './api.ts'
import { AdminSessions } from './admin-sessions.tsx'
import { AccountAsk, HandOver, NewAccount } from './accounts-dialogs.tsx'
import type { Asked } from './accounts-dialogs.tsx'
import { ago, figure } from './format.ts'
import type { House } from './house.ts'
import { FAILED, KEY, LEAVE, ROOM_ICONS } from './icons.ts'
import { useLate } from './late.ts'
import { Chip, Moment, Notice, RoomHead, SearchField, Trouble } from './parts.tsx'
import { pageOf, PAGE_SIZE, Records } from './records.tsx'
import type { Column } from './records.tsx'
import { useRemote } from './remote.ts'
import { place, refine } from './route.ts'
import { readSort, SORTS } from './sort.ts'
import { say } from './words.ts'

interface Page {
  enabled: boolean
  signUp: boolean
  accounts: readonly AdminAccountRow[]
  total: number
}

/** A password to hand over, of whom. */
interface Handed {
  name: string
  password: string
}

/** Asked for at each drawing, as words follow the language. */
const columns = (): readonly Column<AdminAccountRow, (typeof SORTS.accounts)[number]>[] => [
  {
    label: say('accounts.name'),
    order: 'name',
    class: 'main',
    cell: ({ name }) => (
      <span dir="auto" class="name">
        {name}
      </span>
    ),
  },
  {
    label: say('accounts.state'),
    class: 'marks',
    cell: ({ admin, blocked, factor, given }) => (
      <span class="account-keys">
        {admin && <Chip tone="accent">{say('accounts.admin')}</Chip>}
        {blocked && <Chip tone="danger">{say('accounts.blocked')}</Chip>}
        {factor && <Chip tone="ok">{say('accounts.factor')}</Chip>}
        {given && <Chip>{say('accounts.given')}</Chip>}
      </span>
    ),
  },
  {
    label: say('accounts.seen'),
    order: 'seen',
    class: 'edited',
    cell: ({ seen }) => <Moment time={seen} words={seen === 0 ? say('accounts.never') : ago(seen)} />,
  },
]

/** The room of accounts. */
export function AccountsRoom({ house: { api } }: { house: House }): JSX.Element {
  const { query } = place.value
  const search = query['search'] ?? ''
  const sort = readSort(SORTS.accounts, query['sort'] ?? 'name')
  const page = pageOf(query)
  const asked = { search, order: sort.order, descending: sort.descending, page, size: PAGE_SIZE }
  const list = useRemote(useLate(JSON.stringify(asked), search), () => api.get<Page>('api/accounts', asked))
  const making = useSignal(false)
  const handed = useSignal<Handed | null>(null)
  const asking = useSignal<Asked | null>(null)
  const { enabled = true, signUp = false, accounts = [], total = 0 } = list.value ?? {}
  return (
    <section class="view accounts">
      <RoomHead title={say('accounts.title')} chip={list.value && enabled && <Chip>{figure(total)}</Chip>}>
        {enabled && (
          <>
            <SearchField
              label={say('accounts.search')}
              value={search}
              onInput={(value) => refine({ search: value, page: '' })}
            />
            <Button kind="primary" icon="plus" onClick={() => (making.value = true)}>
              {say('accounts.new')}
            </Button>
          </>
        )}
      </RoomHead>
      <Trouble problem={list.problem} again={list.again} />
      {!enabled && <Notice tone="plain">{say('accounts.off')}</Notice>}
      {enabled && (
        <Records
          title={say('accounts.title')}
          list={list}
          rows={accounts}
          total={total}
          page={page}
          sort={sort}
          columns={columns()}
          doing={{
            name: ({ name }) => name,
            groups: (account) => actionsOf(api, account, list.again, (next) => (asking.value = next)),
          }}
          empty={say(search === '' ? 'accounts.none' : 'accounts.noneFound')}
        />
      )}
      {enabled && list.value && (
        <p class="hint">{say(signUp ? 'accounts.signUpOn' : 'accounts.signUpOff')}</p>
      )}
      <AdminSessions api={api} />
      {making.value && (
        <NewAccount
          api={api}
          onClose={() => (making.value = false)}
          onMade={(made) => {
            making.value = false
            handed.value = made
            list.again()
          }}
        />
      )}
      {asking.value && (
        <AccountAsk
          api={api}
          asked={asking.value}
          onClose={() => (asking.value = null)}
          onDone={(password) => {
            const name = asking.value?.account.name ?? ''
            if (password !== null) handed.value = { name, password }
            list.again()
          }}
        />
      )}
      {handed.value && <HandOver {...handed.value} onClose={() => (handed.value = null)} />}
    </section>
  )
}

/** Asks the server for something that needs no further question. */
async function act(api: Api, path: string, body: object, done: string, again: () => void): Promise<void> {
  try {
    await api.post(`api/accounts/${path}`, body)
    toast(done)
    again()
  } catch (error) {
    toast(explain(error), 'warning')
  }
}

/** What can be done to an account: at once, or after asking. */
function actionsOf(
  api: Api,
  account: AdminAccountRow,
  again: () => void,
  ask: (asked: Asked) => void,
): readonly (readonly MenuItem[])[] {
  const { id, name, admin, blocked, factor } = account
  const now = (path: string, body: object, done: string): void =>
    void act(api, path, { id, ...body }, done, again)
  const asking = (what: Asked['what']) => () => ask({ what, account })
  return [
    [
      {
        id: 'admin',
        label: say(admin ? 'accounts.noAdmin' : 'accounts.makeAdmin'),
        icon: ROOM_ICONS.settings,
        run: asking(admin ? 'noAdmin' : 'admin'),
      },
      { id: 'password', label: say('accounts.password'), icon: KEY, run: asking('password') },
      ...(factor
        ? [{ id: 'factor', label: say('accounts.dropFactor'), icon: ROOM_ICONS.audit, run: asking('factor') }]
        : []),
      {
        id: 'out',
        label: say('accounts.signOut'),
        icon: LEAVE,
        run: () => now('sign-out', {}, say('accounts.signedOut', { name })),
      },
    ],
    [
      blocked
        ? {
            id: 'unblock',
            label: say('accounts.unblock'),
            icon: 'check' as const,
            run: () => now('rights', { blocked: false }, say('accounts.unblocked', { name })),
          }
        : { id: 'block', label: say('accounts.block'), icon: FAILED, run: asking('block') },
      { id: 'delete', label: say('accounts.delete'), icon: 'trash' as const, run: asking('delete') },
    ],
  ]
}
