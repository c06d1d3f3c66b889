/** How an SVG's elements look (SPEC-board B524): attributes and `style`, inherited as SVG has it. */
import { compose, IDENTITY, rotation, scaling, translation } from '../../../shared/board/geometry/matrix.ts'
import type { Matrix } from '../../../shared/board/geometry/matrix.ts'
import type { Dash, Font } from '../../../shared/board/model/style.ts'
import { readColour } from './colours.ts'
import { NotUnderstood } from './not-understood.ts'
import { readNumbers } from './svg-path.ts'
import { declarationsOf, matches } from './svg-rules.ts'
import type { StyleRule } from './svg-rules.ts'
import type { SvgNode } from './svg-tree.ts'

export interface Look {
  /** `#rrggbb`, or null for none. */
  readonly fill: string | null
  readonly stroke: string | null
  readonly fillOpacity: number
  readonly strokeOpacity: number
  /** Of all that is around it and itself. */
  readonly opacity: number
  /** User units. */
  readonly width: number
  readonly dash: Dash
  readonly size: number
  readonly font: Font
  readonly bold: boolean
  readonly italic: boolean
  readonly anchor: 'left' | 'center' | 'right'
  readonly start: boolean
  readonly end: boolean
  readonly multiply: boolean
  readonly hidden: boolean
  readonly preserve: boolean
  readonly color: string
}

export const PLAIN_LOOK: Look = {
  fill: '#000000',
  stroke: null,
  fillOpacity: 1,
  strokeOpacity: 1,
  opacity: 1,
  width: 1,
  dash: 'solid',
  size: 16,
  font: 'sans',
  bold: false,
  italic: false,
  anchor: 'left',
  start: false,
  end: false,
  multiply: false,
  hidden: false,
  preserve: false,
  color: '#000000',
}

/** What cannot be shown with shapes of ours: the file becomes a picture. */
const BEYOND = ['mask', 'filter', 'clip-path']

/** Attributes, over them the file's rules, over them what `style` says. */
function propertiesOf(node: SvgNode, rules: readonly StyleRule[]): Map<string, string> {
  const found = new Map(Object.entries(node.attributes))
  for (const rule of rules)
    if (matches(rule, node)) for (const [name, value] of rule.properties) found.set(name, value)
  for (const [name, value] of declarationsOf(node.attributes['style'] ?? '')) found.set(name, value)
  return found
}

/** @throws NotUnderstood */
export function lookOf(node: SvgNode, around: Look, rules: readonly StyleRule[]): Look {
  const own = propertiesOf(node, rules)
  for (const name of BEYOND) if ((own.get(name) ?? 'none') !== 'none') throw new NotUnderstood(name)
  const get = (name: string): string | undefined => {
    const value = own.get(name)
    return value === 'inherit' ? undefined : value
  }
  const color = readColour(get('color'))?.hex ?? around.color
  const [fill, fillAlpha] = paintOf(get('fill'), around.fill, color)
  const [stroke, strokeAlpha] = paintOf(get('stroke'), around.stroke, color)
  const marker = (name: string): boolean => {
    const value = get(name) ?? get('marker')
    return value !== undefined && value !== 'none'
  }
  const size = lengthOf(get('font-size'), around.size) ?? around.size
  return {
    fill,
    stroke,
    color,
    fillOpacity: share(get('fill-opacity'), around.fillOpacity) * fillAlpha,
    strokeOpacity: share(get('stroke-opacity'), around.strokeOpacity) * strokeAlpha,
    opacity: around.opacity * share(get('opacity'), 1),
    width: lengthOf(get('stroke-width'), size) ?? around.width,
    dash: dashOf(get('stroke-dasharray')) ?? around.dash,
    size,
    font: fontOf(get('font-family')) ?? around.font,
    bold: get('font-weight') === undefined ? around.bold : isBold(get('font-weight') ?? ''),
    italic: get('font-style') === undefined ? around.italic : /italic|oblique/.test(get('font-style') ?? ''),
    anchor: anchorOf(get('text-anchor')) ?? around.anchor,
    start: marker('marker-start') || (around.start && get('marker-start') === undefined),
    end: marker('marker-end') || (around.end && get('marker-end') === undefined),
    multiply: around.multiply || /multiply|screen|darken/.test(get('mix-blend-mode') ?? ''),
    hidden: around.hidden || get('display') === 'none' || /hidden|collapse/.test(get('visibility') ?? ''),
    preserve: get('xml:space') === undefined ? around.preserve : get('xml:space') === 'preserve',
  }
}

function paintOf(value: string | undefined, around: string | null, current: string): [string | null, number] {
  if (value === undefined) return [around, 1]
  if (value === 'none') return [null, 1]
  if (/^currentcolor$/i.test(value)) return [current, 1]
  if (/url\(/i.test(value)) throw new NotUnderstood('paint')
  const read = readColour(value)
  if (!read) throw new NotUnderstood('colour')
  return read.alpha === 0 ? [null, 1] : [read.hex, read.alpha]
}

function share(value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise
  const number = value.endsWith('%') ? Number(value.slice(0, -1)) / 100 : Number(value)
  return Number.isNaN(number) ? otherwise : Math.min(1, Math.max(0, number))
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
}

/** A length in user units; `em` is of the letters' size. Null for what is none, and for shares of something else. */
export function lengthOf(value: string | undefined, em: number): number | null {
  if (value === undefined || value.length > 64) return null
  const [, number, unit = ''] = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z]*)\s*$/i.exec(value) ?? []
  if (number === undefined) return null
  const factor = unit === 'em' ? em : unit === 'ex' ? em / 2 : UNITS[unit.toLowerCase()]
  return factor === undefined ? null : Number(number) * factor
}

function dashOf(value: string | undefined): Dash | null {
  if (value === undefined) return null
  const numbers = readNumbers(value.replace(/px/g, ''))
  const [first = 0, second = first] = numbers ?? []
  if (first === 0 && second === 0) return 'solid'
  return first < second / 2 ? 'dotted' : 'dashed'
}

function fontOf(value: string | undefined): Font | null {
  if (value === undefined) return null
  const name = value.toLowerCase()
  if (/mono|courier|consol|code/.test(name)) return 'mono'
  if (/hand|comic|cursive|script/.test(name)) return 'hand'
  return /serif|times|georgia|palatino/.test(name.replace(/sans-serif/g, '')) ? 'serif' : 'sans'
}

function isBold(value: string): boolean {
  return value.startsWith('bold') || Number(value) >= 600
}

function anchorOf(value: string | undefined): Look['anchor'] | null {
  return value === 'middle' ? 'center' : value === 'end' ? 'right' : value === 'start' ? 'left' : null
}

/** Letters of a `transform`. */
const LONGEST = 4000

/** The map of a `transform`. @throws NotUnderstood for what is none */
export function transformOf(value: string | undefined): Matrix {
  let map: Matrix = IDENTITY
  if (value === undefined) return map
  if (value.length > LONGEST) throw new NotUnderstood('transform')
  const rest = value.replace(/([a-z]+)\s*\(([^()]*)\)[\s,]*/gi, (_all, name: string, list: string) => {
    map = compose(map, oneTransform(name, readNumbers(list) ?? []))
    return ''
  })
  if (rest.trim() !== '' && rest.trim() !== 'none') throw new NotUnderstood('transform')
  return map
}

function oneTransform(name: string, numbers: readonly number[]): Matrix {
  const [a = 0, b, c, d, e, f] = numbers
  switch (name) {
    case 'translate':
      return translation(a, b ?? 0)
    case 'scale':
      return scaling(a, b ?? a)
    case 'rotate':
      return rotation((a * Math.PI) / 180, b ?? 0, c ?? 0)
    case 'skewX':
      return [1, 0, Math.tan((a * Math.PI) / 180), 1, 0, 0]
    case 'skewY':
      return [1, Math.tan((a * Math.PI) / 180), 0, 1, 0, 0]
    case 'matrix':
      if (b !== undefined && c !== undefined && d !== undefined && e !== undefined && f !== undefined)
        return [a, b, c, d, e, f]
      throw new NotUnderstood('transform')
    default:
      throw new NotUnderstood('transform')
  }
}
