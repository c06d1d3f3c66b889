/**
 * Other people's carets and selections, and where the own one is. Positions travel as Yjs relative positions; between two
 * messages the drawn ones move with the document. No name or colour of a peer ever becomes markup or a style sheet.
 */
import type { Node } from 'prosemirror-model'
import { Plugin, PluginKey } from 'prosemirror-state'
import type { EditorState, Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { EditorView } from 'prosemirror-view'
import * as Y from 'yjs'
import type { Delta } from '../../shared/text/delta.ts'
import { personAttributes } from './line-authors.ts'
import { isFromText } from './binding/binding.ts'
import { inverted, transformPosition } from './binding/delta.ts'
import { runsBetween } from './binding/items.ts'
import { nameOfText, placeAt, positionOf, textNamed } from './binding/places.ts'
import type { TextPlace } from './binding/places.ts'
import type { RemoteCursor } from './types.ts'

/** How long a name flag stays after its caret moved, in ms. */
export const FLAG_TIME = 3000
/** A flag that was raised within this time is not raised again, in ms. */
const RAISED = 1000
/** The most carets drawn. */
const MOST = 100
/** The longest name on a flag, in UTF-16 units. */
const NAME = 64

/** What the plugin needs. */
export interface CursorsOptions {
  text: Y.Text
  onCursor(cursor: { anchor: unknown; head: unknown } | null): void
  /** What the text, or a cell's, has and the document does not show yet. */
  held(text: Y.Text): Delta
}

/** Where a caret was when its flag was raised, and when the flag goes, in ms since 1970; by client. */
type Flags = Map<number, { place: string; until: number }>

interface Shown {
  cursors: readonly RemoteCursor[]
  set: DecorationSet
  /** Some are at words that have not come yet. */
  early: boolean
}

const key = new PluginKey<Shown>('cursors')

/** Shows these cursors instead of the ones before. */
export function showCursors(tr: Transaction, cursors: readonly RemoteCursor[]): Transaction {
  return tr.setMeta(key, cursors)
}

/** The plugin that draws cursors and reports the own one. */
export function cursorsPlugin(options: CursorsOptions): Plugin<Shown> {
  const flags: Flags = new Map()
  return new Plugin<Shown>({
    key,
    state: {
      init: () => ({ cursors: [], set: DecorationSet.empty, early: false }),
      apply(tr, shown) {
        const told = tr.getMeta(key) as readonly RemoteCursor[] | undefined
        const cursors = told ?? (shown.early && isFromText(tr) ? shown.cursors : undefined)
        if (!cursors) {
          if (!tr.docChanged) return shown
          const set = shown.set.map(tr.mapping, tr.doc)
          return { ...shown, set: isFromText(tr) ? raised(tr, set, options, flags) : set }
        }
        const { decorations, early } = drawn(tr, cursors.slice(0, MOST), options, flags)
        return { cursors, set: DecorationSet.create(tr.doc, decorations), early }
      },
    },
    props: { decorations: (state) => key.getState(state)?.set },
    view: (view) => reporter(view, options),
  })
}

function drawn(
  { doc }: Transaction,
  cursors: readonly RemoteCursor[],
  options: CursorsOptions,
  flags: Flags,
): { decorations: Decoration[]; early: boolean } {
  const decorations: Decoration[] = []
  let early = false
  const now = Date.now()
  const here = new Set<number>()
  for (const cursor of cursors) {
    const anchor = placeOf(cursor.anchor, options.text)
    const head = placeOf(cursor.head, options.text)
    if (anchor === undefined || head === undefined) {
      early = true
      continue
    }
    here.add(cursor.client)
    const [from, to] = [anchor, head].map(({ name, offset }) => {
      const back = inverted(options.held(textNamed(options.text, name)))
      return positionOf(doc, { name, offset: transformPosition(back, offset) })
    })
    if (from === undefined || to === undefined) continue
    const look = personAttributes(cursor.colour)
    if (from !== to) {
      decorations.push(
        Decoration.inline(Math.min(from, to), Math.max(from, to), {
          nodeName: 'span',
          ...look,
          class: 'selected-by',
        }),
      )
    }
    const place = JSON.stringify(cursor.head)
    const flag = flags.get(cursor.client)
    const until = flag?.place === place ? flag.until : now + FLAG_TIME
    flags.set(cursor.client, { place, until })
    decorations.push(caretAt(to, cursor, until))
  }
  for (const client of flags.keys()) if (!here.has(client)) flags.delete(client)
  return { decorations, early }
}

function caretAt(pos: number, cursor: RemoteCursor, until: number): Decoration {
  const name = cursor.name.slice(0, NAME)
  return Decoration.widget(pos, (view) => caret(view, name, cursor.colour, until), {
    key: `${cursor.client}/${cursor.colour}/${name}/${until}`,
    side: 10,
    raw: true,
    ignoreSelection: true,
    stopEvent: () => true,
    cursor,
  })
}

/**
 * Raises the flags of carets whose owners just wrote there. A caret is told as the letter it stands before, and who
 * types stays before the same letter: nothing new is told. What came is its owner's when its item is; what went is
 * taken for its owner's, for hardly anybody else deletes just there.
 */
function raised(tr: Transaction, set: DecorationSet, options: CursorsOptions, flags: Flags): DecorationSet {
  if (flags.size === 0) return set
  const now = Date.now()
  let out = set
  for (const [pos, came] of editEnds(tr)) {
    for (const one of set.find(pos, pos)) {
      const { cursor } = one.spec as { cursor?: RemoteCursor }
      const flag = cursor && flags.get(cursor.client)
      if (!flag || one.from !== pos || flag.until - now > FLAG_TIME - RAISED) continue
      if (came && clientBefore(tr.doc, pos, options) !== cursor.client) continue
      flag.until = now + FLAG_TIME
      out = out.remove([one]).add(tr.doc, [caretAt(pos, cursor, flag.until)])
    }
  }
  return out
}

/** Where in the new document something ends that came (true), or was something that went (false). */
function editEnds(tr: Transaction): Map<number, boolean> {
  const ends = new Map<number, boolean>()
  for (const [index, map] of tr.mapping.maps.entries()) {
    const rest = tr.mapping.slice(index + 1)
    map.forEach((_oldStart, _oldEnd, newStart, newEnd) => ends.set(rest.map(newEnd), newEnd > newStart))
  }
  return ends
}

/** Whose item the character before a place of the document is. */
function clientBefore(doc: Node, pos: number, options: CursorsOptions): number | undefined {
  const place = placeAt(doc, pos)
  const text = textNamed(options.text, place.name)
  const offset = transformPosition(options.held(text), place.offset)
  return offset > 0 ? runsBetween(text, offset - 1, offset)[0]?.client : undefined
}

/** The place in a text of a relative position in JSON form, which comes from a peer. */
function placeOf(position: unknown, text: Y.Text): TextPlace | undefined {
  if (typeof position !== 'object' || position === null || !text.doc) return undefined
  try {
    const relative = Y.createRelativePositionFromJSON(position)
    const place = Y.createAbsolutePositionFromRelativePosition(relative, text.doc)
    if (!place) return undefined
    const name = nameOfText(text, place.type)
    return name === undefined ? undefined : { name, offset: place.index }
  } catch {
    return undefined
  }
}

/**
 * An empty element, its name drawn by the style sheet: where a caret stood that is not editable or has words in it, the
 * keys of who writes there would stop (End, the arrows), or take the caret away instead of a letter.
 */
function caret(view: EditorView, name: string, colour: unknown, until: number): HTMLElement {
  const bar = view.dom.ownerDocument.createElement('span')
  bar.className = 'caret'
  bar.dataset['name'] = name
  bar.setAttribute('aria-hidden', 'true')
  const { style, ...attributes } = personAttributes(colour)
  for (const [attribute, value] of Object.entries(attributes)) bar.setAttribute(attribute, value)
  if (style !== undefined) bar.style.setProperty('--hue', style.slice('--hue:'.length))
  const rest = until - Date.now()
  if (rest <= 0) bar.classList.add('quiet')
  else setTimeout(() => bar.classList.add('quiet'), rest)
  return bar
}

/** Tells where the own cursor is, at most once a frame. */
function reporter(
  view: EditorView,
  options: CursorsOptions,
): { update(view: EditorView, before: EditorState): void; destroy(): void } {
  const frame = view.dom.ownerDocument.defaultView
  let asked = 0
  let last = 'null'
  const report = (): void => {
    asked = 0
    if (view.isDestroyed) return
    const cursor = view.hasFocus() ? cursorOf(view.state, options) : null
    const said = JSON.stringify(cursor)
    if (said === last) return
    last = said
    options.onCursor(cursor)
  }
  const ask = (): void => {
    if (asked === 0 && frame) asked = frame.requestAnimationFrame(report)
  }
  view.dom.addEventListener('focus', ask)
  view.dom.addEventListener('blur', ask)
  return {
    update(_view, before) {
      if (!before.selection.eq(view.state.selection) || before.doc !== view.state.doc) ask()
    },
    destroy() {
      view.dom.removeEventListener('focus', ask)
      view.dom.removeEventListener('blur', ask)
      if (asked !== 0) frame?.cancelAnimationFrame(asked)
    },
  }
}

/** The selection as relative positions in JSON form, as y-quill writes them. */
export function cursorOf(
  state: EditorState,
  { text, held }: Pick<CursorsOptions, 'text' | 'held'>,
): { anchor: unknown; head: unknown } {
  const place = (pos: number): unknown => {
    const at = placeAt(state.doc, pos)
    const own = textNamed(text, at.name)
    const offset = transformPosition(held(own), at.offset)
    return Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(own, Math.min(offset, own.length)))
  }
  return { anchor: place(state.selection.anchor), head: place(state.selection.head) }
}
