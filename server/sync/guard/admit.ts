/** What to do with a scanned update, given what the document has and who sends it. */
import { GuardError } from './errors.ts'
import type { Range, Scan } from './scan.ts'

/** What the guard asks of the document the update is meant for. */
export interface View {
  /** The next clock expected of a client; 0 for an unknown one. */
  clock(client: number): number
  /** Whose a client id is; undefined when nobody wrote or announced it. */
  owner(client: number): string | undefined
  /** Whether the log knows that owner, or only a connection said so. */
  bound(client: number): boolean
  /** Whether all of a known range is deleted already. */
  deleted(client: number, from: number, to: number): boolean
  /** Client ids the document has. */
  readonly clientCount: number
}

export interface AdmitOptions {
  /** Client ids a document may have. */
  clientsPerDocument: number
  /** Client ids nobody owns that one update may bring. */
  freshPerUpdate: number
  /** Which of the ids nobody owns are the author's; all when it is not given. */
  claims?: ((unowned: readonly number[]) => readonly number[]) | undefined
}

/**
 * `known`: everything is there already; acknowledge. `gap`: something before it is missing; do not apply, answer with
 * step 1. `foreign`: new clocks under ids of others. `full`: too many client ids. `apply`: `fresh` are the client ids to
 * bind to the author, `unowned` those that stay nobody's, `ranges` what is new.
 */
export type Admission =
  | { verdict: 'known' }
  | { verdict: 'gap' }
  | { verdict: 'foreign'; clients: readonly number[] }
  | { verdict: 'full' }
  | { verdict: 'apply'; fresh: readonly number[]; unowned: readonly number[]; ranges: readonly Range[] }

/** Decides what to do with an update; pure. Throws {@link GuardError} `cycle` for structs that wait for each other. */
export function admit(scan: Scan, view: View, author: string, options: AdmitOptions): Admission {
  const ranges: Range[] = []
  const fresh: number[] = []
  const foreign: number[] = []
  let unowned: number[] = []
  /** Where each client of the update will be when all of it is applied. */
  const reach = new Map<number, number>()
  let isGap = false
  for (const { client, from, to } of scan.clients) {
    const known = view.clock(client)
    const reached = reach.get(client) ?? known
    if (to <= known) continue
    if (!reach.has(client)) {
      const owner = view.owner(client)
      if (owner === undefined) unowned.push(client)
      else if (owner !== author) foreign.push(client)
      else if (!view.bound(client)) fresh.push(client)
    }
    if (from > reached) isGap = true
    reach.set(client, Math.max(reached, to))
    ranges.push({ client, from: Math.max(known, from), to })
  }
  if (foreign.length > 0) return { verdict: 'foreign', clients: foreign }
  const after = (client: number): number => reach.get(client) ?? view.clock(client)
  if (unowned.length > 0) {
    const claimed = new Set(options.claims ? options.claims(unowned) : unowned)
    fresh.push(...unowned.filter((client) => claimed.has(client)))
    unowned = unowned.filter((client) => !claimed.has(client))
  }
  if (isGap || scan.deletes.some((range) => range.to > after(range.client))) {
    return { verdict: 'gap' }
  }
  if (ranges.length === 0 && scan.deletes.every((r) => view.deleted(r.client, r.from, r.to))) {
    return { verdict: 'known' }
  }
  for (let i = 0; i < scan.needs.length; i += 4) {
    if (num(scan.needs, i + 3) >= after(num(scan.needs, i + 2))) return { verdict: 'gap' }
  }
  checkOrder(scan.needs, view, reach)
  const news = fresh.length + unowned.length
  if (news > 0 && (news > options.freshPerUpdate || view.clientCount + news > options.clientsPerDocument)) {
    return { verdict: 'full' }
  }
  return { verdict: 'apply', fresh, unowned, ranges }
}

/** The references of one client's structs, in the order Yjs meets them. */
interface Queue {
  /** Index into `needs` of the next reference to meet, and past the last. */
  next: number
  end: number
  /** It stands on the stack: what it waits for is being looked after. */
  isWaiting: boolean
}

/**
 * Plays Yjs' order of integration: a struct with an unmet reference waits while the other client goes on, just far
 * enough. Everything referred to is in reach, so coming round to a waiting client means a circle, which Yjs would keep
 * pending for ever.
 */
function checkOrder(needs: readonly number[], view: View, reach: Map<number, number>): void {
  const queues = queuesOf(needs)
  const isMet = (queue: Queue): boolean => {
    const target = num(needs, queue.next + 2)
    const targetClock = num(needs, queue.next + 3)
    if (targetClock < view.clock(target)) return true
    const other = queues.get(target)
    const progress = other && other.next < other.end ? num(needs, other.next + 1) : (reach.get(target) ?? 0)
    return targetClock < progress
  }
  const stack: Queue[] = []
  const wait = (queue: Queue): void => {
    queue.isWaiting = true
    stack.push(queue)
  }
  for (const first of queues.values()) {
    wait(first)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const below = stack.at(-2)
      if (below ? isMet(below) : top.next === top.end) {
        top.isWaiting = false
        stack.pop()
      } else if (isMet(top)) {
        top.next += 4
      } else {
        const other = queues.get(num(needs, top.next + 2))
        if (!other || other.isWaiting) throw new GuardError('cycle', 0)
        wait(other)
      }
    }
  }
}

function queuesOf(needs: readonly number[]): Map<number, Queue> {
  const queues = new Map<number, Queue>()
  for (let i = 0; i < needs.length; i += 4) {
    const client = num(needs, i)
    const queue = queues.get(client)
    if (queue) queue.end = i + 4
    else queues.set(client, { next: i, end: i + 4, isWaiting: false })
  }
  return queues
}

function num(list: readonly number[], index: number): number {
  return list[index] ?? 0
}
