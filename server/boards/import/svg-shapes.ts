/** What parts of an SVG's tree have in common on their way to shapes (SPEC-board B524). */
import type { Matrix } from '../../../shared/board/geometry/matrix.ts'
import type { Sink } from './sink.ts'
import type { Look } from './svg-look.ts'
import type { StyleRule } from './svg-rules.ts'
import type { SvgNode } from './svg-tree.ts'

/** What a walk through the tree carries along. */
export interface Walk {
  readonly sink: Sink
  readonly map: Matrix
  readonly look: Look
  readonly link: string | null
  /** Of the file's style sheets. */
  readonly rules: readonly StyleRule[]
  /** Every path is ink. */
  readonly ink: boolean
  /** The id of the next shape. */
  id(node: SvgNode): string
}

/** A form without an edge has one of the colour of its area, too thin to be seen. */
const NO_EDGE = 0.01

/** Colours, width, dash and opacity in our terms. */
export function paintStyle(look: Look, stretch: number) {
  const { fill, stroke, dash, width } = look
  const opacity = look.opacity * (stroke === null ? look.fillOpacity : look.strokeOpacity)
  return {
    color: stroke ?? fill ?? '#000000',
    width: stroke === null ? NO_EDGE : Math.max(NO_EDGE, width * stretch),
    dash: stroke === null ? ('solid' as const) : dash,
    opacity: Math.max(0.01, opacity),
    ...(fill === null ? {} : { fill: 'solid' as const, paper: fill }),
  }
}

/** How much longer lengths get, on the whole. */
export function stretchOf(map: Matrix): number {
  return Math.sqrt(Math.abs(map[0] * map[3] - map[1] * map[2]))
}
