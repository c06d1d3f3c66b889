/** Who wrote what stands at a place of the document, and which items say when. */
import type { EditorState } from 'prosemirror-state'
import type * as Y from 'yjs'
import { textSizeAt } from '../../editor/binding/blocks.ts'
import { placeAt, textNamed } from '../../editor/binding/places.ts'
import { t } from '../../i18n.ts'
import type { PadModel } from '../../pad/model.ts'
import { itemAt, ticksAt } from './items-at.ts'
import type { ItemId, Tick } from './items-at.ts'
import { createTimes } from './times.ts'
import type { Times } from './times.ts'

/** The character at a place. */
export interface WrittenHere {
  author: string
  item: ItemId
  /** Its author is another one than its item's: it was carried or came back. */
  moved: boolean
}

/** Who wrote the character behind a place of the document, or before it at the end of a line; null for nobody known. */
export function writtenAt(model: PadModel, state: EditorState, pos: number): WrittenHere | null {
  const $pos = state.doc.resolve(pos)
  const after = $pos.nodeAfter?.isInline === true
  const node = after ? $pos.nodeAfter : $pos.nodeBefore
  if (!node?.isInline) return null
  const { name, offset } = placeAt(state.doc, pos)
  const item = itemAt(textNamed(textOf(model), name), after ? offset : offset - 1)
  if (!item) return null
  const owner = model.session.authorOf(item.client)
  const written: unknown = node.marks.find(({ type }) => type.name === 'author')?.attrs['value']
  const author = typeof written === 'string' ? written : owner
  return author === undefined || author === '' ? null : { author, item, moved: author !== owner }
}

/** What ticked the lines that begin at these places of the document, ascending; null for what is no ticked task. */
export function ticksOf(model: PadModel, state: EditorState, lines: readonly number[]): (Tick | null)[] {
  const byText = new Map<string, { index: number; newline: number }[]>()
  const note = (name: string, index: number, newline: number): void => {
    const places = byText.get(name) ?? []
    places.push({ index, newline })
    byText.set(name, places)
  }
  const left = new Map(lines.map((pos, index) => [pos, index]))
  const blocks = state.doc.children
  const last = lines.at(-1) ?? -1
  for (let at = 0, start = 0, offset = 0; start <= last; at += 1) {
    const block = blocks[at]
    const index = left.get(start)
    if (!block) break
    if (index !== undefined && block.isTextblock) {
      note('', index, offset + block.content.size)
      left.delete(start)
    }
    start += block.nodeSize
    offset += textSizeAt(blocks, at)
  }
  // What is left stands in cells of tables.
  for (const [pos, index] of left) {
    const line = state.doc.nodeAt(pos)
    if (!line) continue
    const { name, offset } = placeAt(state.doc, pos + 1)
    note(name, index, offset + line.content.size)
  }
  const found: (Tick | null)[] = lines.map(() => null)
  for (const [name, places] of byText) {
    const ticks = ticksAt(
      textNamed(textOf(model), name),
      places.map(({ newline }) => newline),
    )
    for (const [at, { index }] of places.entries()) found[index] = ticks[at] ?? null
  }
  return found
}

/** A person's name for others to read. */
export function nameOf({ session }: PadModel, author: string): string {
  return session.people.get(author)?.name || t('common.nameless')
}

const known = new WeakMap<PadModel, Times>()

/** The times of this page. */
export function timesOf(model: PadModel): Times {
  const times =
    known.get(model) ??
    createTimes({
      address: new URL(encodeURIComponent(model.boot.pad), location.href).href,
      ticket: () => model.session.ticket,
      fetch: (url, options) => fetch(url, options),
    })
  known.set(model, times)
  return times
}

function textOf({ session }: PadModel): Y.Text {
  return session.doc.getText('text')
}
