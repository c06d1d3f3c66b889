/**
 * What is wrong with a shape (SPEC-board B20): asked at the server's door before a shape reaches anybody else, and by
 * importers. Parts that are known must be right; others must be small.
 */
import { BoardError } from '../error.ts'
import { isShapeId } from '../ids.ts'
import { decodeInk } from '../ink/header.ts'
import { pointsBounds } from '../ink/points.ts'
import { MAX_KEYS } from '../limits.ts'
import { GROUP_KEYS, SINGLE_KEYS, isPlainObject } from '../model/keys.ts'
import { isKind } from '../model/shape.ts'
import { STYLE_RULES, isStyleName } from '../model/style.ts'
import { checkText } from './text.ts'
import { isKeyName, isSmall } from './unknown.ts'
import {
  FACT_RULES,
  isBindingArray,
  isBoxArray,
  isFactName,
  isLinePoints,
  isOrder,
  isParent,
} from './values.ts'

/** What can be wrong; short and stable, for logs and tests. */
export type ShapeFault =
  /** Not an object of keys and values; an id that cannot be one. */
  | 'shape'
  | 'id'
  /** Too many keys, or one with a name that cannot be one. */
  | 'keys'
  | 'header'
  | 'kind'
  | 'ink'
  | 'box'
  | 'points'
  | 'order'
  | 'parent'
  | 'style'
  | 'fact'
  | 'link'
  | 'binding'
  | 'text'
  /** A value not known here that is too large, too deep or not plain. */
  | 'value'

const SINGLE_RULES: Readonly<
  Record<(typeof SINGLE_KEYS)[number], readonly [(value: unknown) => boolean, ShapeFault]>
> = {
  g: [isBoxArray, 'box'],
  v: [isLinePoints, 'points'],
  z: [isOrder, 'order'],
  p: [isParent, 'parent'],
}

/** What is wrong with one key of a shape; null for nothing. `x` is given as the list of inserts of its text. */
export function checkEntry(key: string, value: unknown): ShapeFault | null {
  if (!isKeyName(key)) return 'keys'
  if (key === 'h') return checkHeader(value)
  if (key === 'x') return checkText(value)
  for (const single of SINGLE_KEYS) {
    if (key !== single) continue
    const [isRight, fault] = SINGLE_RULES[single]
    return isRight(value) ? null : fault
  }
  for (const group of GROUP_KEYS)
    if (key.startsWith(`${group}.`)) return checkNamed(group, key.slice(group.length + 1), value)
  return isSmall(value) ? null : 'value'
}

function checkNamed(group: 's' | 'm' | 'b', name: string, value: unknown): ShapeFault | null {
  if (group === 's' && isStyleName(name)) return STYLE_RULES[name](value) ? null : 'style'
  if (group === 'm' && isFactName(name))
    return FACT_RULES[name](value) ? null : name === 'link' ? 'link' : 'fact'
  if (group === 'b' && (name === 'from' || name === 'to')) return isBindingArray(value) ? null : 'binding'
  return isSmall(value) ? null : 'value'
}

const KIND = /^[a-z][a-z0-9-]{0,31}$/
const MOST_HEADER_KEYS = 32

/** What is wrong with a header. A kind not known here passes: its shape is kept and not shown. */
export function checkHeader(value: unknown): ShapeFault | null {
  if (value instanceof Uint8Array) return checkInk(value)
  if (!isPlainObject(value)) return 'header'
  const { t: kind } = value
  if (typeof kind !== 'string' || !KIND.test(kind) || kind === 'ink') return 'kind'
  const entries = Object.entries(value)
  if (entries.length > MOST_HEADER_KEYS) return 'header'
  for (const [key, part] of entries) {
    if (key === 't') continue
    const fault = isGroup(key)
      ? checkGroup(key, part)
      : key === 'x' || key === 'h'
        ? 'header'
        : checkEntry(key, part)
    if (fault) return fault
  }
  if (!isKind(kind)) return null
  if (!isOrder(value['z'])) return 'order'
  if (kind === 'line' && value['v'] === undefined) return 'points'
  const facts = value['m']
  if (kind === 'image' && !(isPlainObject(facts) && Object.hasOwn(facts, 'asset'))) return 'fact'
  return null
}

function isGroup(key: string): key is 's' | 'm' | 'b' {
  return GROUP_KEYS.some((group) => group === key)
}

function checkGroup(group: 's' | 'm' | 'b', value: unknown): ShapeFault | null {
  if (!isPlainObject(value)) return 'header'
  const entries = Object.entries(value)
  if (entries.length > MOST_HEADER_KEYS) return 'header'
  for (const [name, part] of entries) {
    if (!isKeyName(`${group}.${name}`)) return 'keys'
    const fault = checkNamed(group, name, part)
    if (fault) return fault
  }
  return null
}

function checkInk(bytes: Uint8Array): ShapeFault | null {
  try {
    const { points, order } = decodeInk(bytes)
    pointsBounds(points)
    return isOrder(order) ? null : 'order'
  } catch (error) {
    if (error instanceof BoardError) return 'ink'
    throw error
  }
}

/** What is wrong with a whole shape, given as an object of its keys and values; null for nothing. */
export function checkShape(id: unknown, value: unknown): ShapeFault | null {
  if (!isShapeId(id)) return 'id'
  if (!isPlainObject(value)) return 'shape'
  const entries = Object.entries(value)
  if (entries.length > MAX_KEYS) return 'keys'
  if (!Object.hasOwn(value, 'h')) return 'header'
  for (const [key, part] of entries) {
    const fault = checkEntry(key, part)
    if (fault) return fault
  }
  return null
}
