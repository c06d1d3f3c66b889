/**
 * Places in the text and places in the document. In the text a line is its characters and a newline, unless it is open; a
 * block is one character and a newline, unless it is open (SPEC-text T1, T6). In the document every block has a token
 * at either end, an atom is one token. A table is a block of one character, whatever is in its cells (places.ts).
 */
import type { Node } from 'prosemirror-model'

/** How long a block is in the text, in UTF-16 units. */
export function textSize(block: Node): number {
  const own = block.type.inlineContent ? block.content.size : 1
  return block.attrs['open'] === true ? own : own + 1
}

/**
 * The same for the block at `index` of a document that shows a text: only there a line may be open that comes last or
 * before a block, so that for most lines no attribute has to be read.
 */
export function textSizeAt(blocks: readonly Node[], index: number): number {
  const block = blocks[index]
  if (!block) return 0
  const next = blocks[index + 1]
  return next && next.type.inlineContent && block.type.inlineContent
    ? block.content.size + 1
    : textSize(block)
}

/** Some neighbouring blocks of a document. */
export interface Region {
  /** Index of the first block and of the first one after. */
  from: number
  to: number
  /** Places of the region's start: in the document and in the text. */
  pos: number
  offset: number
  blocks: readonly Node[]
}

/** The place in the text, from the region's start, of a place in the document; places outside count as the nearest end. */
export function offsetOf(region: Region, pos: number): number {
  let start = region.pos
  let offset = 0
  for (const block of region.blocks) {
    if (pos <= start) return offset
    if (pos < start + block.nodeSize) return offset + inside(block, pos - start - 1)
    start += block.nodeSize
    offset += textSize(block)
  }
  return offset
}

/** Places in a line count; all places in a table are the place of its one character. */
function inside(block: Node, at: number): number {
  return block.type.inlineContent ? Math.max(0, at) : 0
}

/** A place in the document: inside a line or between blocks. */
export interface Place {
  pos: number
  depth: 0 | 1
  /** The place is at the start of a block, or at the region's end. */
  edge: boolean
}

/**
 * The place in the document of a place in the text counted from the region's start. Inside the line when there is one;
 * undefined between a block and its newline.
 */
export function placeOf(region: Region, offset: number): Place | undefined {
  let start = region.pos
  let at = 0
  let last: Node | undefined
  for (const block of region.blocks) {
    const size = textSize(block)
    if (offset < at + size || (size === 0 && offset === at)) {
      if (block.isTextblock) return { pos: start + 1 + offset - at, depth: 1, edge: offset === at }
      return offset === at ? { pos: start, depth: 0, edge: true } : undefined
    }
    start += block.nodeSize
    at += size
    last = block
  }
  if (offset !== at) return undefined
  return last?.isTextblock && last.attrs['open'] === true
    ? { pos: start - 1, depth: 1, edge: false }
    : { pos: start, depth: 0, edge: true }
}

/** The place between blocks before the block whose start `place` is. */
export function before(place: Place): number {
  return place.depth === 1 ? place.pos - 1 : place.pos
}

/** The place in the text of a place in the document. */
export function textOffset(doc: Node, pos: number): number {
  const blocks = doc.children
  let start = 0
  let at = 0
  for (const [index, block] of blocks.entries()) {
    if (pos <= start) return at
    if (pos < start + block.nodeSize) return at + inside(block, pos - start - 1)
    start += block.nodeSize
    at += textSizeAt(blocks, index)
  }
  return at
}

/** The place in the document of a place in the text, inside a line where possible. */
export function documentPosition(doc: Node, offset: number): number {
  const blocks = doc.children
  let pos = 0
  let at = 0
  for (const [index, block] of blocks.entries()) {
    const size = textSizeAt(blocks, index)
    if (offset < at + size || index === blocks.length - 1) {
      if (!block.isTextblock) return offset <= at ? pos : pos + block.nodeSize
      return pos + 1 + Math.max(0, Math.min(offset - at, block.content.size))
    }
    pos += block.nodeSize
    at += size
  }
  return pos
}
