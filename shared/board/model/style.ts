/** How a shape looks, property by property (SPEC-board B8): each is a conflict unit of its own once it is changed. */
import { isColour } from '../colours.ts'
import type { Colour } from '../colours.ts'
import type { Brush } from '../ink/header.ts'
import { MAX_COORDINATE, MAX_TEXT_SIZE, MAX_WIDTH, MIN_TEXT_SIZE, MIN_WIDTH } from '../limits.ts'

export const FORMS = [
  'rect',
  'ellipse',
  'diamond',
  'triangle',
  'pentagon',
  'hexagon',
  'octagon',
  'star',
  'parallelogram',
  'cylinder',
  'cloud',
  'speech',
] as const
export const HEADS = ['none', 'arrow', 'triangle', 'dot', 'diamond', 'bar'] as const

export type Form = (typeof FORMS)[number]
export type Head = (typeof HEADS)[number]
export type Fill = 'none' | 'soft' | 'solid'
export type Dash = 'solid' | 'dashed' | 'dotted'
export type Font = 'sans' | 'serif' | 'mono' | 'hand'
export type Align = 'left' | 'center' | 'right'
export type VerticalAlign = 'top' | 'middle' | 'bottom'
export type Route = 'straight' | 'curve' | 'elbow'

/** Lengths in page units. */
export interface Style {
  /** Of lines, letters and ink. */
  readonly color: Colour
  /** Of the area; null: it follows `color`. */
  readonly paper: Colour | null
  readonly fill: Fill
  readonly width: number
  readonly dash: Dash
  /** 0.01 to 1. */
  readonly opacity: number
  readonly form: Form
  /** Radius of a rectangle's corners. */
  readonly corner: number
  readonly font: Font
  /** Height of letters. */
  readonly size: number
  readonly align: Align
  readonly valign: VerticalAlign
  /** What a line begins and ends with. */
  readonly start: Head
  readonly end: Head
  readonly route: Route
  /** A line of which the last point is joined to the first. */
  readonly closed: boolean
  readonly brush: Brush
}

export type StyleName = keyof Style

const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value)
const within =
  (least: number, most: number) =>
  (value: unknown): boolean =>
    typeof value === 'number' && value >= least && value <= most

/** What is right for each property. */
export const STYLE_RULES: Readonly<Record<StyleName, (value: unknown) => boolean>> = {
  color: isColour,
  paper: (value) => value === null || isColour(value),
  fill: oneOf('none', 'soft', 'solid'),
  width: within(MIN_WIDTH, MAX_WIDTH),
  dash: oneOf('solid', 'dashed', 'dotted'),
  opacity: within(0.005, 1),
  form: oneOf(...FORMS),
  corner: within(0, MAX_COORDINATE),
  font: oneOf('sans', 'serif', 'mono', 'hand'),
  size: within(MIN_TEXT_SIZE, MAX_TEXT_SIZE),
  align: oneOf('left', 'center', 'right'),
  valign: oneOf('top', 'middle', 'bottom'),
  start: oneOf(...HEADS),
  end: oneOf(...HEADS),
  route: oneOf('straight', 'curve', 'elbow'),
  closed: oneOf(true, false),
  brush: oneOf('pen', 'highlighter'),
}

export function isStyleName(name: string): name is StyleName {
  return Object.hasOwn(STYLE_RULES, name)
}

/** What a property is when nothing is said. */
export const DEFAULT_STYLE: Style = Object.freeze({
  color: 0,
  paper: null,
  fill: 'none',
  width: 3,
  dash: 'solid',
  opacity: 1,
  form: 'rect',
  corner: 0,
  font: 'sans',
  size: 20,
  align: 'left',
  valign: 'top',
  start: 'none',
  end: 'none',
  route: 'straight',
  closed: false,
  brush: 'pen',
})
