import type { JSX } from 'preact'
import type { MyPadsPage, MyPadsRow } from '../../shared/my-pads.ts'
import { padAddress } from '../home/names.ts'
import { timeAgo } from '../home/time-ago.ts'
import { language } from '../i18n.ts'
import { padTitle } from '../pad-title.ts'
import { s } from '../pad/share-words.ts'
import type { ShareWord } from '../pad/share-words.ts'
import { ToolButton } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import type { Wanted } from './api.ts'

const COLUMNS: readonly (readonly [Wanted['order'], ShareWord])[] = [
  ['name', 'mine.name'],
  ['edited', 'mine.edited'],
  ['seen', 'mine.seen'],
]

/** A page of pads; the heads sort. On a phone each row is a card. */
export function PadTable({
  list,
  wanted,
  onSort,
  onDelete,
}: {
  list: MyPadsPage
  wanted: Wanted
  onSort: (order: Wanted['order'], descending: boolean) => void
  onDelete: (pad: string) => void
}): JSX.Element {
  const now = Date.now()
  return (
    <table class="mine-table" role="table">
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map(([order, label]) => {
            const sorted = wanted.order === order
            return (
              <th
                key={order}
                scope="col"
                role="columnheader"
                aria-sort={sorted ? (wanted.descending ? 'descending' : 'ascending') : undefined}
              >
                <button
                  type="button"
                  class="sort"
                  onClick={() => onSort(order, sorted ? !wanted.descending : order !== 'name')}
                >
                  {s(label)}
                  {sorted && <Icon name={wanted.descending ? 'chevron-down' : 'chevron-up'} class="small" />}
                </button>
              </th>
            )
          })}
          <th scope="col" role="columnheader">
            {s('mine.may')}
          </th>
          <td role="cell" />
        </tr>
      </thead>
      <tbody role="rowgroup">
        {list.pads.map((pad) => (
          <PadLine key={pad.name} pad={pad} now={now} onDelete={onDelete} />
        ))}
      </tbody>
    </table>
  )
}

function PadLine({
  pad,
  now,
  onDelete,
}: {
  pad: MyPadsRow
  now: number
  onDelete: (pad: string) => void
}): JSX.Element {
  const { name, level } = pad
  const shown = padTitle(name)
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        {level === 'none' ? (
          <span dir="auto">{shown}</span>
        ) : (
          <a href={padAddress(name)} dir="auto" title={shown}>
            {shown}
          </a>
        )}
      </th>
      <Time time={pad.edited} now={now} label={s('mine.edited')} />
      <Time time={pad.seen} now={now} label={s('mine.seen')} />
      <td role="cell" data-label={s('mine.may')}>
        {level === 'none' ? s('mine.closed') : s(`level.${level}`)}
      </td>
      <td role="cell" class="mine-act">
        {level === 'own' && (
          <ToolButton
            class="small"
            icon="trash"
            label={s('mine.delete', { name: shown })}
            onClick={() => onDelete(name)}
          />
        )}
      </td>
    </tr>
  )
}

function Time({ time, now, label }: { time: number; now: number; label: string }): JSX.Element {
  return (
    <td role="cell" data-label={label}>
      {time === 0 ? (
        s('mine.never')
      ) : (
        <time dateTime={new Date(time).toISOString()}>{timeAgo(time, now, language())}</time>
      )}
    </td>
  )
}
