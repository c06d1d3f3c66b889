/**
 * Lays the rows of a long document into wrapper elements of about a hundred ("chunks"), which the style sheet contains:
 * a change of one line is then laid out within its chunk, and drawn without a walk over all rows. Only what is drawn is
 * grouped: the document, its positions, commands, the clipboard and the binding know nothing of it (SPEC-text R11).
 */
import type { Node } from 'prosemirror-model'
import type { EditorView } from 'prosemirror-view'
import { changedRows } from '../rows.ts'
import type { ChangedRows } from '../rows.ts'
import { chunkClass, markChunks } from './chunk.ts'
import type { Chunk, ChunkClass } from './chunk.ts'
import { cutDecorations, sortDecorations } from './decorations.ts'
import type { DocumentDecorations } from './decorations.ts'
import { keepTypedText } from './typed.ts'
import { CHILD_DIRTY, CONTENT_DIRTY, NOT_DIRTY, classOf, documentView, usable } from './views.ts'
import type { DomPlace, NodeViewDesc, ViewDesc } from './views.ts'

/** How a document is cut. */
export interface ChunkSizes {
  /** Rows from which on a document is cut at all. */
  from: number
  /** Rows of a fresh chunk. */
  rows: number
  /** Rows a chunk may grow to before it is cut again. */
  most: number
}

/** The sizes pads are shown with. */
export const CHUNK_SIZES: ChunkSizes = { from: 400, rows: 100, most: 200 }

/** Whether a document is long enough to be cut. */
export function isLong(doc: Node, sizes: ChunkSizes = CHUNK_SIZES): boolean {
  return doc.childCount >= sizes.from
}

/** Document descriptions that are cut into chunks. */
const chunked = new WeakSet<NodeViewDesc>()
/** Those of short documents, in which the text typed into stays too. */
const kept = new WeakSet<NodeViewDesc>()

/**
 * Lets a view draw `doc` in chunks when it is long. To be called right before the view gets the state with this document;
 * while a person composes a character, nothing is moved.
 */
export function keepChunks(view: EditorView, doc: Node, sizes: ChunkSizes = CHUNK_SIZES): void {
  const root = documentView(view)
  if (!isLong(doc, sizes)) {
    if (!kept.has(root) && !chunked.has(root) && usable(view)) keepTyping(view, root)
    return
  }
  if (chunked.has(root) || view.composing || !usable(view)) return
  chunked.add(root)
  drawInChunks(view, root, sizes)
}

/** Has a document that is drawn in ProseMirror's own way keep the text a person types into. */
function keepTyping(view: EditorView, root: NodeViewDesc): void {
  kept.add(root)
  const markDirty = root.markDirty.bind(root)
  root.markDirty = (from, to) => {
    markDirty(from, to)
    if (!view.composing) keepTypedText(root, from, to)
  }
}

/** Takes over how one description of a document draws its rows. */
function drawInChunks(view: EditorView, root: NodeViewDesc, sizes: ChunkSizes): void {
  const Chunk = chunkClass(classOf(root))
  const nearestDesc = root.nearestDesc.bind(root)
  const whole = new Chunk(root, root.node, cutDecorations(sortDecorations(root.innerDeco), 0, 0, true), view)
  whole.children = root.children
  for (const child of whole.children) child.parent = whole
  whole.dirty = CONTENT_DIRTY
  root.children = [whole]
  root.dirty = CONTENT_DIRTY
  let shown = root.node
  root.updateChildren = () => {
    new Drawing(view, root, Chunk, sizes, changedRows(shown, root.node)).draw()
    shown = root.node
  }
  root.markDirty = (from, to) => {
    markDirty(root, from, to)
    if (!view.composing) keepTypedText(root, from, to)
  }
  root.domFromPos = (pos, side) => domFromPos(root, pos, side)
  root.nearestDesc = (dom, onlyNodes) => {
    const found = nearestDesc(dom, onlyNodes)
    return onlyNodes === true && found?.parent === root ? root : found
  }
}

/** One drawing of a document. */
class Drawing {
  readonly #view: EditorView
  readonly #root: NodeViewDesc
  readonly #Chunk: ChunkClass
  readonly #sizes: ChunkSizes
  readonly #changed: ChangedRows
  readonly #doc: Node
  readonly #decorations: DocumentDecorations
  /** The first row and the place that are not drawn yet. */
  #row = 0
  #pos = 0

  constructor(
    view: EditorView,
    root: NodeViewDesc,
    Chunk: ChunkClass,
    sizes: ChunkSizes,
    changed: ChangedRows,
  ) {
    this.#view = view
    this.#root = root
    this.#Chunk = Chunk
    this.#sizes = sizes
    this.#changed = changed
    this.#doc = root.node
    this.#decorations = sortDecorations(root.innerDeco)
  }

  draw(): void {
    const before = this.#root.children as Chunk[]
    const after: Chunk[] = []
    // Descriptions find their places over the tree while they are drawn.
    this.#root.children = after
    const { from, oldTo, newTo } = this.#changed
    let old = 0
    for (const [index, chunk] of before.entries()) {
      const first = old
      old += chunk.node.childCount
      const last = index === before.length - 1
      const end = last ? this.#doc.childCount : Math.max(this.#row, movedRow(old, this.#changed))
      if (end === this.#row && (!last || after.length > 0)) chunk.destroy()
      else if (end - this.#row > this.#sizes.most && !this.#view.composing)
        this.#divide(chunk, first, end, after)
      else {
        after.push(chunk)
        // Rows put in right between two chunks go to the second.
        const kept = (old <= from || first >= oldTo) && end - this.#row === chunk.node.childCount
        this.#drawChunk(chunk, kept ? chunk.node : this.#rows(end), end)
      }
    }
    const moved = after.length !== before.length || after.some((chunk, index) => chunk !== before[index])
    if (moved || this.#root.dirty === CONTENT_DIRTY) putInPlace(this.#root)
    if (moved || oldTo > from || newTo > from) markChunks(after)
  }

  #rows(end: number): Node {
    return this.#doc.type.create(null, this.#doc.children.slice(this.#row, end))
  }

  #drawChunk(chunk: Chunk, rows: Node, end: number): void {
    const { size } = rows.content
    const decorations = cutDecorations(this.#decorations, this.#pos, size, end === this.#doc.childCount)
    const same = rows === chunk.node && chunk.dirty === NOT_DIRTY && decorations.eq(chunk.innerDeco)
    chunk.node = rows
    chunk.innerDeco = decorations
    if (!same) {
      chunk.updateChildren(this.#view, this.#pos)
      chunk.dirty = NOT_DIRTY
    }
    this.#row = end
    this.#pos += size
  }

  /** Draws a chunk that is too long as several. The element with the cursor stays where it is. */
  #divide(chunk: Chunk, first: number, end: number, after: Chunk[]): void {
    const begin = this.#row
    const count = end - begin
    const number = Math.round(count / this.#sizes.rows)
    const start = (piece: number): number => begin + Math.round((piece * count) / number)
    const pieceOf = (row: number): number => {
      let piece = Math.min(number - 1, Math.max(0, Math.floor(((row - begin) * number) / count)))
      while (piece > 0 && start(piece) > row) piece -= 1
      while (piece < number - 1 && start(piece + 1) <= row) piece += 1
      return piece
    }
    const groups = grouped(chunk.children, number, (index) => pieceOf(movedRow(first + index, this.#changed)))
    const keeper = pieceOf(this.#view.state.selection.$head.index(0))
    for (const [piece, children] of groups.entries()) {
      const to = start(piece + 1)
      const rows = this.#rows(to)
      const one = piece === keeper ? chunk : new this.#Chunk(this.#root, rows, chunk.innerDeco, this.#view)
      for (const child of children) child.parent = one
      one.children = children
      one.dirty = CONTENT_DIRTY
      after.push(one)
      this.#drawChunk(one, rows, to)
    }
  }
}

/** Children by the piece their row goes to; what stands between two rows goes with the second. */
function grouped(
  children: readonly ViewDesc[],
  number: number,
  pieceOf: (row: number) => number,
): ViewDesc[][] {
  const groups = Array.from({ length: number }, (): ViewDesc[] => [])
  let pending: ViewDesc[] = []
  let row = 0
  let piece = 0
  for (const child of children) {
    pending.push(child)
    if (!child.node) continue
    piece = Math.max(piece, pieceOf(row))
    for (const one of pending) groups[piece]?.push(one)
    pending = []
    row += 1
  }
  for (const one of pending) groups[piece]?.push(one)
  return groups
}

/** Where the border before an old row is now. */
function movedRow(row: number, { from, oldTo, newTo }: ChangedRows): number {
  if (row <= from) return row
  return row >= oldTo ? row + newTo - oldTo : Math.min(row, newTo)
}

/** Makes the chunks, and nothing else, the elements of the document, in order. */
function putInPlace(root: NodeViewDesc): void {
  const place = root.contentDOM
  if (!place) return
  let at = place.firstChild
  for (const { dom } of root.children) {
    if (dom === at) at = at.nextSibling
    else place.insertBefore(dom, at)
  }
  while (at) {
    const next = at.nextSibling
    at.remove()
    at = next
  }
}

function markDirty(root: NodeViewDesc, from: number, to: number): void {
  let start = 0
  let dirty = CONTENT_DIRTY
  for (const chunk of root.children) {
    const end = start + chunk.size
    if (from < end && to > start) {
      if (from > start && to < end) dirty = CHILD_DIRTY
      chunk.markDirty(Math.max(0, from - start), Math.min(chunk.size, to - start))
    }
    start = end
  }
  root.dirty = Math.max(root.dirty, dirty)
}

/** Between rows of two chunks the place is in one of them, never between their elements. */
function domFromPos(root: NodeViewDesc, pos: number, side: number): DomPlace {
  let start = 0
  let before: ViewDesc | undefined
  for (const chunk of root.children) {
    const end = start + chunk.size
    if (pos < end) {
      return before && pos === start && side < 0
        ? before.domFromPos(before.size, side)
        : chunk.domFromPos(pos - start, side)
    }
    before = chunk
    start = end
  }
  return before ? before.domFromPos(before.size, side) : { node: root.dom, offset: 0 }
}
