/** All pads: looked for, sorted, opened, packed, deleted. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { AdminPads, PadFilter } from '../../shared/admin.ts'
import { Button } from '../ui/button.tsx'
import { toast } from '../ui/toasts.tsx'
import { bytes, figure } from './format.ts'
import type { House } from './house.ts'
import { FILTER } from './icons.ts'
import { DeletePads } from './pads-delete.tsx'
import { PadRuleDialog } from './pads-rule.tsx'
import { PadTable } from './pads-table.tsx'
import { Chip, MoreMenu, Nothing, Pager, RoomHead, SearchField, Trouble, WaitingRows } from './parts.tsx'
import { useEvery, useRemote } from './remote.ts'
import { place, refine } from './route.ts'
import { SortSelect } from './sort-head.tsx'
import { readSort, SORTS, writeSort } from './sort.ts'
import { say } from './words.ts'
import type { AdminKey } from './words.ts'
import { explain } from './api.ts'
import { useLate } from './late.ts'

const SIZE = 50
/** Ms between two looks at who is where. */
const EVERY = 15_000

const FILTERS: readonly (readonly [PadFilter, AdminKey])[] = [
  ['all', 'pads.all'],
  ['active', 'pads.active'],
  ['recent', 'pads.recent'],
  ['empty', 'pads.empty'],
  ['stale', 'pads.stale'],
]

/** The room of pads. */
export function PadsRoom({ house: { api } }: { house: House }): JSX.Element {
  const { query } = place.value
  const search = query['search'] ?? ''
  const filter = FILTERS.find(([name]) => name === query['filter']) ?? FILTERS[0] ?? ['all', 'pads.all']
  const sort = readSort(SORTS.pads, query['sort'] ?? '')
  const page = Math.max(0, Math.floor(Number(query['page'] ?? 0)) || 0)
  const asked = {
    search,
    filter: filter[0],
    order: sort.order,
    descending: sort.descending,
    page,
    size: SIZE,
  }
  const list = useRemote(useLate(JSON.stringify(asked), search), () => api.get<AdminPads>('api/pads', asked))
  useEvery(EVERY, list.again)

  const chosen = useSignal<ReadonlySet<string>>(new Set())
  const deleting = useSignal<readonly string[] | null>(null)
  const ruling = useSignal<string | null>(null)
  const pads = list.value?.pads ?? []
  const total = list.value?.total ?? 0
  useEffect(() => {
    chosen.value = new Set()
  }, [JSON.stringify(asked)])
  // What is gone is chosen no longer.
  const picked = pads.map(({ name }) => name).filter((name) => chosen.value.has(name))

  const compact = async (pad: string): Promise<void> => {
    try {
      const { packed } = await api.post<{ packed: number }>('api/pads/compact', { pad })
      toast(packed === 0 ? say('pads.nothingPacked') : say('pads.packed', { n: packed }))
      list.again()
    } catch (error) {
      toast(explain(error), 'warning')
    }
  }

  return (
    <section class="view pads">
      <RoomHead title={say('pads.title')} chip={list.value && <Chip>{figure(total)}</Chip>}>
        <SearchField
          label={say('pads.search')}
          value={search}
          onInput={(value) => refine({ search: value, page: '' })}
        />
        <MoreMenu
          label={say('pads.filter', { name: say(filter[1]) })}
          icon={FILTER}
          text={say(filter[1])}
          groups={[
            FILTERS.map(([id, key]) => ({
              id,
              label: say(key),
              checked: id === filter[0],
              run: () => refine({ filter: id === 'all' ? '' : id, page: '' }),
            })),
          ]}
        />
        <div class="phone-sort">
          <SortSelect
            sort={sort}
            options={SORTS.pads.map((order) => ({ order, label: say(`pads.${order}`) }))}
            onSort={(next) => refine({ sort: writeSort(next), page: '' })}
          />
        </div>
      </RoomHead>
      <Trouble problem={list.problem} again={list.again} />
      <div class="card records-card" aria-busy={list.busy}>
        {picked.length > 0 && (
          <div class="bulk">
            <strong role="status">{say('pads.chosen', { n: picked.length })}</strong>
            <Button size="small" kind="danger" icon="trash" onClick={() => (deleting.value = picked)}>
              {say('pads.delete')}
            </Button>
            <span class="space" />
            <Button size="small" kind="quiet" onClick={() => (chosen.value = new Set())}>
              {say('common.clear')}
            </Button>
          </div>
        )}
        {list.value === null && list.problem === null && <WaitingRows count={8} />}
        {list.value && pads.length === 0 && (
          <Nothing>{search === '' && filter[0] === 'all' ? say('pads.none') : say('pads.noneFound')}</Nothing>
        )}
        {pads.length > 0 && (
          <PadTable
            pads={pads}
            sort={sort}
            chosen={new Set(picked)}
            onSort={(next) => refine({ sort: writeSort(next), page: '' })}
            onChoose={(next) => (chosen.value = next)}
            onCompact={(pad) => void compact(pad)}
            onDelete={(name) => (deleting.value = [name])}
            onRule={(name) => (ruling.value = name)}
          />
        )}
        {(total > pads.length || page > 0) && (
          <Pager
            page={page}
            size={SIZE}
            total={total}
            onPage={(next) => refine({ page: next === 0 ? '' : String(next) })}
          />
        )}
      </div>
      {pads.length > 0 && (
        <p class="hint">
          {say('pads.together', { size: bytes(pads.reduce((sum, pad) => sum + pad.bytes, 0)) })}
        </p>
      )}
      {ruling.value !== null && (
        <PadRuleDialog api={api} pad={ruling.value} onClose={() => (ruling.value = null)} />
      )}
      {deleting.value && (
        <DeletePads
          api={api}
          names={deleting.value}
          onClose={() => (deleting.value = null)}
          onGone={() => {
            chosen.value = new Set()
            list.again()
          }}
        />
      )}
    </section>
  )
}
