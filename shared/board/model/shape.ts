/** A shape as it is read: plain, whole and right, whatever the document holds (SPEC-board B4 to B12). */
import type { Bounds } from '../geometry/bounds.ts'
import type { Box } from '../geometry/box.ts'
import type { Content } from '../../text/delta.ts'
import type { Style } from './style.ts'

export const KINDS = ['ink', 'line', 'geo', 'text', 'note', 'image', 'frame', 'group'] as const

export type Kind = (typeof KINDS)[number]

/** What every shape has. */
interface Common {
  readonly id: string
  /** Where it lies among its siblings; {@link orderBetween} makes these. */
  readonly order: string
  /** The frame or group it says it is in; that may be missing (B11). */
  readonly parent: string | null
  readonly style: Style
  readonly locked: boolean
  /** A safe address, or null. */
  readonly link: string | null
  /** A frame's title; what screen readers say of any other shape. */
  readonly name: string
  /** Who made it, when that is not who owns the client id that wrote it; else ''. */
  readonly author: string
}

/** A stroke. */
export interface InkShape extends Common {
  readonly kind: 'ink'
  readonly box: Box
  /** The bounds of its points before the box stretches, turns and mirrors them. */
  readonly natural: Bounds
  /** The points' bytes; `decodePoints` reads them. */
  readonly points: Uint8Array
}

/** An end of a line that stays on a shape. */
export interface Binding {
  readonly shape: string
  /** A place in the shape's box, 0 to 1 from its left and top before turning. */
  readonly x: number
  readonly y: number
  /** The line ends exactly there, not where it meets the shape's outline. */
  readonly exact: boolean
}

/** A line, an arrow, a connector or a free polygon. */
export interface LineShape extends Common {
  readonly kind: 'line'
  /** x and y by turns, on the page; two points at least. */
  readonly path: readonly number[]
  readonly from: Binding | null
  readonly to: Binding | null
  readonly text: Content
}

/** A form, a text without one, a sticky note. */
export interface TextShape extends Common {
  readonly kind: 'geo' | 'text' | 'note'
  readonly box: Box
  readonly text: Content
}

export interface ImageShape extends Common {
  readonly kind: 'image'
  readonly box: Box
  /** Key of the board's list of pictures. */
  readonly asset: string
}

export interface FrameShape extends Common {
  readonly kind: 'frame'
  readonly box: Box
}

/** Shapes that are moved together; it has no place of its own. */
export interface GroupShape extends Common {
  readonly kind: 'group'
}

export type BoxedShape = InkShape | TextShape | ImageShape | FrameShape
export type Shape = BoxedShape | LineShape | GroupShape

export function isBoxed(shape: Shape): shape is BoxedShape {
  return shape.kind !== 'line' && shape.kind !== 'group'
}

/** Whether others can be in it. */
export function isParentKind(kind: Kind): boolean {
  return kind === 'frame' || kind === 'group'
}

/** Whether it can have text; it is created with a place for it, so that two who begin to type at once both stay. */
export function isTextKind(kind: Kind): boolean {
  return kind === 'geo' || kind === 'text' || kind === 'note' || kind === 'line'
}

export function isKind(value: unknown): value is Kind {
  return KINDS.some((kind) => kind === value)
}
