/** One item of an update: its references, its place, its content. */
import { clientId, clock, clockLength, count, shortString, skipBytes, skipString, varUint } from './cursor.ts'
import type { Cursor } from './cursor.ts'
import { GuardError } from './errors.ts'
import type { ContentKind, GuardLimits, TypeKind } from './limits.ts'
import { claimDeleted } from './walk.ts'
import type { Walk } from './walk.ts'
import { anyValue, embed, formatValue, isForbiddenKey, jsonElement, key } from './values.ts'

/** Content by the low five bits of an item's info; 9 (sub-documents) and all others are refused. */
const KINDS: readonly (ContentKind | undefined)[] = [
  undefined,
  'deleted',
  'json',
  'binary',
  'string',
  'embed',
  'format',
  'type',
  'any',
]
const TYPES: readonly TypeKind[] = ['array', 'map', 'text']

const KIND_BITS = 31
const HAS_ORIGIN = 128
const HAS_RIGHT_ORIGIN = 64
const HAS_PARENT_SUB = 32

/** What an item's place refers to. */
const Reference = { unknown: -1, neighbour: 0, parent: 1 } as const

/** Walks one item and returns its length in clocks. */
export function scanItem(walk: Walk, info: number, client: number, at: number): number {
  const { c, limits } = walk
  const start = c.at - 1
  const kind = KINDS[info & KIND_BITS]
  if (kind === undefined) throw new GuardError((info & KIND_BITS) === 0 ? 'info' : 'content', start)
  if (!limits.kinds.has(kind)) throw new GuardError('content', start)

  const places = walk.places
  const slot = places ? places.push(client, at, 0, Reference.unknown, 0, 0, 0) - 7 : 0
  let isPlaced = false
  if ((info & HAS_ORIGIN) !== 0) reference(walk, client, at, slot, Reference.neighbour)
  if ((info & HAS_RIGHT_ORIGIN) !== 0) reference(walk, client, at, slot, Reference.neighbour)
  if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) {
    const hasSub = (info & HAS_PARENT_SUB) !== 0
    const isRoot = varUint(c)
    if (isRoot > 1) throw new GuardError('info', start)
    if (isRoot === 1) root(c, limits, kind, hasSub)
    else reference(walk, client, at, slot, Reference.parent)
    if (hasSub) key(c, limits)
    isPlaced = hasSub
  }

  const length = content(walk, kind)
  if (isPlaced && !isEntry(kind, length)) throw new GuardError('content', start)
  if (kind === 'type') {
    walk.types++
    walk.inspect.push(client, at)
  } else if (isFlat(kind) && !isPlaced) {
    walk.inspect.push(client, at)
  }
  if (places) {
    places[slot + 2] = length
    places[slot + 6] = kind === 'type' ? 1 : 0
  }
  return length
}

/** A reference to another struct; its own client's must come before it. */
function reference(walk: Walk, client: number, at: number, slot: number, how: number): void {
  const { c, needs, places } = walk
  const start = c.at
  const to = clientId(c)
  const toClock = clock(c)
  if (to === client) {
    if (toClock >= at) throw new GuardError('reference', start)
  } else {
    const last = needs.length - 4
    const isCovered =
      last >= 0 && needs[last] === client && needs[last + 2] === to && (needs[last + 3] ?? 0) >= toClock
    if (!isCovered) needs.push(client, at, to, toClock)
  }
  if (places && places[slot + 3] === Reference.unknown) {
    places[slot + 3] = to
    places[slot + 4] = toClock
    places[slot + 5] = how
  }
}

function root(c: Cursor, limits: GuardLimits, kind: ContentKind, hasSub: boolean): void {
  const start = c.at
  const name = shortString(c, limits.rootName)
  if (isForbiddenKey(name)) throw new GuardError('key', start)
  if (!limits.roots.test(name)) throw new GuardError('root', start)
  if (isFlat(kind) && !hasSub && limits.textRoots.test(name)) throw new GuardError('content', start)
}

/** Content that counts as length of a text but that no text shows. */
function isFlat(kind: ContentKind): boolean {
  return kind === 'any' || kind === 'binary' || kind === 'json'
}

/** What can be an entry of a map; Yjs may merge the deleted ones before it. */
function isEntry(kind: ContentKind, length: number): boolean {
  return kind === 'deleted' || ((isFlat(kind) || kind === 'type') && length === 1)
}

/** Walks an item's content and returns its length in clocks. */
function content(walk: Walk, kind: ContentKind): number {
  const { c, limits } = walk
  switch (kind) {
    case 'deleted': {
      const length = clockLength(c)
      claimDeleted(walk, length)
      return length
    }
    case 'string': {
      const start = c.at
      const units = skipString(c, limits.string)
      if (units === 0) throw new GuardError('empty', start)
      return units
    }
    case 'format':
      key(c, limits)
      formatValue(c, limits)
      walk.formats = true
      return 1
    case 'embed':
      embed(c, limits)
      return 1
    case 'binary':
      skipBytes(c, limits.string)
      return 1
    case 'type':
      sharedType(c, limits)
      return 1
    case 'any':
      return elements(c, limits, anyValue)
    case 'json':
      return elements(c, limits, jsonElement)
  }
}

function elements(c: Cursor, limits: GuardLimits, read: (c: Cursor, limits: GuardLimits) => void): number {
  const start = c.at
  const size = count(c, Number.MAX_SAFE_INTEGER, 1)
  if (size === 0) throw new GuardError('empty', start)
  for (let i = 0; i < size; i++) read(c, limits)
  return size
}

function sharedType(c: Cursor, limits: GuardLimits): void {
  const start = c.at
  const type = TYPES[varUint(c)]
  if (type === undefined || !limits.types.has(type)) throw new GuardError('type', start)
}
