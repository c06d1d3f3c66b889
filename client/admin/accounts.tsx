/** Accounts of our own: who has one, and what an administrator does with it. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { AdminAccountRow } from '../../shared/admin.ts'
import { Button } from '../ui/button.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { toast } from '../ui/toasts.tsx'
import { explain } from './api.ts'
import type { Api } from './api.ts'
import { AccountAsk, HandOver, NewAccount } from './accounts-dialogs.tsx'
import type { Asked } from './accounts-dialogs.tsx'
import { ago, figure } from './format.ts'
import type { House } from './house.ts'
import { FAILED, KEY, LEAVE, ROOM_ICONS } from './icons.ts'
import { useLate } from './late.ts'
import {
  Chip,
  Moment,
  MoreMenu,
  Nothing,
  Notice,
  Pager,
  RoomHead,
  SearchField,
  Trouble,
  WaitingRows,
} from './parts.tsx'
import { useRemote } from './remote.ts'
import { place, refine } from './route.ts'
import { SortHead } from './sort-head.tsx'
import { readSort, SORTS, writeSort } from './sort.ts'
import { say } from './words.ts'

const SIZE = 50

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

/** The room of accounts. */
export function AccountsRoom({ house: { api } }: { house: House }): JSX.Element {
  const { query } = place.value
  const search = query['search'] ?? ''
  const sort = readSort(SORTS.accounts, query['sort'] ?? 'name')
  const page = Math.max(0, Math.floor(Number(query['page'] ?? 0)) || 0)
  const asked = { search, order: sort.order, descending: sort.descending, page, size: SIZE }
  const list = useRemote(useLate(JSON.stringify(asked), search), () => api.get<Page>('api/accounts', asked))
  const making = useSignal(false)
  const handed = useSignal<Handed | null>(null)
  const asking = useSignal<Asked | null>(null)
  const { enabled = true, signUp = false, accounts = [], total = 0 } = list.value ?? {}
  const onSort = (next: typeof sort): void => refine({ sort: writeSort(next), page: '' })
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
        <div class="card records-card" aria-busy={list.busy}>
          {list.value === null && list.problem === null && <WaitingRows count={8} />}
          {list.value && accounts.length === 0 && (
            <Nothing>{say(search === '' ? 'accounts.none' : 'accounts.noneFound')}</Nothing>
          )}
          {accounts.length > 0 && (
            <table class="records cards-on-phone" role="table">
              <caption class="unseen">{say('accounts.title')}</caption>
              <thead role="rowgroup">
                <tr role="row">
                  <SortHead label={say('accounts.name')} order="name" sort={sort} onSort={onSort} />
                  <th scope="col" role="columnheader">
                    {say('accounts.state')}
                  </th>
                  <SortHead label={say('accounts.seen')} order="seen" sort={sort} onSort={onSort} />
                  <th scope="col" role="columnheader" class="do">
                    <span class="unseen">{say('common.actions')}</span>
                  </th>
                </tr>
              </thead>
              <tbody role="rowgroup">
                {accounts.map((account) => (
                  <Row
                    key={account.id}
                    account={account}
                    actions={actionsOf(api, account, list.again, (next) => (asking.value = next))}
                  />
                ))}
              </tbody>
            </table>
          )}
          {(total > accounts.length || page > 0) && (
            <Pager
              page={page}
              size={SIZE}
              total={total}
              onPage={(next) => refine({ page: next === 0 ? '' : String(next) })}
            />
          )}
        </div>
      )}
      {enabled && list.value && (
        <p class="hint">{say(signUp ? 'accounts.signUpOn' : 'accounts.signUpOff')}</p>
      )}
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

function Row({
  account,
  actions,
}: {
  account: AdminAccountRow
  actions: readonly (readonly MenuItem[])[]
}): JSX.Element {
  const { name, admin, blocked, factor, given, seen } = account
  return (
    <tr role="row">
      <td role="cell" class="main">
        <span dir="auto" class="name">
          {name}
        </span>
      </td>
      <td role="cell" class="marks">
        <span class="account-keys">
          {admin && <Chip tone="accent">{say('accounts.admin')}</Chip>}
          {blocked && <Chip tone="danger">{say('accounts.blocked')}</Chip>}
          {factor && <Chip tone="ok">{say('accounts.factor')}</Chip>}
          {given && <Chip>{say('accounts.given')}</Chip>}
        </span>
      </td>
      <td role="cell" class="edited">
        <Moment time={seen} words={seen === 0 ? say('accounts.never') : ago(seen)} />
      </td>
      <td role="cell" class="do">
        <MoreMenu label={say('common.more', { name })} groups={actions} />
      </td>
    </tr>
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
