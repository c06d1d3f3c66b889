/**
 * Reading bytes with nothing believed: each read checks what is left, no read allocates for a length that is not
 * there. Numbers and strings are lib0's encoding (varUint: 7 bits a byte, low bits first).
 */
import { GuardError } from './errors.ts'

export interface Cursor {
  readonly bytes: Uint8Array
  at: number
}

/** lib0 needs at most 8 bytes for 2^53 - 1. */
const LONGEST_NUMBER = 8
const MAX_CLIENT = 2 ** 32 - 1
/** Two thousand million characters by one client id; real ones stay far below, and sums stay exact. */
export const MAX_CLOCK = 2 ** 31

export function cursorOf(bytes: Uint8Array): Cursor {
  return { bytes, at: 0 }
}

export function byte(c: Cursor): number {
  const value = c.bytes[c.at]
  if (value === undefined) throw new GuardError('truncated', c.at)
  c.at++
  return value
}

export function varUint(c: Cursor): number {
  const first = c.bytes[c.at]
  if (first === undefined) throw new GuardError('truncated', c.at)
  if (first < 128) {
    c.at++
    return first
  }
  let value = first & 127
  let factor = 128
  for (let i = 1; i < LONGEST_NUMBER; i++) {
    const next = c.bytes[c.at + i]
    if (next === undefined) throw new GuardError('truncated', c.at)
    value += (next & 127) * factor
    if (next < 128) {
      if (value > Number.MAX_SAFE_INTEGER) break
      c.at += i + 1
      return value
    }
    factor *= 128
  }
  throw new GuardError('number', c.at)
}

/** Skips lib0's varInt: sign and 6 bits, then 7 bits a byte. */
export function skipVarInt(c: Cursor): void {
  const start = c.at
  let last = byte(c)
  while (last >= 128) {
    if (c.at - start >= LONGEST_NUMBER) throw new GuardError('number', start)
    last = byte(c)
  }
}

export function clientId(c: Cursor): number {
  const start = c.at
  const id = varUint(c)
  if (id > MAX_CLIENT) throw new GuardError('client', start)
  return id
}

export function clock(c: Cursor): number {
  const start = c.at
  const value = varUint(c)
  if (value > MAX_CLOCK) throw new GuardError('clock', start)
  return value
}

/** A count of things of at least `least` bytes each. */
export function count(c: Cursor, cap: number, least: number): number {
  const start = c.at
  const value = varUint(c)
  if (value > cap || value * least > c.bytes.length - c.at) throw new GuardError('count', start)
  return value
}

/** A length in characters that costs no bytes (GC, deleted); never 0. */
export function clockLength(c: Cursor): number {
  const start = c.at
  const value = clock(c)
  if (value === 0) throw new GuardError('empty', start)
  return value
}

/** The length in front of bytes or a string; leaves the cursor at their first byte. */
export function byteLength(c: Cursor, cap: number): number {
  const start = c.at
  const value = varUint(c)
  if (value > c.bytes.length - c.at) throw new GuardError('truncated', start)
  if (value > cap) throw new GuardError('length', start)
  return value
}

export function skipBytes(c: Cursor, cap: number): void {
  const length = byteLength(c, cap)
  c.at += length
}

/** Skips a string after checking its UTF-8; returns its length in UTF-16 units. */
export function skipString(c: Cursor, cap: number): number {
  const length = byteLength(c, cap)
  const end = c.at + length
  const units = utf16Length(c.bytes, c.at, end)
  c.at = end
  return units
}

/** A string of at most `cap` bytes, kept. */
export function shortString(c: Cursor, cap: number): string {
  const length = byteLength(c, cap)
  const start = c.at
  utf16Length(c.bytes, start, start + length)
  c.at = start + length
  return textOf(c.bytes, start, c.at)
}

/** Where nothing may follow. */
export function end(c: Cursor): void {
  if (c.at !== c.bytes.length) throw new GuardError('trailing', c.at)
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })

/** The text of bytes whose UTF-8 has been checked. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  return DECODER.decode(bytes.subarray(from, to))
}

/**
 * Length in UTF-16 units of strict UTF-8 (Unicode 15, table 3-7: no surrogates, no overlong forms, nothing past
 * U+10FFFF). Yjs' clocks count these units, and its decoder throws on anything else.
 */
export function utf16Length(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  let units = 0
  while (at < to) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) {
      at++
      units++
      continue
    }
    const more = lead < 0xc2 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0
    if (more === 0 || at + more >= to) throw new GuardError('utf8', at)
    const second = bytes[at + 1] ?? 0
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
    if (second < low || second > high) throw new GuardError('utf8', at)
    for (let i = 2; i <= more; i++) {
      if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) throw new GuardError('utf8', at)
    }
    at += more + 1
    units += more === 3 ? 2 : 1
  }
  return units
}
