/** Tells others of the stroke under way, once a frame (SPEC-board B400, B402). */
import { effect } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { BoardError } from '../../../shared/board/error.ts'
import { encodeLiveEnd, encodeLivePoints } from '../../../shared/board/live.ts'
import type { LiveOptions, LivePoints, LiveStyle } from '../../../shared/board/live.ts'
import { MAX_INK_POINTS } from '../../../shared/board/limits.ts'
import type { LiveStroke, Off } from '../types.ts'
import type { Clock } from './clock.ts'

/** Ms after which a stroke goes whole again, for who came late. */
const WHOLE = 1000
/** Messages a second and at once; the server takes 60 a second. */
const RATE = 56
/** Ms: of two changes closer to each other the second waits for the next frame. */
const HALF_FRAME = 8
const BURST = 60
/** People from which on ink goes less often, and the ms between two messages then: the server gathers for longer anyway. */
const CROWD = 100
const CROWD_PAUSE = 32

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
  /** Who is here, about. */
  people: () => number
  clock: Clock
}

interface Sending {
  readonly id: string
  readonly style: LiveStyle
  readonly options: LiveOptions
  readonly thin: (points: LiveStroke['points']) => LivePoints
  /** What others have. */
  sent: number[]
  wholeAt: number
  sentAt: number
}

/** Begins to send. */
export function createInkSender(parts: InkSenderParts): Off {
  const { stroke, clock, send } = parts
  let current: Sending | null = null
  let frame: Off | null = null
  let lookedAt = -Infinity
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
    const exponent = parts.exponent()
    return {
      id,
      style: { brush, color, opacity, width, laser: parts.isLaser() },
      options: { exponent, hasPressure },
      thin: createThinning(4 * 2 ** -exponent),
      sent: [],
      wholeAt: -Infinity,
      sentAt: -Infinity,
    }
  }

  /** Sends what others lack. @throws BoardError for a stroke that cannot be sent */
  function push(sending: Sending, stroke: LiveStroke, now: number): void {
    const points = sending.thin(stroke.points)
    const whole = now - sending.wholeAt >= WHOLE
    let from = whole ? 0 : equalPoints(sending.sent, points)
    const count = Math.floor(points.length / 3)
    if (count === 0 || (from === count && sending.sent.length === 3 * count)) return
    if (!whole && now - sending.sentAt < (parts.people() > CROWD ? CROWD_PAUSE : 0)) return
    if (!mayGo(now)) return
    sending.sentAt = now
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
    frame?.()
    frame = null
    const now = clock.now()
    lookedAt = now
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

  // A page hears of its pointer once a frame, just before it paints: what it hears goes at once, not after the painting.
  // Of what became of a stroke nobody can tell before the next frame.
  const off = effect(() => {
    if (stroke.value !== null && clock.now() - lookedAt >= HALF_FRAME) look()
    else if (stroke.value !== null || current !== null) frame ??= clock.frame(look)
  })
  return () => {
    off()
    frame?.()
  }
}

/** How many points from the first are the same. */
function equalPoints(sent: readonly number[], { values, length }: LivePoints): number {
  const most = Math.min(sent.length, length)
  let at = 0
  while (at < most && sent[at] === values[at]) at++
  return Math.floor(at / 3)
}

/**
 * Leaves out points that lie closer than `distance` to the last one kept: a quick mouse tells a thousand a second, of which
 * nobody sees more than the pixels.
 */
function createThinning(distance: number): (points: LiveStroke['points']) => LivePoints {
  const kept: number[] = []
  let seen = 0
  let last: readonly [x: number | undefined, y: number | undefined] = [undefined, undefined]
  return ({ values, length }) => {
    if (seen > length || (seen > 0 && (values[seen - 3] !== last[0] || values[seen - 2] !== last[1]))) {
      kept.length = 0
      seen = 0
    }
    for (; seen + 2 < length; seen += 3) {
      const [x = 0, y = 0, force = 0.5] = [values[seen], values[seen + 1], values[seen + 2]]
      const far = Math.hypot(x - (kept.at(-3) ?? Infinity), y - (kept.at(-2) ?? Infinity)) >= distance
      if ((far || kept.length === 0) && kept.length < 3 * MAX_INK_POINTS) kept.push(x, y, force)
    }
    last = [values[seen - 3], values[seen - 2]]
    return { values: kept, length: kept.length }
  }
}
