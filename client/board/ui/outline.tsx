import { batch, useComputed, useSignal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { actionFor, typeAhead } from '../input/keys.ts'
import { say } from '../words.ts'
import { shortWordsOf } from './reading.ts'
import { inReadingOrder } from './slides.ts'
import { FORM_NAMES, colourName, kindName } from './names.ts'
import type { BoardUi } from './ui.ts'

/** Items that are in the page at once; arrow keys move the window on. */
const WINDOW = 100
/** Shapes that are put into order. */
const MOST = 2000
/** Ms of rest before the list is made again while others draw. */
const REST = 600

/** What a screen reader says of a shape: its kind, its form, its words. */
export function describeShape(shape: Shape): string {
  const words = shortWordsOf(shape)
  const kind =
    shape.kind === 'geo'
      ? say(FORM_NAMES[shape.style.form])
      : shape.kind === 'ink'
        ? say('board.inkOf', { colour: colourName(shape.style.color) })
        : say(kindName(shape), { n: 1 })
  const locked = shape.locked ? ` ${say('board.isLocked')}` : ''
  return (words === '' ? kind : say('board.shapeWith', { kind, words })) + locked
}

/** The outline's order: frames with what is in them, the rest in rows. */
export function outlineOf(ui: Pick<BoardUi, 'editor'>): readonly Shape[] {
  const { scene } = ui.editor
  const tree = scene.tree()
  const boundsOf = (shape: Shape) => scene.bounds(shape.id) ?? { left: 0, top: 0, right: 0, bottom: 0 }
  const list: Shape[] = []
  const add = (parent: string | null): void => {
    const own = worthMost(tree.children.get(parent) ?? [])
    for (const shape of inReadingOrder(own, boundsOf)) {
      if (list.length >= MOST) return
      list.push(shape)
      if (tree.children.has(shape.id)) add(shape.id)
    }
  }
  add(null)
  return list
}

/** Of very many, those with words and frames come first. */
function worthMost(shapes: readonly Shape[]): readonly Shape[] {
  if (shapes.length <= MOST) return shapes
  const says = (shape: Shape): boolean => shape.kind === 'frame' || shortWordsOf(shape) !== ''
  const first = shapes.filter(says).slice(0, MOST)
  return [...first, ...shapes.filter((shape) => !says(shape)).slice(0, MOST - first.length)]
}

/** Keys of the board work on the shape that is focused here, too; Tab and Escape lead on. */
function boardKey({ editor }: BoardUi, event: KeyboardEvent): void {
  if (event.key === 'Tab' || event.key === 'Escape' || event.key === 'F6') return
  const isTyped = editor.writing.peek() !== null && typeAhead(editor, event)
  const action = isTyped ? null : actionFor(editor, event)
  if (!isTyped && !action) return
  event.preventDefault()
  event.stopPropagation()
  action?.run()
}

/**
 * The board's shapes as a list that only screen readers and the keyboard see (WAI-ARIA listbox): focusing an item selects
 * its shape, so all keys of the board work on it; Enter writes in it.
 */
export function Outline({ ui }: { ui: BoardUi }): JSX.Element {
  const { editor } = ui
  const { scene } = editor
  const list = useRef<HTMLDivElement>(null)
  const items = useSignal<readonly Shape[]>([])
  const at = useSignal(0)
  useSignalEffect(() => {
    void scene.version.value
    // What a large board shows goes before.
    const first = items.peek().length === 0 && scene.shapes.size <= MOST
    const timer = setTimeout(renew, first ? 0 : REST)
    return () => clearTimeout(timer)
  })
  const from = useComputed(() => Math.max(0, Math.min(at.value - WINDOW / 2, items.value.length - WINDOW)))
  const shown = items.value.slice(from.value, from.value + WINDOW)

  /** The list anew; who is on a shape stays on it, or on what came to its place. */
  function renew(): void {
    const isHere = list.current?.contains(document.activeElement) === true
    const shapes = outlineOf(ui)
    const id = isHere || at.peek() > 0 ? items.peek()[at.peek()]?.id : undefined
    const now = shapes.findIndex((shape) => shape.id === id)
    batch(() => {
      at.value = Math.max(0, now >= 0 ? now : Math.min(at.peek(), shapes.length - 1))
      items.value = shapes
    })
    // An element that is moved or removed loses the focus.
    if (isHere) queueMicrotask(() => (tabStop() ?? list.current)?.focus())
  }
  const tabStop = (): HTMLElement | null | undefined =>
    list.current?.querySelector<HTMLElement>('[role=option][tabindex="0"]')

  const go = (index: number): void => {
    const next = Math.max(0, Math.min(items.peek().length - 1, index))
    const shape = items.peek()[next]
    if (!shape) return
    at.value = next
    take(shape)
    queueMicrotask(() => tabStop()?.focus())
  }
  const take = (shape: Shape): void => {
    if (editor.tool.peek() !== 'select') editor.setTool('select')
    editor.select([shape.id])
    const bounds = scene.bounds(shape.id)
    const seen = editor.camera.seen.peek()
    if (!bounds) return
    const inside =
      bounds.left >= seen.left &&
      bounds.right <= seen.right &&
      bounds.top >= seen.top &&
      bounds.bottom <= seen.bottom
    if (!inside) editor.camera.fit(bounds, { margin: 80, most: editor.camera.place.peek().zoom })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
    const ways: Readonly<Record<string, number>> = {
      ArrowDown: at.peek() + 1,
      ArrowUp: at.peek() - 1,
      Home: 0,
      End: items.peek().length - 1,
      PageDown: at.peek() + 10,
      PageUp: at.peek() - 10,
    }
    const to = plain ? ways[event.key] : undefined
    if (to === undefined) {
      boardKey(ui, event)
      return
    }
    event.preventDefault()
    event.stopPropagation()
    go(to)
  }
  return (
    <div
      ref={list}
      class="board-outline"
      role="listbox"
      aria-label={say('board.outline', { n: items.value.length })}
      aria-multiselectable="true"
      data-island=""
      tabIndex={shown.length === 0 ? 0 : -1}
      onKeyDown={onKeyDown}
    >
      {shown.map((shape, index) => (
        <div
          key={shape.id}
          role="option"
          tabIndex={from.value + index === at.value ? 0 : -1}
          aria-selected={editor.selection.value.has(shape.id)}
          aria-setsize={items.value.length}
          aria-posinset={from.value + index + 1}
          onFocus={() => {
            at.value = from.peek() + index
            if (!editor.selection.peek().has(shape.id)) take(shape)
          }}
          onClick={() => take(shape)}
        >
          {describeShape(shape)}
        </div>
      ))}
    </div>
  )
}
