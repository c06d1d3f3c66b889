/** Values whose meaning is not known here (SPEC-board B12, B20): kept, as long as they are small and plain. */
import { MAX_INK_BYTES, UNKNOWN_ENTRIES, UNKNOWN_LEVELS, UNKNOWN_STRING } from '../limits.ts'
import { isPlainObject } from '../model/keys.ts'

/** Whether a value is small, finite and plain: what JSON can say, or bytes. */
export function isSmall(value: unknown): boolean {
  let entries = 0
  const look = (inner: unknown, level: number): boolean => {
    if (++entries > UNKNOWN_ENTRIES) return false
    if (inner === null || typeof inner === 'boolean') return true
    if (typeof inner === 'number') return Number.isFinite(inner)
    if (typeof inner === 'string') return inner.length <= UNKNOWN_STRING
    if (inner instanceof Uint8Array) return inner.length <= MAX_INK_BYTES
    if (level >= UNKNOWN_LEVELS) return false
    if (Array.isArray(inner))
      return inner.length <= UNKNOWN_ENTRIES && inner.every((one) => look(one, level + 1))
    if (!isPlainObject(inner)) return false
    for (const [name, one] of Object.entries(inner))
      if (!NAME.test(name) || !look(one, level + 1)) return false
    return true
  }
  return look(value, 0)
}

const NAME = /^[\w.:-]{1,64}$/
const KEY = /^[a-z][\w-]{0,31}(?:\.[A-Za-z][\w-]{0,31})?$/

/** Whether a shape can have a key of this name. */
export function isKeyName(key: string): boolean {
  return KEY.test(key) && key !== 'constructor' && key !== 'prototype'
}
