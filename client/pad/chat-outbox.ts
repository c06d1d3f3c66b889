/** Sends lines one after the other, each until it stands (SPEC-pads P15). */
import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { ChatMemory, WaitingLine } from './chat-keep.ts'
import { MOST_WAITING } from './chat-keep.ts'

/** A line of this device that does not stand yet; `problem` is why it never will as it is. */
export interface OwnLine extends WaitingLine {
  problem: string | null
}

export interface ChatOutbox {
  readonly lines: ReadonlySignal<readonly OwnLine[]>
  /** False when too many wait already. */
  add(text: string): boolean
  /** There is a connection: what waits goes out. */
  opened(): void
  closed(): void
  /** The line with this key stands. */
  stands(key: string): void
  refused(key: string, why: string): void
  /** Tries a line again that was refused. */
  again(key: string): void
  discard(key: string): void
  stop(): void
}

interface OutboxParts {
  memory: ChatMemory
  /** False without a connection. */
  send: (line: WaitingLine) => boolean
  /** Runs once after `ms`; the answer cancels. */
  after: (ms: number, run: () => void) => () => void
  newKey: () => string
}

/** Ms until a line that was not answered is sent again. */
const ANSWER = 10_000
/** Refusals that pass, and the ms until the next try. */
const PASSING: Readonly<Record<string, number>> = { tooFast: 1500, later: 4000 }

/** The outbox of one pad, with what an earlier visit left. */
export function createChatOutbox({ memory, send, after, newKey }: OutboxParts): ChatOutbox {
  const lines = signal<readonly OwnLine[]>(memory.waiting.map((line) => ({ ...line, problem: null })))
  /** The line under way, and what cancels waiting for its answer. */
  let sent: { key: string; cancel: () => void } | null = null
  let pause: (() => void) | null = null
  let open = false

  function settle(): void {
    sent?.cancel()
    sent = null
    pause?.()
    pause = null
  }

  function next(): void {
    if (!open || sent !== null || pause !== null) return
    const line = lines.peek().find(({ problem }) => problem === null)
    if (!line || !send({ key: line.key, text: line.text })) return
    const cancel = after(ANSWER, () => {
      sent = null
      next()
    })
    sent = { key: line.key, cancel }
  }

  function drop(key: string): void {
    if (!lines.peek().some((line) => line.key === key)) return
    memory.done(key)
    lines.value = lines.peek().filter((line) => line.key !== key)
    if (sent?.key === key) settle()
    next()
  }

  function mark(key: string, problem: string | null): void {
    lines.value = lines.peek().map((line) => (line.key === key ? { ...line, problem } : line))
  }

  return {
    lines,
    add(text) {
      if (lines.peek().length >= MOST_WAITING) return false
      const line = { key: newKey(), text }
      memory.wait(line)
      lines.value = [...lines.peek(), { ...line, problem: null }]
      next()
      return true
    },
    opened() {
      settle()
      open = true
      next()
    },
    closed() {
      settle()
      open = false
    },
    stands: drop,
    refused(key, why) {
      if (sent?.key === key) settle()
      const wait = Object.hasOwn(PASSING, why) ? PASSING[why] : undefined
      if (wait === undefined) {
        mark(key, why)
        next()
        return
      }
      pause ??= after(wait, () => {
        pause = null
        next()
      })
    },
    again(key) {
      mark(key, null)
      next()
    },
    discard: drop,
    stop() {
      settle()
      open = false
    },
  }
}
