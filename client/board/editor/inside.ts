/** The editor as its own parts see it: with the signals that they set. */
import type { ReadonlySignal, Signal } from '@preact/signals'
import type { Edges } from './edges.ts'
import type { Random } from '../../../shared/board/ids.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import type { Recognise } from '../tools/recogniser.ts'
import type { Editor, LiveStroke, Marks, NextStyle, Off, Point, Pointer, ToolId } from '../types.ts'

export interface Inside extends Editor {
  readonly tool: Signal<ToolId>
  readonly selection: Signal<ReadonlySet<string>>
  readonly inside: Signal<string | null>
  readonly hovered: Signal<string | null>
  readonly writing: Signal<string | null>
  readonly nextStyle: Signal<NextStyle>
  readonly preview: Signal<ReadonlyMap<string, Shape | null>>
  readonly stroke: Signal<LiveStroke | null>
  readonly marks: Signal<Marks>
  readonly cursor: Signal<string>
  readonly random: Random
  readonly edges: Edges
  /** What recognises forms in strokes; null while it is on its way. */
  readonly recogniser: () => Recognise | null
  /** Who made a shape; '' where nobody knows. */
  authorOf(id: string): string
  /** Runs later unless it is called off. */
  after(ms: number, run: () => void): Off
  say(key: string, values?: Readonly<Record<string, string | number>>, loud?: boolean): void
  readonly pointerAt: Signal<Point | null>
  /** Where new things go: at the pointer, else the middle of what is seen. */
  spot(): Point
  /** {@link Editor.write} in a shape just made; `mark` is what {@link BoardUndo.mark} said before. */
  writeNew(id: string, mark: unknown): void
  /** Takes back the step under way; what was written before somebody may not draw any more stays. */
  abandonStep(): void
  /** Calls off the gesture under way, and nothing else; false when there was none. */
  drop(): boolean
  /** Takes the tool that follows on one that was used once. */
  used(selected?: Iterable<string>): void
}

/**
 * One state of a tool while the pointer is down. A move may lead on to another state. Each ends in one of `up` and `cancel`.
 */
export interface State {
  move(event: Pointer): State | void
  up(event: Pointer): void
  cancel(): void
}

/** A tool at rest. */
export interface Tool {
  readonly cursor: string
  /** The pointer went down: what it now does, or null for nothing. */
  down(event: Pointer): State | null
  hover?(event: Pointer): void
  /** Another tool is taken. */
  leave?(): void
  /** The pointer left the board: what followed it goes. */
  rest?(): void
  /** Something that lasts beyond a press is ended; false when there was nothing. */
  cancel?(): boolean
}

export type MakeTool = (editor: Inside) => Tool

/** Tools that change nothing. */
export const READS: ReadonlySet<ToolId> = new Set<ToolId>(['select', 'lasso', 'hand'])

export const NO_MARKS: Marks = Object.freeze({
  marquee: null,
  lasso: null,
  guides: [],
  target: null,
  eraserAt: null,
})

/** Screen pixels a pointer may shake before it is dragged. */
export function slop({ device }: Pointer): number {
  return device === 'mouse' ? 3 : device === 'pen' ? 5 : 8
}

/** Screen pixels around the pointer that still count as under it. */
export function reach({ device }: Pointer): number {
  return device === 'mouse' ? 5 : device === 'pen' ? 7 : 14
}

export function isDragged(from: Pointer, to: Pointer): boolean {
  return Math.hypot(to.screen.x - from.screen.x, to.screen.y - from.screen.y) > slop(from)
}

/** Reads signals for an effect or a computed value to follow them. */
export function follow(...signals: readonly ReadonlySignal<unknown>[]): void {
  signals.forEach(({ value }) => value)
}
