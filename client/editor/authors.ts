/**
 * Shows who wrote what (SPEC-text T12). Authors are read from the Yjs items, the `author` format only says exceptions.
 * Only lines near the visible part are drawn, and only lines that changed are read again.
 */
import type { Node } from 'prosemirror-model'
import { Plugin, PluginKey } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import { DecorationSet } from 'prosemirror-view'
import type { EditorView } from 'prosemirror-view'
import type * as Y from 'yjs'
import { textSizeAt } from './binding/blocks.ts'
import { runsBetween } from './binding/items.ts'
import { textNamed } from './binding/places.ts'
import { cellAuthors, noCells } from './cell-authors.ts'
import type { DrawnCells } from './cell-authors.ts'
import { readSelection } from './fresh-selection.ts'
import { Owners, drawLine } from './line-authors.ts'
import { replaceRows } from './row-decorations.ts'
import type { DecoratedRow } from './row-decorations.ts'
import { changedRows } from './rows.ts'
import type { Authors, AuthorStyle } from './types.ts'

/** Lines drawn above and below the visible ones. */
const MARGIN = 60
/** Lines drawn at the start, before anything is measured. */
const FIRST = 240

/** What the plugin needs. */
export interface AuthorsOptions {
  text: Y.Text
  authors: Authors
  style: AuthorStyle
}

/** Lines `from` to `to` are drawn in `set`; of these `staleFrom` to `staleTo` have to be read again. */
interface Shown {
  style: AuthorStyle
  doc: Node
  wanted: readonly [number, number]
  from: number
  to: number
  staleFrom: number
  staleTo: number
  set: DecorationSet
  /** Of rows and cells of tables that were drawn. */
  cells: DrawnCells
}

type Message = { style: AuthorStyle } | { wanted: readonly [number, number] } | { redraw: true }

const key = new PluginKey<Shown>('authors')

/** Other style. */
export function setAuthorStyle(tr: Transaction, style: AuthorStyle): Transaction {
  return tr.setMeta(key, { style } satisfies Message)
}

/** Names, colours or owners of client ids changed. */
export function redrawAuthors(tr: Transaction): Transaction {
  return tr.setMeta(key, { redraw: true } satisfies Message)
}

/** The plugin that draws authors. */
export function authorsPlugin({ text, authors, style }: AuthorsOptions): Plugin<Shown> {
  return new Plugin<Shown>({
    key,
    state: {
      init: (_config, state) => empty(state.doc, style, [0, FIRST]),
      apply: (tr, shown) => next(tr, shown),
    },
    props: {
      decorations: (state) => {
        const shown = key.getState(state)
        return shown && shown.style !== 'off' ? drawn(shown, text, authors) : null
      },
    },
    view: (view) => watchVisible(view),
  })
}

function empty(doc: Node, style: AuthorStyle, wanted: readonly [number, number], cells = noCells()): Shown {
  return {
    style,
    doc,
    wanted,
    from: 0,
    to: 0,
    staleFrom: 0,
    staleTo: 0,
    set: DecorationSet.empty,
    cells,
  }
}

function next(tr: Transaction, shown: Shown): Shown {
  const message = tr.getMeta(key) as Message | undefined
  if (message) {
    const style = 'style' in message ? message.style : shown.style
    const wanted = 'wanted' in message ? message.wanted : shown.wanted
    const fresh = empty(tr.doc, style, wanted, 'wanted' in message ? shown.cells : noCells(shown.cells))
    const near = wanted[0] <= shown.to && wanted[1] >= shown.from && shown.to - shown.from < 10 * FIRST
    return 'wanted' in message && near && !tr.docChanged ? { ...shown, wanted } : fresh
  }
  if (!tr.docChanged) return shown
  const doc = tr.doc
  const rows = changedRows(shown.doc, doc)
  const { from: head, oldTo: oldEnd, newTo: newEnd } = rows
  const moved = newEnd - oldEnd
  const within = (index: number): number => Math.max(head, Math.min(index, newEnd))
  const start = (index: number): number =>
    index <= head ? index : index >= oldEnd ? index + moved : within(index)
  const end = (index: number): number =>
    index <= head ? index : index >= oldEnd ? index + moved : within(index + Math.max(0, moved))
  const stale = shown.staleTo > shown.staleFrom
  const from = start(shown.from)
  const to = end(shown.to)
  return {
    style: shown.style,
    doc,
    wanted: shown.wanted,
    from,
    // Of a large paste only the first lines may be on screen where nothing scrolls; the rest is drawn when it does.
    to: newEnd - head > FIRST ? Math.min(to, Math.max(from, head) + FIRST) : to,
    staleFrom: stale ? Math.min(start(shown.staleFrom), head) : head,
    staleTo: stale ? Math.max(end(shown.staleTo), newEnd) : newEnd,
    cells: shown.cells,
    set: replaceRows(shown.set, { from: rows.pos, to: rows.oldEnd, shift: rows.newEnd - rows.oldEnd }, []),
  }
}

/** The decorations, after reading what is missing or stale. Keeps the result in the state it was asked for. */
function drawn(shown: Shown, text: Y.Text, authors: Authors): DecorationSet {
  const { doc } = shown
  const from = Math.max(0, Math.min(shown.wanted[0], doc.childCount))
  const to = Math.min(doc.childCount, Math.max(shown.wanted[1], from))
  const has = shown.to > shown.from
  if (has && shown.staleTo > shown.staleFrom) {
    const first = Math.max(shown.staleFrom, shown.from)
    read(shown, text, authors, first, Math.min(shown.staleTo, shown.to))
  }
  if (!has) {
    read(shown, text, authors, from, to)
    shown.from = from
    shown.to = to
  } else {
    if (from < shown.from) {
      read(shown, text, authors, from, shown.from)
      shown.from = from
    }
    if (to > shown.to) {
      read(shown, text, authors, shown.to, to)
      shown.to = to
    }
  }
  shown.staleFrom = 0
  shown.staleTo = 0
  return shown.set
}

/** Reads the lines `from` to `to` and draws them in place of what was drawn there. */
function read(shown: Shown, text: Y.Text, authors: Authors, from: number, to: number): void {
  if (to <= from) return
  const blocks = shown.doc.children
  let start = 0
  let offset = 0
  for (let index = 0; index < from; index += 1) {
    start += blocks[index]?.nodeSize ?? 0
    offset += textSizeAt(blocks, index)
  }
  let length = 0
  for (let index = from; index < to; index += 1) length += textSizeAt(blocks, index)
  const owners = new Owners(runsBetween(text, offset, offset + length), authors)
  const rows: DecoratedRow[] = []
  const drawCell = (name: string): ((line: Node, at: number) => DecoratedRow | undefined) => {
    const own = textNamed(text, name)
    const writers = new Owners(runsBetween(own, 0, own.length), authors)
    return (line, at) => {
      const found = line.isTextblock ? drawLine(line, at, writers, authors, shown.style) : undefined
      if (!line.isTextblock) writers.take(1)
      if (line.attrs['open'] !== true) writers.take(1)
      return found
    }
  }
  let pos = start
  for (let index = from; index < to; index += 1) {
    const block = shown.doc.child(index)
    if (block.isTextblock) rows.push(drawLine(block, pos, owners, authors, shown.style))
    else {
      owners.take(1)
      if (block.type.name === 'table')
        rows.push({ pos, size: block.nodeSize, inside: cellAuthors(block, shown.cells, drawCell) })
    }
    if (block.attrs['open'] !== true) owners.take(1)
    pos += block.nodeSize
  }
  shown.set = replaceRows(shown.set, { from: start, to: pos, shift: 0 }, rows)
}

/** Who wrote the character before a place, by author id; for a status line or a screen reader. */
export function authorAt(state: EditorState, pos: number): string | undefined {
  const found = key.getState(state)?.set.find(pos - 1, pos)
  const spec = found?.map(
    (one) => (one as unknown as { type: { attrs?: Record<string, string> } }).type.attrs,
  )
  return spec?.find((attrs) => attrs?.['data-author'] !== undefined)?.['data-author']
}

/** Keeps the drawn lines around the visible ones. */
function watchVisible(view: EditorView): { destroy(): void } {
  const page = view.dom.ownerDocument
  const frame = page.defaultView
  let asked = 0
  const look = (): void => {
    asked = 0
    const shown = view.isDestroyed ? undefined : key.getState(view.state)
    const range = shown && visibleLines(view)
    if (!shown || !range) return
    const { childCount } = view.state.doc
    const near = MARGIN / 2
    const covered =
      shown.from <= Math.max(0, range[0] - near) && shown.to >= Math.min(childCount, range[1] + near)
    if (covered) return
    readSelection(view)
    view.dispatch(view.state.tr.setMeta(key, { wanted: [range[0] - MARGIN, range[1] + MARGIN] }))
  }
  const scrolled = (): void => {
    if (asked === 0 && frame) asked = frame.requestAnimationFrame(look)
  }
  page.addEventListener('scroll', scrolled, { capture: true, passive: true })
  frame?.addEventListener('resize', scrolled, { passive: true })
  return {
    destroy: () => {
      page.removeEventListener('scroll', scrolled, { capture: true })
      frame?.removeEventListener('resize', scrolled)
      if (asked !== 0) frame?.cancelAnimationFrame(asked)
    },
  }
}

/** First and last visible line. */
function visibleLines(view: EditorView): [number, number] | undefined {
  const frame = view.dom.ownerDocument.defaultView
  const box = view.dom.getBoundingClientRect()
  if (!frame || box.height === 0) return undefined
  const left = box.left + box.width / 2
  const at = (top: number): number | undefined => {
    const found = view.posAtCoords({ left, top })
    return found ? view.state.doc.resolve(found.pos).index(0) : undefined
  }
  const first = box.top >= 0 ? 0 : at(1)
  const last = box.bottom <= frame.innerHeight ? view.state.doc.childCount : at(frame.innerHeight - 2)
  if (first === undefined && last === undefined) return undefined
  return [first ?? last ?? 0, last ?? first ?? 0]
}
