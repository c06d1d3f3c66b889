/**
 * The last changes of this tab in the browser's small storage, until IndexedDB has them (C5). Its writes are done when
 * they return and outlive a tab that is killed in the same moment; some browsers begin with IndexedDB's only later.
 */
import type { Environment, SmallStorage } from './environment.ts'
import type { Off } from './types.ts'

/** Bytes of changes; what is more waits for IndexedDB alone. */
const MOST_BYTES = 32 * 1024
const PREFIX = 'inkpad.edits.'
/** Ms an entry stays that the store has: with the next key it is written again, and what is in the store counts. */
const STAYS = 1000
/** What tabs left that never came back: how many entries, and for how long, in ms. */
const MOST_ENTRIES = 40
const MAX_AGE = 90 * 86_400_000

/** A row that is not in the store yet; `changes` is 0 for what came from the server. */
export interface Waiting {
  n: number
  update: Uint8Array
  changes: number
  client: number
}

/** What a tab left behind. */
export interface Left {
  tab: string
  generation: string
  rows: Waiting[]
}

export interface Journal {
  /** From now on this row belongs to what is not in the store. */
  add(row: Waiting): void
  /** Writes down everything that was added and is not in the store, and says whether it could; never throws. */
  write(generation: string): boolean
  /** Everything up to row `n` is in the store; the entry goes a little later. */
  settle(n: number): void
  /** Nothing more comes: an entry that the store has goes now. */
  close(): void
  /** What tabs of this room left, this moment. */
  read(): Left[]
  /** Forgets what {@link read} found, except of tabs that have written since. */
  taken(): void
  /** Forgets everything of this room. */
  drop(): void
  /** Removes what is too old or too much, of all rooms. */
  prune(): void
}

/** `tab` tells this tab's entry from others'. */
export function openJournal(env: Environment, room: string, tab: string): Journal {
  const { storage } = env
  const own = `${PREFIX}${room}.${tab}`
  let rows: Waiting[] = []
  let bytes = 0
  let last = 0
  /** Too much came at once: nothing is written until the store has all of it. */
  let over = false
  let stored = false
  let going: Off | null = null
  let found: { key: string; value: string }[] = []

  function attempt(run: (storage: SmallStorage) => void): boolean {
    try {
      if (storage !== null) run(storage)
      return true
    } catch {
      // Full or forbidden: then there is IndexedDB alone.
      return false
    }
  }

  function stays(): void {
    going?.()
    going = null
  }

  function remove(): void {
    stays()
    if (stored) attempt((small) => small.removeItem(own))
    stored = false
  }

  return {
    add(row) {
      last = row.n
      if (over || storage === null) return
      rows.push(row)
      bytes += row.update.length
      if (bytes <= MOST_BYTES) return
      over = true
      rows = []
      bytes = 0
    },
    write(generation) {
      if (over || storage === null) return false
      if (rows.length === 0) return true
      stays()
      return attempt((small) => {
        small.setItem(own, encode(env.now(), generation, rows))
        stored = true
      })
    },
    settle(n) {
      rows = rows.filter((row) => row.n > n)
      bytes = rows.reduce((sum, { update }) => sum + update.length, 0)
      if (n < last) return
      over = false
      if (stored) going ??= env.after(STAYS, remove)
    },
    close() {
      if (going !== null) remove()
    },
    read() {
      const left: Left[] = []
      found = []
      attempt((small) => {
        for (const key of keysOf(small, `${PREFIX}${room}.`)) {
          const value = small.getItem(key)
          const name = key.slice(PREFIX.length + room.length + 1)
          // A dot more belongs to another room.
          if (value === null || name.includes('.') || key === own) continue
          found.push({ key, value })
          const entry = decode(value)
          if (entry !== null) left.push({ tab: name, ...entry })
        }
      })
      return left
    },
    taken() {
      attempt((small) => {
        for (const { key, value } of found) if (small.getItem(key) === value) small.removeItem(key)
      })
      found = []
    },
    drop() {
      stays()
      stored = false
      rows = []
      bytes = 0
      attempt((small) => {
        for (const key of keysOf(small, `${PREFIX}${room}.`))
          if (!key.slice(PREFIX.length + room.length + 1).includes('.')) small.removeItem(key)
      })
    },
    prune() {
      attempt((small) => {
        const entries = keysOf(small, PREFIX).map((key) => ({ key, at: timeOf(small.getItem(key) ?? '') }))
        entries.sort((a, b) => b.at - a.at)
        for (const [index, { key, at }] of entries.entries())
          if (index >= MOST_ENTRIES || env.now() - at > MAX_AGE) small.removeItem(key)
      })
    },
  }
}

/** Removes what all tabs of all rooms left. */
export function forgetJournals(storage: SmallStorage | null): void {
  if (storage === null) return
  for (const key of keysOf(storage, PREFIX)) storage.removeItem(key)
}

function keysOf(storage: SmallStorage, prefix: string): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) =>
    key.startsWith(prefix),
  )
}

/** `TIME JSON`: the time can be read without the rest. */
function encode(at: number, generation: string, rows: readonly Waiting[]): string {
  const list = rows.map(({ n, update, changes, client }) => [n, changes, client, toBase64(update)])
  return `${at} ${JSON.stringify([generation, list])}`
}

function timeOf(value: string): number {
  return Number(value.slice(0, value.indexOf(' '))) || 0
}

/** Null for what no version of ours wrote. */
function decode(value: string): Omit<Left, 'tab'> | null {
  try {
    const [generation, list]: unknown[] = JSON.parse(value.slice(value.indexOf(' ') + 1)) as unknown[]
    if (typeof generation !== 'string' || !Array.isArray(list)) return null
    return { generation, rows: list.map(rowOf) }
  } catch {
    return null
  }
}

/** @throws for what is no row */
function rowOf(value: unknown): Waiting {
  const [n, changes, client, text]: unknown[] = Array.isArray(value) ? value : []
  if (typeof text !== 'string') throw new TypeError('no row')
  const update = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return { n: wholeNumber(n), changes: wholeNumber(changes), client: wholeNumber(client), update }
}

function wholeNumber(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new TypeError('no row')
  return value
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
