/**
 * Drawing commands (SPEC-board B40): all that canvas, SVG and PDF need to know. Coordinates are page units, colours are
 * `#rrggbb`, everything is decided; a writer only writes.
 */
import type { Matrix } from '../geometry/matrix.ts'
import type { Path } from '../geometry/path.ts'
import type { Font } from '../model/style.ts'

export interface Stroke {
  readonly color: string
  readonly width: number
  /** Lengths of dashes and gaps; none: a whole line. */
  readonly dash: readonly number[]
  readonly cap: 'round' | 'butt'
}

export interface PathCommand {
  readonly op: 'path'
  readonly path: Path
  readonly fill: string | null
  readonly stroke: Stroke | null
  readonly opacity: number
  /** How it mixes with what lies below. */
  readonly blend: 'normal' | 'multiply' | 'screen'
}

export interface FontFace {
  readonly family: Font
  /** Page units. */
  readonly size: number
  readonly bold: boolean
  readonly italic: boolean
}

/** A piece of a line of text that looks the same all along. */
export interface TextCommand {
  readonly op: 'text'
  readonly text: string
  readonly face: FontFace
  readonly color: string
  /** The left end of the base line, before {@link TextCommand.matrix}. */
  readonly x: number
  readonly y: number
  /** What it was measured to be; a writer may stretch the text to that. */
  readonly width: number
  readonly underline: boolean
  readonly strike: boolean
  readonly opacity: number
  readonly matrix: Matrix
}

export interface ImageCommand {
  readonly op: 'image'
  readonly asset: string
  /** From the unit square. */
  readonly matrix: Matrix
  readonly opacity: number
  /** What it shows, in words. */
  readonly name: string
}

/** What follows, up to its `end`, belongs to a shape, is cut off outside of `clip` and leads to `link`. */
export interface BeginCommand {
  readonly op: 'begin'
  readonly id: string
  readonly clip: Path | null
  readonly link: string | null
}

export type Command = PathCommand | TextCommand | ImageCommand | BeginCommand | { readonly op: 'end' }

/** The width of a text in a font, in the units of the font's size. */
export type Measure = (text: string, face: FontFace) => number
