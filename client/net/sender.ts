/** Sends writes in order, large ones in pieces, and no faster than the server takes them (SPEC-sync S28). */
import { cutUpdate } from './cut.ts'
import type { Environment } from './environment.ts'
import type { Off } from './types.ts'

/** Bytes at once and a second: less than the server allows, which closes the connection of who sends more. */
const BURST = 3 * 1024 * 1024
const RATE = 384 * 1024
/** Bytes a message counts as at least, because messages are limited too. */
const MESSAGE = 8 * 1024

/** One write: `whole` says that with it the server has everything of ours. */
export interface Writing {
  whole: boolean
  /** Row of the ledger up to which it settles, and whether it settles what earlier visits left. */
  row: number
  found: boolean
}

export interface Sender {
  /** Nothing waits. */
  readonly idle: boolean
  send(updates: readonly Uint8Array[], writing: Writing): void
  /** Forgets what waits. */
  clear(): void
}

/** `send` sends one message and says whether it went; `idle` is told when the last one that had to wait has gone. */
export function createSender(
  env: Environment,
  send: (update: Uint8Array, writing: Writing) => boolean,
  idle: () => void,
): Sender {
  let waiting: { update: Uint8Array; writing: Writing }[] = []
  let timer: Off | null = null
  let tokens = BURST
  let at = env.now()

  function run(): void {
    timer = null
    const now = env.now()
    tokens = Math.min(BURST, tokens + (Math.max(0, now - at) * RATE) / 1000)
    at = now
    let sent = 0
    for (const { update, writing } of waiting) {
      if (tokens < 0) break
      if (!send(update, writing)) {
        waiting = []
        return
      }
      tokens -= Math.max(MESSAGE, update.length)
      sent++
    }
    waiting = waiting.slice(sent)
    if (waiting.length > 0) timer = env.after(Math.ceil((-tokens / RATE) * 1000) + 1, later)
  }

  function later(): void {
    run()
    if (waiting.length === 0) idle()
  }

  return {
    get idle() {
      return waiting.length === 0
    },
    send(updates, writing) {
      const pieces = updates.flatMap((update) => cutUpdate(update))
      for (const [i, update] of pieces.entries()) {
        const last = i === pieces.length - 1
        waiting.push({ update, writing: last ? writing : { ...writing, row: 0, found: false } })
      }
      if (timer === null) run()
    },
    clear() {
      timer?.()
      timer = null
      waiting = []
    },
  }
}
