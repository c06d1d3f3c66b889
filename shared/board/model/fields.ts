/** A shape's parts, from its header and the keys beside it, each checked: a wrong one is as if it were not there (SPEC-board B6). */
import type { Box } from '../geometry/box.ts'
import { boxFromArray } from '../geometry/box.ts'
import { FACT_RULES, isBindingArray, isBoxArray, isLinePoints, isOrder, isParent } from '../check/values.ts'
import type { FactName } from '../check/values.ts'
import type { Binding, Kind } from './shape.ts'
import { isPlainObject } from './keys.ts'
import type { GroupKey, SingleKey } from './keys.ts'
import { DEFAULT_STYLE, STYLE_RULES, isStyleName } from './style.ts'
import type { Style } from './style.ts'

/** The values of a shape's map. */
export type Values = ReadonlyMap<string, unknown>

/** A header that is an object; null for another value. */
export type HeaderObject = Readonly<Record<string, unknown>>

/** The value of a key where it is right, else the header's where that is, else undefined. */
function part<T>(
  values: Values,
  header: HeaderObject,
  key: SingleKey,
  isRight: (value: unknown) => value is T,
): T | undefined {
  const own = values.get(key)
  if (own !== undefined && isRight(own)) return own
  const first = header[key]
  return first !== undefined && isRight(first) ? first : undefined
}

function named(
  values: Values,
  header: HeaderObject,
  group: GroupKey,
  name: string,
  isRight: (value: unknown) => boolean,
): unknown {
  const own = values.get(`${group}.${name}`)
  if (own !== undefined && isRight(own)) return own
  const first = header[group]
  const value = isPlainObject(first) && Object.hasOwn(first, name) ? first[name] : undefined
  return value !== undefined && isRight(value) ? value : undefined
}

export function boxPart(values: Values, header: HeaderObject): Box | undefined {
  const array = part(values, header, 'g', isBoxArray)
  return array && boxFromArray(array)
}

export function pointsPart(values: Values, header: HeaderObject): readonly number[] | undefined {
  return part(values, header, 'v', isLinePoints)
}

/** The middle: the order of what has none. */
export const NO_ORDER = 'V'

export function orderPart(values: Values, header: HeaderObject): string {
  return part(values, header, 'z', isOrder) ?? NO_ORDER
}

export function parentPart(values: Values, header: HeaderObject): string | null {
  return part(values, header, 'p', isParent) ?? null
}

export function bindingPart(values: Values, header: HeaderObject, end: 'from' | 'to'): Binding | null {
  const array = named(values, header, 'b', end, isBindingArray)
  if (!Array.isArray(array)) return null
  const [shape, x, y, exact] = array as readonly unknown[]
  return { shape: String(shape), x: Number(x), y: Number(y), exact: exact === true }
}

/** A fact as a string; '' when it is not there. */
export function factPart(values: Values, header: HeaderObject, name: FactName): string {
  const value = named(values, header, 'm', name, FACT_RULES[name])
  return typeof value === 'string' ? value : ''
}

export function lockPart(values: Values, header: HeaderObject): boolean {
  return named(values, header, 'm', 'lock', FACT_RULES.lock) === true
}

/** The properties that are there and right. */
export function stylePart(values: Values, header: HeaderObject): Partial<Style> {
  const style: Record<string, unknown> = {}
  const first = header['s']
  if (isPlainObject(first)) for (const name of Object.keys(first)) take(style, name, first[name])
  for (const [key, value] of values) if (key.startsWith('s.')) take(style, key.slice(2), value)
  return style
}

function take(style: Record<string, unknown>, name: string, value: unknown): void {
  if (isStyleName(name) && STYLE_RULES[name](value)) style[name] = value
}

/** Equal styles are one object: a board has thousands of strokes and few pens. */
export type StylePool = Map<string, Style>

const POOL = 1024

/** The whole style for what is there; `kind` and `base` are what the kind begins with. */
export function wholeStyle(pool: StylePool, kind: Kind, base: Partial<Style>, own: Partial<Style>): Style {
  return pooled(pool, kind + JSON.stringify(own), base, own)
}

/** The style of a stroke whose header says all of it. */
export function inkStyle(pool: StylePool, own: Pick<Style, 'brush' | 'color' | 'opacity' | 'width'>): Style {
  return pooled(pool, `${own.brush} ${own.color} ${own.opacity} ${own.width}`, {}, own)
}

function pooled(pool: StylePool, key: string, base: Partial<Style>, own: Partial<Style>): Style {
  const known = pool.get(key)
  if (known) return known
  const style = { ...DEFAULT_STYLE, ...base, ...own }
  if (pool.size < POOL) pool.set(key, style)
  return style
}
