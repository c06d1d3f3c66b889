/**
 * A walk over a Yjs update, format V1 (yjs 13.6 `utils/encoding.js`, `structs/*.js`): blocks of structs by client, then
 * delete ranges by client. Nothing is decoded into Yjs' objects, and no claimed count or length is allocated for.
 */
import { MAX_CLOCK, byte, clientId, clock, clockLength, count, cursorOf, end } from './cursor.ts'
import type { Cursor } from './cursor.ts'
import { GuardError } from './errors.ts'
import { scanItem } from './item.ts'
import type { GuardLimits } from './limits.ts'
import { checkNesting } from './nesting.ts'
import { claimDeleted } from './walk.ts'
import type { Range, Walk } from './walk.ts'

export type { Range } from './walk.ts'

/** What one update says it brings. */
export interface Scan {
  /** Struct ranges; a client has several when the update skips clocks, in ascending order and next to each other. */
  clients: readonly Range[]
  /** Delete ranges by client, ascending, without overlap. */
  deletes: readonly Range[]
  /** A format marker is among the structs. */
  formats: boolean
  structs: number
  hasGc: boolean
  /** References to other clients' structs, four numbers each: client, clock, referred client, referred clock. */
  needs: readonly number[]
  /** Structs whose place is looked at after applying, two numbers each: client, clock. */
  inspect: readonly number[]
}

/** Info bytes of the two structs that are no items. */
const GC = 0
const SKIP = 10
/** Bytes of the smallest struct (GC), block (struct, client, clock) and delete entry. */
const LEAST_STRUCT = 2
const LEAST_BLOCK = 5
const LEAST_DELETE = 2

/** Walks an update (format V1) without handing it to Yjs. Throws {@link GuardError} for anything Yjs must not see. */
export function scanUpdate(bytes: Uint8Array, limits: GuardLimits): Scan {
  const walk = walkUpdate(bytes, limits, null)
  if (walk.types > limits.nesting) {
    checkNesting(walkUpdate(bytes, limits, []).places ?? [], limits.nesting)
  }
  const { clients, deletes, formats, structs, hasGc, needs, inspect } = walk
  return { clients, deletes, formats, structs, hasGc, needs, inspect }
}

function walkUpdate(bytes: Uint8Array, limits: GuardLimits, places: number[] | null): Walk {
  const walk: Walk = {
    c: cursorOf(bytes),
    limits,
    clients: [],
    deletes: [],
    formats: false,
    structs: 0,
    types: 0,
    hasGc: false,
    deletedLength: 0,
    needs: [],
    inspect: [],
    places,
  }
  const { c } = walk
  const blocks = count(c, limits.clients, LEAST_BLOCK)
  const unique = once(blocks)
  for (let i = 0; i < blocks; i++) scanBlock(walk, unique)
  scanDeletes(walk)
  end(c)
  return walk
}

function scanBlock(walk: Walk, unique: (c: Cursor, client: number) => void): void {
  const { c, limits } = walk
  const start = c.at
  const structs = count(c, limits.structs - walk.structs, LEAST_STRUCT)
  if (structs === 0) throw new GuardError('empty', start)
  walk.structs += structs
  const client = clientId(c)
  unique(c, client)
  let at = clock(c)
  let from = at
  for (let i = 0; i < structs; i++) {
    const info = byte(c)
    if (info === SKIP) {
      if (at > from) walk.clients.push({ client, from, to: at })
      at += clockLength(c)
      from = at
    } else if (info === GC) {
      const length = clockLength(c)
      claimDeleted(walk, length)
      walk.hasGc = true
      walk.places?.push(client, at, length, -1, 0, 0, 0)
      at += length
    } else {
      at += scanItem(walk, info, client, at)
    }
  }
  // Checked once a block: the caps keep sums far below 2^53 until here.
  if (at > MAX_CLOCK) throw new GuardError('clock', start)
  if (at > from) walk.clients.push({ client, from, to: at })
}

function scanDeletes(walk: Walk): void {
  const { c, limits, deletes } = walk
  const entries = count(c, limits.clients, LEAST_DELETE)
  const unique = once(entries)
  for (let i = 0; i < entries; i++) {
    const client = clientId(c)
    unique(c, client)
    const ranges = count(c, limits.deletes - deletes.length, LEAST_DELETE)
    let last = 0
    for (let j = 0; j < ranges; j++) {
      const start = c.at
      const from = clock(c)
      if (from < last) throw new GuardError('order', start)
      last = from + clockLength(c)
      deletes.push({ client, from, to: last })
    }
  }
}

/** Refuses a client that is listed twice: Yjs would forget the first list. */
function once(entries: number): (c: Cursor, client: number) => void {
  if (entries < 2) return () => undefined
  const seen = new Set<number>()
  return (c, client) => {
    if (seen.has(client)) throw new GuardError('client', c.at)
    seen.add(client)
  }
}
