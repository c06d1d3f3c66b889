/** What the properties are about: what is selected, else what the tool will make. Pure. */
import type { Kind, Shape } from '../../../shared/board/model/shape.ts'
import type { ToolId } from '../types.ts'
import type { BoardKey } from '../words.ts'
import { kindName } from './names.ts'

/** A group of controls. */
export type Part =
  | 'stroke'
  | 'marker'
  | 'width'
  | 'dash'
  | 'fill'
  | 'paper'
  | 'opacity'
  | 'form'
  | 'route'
  | 'ends'
  | 'text'
  | 'align'
  | 'arrange'
  | 'eraser'
  | 'hand'

/** What is shown, in its order, under which name. */
export interface Subject {
  readonly name: BoardKey
  readonly parts: readonly Part[]
  /** How many shapes it is about; 0 for the next one. */
  readonly count: number
}

const OF_KIND: Readonly<Record<Kind, readonly Part[]>> = {
  ink: ['stroke', 'width', 'opacity'],
  line: ['stroke', 'width', 'dash', 'route', 'ends', 'opacity'],
  geo: ['form', 'stroke', 'width', 'dash', 'fill', 'opacity', 'text', 'align'],
  text: ['stroke', 'opacity', 'text', 'align'],
  note: ['paper', 'opacity', 'text', 'align'],
  image: ['opacity'],
  frame: ['stroke', 'fill', 'opacity'],
  group: [],
}
const ORDER: readonly Part[] = [
  'form',
  'marker',
  'stroke',
  'paper',
  'width',
  'dash',
  'route',
  'ends',
  'fill',
  'text',
  'align',
  'opacity',
  'eraser',
  'hand',
  'arrange',
]

const OF_TOOL: Readonly<Partial<Record<ToolId, readonly Part[]>>> = {
  pen: ['stroke', 'width', 'opacity', 'hand'],
  highlighter: ['marker', 'width', 'opacity'],
  eraser: ['eraser'],
  shape: OF_KIND.geo,
  line: ['stroke', 'width', 'dash', 'route', 'ends', 'opacity'],
  arrow: ['stroke', 'width', 'dash', 'route', 'ends', 'opacity'],
  connector: ['stroke', 'width', 'dash', 'route', 'ends', 'opacity'],
  text: OF_KIND.text,
  note: OF_KIND.note,
}
const TOOL_NAMES: Readonly<Partial<Record<ToolId, BoardKey>>> = {
  pen: 'board.tool.pen',
  highlighter: 'board.tool.highlighter',
  eraser: 'board.tool.eraser',
  shape: 'board.tool.shape',
  line: 'board.tool.line',
  arrow: 'board.tool.arrow',
  connector: 'board.tool.connector',
  text: 'board.tool.text',
  note: 'board.tool.note',
}

/** The subject of selected shapes, of groups their members, or of a tool; null when there is nothing to set. */
export function subjectOf(selected: readonly Shape[], count: number, tool: ToolId): Subject | null {
  if (count === 0) {
    const parts = OF_TOOL[tool]
    const name = TOOL_NAMES[tool]
    return parts && name ? { name, parts: inOrder(parts), count: 0 } : null
  }
  const [first] = selected
  const parts = new Set<Part>(first ? partsOf(first) : [])
  let coloured = false
  for (const shape of selected) {
    const own = partsOf(shape)
    coloured ||= own.includes('stroke')
    for (const part of parts) if (!own.includes(part)) parts.delete(part)
  }
  // The one thing that is worth having for shapes that have little in common.
  if (coloured) parts.add('stroke')
  parts.add('arrange')
  const same = first !== undefined && selected.every(({ kind }) => kind === first.kind)
  return { name: same ? kindName(first) : 'board.kind.several', parts: inOrder([...parts]), count }
}

function partsOf({ kind, style }: Shape): readonly Part[] {
  const marker = kind === 'ink' && style.brush === 'highlighter'
  return marker ? OF_KIND.ink.map((part) => (part === 'stroke' ? 'marker' : part)) : OF_KIND[kind]
}

function inOrder(parts: readonly Part[]): readonly Part[] {
  return ORDER.filter((part) => parts.includes(part))
}
