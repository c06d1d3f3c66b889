/**
 * When parts of a pad's text were written (SPEC-writing W14): the log's own times, found by the ids of Yjs items. What was
 * read of a log stays at hand, joined to minutes, and grows with it.
 */
import * as Y from 'yjs'
import { AppError } from '../errors.ts'
import type { LogRow, Store } from '../store/store.ts'

/** A Yjs item, or a part of one. */
export interface ItemId {
  client: number
  clock: number
}

export interface Written {
  /**
   * When each of these came into the pad, in ms since 1970; null for what is not saved (yet).
   * @throws AppError `busy`, `notFound`; StoreDown
   */
  times(pad: string, ids: readonly ItemId[]): Promise<(number | null)[]>
}

interface WrittenLimits {
  /** Rows read at once. */
  page: number
  /** Rows of a log that are looked through, the newest. */
  rows: number
  /** Logs that may be read at the same time. */
  reading: number
  /** Stretches at hand, of all pads. */
  stretches: number
}

const LIMITS: WrittenLimits = { page: 1000, rows: 200_000, reading: 2, stretches: 200_000 }
/** Ms within which what one client wrote on without a pause is one stretch: times are shown to the minute. */
const MINUTE = 60_000

/** What one client wrote: stretch `i` ends before the clock `ends[i]` and came at `times[i]`. */
interface ClientTimes {
  first: number
  readonly ends: number[]
  readonly times: number[]
}

interface Known {
  readonly generation: string
  /** The last row that was read. */
  seq: number
  stretches: number
  readonly clients: Map<number, ClientTimes>
}

/** Creates the {@link Written} of a server. */
export function createWritten(store: Pick<Store, 'find' | 'rows'>, limits: WrittenLimits = LIMITS): Written {
  const known = new Map<number, Known>()
  const reading = new Map<number, Promise<Known>>()

  async function read(id: number, head: number, generation: string): Promise<Known> {
    const before = known.get(id)
    const log =
      before?.generation === generation
        ? before
        : { generation, seq: Math.max(0, head - limits.rows), stretches: 0, clients: new Map() }
    while (log.seq < head) {
      const rows = await store.rows(id, log.seq, Math.min(limits.page, head - log.seq))
      if (rows.length === 0) break
      for (const row of rows) note(log, row)
    }
    known.delete(id)
    known.set(id, log)
    let all = 0
    for (const { stretches } of known.values()) all += stretches
    for (const [oldest, { stretches }] of known) {
      if (all <= limits.stretches || oldest === id) break
      known.delete(oldest)
      all -= stretches
    }
    return log
  }

  return {
    async times(pad, ids) {
      const document = await store.find(`p/${pad}`)
      if (document === null) throw new AppError('notFound', 'There is no pad of this name.')
      const { id, head, generation } = document
      let log = known.get(id)
      if (log?.generation !== generation || log.seq < head) {
        const under = reading.get(id)
        if (!under && reading.size >= limits.reading)
          throw new AppError('busy', 'Much is being looked up; please try again in a moment.')
        const work = under ?? read(id, head, generation)
        if (!under) reading.set(id, work)
        try {
          log = await work
        } finally {
          if (!under) reading.delete(id)
        }
      }
      const { clients } = log
      return ids.map(({ client, clock }) => timeIn(clients.get(client), clock))
    },
  }
}

/** Notes what a row wrote. A row that Yjs cannot read would not stand in the log; it is passed over. */
function note(log: Known, { seq, time, bytes }: LogRow): void {
  log.seq = seq
  const { from, to } = Y.parseUpdateMeta(bytes)
  for (const [client, end] of to) {
    const own = log.clients.get(client)
    if (!own) {
      log.clients.set(client, { first: from.get(client) ?? 0, ends: [end], times: [time] })
      log.stretches += 1
      continue
    }
    const last = own.ends.length - 1
    // Rows may tell again what is known.
    if (end <= (own.ends[last] ?? 0)) continue
    if (time - (own.times[last] ?? 0) < MINUTE && time >= (own.times[last] ?? 0)) own.ends[last] = end
    else {
      own.ends.push(end)
      own.times.push(time)
      log.stretches += 1
    }
  }
}

function timeIn(own: ClientTimes | undefined, clock: number): number | null {
  if (!own || clock < own.first) return null
  let low = 0
  let high = own.ends.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((own.ends[middle] ?? 0) <= clock) low = middle + 1
    else high = middle
  }
  return own.times[low] ?? null
}
