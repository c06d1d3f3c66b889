/** What the next shapes look like, and the selection's style (SPEC-board B205). */
import type { Kind, Shape } from '../../../shared/board/model/shape.ts'
import { DEFAULT_STYLE } from '../../../shared/board/model/style.ts'
import type { Style, StyleName } from '../../../shared/board/model/style.ts'
import type { NextStyle, ToolId } from '../types.ts'

/** What each tool begins with. */
export const FIRST_STYLE: NextStyle = {
  pen: { brush: 'pen', color: 0, width: 4 },
  highlighter: { brush: 'highlighter', color: 8, width: 20 },
  shape: {
    form: 'rect',
    color: 0,
    fill: 'soft',
    width: 3,
    corner: 8,
    align: 'center',
    valign: 'middle',
    size: 20,
  },
  line: { color: 0, width: 3 },
  arrow: { color: 0, width: 3, end: 'arrow' },
  connector: { color: 1, width: 2, end: 'arrow', route: 'elbow', size: 16 },
  text: { color: 0, size: 20 },
  note: { paper: 12, fill: 'solid', size: 20 },
  frame: {},
  laser: { color: 2, width: 4 },
}

/** Properties that mean something for a kind; the rest is left alone. */
const OF_LINES: readonly StyleName[] = ['color', 'width', 'dash', 'opacity']
const OF_TEXTS: readonly StyleName[] = ['font', 'size', 'align', 'valign']
const USES: Readonly<Record<Kind, ReadonlySet<StyleName>>> = {
  ink: new Set<StyleName>(['color', 'width', 'opacity', 'brush']),
  line: new Set<StyleName>([...OF_LINES, ...OF_TEXTS, 'start', 'end', 'route', 'closed', 'fill', 'paper']),
  geo: new Set<StyleName>([...OF_LINES, ...OF_TEXTS, 'fill', 'paper', 'form', 'corner']),
  text: new Set<StyleName>(['color', 'opacity', ...OF_TEXTS]),
  note: new Set<StyleName>(['color', 'opacity', ...OF_TEXTS, 'paper', 'fill']),
  image: new Set<StyleName>(['opacity', 'corner']),
  frame: new Set<StyleName>(['color', 'paper', 'fill', 'opacity']),
  group: new Set<StyleName>(),
}

const KIND_OF: Readonly<Partial<Record<ToolId, Kind>>> = {
  pen: 'ink',
  highlighter: 'ink',
  shape: 'geo',
  line: 'line',
  arrow: 'line',
  connector: 'line',
  text: 'text',
  note: 'note',
  frame: 'frame',
}

/** The parts of a style that a kind of shape uses. */
export function usedStyle(kind: Kind, style: Partial<Style>): Partial<Style> {
  const used = USES[kind]
  return Object.fromEntries(
    Object.entries(style).filter(([name, value]) => value !== undefined && used.has(name as StyleName)),
  )
}

/** What a tool will draw with, whole; nothing for tools that make no shapes. */
export function toolStyle(next: NextStyle, tool: ToolId): Partial<Style> {
  const kind = KIND_OF[tool]
  if (!kind && tool !== 'laser') return {}
  const style = { ...FIRST_STYLE[tool], ...next[tool] }
  return kind ? usedStyle(kind, { ...DEFAULT_STYLE, ...style }) : style
}

/** The style some shapes have in common: what differs, or is used by none, is left out. */
export function commonStyle(shapes: readonly Shape[]): Partial<Style> {
  const common: Record<string, unknown> = {}
  const differs = new Set<string>()
  for (const shape of shapes) {
    for (const name of USES[shape.kind]) {
      const value = shape.style[name]
      if (differs.has(name)) continue
      if (!Object.hasOwn(common, name)) common[name] = value
      else if (common[name] !== value) {
        differs.add(name)
        delete common[name]
      }
    }
  }
  return common
}
