/**
 * Checks JSON inside an update without parsing it into objects: grammar (RFC 8259), depth, forbidden keys, and numbers
 * that stay finite. Works on bytes whose UTF-8 has been checked.
 */
import { textOf } from './cursor.ts'
import { GuardError } from './errors.ts'

/** What the outermost value is. */
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
/** Longer than any finite double is written. */
const LONGEST_NUMBER = 400

interface Walk {
  bytes: Uint8Array
  at: number
  to: number
}

/** Checks `bytes[from, to)`; throws {@link GuardError} `json`, `depth` or `key`. */
export function checkJson(
  bytes: Uint8Array,
  from: number,
  to: number,
  depth: number,
  isForbidden: (key: string) => boolean,
): JsonKind {
  const w: Walk = { bytes, at: from, to }
  skipSpace(w)
  const kind = value(w, depth, isForbidden)
  skipSpace(w)
  if (w.at !== to) throw new GuardError('json', w.at)
  return kind
}

function value(w: Walk, depth: number, isForbidden: (key: string) => boolean): JsonKind {
  const first = peek(w)
  if (first === OPEN_OBJECT || first === OPEN_ARRAY) {
    if (depth === 0) throw new GuardError('depth', w.at)
    w.at++
    members(w, first === OPEN_OBJECT, depth - 1, isForbidden)
    return first === OPEN_OBJECT ? 'object' : 'array'
  }
  if (first === QUOTE) {
    string(w)
    return 'string'
  }
  if (first === 0x74) return word(w, 'true', 'boolean')
  if (first === 0x66) return word(w, 'false', 'boolean')
  if (first === 0x6e) return word(w, 'null', 'null')
  number(w)
  return 'number'
}

function members(w: Walk, isObject: boolean, depth: number, isForbidden: (key: string) => boolean): void {
  const close = isObject ? CLOSE_OBJECT : CLOSE_ARRAY
  skipSpace(w)
  if (peek(w) === close) {
    w.at++
    return
  }
  for (;;) {
    if (isObject) {
      const start = w.at
      if (peek(w) !== QUOTE) throw new GuardError('json', w.at)
      const escaped = string(w)
      const key = escaped ? unescaped(w, start) : textOf(w.bytes, start + 1, w.at - 1)
      if (isForbidden(key)) throw new GuardError('key', start)
      skipSpace(w)
      if (peek(w) !== COLON) throw new GuardError('json', w.at)
      w.at++
      skipSpace(w)
    }
    value(w, depth, isForbidden)
    skipSpace(w)
    const next = peek(w)
    w.at++
    if (next === close) return
    if (next !== COMMA) throw new GuardError('json', w.at - 1)
    skipSpace(w)
  }
}

/** Skips a string; says whether it holds escapes. */
function string(w: Walk): boolean {
  let escaped = false
  w.at++
  for (;;) {
    const next = peek(w)
    if (next < 0x20) throw new GuardError('json', w.at)
    w.at++
    if (next === QUOTE) return escaped
    if (next !== BACKSLASH) continue
    escaped = true
    const letter = peek(w)
    w.at++
    if (letter === 0x75) {
      for (let i = 0; i < 4; i++) {
        if (!isHex(peek(w))) throw new GuardError('json', w.at)
        w.at++
      }
    } else if (!'"\\/bfnrt'.includes(String.fromCharCode(letter))) {
      throw new GuardError('json', w.at - 1)
    }
  }
}

function unescaped(w: Walk, start: number): string {
  return String(JSON.parse(textOf(w.bytes, start, w.at)))
}

function number(w: Walk): void {
  let stop = w.at
  const limit = Math.min(w.to, w.at + LONGEST_NUMBER)
  while (stop < limit && isNumberByte(w.bytes[stop] ?? 0)) stop++
  const text = textOf(w.bytes, w.at, stop)
  NUMBER.lastIndex = 0
  const match = NUMBER.exec(text)
  if (!match || match[0].length !== text.length || !Number.isFinite(Number(text))) {
    throw new GuardError('json', w.at)
  }
  w.at = stop
}

function word(w: Walk, text: string, kind: JsonKind): JsonKind {
  for (let i = 0; i < text.length; i++) {
    if (peek(w) !== text.charCodeAt(i)) throw new GuardError('json', w.at)
    w.at++
  }
  return kind
}

function skipSpace(w: Walk): void {
  while (w.at < w.to) {
    const next = w.bytes[w.at]
    if (next !== 0x20 && next !== 0x0a && next !== 0x0d && next !== 0x09) return
    w.at++
  }
}

function peek(w: Walk): number {
  if (w.at >= w.to) throw new GuardError('json', w.at)
  return w.bytes[w.at] ?? 0
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102)
}

function isNumberByte(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    code === 0x2b ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x45 ||
    code === 0x65
  )
}
