/** Everybody who ever wrote: their pads, and forgetting what is known of them. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { AdminPerson } from '../../shared/admin.ts'
import { t } from '../i18n.ts'
import { padTitle } from '../pad-title.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Avatar } from '../ui/people.tsx'
import { toast } from '../ui/toasts.tsx'
import { explain, Refusal } from './api.ts'
import type { Api } from './api.ts'
import { ago, figure } from './format.ts'
import type { House } from './house.ts'
import { LEAVE } from './icons.ts'
import { useLate } from './late.ts'
import { padAddress } from './pad-address.ts'
import { Chip, Confirm, Moment, Nothing, RoomHead, SearchField, Trouble, WaitingRows } from './parts.tsx'
import { pageOf, PAGE_SIZE, Records } from './records.tsx'
import type { Column } from './records.tsx'
import { useRemote } from './remote.ts'
import { place, refine } from './route.ts'
import { readSort, SORTS } from './sort.ts'
import { say } from './words.ts'

/** What a person is called. */
const called = ({ name }: AdminPerson): string => name || t('common.nameless')

/** Asked for at each drawing, as words follow the language. */
const columns = (): readonly Column<AdminPerson, 'name' | 'seen'>[] => [
  {
    label: say('people.name'),
    order: 'name',
    class: 'main',
    cell: (person) => (
      <span class="person">
        <Avatar face={person} nameless={t('common.nameless')} />
        <span dir="auto" class={person.name === '' ? 'nameless' : 'name'}>
          {called(person)}
        </span>
      </span>
    ),
  },
  { label: say('people.id'), class: 'id', cell: ({ id }) => <code>{id}</code> },
  {
    label: say('people.seen'),
    order: 'seen',
    class: 'edited',
    cell: ({ here, seen }) =>
      here ? (
        <Chip tone="ok" dot>
          {say('people.here')}
        </Chip>
      ) : (
        <Moment time={seen} words={ago(seen)} />
      ),
  },
]

/** The room of people. */
export function PeopleRoom({ house: { api } }: { house: House }): JSX.Element {
  const { query } = place.value
  const search = query['search'] ?? ''
  const sort = readSort(SORTS.people, query['sort'] ?? '')
  const page = pageOf(query)
  const asked = { search, order: sort.order, descending: sort.descending, page, size: PAGE_SIZE }
  const list = useRemote(useLate(JSON.stringify(asked), search), () =>
    api.get<{ people: readonly AdminPerson[]; total: number }>('api/people', asked),
  )
  const shown = useSignal<AdminPerson | null>(null)
  const erasing = useSignal<AdminPerson | null>(null)
  const people = list.value?.people ?? []
  const total = list.value?.total ?? 0
  return (
    <section class="view people">
      <RoomHead title={say('people.title')} chip={list.value && <Chip>{figure(total)}</Chip>}>
        <SearchField
          label={say('people.search')}
          value={search}
          onInput={(value) => refine({ search: value, page: '' })}
        />
      </RoomHead>
      <Trouble problem={list.problem} again={list.again} />
      <Records
        title={say('people.title')}
        list={list}
        rows={people}
        total={total}
        page={page}
        sort={sort}
        columns={columns()}
        doing={{
          name: called,
          groups: (person) => [
            [{ id: 'pads', label: say('people.pads'), icon: 'file', run: () => (shown.value = person) }],
            [
              { id: 'out', label: say('accounts.signOut'), icon: LEAVE, run: () => signOut(api, person) },
              { id: 'erase', label: say('people.erase'), icon: 'trash', run: () => (erasing.value = person) },
            ],
          ],
        }}
        empty={say(search === '' ? 'people.none' : 'people.noneFound')}
      />
      {shown.value && <PadsOf api={api} person={shown.value} onClose={() => (shown.value = null)} />}
      {erasing.value && (
        <Erase api={api} person={erasing.value} onClose={() => (erasing.value = null)} onGone={list.again} />
      )}
    </section>
  )
}

/** Ends the sessions of somebody who is signed in. */
function signOut(api: Api, person: AdminPerson): void {
  api.post<{ ended: number }>('api/people/sign-out', { author: person.id }).then(
    ({ ended }) =>
      toast(say(ended === 0 ? 'accounts.notIn' : 'accounts.signedOut', { name: called(person) })),
    (error: unknown) => toast(explain(error), 'warning'),
  )
}

function PadsOf({
  api,
  person,
  onClose,
}: {
  api: Api
  person: AdminPerson
  onClose: () => void
}): JSX.Element {
  const pads = useRemote(person.id, () =>
    api.get<{ pads: readonly string[] }>('api/people/pads', { author: person.id }),
  )
  return (
    <Dialog
      title={say('people.padsOf', { name: called(person) })}
      closeLabel={t('common.close')}
      onClose={onClose}
    >
      <Trouble problem={pads.problem} again={pads.again} />
      {pads.value === null && pads.problem === null && <WaitingRows count={3} />}
      {pads.value?.pads.length === 0 && <Nothing>{say('people.noPads')}</Nothing>}
      <ul class="name-list">
        {pads.value?.pads.map((name) => (
          <li key={name}>
            <a href={padAddress(name)} dir="auto">
              {padTitle(name)}
            </a>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function Erase({
  api,
  person,
  onClose,
  onGone,
}: {
  api: Api
  person: AdminPerson
  onClose: () => void
  onGone: () => void
}): JSX.Element {
  const name = called(person)
  return (
    <Confirm
      title={say('erase.title', { name })}
      action={say('erase.action')}
      onClose={onClose}
      run={async () => {
        await api.post('api/people/erase', { author: person.id }).catch((error: unknown) => {
          const off = error instanceof Refusal && error.code === 'forbidden'
          throw off ? new Refusal('off', say('erase.off')) : error
        })
        toast(say('erase.done', { name }))
        onGone()
      }}
    >
      <p>{say('erase.body')}</p>
      <p class="hint">{say('erase.stays')}</p>
    </Confirm>
  )
}
