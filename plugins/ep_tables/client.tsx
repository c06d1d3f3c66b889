/** The button, the keys and the first look at tables. All that edits them is fetched when a text has one. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ClientContext } from '../../shared/plugin.ts'
import { inTable } from './cells.ts'
import type { Editing } from './editing.tsx'
import { TABLE_ACTIONS } from './list.ts'

/** Cells of the grid in which the size of a new table is chosen. */
const ROWS = 8
const COLUMNS = 8

export function client(context: ClientContext): () => void {
  let editing: Promise<Editing> | undefined
  let ended = false
  const load = (): Promise<Editing> => {
    editing ??= import('./editing.tsx').then(({ start }) => start(context))
    editing.catch(() => (editing = undefined))
    return editing
  }
  async function withTables(work: (editing: Editing) => unknown): Promise<void> {
    const found = await load()
    await context.tables()
    if (!ended) work(found)
  }
  const run = (work: (editing: Editing) => unknown): void => {
    withTables(work).catch(() => context.toast(context.t('unreachable'), 'warning'))
  }

  context.action({
    id: 'table',
    label: 'insert',
    icon: 'M3 4h14v12H3zM3 8h14M3 12h14M8 4v12M12.5 4v12',
    group: 'lines',
    place: ['bar', 'more', 'slash'],
    section: 'insert',
    priority: 2,
    writes: true,
    pick: (close) => (
      <SizePicker
        context={context}
        onChoose={(rows, columns) => {
          close()
          run((found) => found.insert(rows, columns))
        }}
      />
    ),
  })
  for (const { id, icon, keys, run: command } of TABLE_ACTIONS)
    context.action({
      id,
      label: id,
      icon,
      ...(keys === undefined ? {} : { keys }),
      group: 'lines',
      place: [],
      writes: true,
      enabled: (state) => inTable(state) !== null,
      run: () => run(({ commands }) => command(commands)),
    })

  // A text with a table: the placeholder's first drawing fetches the rest, and then gives way to the table.
  context.embedView('table', () => {
    const dom = document.createElement('div')
    dom.className = 'block'
    dom.dataset['kind'] = 'table'
    const words = document.createElement('span')
    words.className = 'placeholder'
    words.textContent = context.t('table')
    dom.append(words)
    // Later, because the editor is in the midst of a change.
    setTimeout(() => run(() => undefined))
    return { dom, ignoreMutation: () => true }
  })
  return () => {
    ended = true
    void editing?.then((found) => found.stop())
  }
}

interface PickerProps {
  context: ClientContext
  onChoose: (rows: number, columns: number) => void
}

/** A grid of cells: the pointer or the arrows choose how many, a press or Enter makes the table. */
function SizePicker({ context, onChoose }: PickerProps): JSX.Element {
  const [size, setSize] = useState({ rows: 3, columns: 3 })
  const words = context.t('size', { rows: size.rows, columns: size.columns })
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const rtl =
      event.currentTarget instanceof Element && getComputedStyle(event.currentTarget).direction === 'rtl'
    setSize({
      rows: Math.max(1, Math.min(ROWS, size.rows + step[0])),
      columns: Math.max(1, Math.min(COLUMNS, size.columns + (rtl ? -step[1] : step[1]))),
    })
  }
  const point = (event: PointerEvent): void => {
    const box = event.target instanceof HTMLElement ? event.target : null
    const at = Number(box?.dataset['at'] ?? -1)
    if (at >= 0) setSize({ rows: Math.floor(at / COLUMNS) + 1, columns: (at % COLUMNS) + 1 })
  }
  return (
    <button
      type="button"
      class="ep-tables-size"
      aria-label={context.t('size.label', { rows: size.rows, columns: size.columns })}
      onKeyDown={onKeyDown}
      onPointerMove={point}
      onPointerDown={point}
      onClick={() => onChoose(size.rows, size.columns)}
    >
      <span class="ep-tables-grid" aria-hidden="true">
        {Array.from({ length: ROWS * COLUMNS }, (_none, at) => (
          <span
            key={at}
            data-at={at}
            class={Math.floor(at / COLUMNS) < size.rows && at % COLUMNS < size.columns ? 'on' : ''}
          />
        ))}
      </span>
      <span class="ep-tables-words" aria-live="polite">
        {words}
      </span>
    </button>
  )
}
