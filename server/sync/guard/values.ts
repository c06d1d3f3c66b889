/**
 * What formats, embeds and map values may hold. Unknown format keys and unknown kinds of embed are kept: only shapes
 * that break a reader are refused.
 */
import {
  byte,
  byteLength,
  count,
  shortString,
  skipBytes,
  skipString,
  skipVarInt,
  utf16Length,
} from './cursor.ts'
import type { Cursor } from './cursor.ts'
import { GuardError } from './errors.ts'
import { checkJson } from './json.ts'
import type { JsonKind } from './json.ts'
import type { GuardLimits } from './limits.ts'

/** Keys that reach an object's prototype when a reader copies carelessly. */
export function isForbiddenKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype'
}

/** A map key, a format key or an object key. */
export function key(c: Cursor, limits: GuardLimits): void {
  const start = c.at
  const length = byteLength(c, limits.key)
  c.at = start
  const text = shortString(c, limits.key)
  if (length >= 9 && isForbiddenKey(text)) throw new GuardError('key', start)
}

/** A format's value: a JSON scalar (string, finite number, boolean, null). */
export function formatValue(c: Cursor, limits: GuardLimits): void {
  const start = c.at
  const kind = json(c, limits.formatValue, limits.depth)
  if (kind === 'object' || kind === 'array') throw new GuardError('value', start)
}

/** An embed: a JSON object; anything else reads as text or breaks Quill's delta form. */
export function embed(c: Cursor, limits: GuardLimits): void {
  const start = c.at
  if (json(c, limits.embed, limits.depth) !== 'object') throw new GuardError('value', start)
}

/** Legacy JSON content: each element is JSON or the word undefined. */
export function jsonElement(c: Cursor, limits: GuardLimits): void {
  const start = c.at
  if (shortString(c, limits.embed) === 'undefined') return
  c.at = start
  json(c, limits.embed, limits.depth)
}

function json(c: Cursor, cap: number, depth: number): JsonKind {
  const length = byteLength(c, cap)
  const to = c.at + length
  utf16Length(c.bytes, c.at, to)
  const kind = checkJson(c.bytes, c.at, to, depth, isForbiddenKey)
  c.at = to
  return kind
}

/** An any-value in lib0's encoding; bigints are refused (JSON cannot hold them), byte strings where `binary` is allowed. */
export function anyValue(c: Cursor, limits: GuardLimits, depth: number = limits.depth): void {
  const start = c.at
  switch (byte(c)) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return
    case 125:
      return skipVarInt(c)
    case 124:
      return skip(c, 4)
    case 123:
      return skip(c, 8)
    case 122:
      throw new GuardError('value', start)
    case 119:
      skipString(c, limits.string)
      return
    case 118:
    case 117:
      return container(c, limits, depth, start)
    case 116:
      if (!limits.kinds.has('binary')) throw new GuardError('content', start)
      return skipBytes(c, limits.string)
    default:
      throw new GuardError('content', start)
  }
}

function container(c: Cursor, limits: GuardLimits, depth: number, start: number): void {
  if (depth === 0) throw new GuardError('depth', start)
  const isObject = c.bytes[start] === 118
  const size = count(c, Number.MAX_SAFE_INTEGER, isObject ? 2 : 1)
  for (let i = 0; i < size; i++) {
    if (isObject) key(c, limits)
    anyValue(c, limits, depth - 1)
  }
}

function skip(c: Cursor, length: number): void {
  if (length > c.bytes.length - c.at) throw new GuardError('truncated', c.at)
  c.at += length
}
