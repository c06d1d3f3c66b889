/** Tells others of the stroke under way, once a frame (SPEC-board B400, B402). */
import { effect } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { BoardError } from '../../../shared/board/error.ts'
import { encodeLiveEnd, encodeLivePoints } from '../../../shared/board/live.ts'
import type { LiveOptions, LiveStyle } from '../../../shared/board/live.ts'
import type { LiveStroke, Off } from '../types.ts'
import type { Clock } from './clock.ts'

/** Ms after which a stroke goes whole again, for who came late. */
const WHOLE = 1000
/** Messages a second and at once; the server takes 60 a second. */
const RATE = 56
const BURST = 60

export interface InkSenderParts {
  /** The stroke under way; null for none. */
  stroke: ReadonlySignal<LiveStroke | null>
  /** Whether the stroke that begins is a laser pointer's. */
  isLaser: () => boolean
  /** The exponent a stroke that begins now is kept at. */
  exponent: () => number
  /** Whether there is a shape of this id: what became of a stroke that ended. */
  isThere: (id: string) => boolean
  /** False when there is no connection. */
  send: (bytes: Uint8Array) => boolean
  clock: Clock
}

interface Sending {
  readonly id: string
  readonly style: LiveStyle
  readonly options: LiveOptions
  /** What others have. */
  sent: number[]
  wholeAt: number
}

/** Begins to send. */
export function createInkSender(parts: InkSenderParts): Off {
  const { stroke, clock, send } = parts
  let current: Sending | null = null
  let frame: Off | null = null
  let tokens = BURST
  let filledAt = clock.now()

  function mayGo(now: number): boolean {
    tokens = Math.min(BURST, tokens + ((now - filledAt) * RATE) / 1000)
    filledAt = now
    return tokens >= 1
  }

  function go(bytes: Uint8Array): boolean {
    tokens -= 1
    return send(bytes)
  }

  function begin({ id, style, hasPressure }: LiveStroke): Sending {
    const { brush, color, opacity, width } = style
    return {
      id,
      style: { brush, color, opacity, width, laser: parts.isLaser() },
      options: { exponent: parts.exponent(), hasPressure },
      sent: [],
      wholeAt: -Infinity,
    }
  }

  /** Sends what others lack. @throws BoardError for a stroke that cannot be sent */
  function push(sending: Sending, { points }: LiveStroke, now: number): void {
    const whole = now - sending.wholeAt >= WHOLE
    let from = whole ? 0 : equalPoints(sending.sent, points)
    const count = Math.floor(points.length / 3)
    if (count === 0 || (from === count && sending.sent.length === 3 * count) || !mayGo(now)) return
    // No message says that points were only taken away, so the last one is said again.
    if (from === count) from -= 1
    if (from === 0) sending.wholeAt = now
    while (from < count) {
      const { bytes, to } = encodeLivePoints(sending.id, sending.style, points, from, sending.options)
      if (!go(bytes)) {
        sending.wholeAt = now - WHOLE / 2
        break
      }
      from = to
    }
    sending.sent = Array.from({ length: 3 * from }, (_, i) => points.values[i] ?? 0)
  }

  function look(): void {
    frame = null
    const now = clock.now()
    const drawn = stroke.peek()
    if (current !== null && current.id !== drawn?.id) {
      if (current.sent.length > 0)
        go(encodeLiveEnd(current.id, current.style.laser || parts.isThere(current.id) ? 'end' : 'cancel'))
      current = null
    }
    if (drawn === null) return
    current ??= begin(drawn)
    try {
      push(current, drawn, now)
    } catch (error) {
      if (!(error instanceof BoardError)) throw error
    }
    frame = clock.frame(look)
  }

  const off = effect(() => {
    if (stroke.value !== null || current !== null) frame ??= clock.frame(look)
  })
  return () => {
    off()
    frame?.()
  }
}

/** How many points from the first are the same. */
function equalPoints(sent: readonly number[], { values, length }: LiveStroke['points']): number {
  const most = Math.min(sent.length, length)
  let at = 0
  while (at < most && sent[at] === values[at]) at++
  return Math.floor(at / 3)
}
