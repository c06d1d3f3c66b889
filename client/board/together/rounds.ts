/** Timer and votes of a meeting, as signals over the board's document (SPEC-board B420 to B424). */
import { computed, signal } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import type * as Y from 'yjs'
import { newShapeId } from '../../../shared/board/ids.ts'
import {
  closedRound,
  countVotes,
  meetingOf,
  readRound,
  readTimer,
  roundValue,
  timerValue,
  vote,
  votesOf,
} from '../../../shared/board/model/meeting.ts'
import type { Round, Timer } from '../../../shared/board/model/meeting.ts'
import { watch } from './watch.ts'

export interface Rounds {
  readonly timer: ReadonlySignal<Timer | null>
  /** Ms left of the timer now; follows `tick`. */
  readonly left: ReadonlySignal<number>
  readonly round: ReadonlySignal<Round | null>
  /** Own votes, a shape as often as it has some. */
  readonly mine: ReadonlySignal<readonly string[]>
  /** Votes by shape that may be shown: while a hidden round lasts, the own ones. */
  readonly counts: ReadonlySignal<ReadonlyMap<string, number>>
  /** How many people have voted. */
  readonly voters: ReadonlySignal<number>
  /** A press on a shape is a vote. */
  readonly voting: Signal<boolean>
  startTimer(length: number): void
  pauseTimer(): void
  resumeTimer(): void
  /** Adds to what is left. */
  extendTimer(ms: number): void
  removeTimer(): void
  startRound(votes: number, hidden: boolean): void
  endRound(): void
  clearRound(): void
  /** One vote more for a shape; false when none is left. */
  give(shape: string): boolean
  /** One vote less. */
  take(shape: string): boolean
  /** The clock went on. */
  tick(): void
  destroy(): void
}

export function createRounds({
  doc,
  author,
  mayWrite,
  now,
}: {
  doc: Y.Doc
  author: () => string
  mayWrite: () => boolean
  /** Ms since 1970 by the server's clock. */
  now: () => number
}): Rounds {
  const roots = meetingOf(doc)
  const version = signal(0)
  const clock = signal(now())
  const changed = (): void => {
    version.value += 1
  }
  roots.meeting.observe(changed)
  roots.votes.observe(changed)

  const read = <T>(use: () => T): ReadonlySignal<T> =>
    computed(() => {
      watch(version)
      return use()
    })
  const timer = read(() => readTimer(roots.meeting.get('timer')))
  const round = read(() => readRound(roots.meeting.get('round')))
  const mine = computed(() => {
    watch(version)
    return round.value ? votesOf(roots, round.value, author()) : []
  })
  const left = computed(() => leftOf(timer.value, clock.value))

  function write(change: () => void): void {
    if (mayWrite()) doc.transact(change, 'meeting')
  }
  function setTimer(next: Timer | null): void {
    clock.value = now()
    write(() => roots.meeting.set('timer', next && timerValue(next)))
  }
  function setRound(next: Round | null): void {
    write(() => roots.meeting.set('round', next && roundValue(next)))
  }
  function setVotes(next: readonly string[]): boolean {
    const open = round.peek()
    if (!open || open.results || !mayWrite() || next.length > open.votes) return false
    write(() => vote(roots, open, author(), next))
    return true
  }

  return {
    timer,
    left,
    round,
    mine,
    counts: computed(() => {
      watch(version)
      if (!round.value) return new Map<string, number>()
      if (!round.value.hidden || round.value.results) return countVotes(roots, round.value)
      const own = new Map<string, number>()
      for (const shape of mine.value) own.set(shape, (own.get(shape) ?? 0) + 1)
      return own
    }),
    voters: computed(() => {
      watch(version)
      const open = round.value
      if (!open) return 0
      return [...roots.votes.keys()].filter((key) => votesOf(roots, open, key).length > 0).length
    }),
    voting: signal(false),
    startTimer: (length) => setTimer({ length, end: Math.round(now() + length), rest: 0 }),
    pauseTimer() {
      const running = timer.peek()
      if (running?.end != null) setTimer({ ...running, end: null, rest: Math.round(leftOf(running, now())) })
    },
    resumeTimer() {
      const still = timer.peek()
      if (still?.end === null) setTimer({ ...still, end: Math.round(now() + still.rest), rest: 0 })
    },
    extendTimer(ms) {
      const known = timer.peek()
      if (!known) return
      const length = known.length + ms
      if (known.end === null) setTimer({ ...known, length, rest: known.rest + ms })
      else setTimer({ ...known, length, end: Math.round(Math.max(known.end, now()) + ms) })
    },
    removeTimer: () => setTimer(null),
    startRound: (votes, hidden) => setRound({ id: newShapeId(), votes, hidden, results: null }),
    endRound() {
      const open = round.peek()
      if (open && !open.results) setRound(closedRound(roots, open))
    },
    clearRound: () => setRound(null),
    give: (shape) => setVotes([...mine.peek(), shape]),
    take(shape) {
      const at = mine.peek().lastIndexOf(shape)
      return at >= 0 && setVotes(mine.peek().toSpliced(at, 1))
    },
    tick: () => (clock.value = now()),
    destroy() {
      roots.meeting.unobserve(changed)
      roots.votes.unobserve(changed)
    },
  }
}

function leftOf(timer: Timer | null, now: number): number {
  if (!timer) return 0
  return timer.end === null ? timer.rest : Math.max(0, timer.end - now)
}

/** Minutes and seconds, as on a clock. */
export function clockWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  const two = (number: number): string => String(number).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
