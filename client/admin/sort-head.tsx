import type { JSX } from 'preact'
import { Icon } from '../ui/icon.tsx'
import type { Sort } from './sort.ts'
import { say } from './words.ts'

/** The head of a column that sorts: the first press in the usual way, the second in the other. */
export function SortHead<T extends string>({
  label,
  order,
  sort,
  numeric = false,
  onSort,
}: {
  label: string
  order: T
  sort: Sort<T>
  numeric?: boolean
  onSort: (sort: Sort<T>) => void
}): JSX.Element {
  const sorted = sort.order === order
  const usual = order !== 'name'
  return (
    <th
      scope="col"
      role="columnheader"
      class={numeric ? 'number' : ''}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        class="sort"
        onClick={() => onSort({ order, descending: sorted ? !sort.descending : usual })}
      >
        {label}
        <Icon name={sorted && !sort.descending ? 'chevron-up' : 'chevron-down'} class="small" />
      </button>
    </th>
  )
}

/** The same choice where a phone has no room for heads of columns. */
export function SortSelect<T extends string>({
  sort,
  options,
  onSort,
}: {
  sort: Sort<T>
  options: readonly { order: T; label: string }[]
  onSort: (sort: Sort<T>) => void
}): JSX.Element {
  return (
    <span class="select">
      <select
        class="input"
        aria-label={say('sort.label')}
        value={sort.order}
        onChange={(event) => {
          const order = options.find((one) => one.order === event.currentTarget.value)?.order
          if (order !== undefined) onSort({ order, descending: order !== 'name' })
        }}
      >
        {options.map(({ order, label }) => (
          <option key={order} value={order}>
            {say('sort.by', { what: label })}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" />
    </span>
  )
}
