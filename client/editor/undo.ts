/**
 * Undo and redo of one's own edits (SPEC-text R13): Y.UndoManager, and what it does not do by itself. Formats outside the
 * stretches a step formatted get their old value back, text of another author that comes back keeps its author, and the
 * cursor returns to where it was.
 */
import { TextSelection } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import * as Y from 'yjs'
import type { Delta } from '../../shared/text/delta.ts'
import type { Binding, LocalWrite } from './binding/binding.ts'
import { DeltaBuilder, transformPosition } from './binding/delta.ts'
import { fromUndo } from './binding/host.ts'
import { containerOf, nameOfText, placeAt, positionOf, textNamed } from './binding/places.ts'
import type { Authors } from './types.ts'
import { authoredPlaces, formatRepair, formattedStretches } from './undo-repair.ts'

/** Edits closer together than this, in ms, are undone together. */
export const CAPTURE_TIME = 500
/** The most steps that can be undone. */
export const MOST_STEPS = 500

/** Keys of what is kept with a step. */
const FORMATTED = 'formatted'
const SELECTION = 'selection'

interface Stretch {
  /** Of the text: '' or a cell's. */
  name: string
  from: Y.RelativePosition
  to: Y.RelativePosition
}

/** What the history needs of the editor. */
export interface HistoryHost {
  readonly state: EditorState
  dispatch(tr: Transaction): void
}

type StackItem = NonNullable<ReturnType<Y.UndoManager['undo']>>

/** What can be undone and redone, newest last. It belongs to the text, not to an editor. */
export interface Steps {
  readonly undo: readonly StackItem[]
  readonly redo: readonly StackItem[]
}

/** Clocks of this client's under which a deletion brought somebody's text back. */
interface CameBack {
  clock: number
  end: number
  author: string
}

/** Origin of what the history mends; not an edit that can be undone. */
const MENDING = { name: 'undo' }

/** The steps of one editor that can be undone and redone. */
export class History {
  readonly #binding: Binding
  readonly #host: HistoryHost
  readonly #authors: Authors | undefined
  readonly #manager: Y.UndoManager
  readonly #stop: () => void
  #writes: LocalWrite['writes'] = []
  /** What is being written is no step (isStep). */
  #apart = false
  #selection: [Y.RelativePosition, Y.RelativePosition] | undefined

  constructor(
    binding: Binding,
    host: HistoryHost,
    authors?: Authors,
    captureTimeout = CAPTURE_TIME,
    steps: Steps = { undo: [], redo: [] },
  ) {
    this.#binding = binding
    this.#host = host
    this.#authors = authors
    // All texts of the document: cells are roots of their own.
    this.#manager = new Y.UndoManager(binding.text.doc ?? binding.text, {
      trackedOrigins: new Set<unknown>([binding]),
      captureTimeout,
      captureTransaction: ({ origin }) => origin !== binding || !this.#apart,
    })
    this.#manager.undoStack.push(...steps.undo)
    this.#manager.redoStack.push(...steps.redo)
    this.#stop = binding.onWrite(({ writes, before, apart = false }) => {
      this.#apart = apart
      if (apart) return
      this.#writes = writes
      const { lastChange } = this.#manager
      const fresh = lastChange === 0 || Date.now() - lastChange >= captureTimeout
      this.#selection = fresh ? this.#selectionOf(before) : undefined
    })
    this.#manager.on('stack-item-added', (event) => this.#note(event))
    this.#manager.on('stack-item-updated', (event) => this.#note(event))
  }

  destroy(): void {
    this.#stop()
    this.#manager.destroy()
  }

  get steps(): Steps {
    return { undo: [...this.#manager.undoStack], redo: [...this.#manager.redoStack] }
  }

  undo(): boolean {
    return this.#pop('undo')
  }

  redo(): boolean {
    return this.#pop('redo')
  }

  canUndo(): boolean {
    return !this.#binding.readOnly && this.#manager.canUndo()
  }

  canRedo(): boolean {
    return !this.#binding.readOnly && this.#manager.canRedo()
  }

  /** The next edit begins a new step. */
  stopCapturing(): void {
    this.#manager.stopCapturing()
  }

  #note({ stackItem, origin }: { stackItem: StackItem; origin: unknown }): void {
    const { undoStack } = this.#manager
    while (undoStack.length > MOST_STEPS) undoStack.shift()
    if (origin !== this.#binding) return
    if (this.#selection && !stackItem.meta.has(SELECTION)) stackItem.meta.set(SELECTION, this.#selection)
    const stretches = this.#writes.flatMap(({ text, delta }) =>
      formattedStretches(delta).map(([from, to]) => this.#stretch(text, from, to)),
    )
    if (stretches.length > 0) stackItem.meta.set(FORMATTED, [...stretchesOf(stackItem), ...stretches])
  }

  #stretch(text: Y.Text, from: number, to: number): Stretch {
    return {
      name: nameOfText(this.#binding.text, text) ?? '',
      from: Y.createRelativePositionFromTypeIndex(text, from),
      to: Y.createRelativePositionFromTypeIndex(text, to, -1),
    }
  }

  #selectionOf(state: EditorState): [Y.RelativePosition, Y.RelativePosition] {
    const place = (pos: number): Y.RelativePosition => {
      const at = placeAt(state.doc, pos)
      const text = textNamed(this.#binding.text, at.name)
      const offset = transformPosition(this.#binding.heldOf(text), at.offset)
      return Y.createRelativePositionFromTypeIndex(text, offset, offset > 0 ? -1 : 0)
    }
    return [place(state.selection.anchor), place(state.selection.head)]
  }

  #pop(type: 'undo' | 'redo'): boolean {
    const manager = this.#manager
    if (type === 'undo' ? !this.canUndo() : !this.canRedo()) return false
    this.#binding.release()
    const before = this.#host.state
    const selection = this.#selectionOf(before)
    let popped: StackItem | null = null
    this.#binding.together(() => {
      const doc = this.#binding.text.doc
      if (!doc) return
      const clock = Y.getState(doc.store, doc.clientID)
      popped = type === 'undo' ? manager.undo() : manager.redo()
      if (!popped) return
      const counter = (type === 'undo' ? manager.redoStack : manager.undoStack).at(-1)
      counter?.meta.set(FORMATTED, stretchesOf(popped))
      counter?.meta.set(SELECTION, selection)
      this.#mend(before, popped, doc, clock)
    }, fromUndo)
    if (!popped) return false
    this.#select(popped)
    return true
  }

  #mend(before: EditorState, popped: StackItem, doc: Y.Doc, clock: number): void {
    const back = this.#backFrom(popped, doc, clock)
    for (const { name, text, held } of this.#binding.waiting) {
      const shown = containerOf(before.doc, name)
      if (!shown) continue
      const allowed = stretchesOf(popped)
        .filter((stretch) => stretch.name === name)
        .map(({ from, to }) => [this.#index(from), this.#index(to)] as const)
      const formats = formatRepair(held, shown.node, allowed)
      const authors = back.length > 0 ? this.#authorRepair(held, text, back, doc, clock) : []
      if (formats.length === 0 && authors.length === 0) continue
      doc.transact(() => {
        if (formats.length > 0) text.applyDelta(mutable(formats))
        if (authors.length > 0) text.applyDelta(mutable(authors))
      }, MENDING)
    }
  }

  #index(position: Y.RelativePosition): number {
    const { doc } = this.#binding.text
    return doc ? (Y.createAbsolutePositionFromRelativePosition(position, doc)?.index ?? 0) : 0
  }

  /** Where in the document a place is; undefined when its text is not shown. */
  #position(position: Y.RelativePosition): number | undefined {
    const { text } = this.#binding
    const found = text.doc && Y.createAbsolutePositionFromRelativePosition(position, text.doc)
    const name = found ? nameOfText(text, found.type) : undefined
    if (name === undefined) return undefined
    return positionOf(this.#host.state.doc, { name, offset: found?.index ?? 0 })
  }

  /** What came back under this client's id and is somebody else's. */
  #backFrom(popped: StackItem, doc: Y.Doc, clock: number): CameBack[] {
    const authors = this.#authors
    const back: CameBack[] = []
    if (!authors) return back
    doc.transact((transaction) => {
      Y.iterateDeletedStructs(transaction, popped.deletions, (item) => {
        if (!(item instanceof Y.Item) || item.redone?.client !== doc.clientID || item.redone.clock < clock)
          return
        const author = authors.authorOf(item.id.client)
        if (author === undefined || author === authors.me()) return
        back.push({ clock: item.redone.clock, end: item.redone.clock + item.length, author })
      })
    }, MENDING)
    return back
  }

  /** Text that came back gets its author written. */
  #authorRepair(done: Delta, text: Y.Text, back: readonly CameBack[], doc: Y.Doc, clock: number): Delta {
    const known = authoredPlaces(done)
    const out = new DeltaBuilder()
    let at = 0
    let written = 0
    for (let item = text._start; item; item = item.right) {
      if (item.deleted || !item.countable) continue
      if (item.id.client === doc.clientID && item.id.clock >= clock) {
        const { id, length, content } = item
        const shown = content instanceof Y.ContentString ? content.str : ''
        for (const entry of back) {
          const from = Math.max(entry.clock, id.clock)
          const to = Math.min(entry.end, id.clock + length)
          for (let unit = from; unit < to; unit += 1) {
            const place = at + unit - id.clock
            if (shown[unit - id.clock] === '\n' || known.has(place)) continue
            out.retain(place - written)
            out.retain(1, { author: entry.author })
            written = place + 1
          }
        }
      }
      at += item.length
    }
    return out.done()
  }

  #select(item: StackItem): void {
    const selection: unknown = item.meta.get(SELECTION)
    if (!Array.isArray(selection)) return
    const { tr } = this.#host.state
    const [anchor, head] = (selection as [Y.RelativePosition, Y.RelativePosition]).map((position) => {
      const pos = this.#position(position)
      return pos === undefined ? undefined : tr.doc.resolve(pos)
    })
    if (anchor && head)
      this.#host.dispatch(tr.setSelection(TextSelection.between(anchor, head)).scrollIntoView())
  }
}

function stretchesOf(item: StackItem): Stretch[] {
  const stretches: unknown = item.meta.get(FORMATTED)
  return Array.isArray(stretches) ? (stretches as Stretch[]) : []
}

/** A copy whose attributes Yjs may change. */
function mutable(delta: Delta): object[] {
  return delta.map((op) =>
    'attributes' in op && op.attributes ? { ...op, attributes: { ...op.attributes } } : { ...op },
  )
}
