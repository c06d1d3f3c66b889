/** A list of things an administrator looks after: searched elsewhere, sorted here, with what can be done to each, page by page. */
import type { ComponentChildren, JSX } from 'preact'
import type { MenuItem } from '../ui/menu.tsx'
import { MoreMenu, Nothing, Pager, WaitingRows } from './parts.tsx'
import type { Remote } from './remote.ts'
import { refine } from './route.ts'
import { SortHead } from './sort-head.tsx'
import { writeSort } from './sort.ts'
import type { Sort } from './sort.ts'
import { say } from './words.ts'

/** Entries of a page. */
export const PAGE_SIZE = 50

/** One thing about each. */
export interface Column<T, O extends string> {
  label: string
  /** The order it sorts by; left out where it does not. */
  order?: O
  /** Class of its cells. */
  class: string
  cell: (one: T) => ComponentChildren
}

/** What is done with each. */
export interface Doing<T> {
  /** What the thing is called. */
  name: (one: T) => string
  groups: (one: T) => readonly (readonly MenuItem[])[]
}

/** The page that the address asks for, from 0. */
export function pageOf(query: Readonly<Record<string, string>>): number {
  return Math.max(0, Math.floor(Number(query['page'] ?? 0)) || 0)
}

export function Records<T extends { id: string }, O extends string>({
  title,
  list,
  rows,
  total,
  page,
  columns,
  doing,
  sort,
  empty,
}: {
  title: string
  list: Pick<Remote<unknown>, 'value' | 'problem' | 'busy'>
  rows: readonly T[]
  total: number
  page: number
  columns: readonly Column<T, O>[]
  doing: Doing<T>
  sort: Sort<O>
  /** Said where there is nothing. */
  empty: string
}): JSX.Element {
  const onSort = (next: Sort<O>): void => refine({ sort: writeSort(next), page: '' })
  return (
    <div class="card records-card" aria-busy={list.busy}>
      {list.value === null && list.problem === null && <WaitingRows count={8} />}
      {list.value !== null && rows.length === 0 && <Nothing>{empty}</Nothing>}
      {rows.length > 0 && (
        <table class="records cards-on-phone" role="table">
          <caption class="unseen">{title}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map(({ label, order }) =>
                order === undefined ? (
                  <th key={label} scope="col" role="columnheader">
                    {label}
                  </th>
                ) : (
                  <SortHead key={label} label={label} order={order} sort={sort} onSort={onSort} />
                ),
              )}
              <th scope="col" role="columnheader" class="do">
                <span class="unseen">{say('common.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((one) => (
              <tr role="row" key={one.id}>
                {columns.map((column) => (
                  <td key={column.label} role="cell" class={column.class}>
                    {column.cell(one)}
                  </td>
                ))}
                <td role="cell" class="do">
                  <MoreMenu
                    label={say('common.more', { name: doing.name(one) })}
                    groups={doing.groups(one)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(total > rows.length || page > 0) && (
        <Pager
          page={page}
          size={PAGE_SIZE}
          total={total}
          onPage={(next) => refine({ page: next === 0 ? '' : String(next) })}
        />
      )}
    </div>
  )
}
