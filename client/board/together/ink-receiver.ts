/** Others' strokes while they are drawn, until their shapes are there (SPEC-board B403). */
import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { BoardError } from '../../../shared/board/error.ts'
import { decodeLive } from '../../../shared/board/live.ts'
import type { LiveBatch, LiveInk } from '../../../shared/board/live.ts'
import { DEFAULT_STYLE } from '../../../shared/board/model/style.ts'
import type { LiveStroke, Off, Scene } from '../types.ts'
import type { Clock } from './clock.ts'

/** Ms after which a stroke is given up: not heard of; ended, without its shape. */
const SILENT = 5000
const SHAPELESS = 10_000
const SWEEP = 1000
/** Strokes at a time. */
const MOST_OF_ONE = 16
const MOST = 200

/** A laser pointer's trail under way. */
export interface Trail {
  readonly client: number
  /** x, y and the time it came (ms of the clock) by turns. */
  readonly points: readonly number[]
}

export interface InkReceiver {
  /** In the order in which they began. */
  readonly strokes: ReadonlySignal<readonly LiveStroke[]>
  readonly trails: ReadonlySignal<readonly Trail[]>
  /** Takes a message of a client. */
  take(client: number, bytes: Uint8Array): void
  /** Forgets trails whose last point is older than `ms`. */
  fade(ms: number): void
  destroy(): void
}

interface Coming {
  readonly client: number
  readonly id: string
  readonly laser: boolean
  stroke: GrowingStroke
  /** For a laser's points: when each came. */
  times: number[]
  heard: number
  ended: number | null
}

interface GrowingStroke extends LiveStroke {
  readonly points: { readonly values: number[]; length: number }
}

export function createInkReceiver({
  scene,
  clock,
}: {
  scene: Pick<Scene, 'shapes' | 'onChange'>
  clock: Clock
}): InkReceiver {
  const coming = new Map<string, Coming>()
  const strokes = signal<readonly LiveStroke[]>([])
  const trails = signal<readonly Trail[]>([])
  let sweeping: Off | null = null

  function tell(laser: boolean): void {
    const all = [...coming.values()].filter((one) => one.laser === laser)
    if (laser) trails.value = all.map(trailOf)
    else strokes.value = all.map(({ stroke }) => stroke)
  }

  function take(client: number, bytes: Uint8Array): void {
    let ink: LiveInk
    try {
      ink = decodeLive(bytes)
    } catch (error) {
      if (error instanceof BoardError) return
      throw error
    }
    const key = `${client}/${ink.id}`
    const known = coming.get(key)
    if (ink.kind === 'end' || ink.kind === 'cancel') {
      if (!known) return
      if (known.laser) known.ended = clock.now()
      else if (ink.kind === 'cancel' || scene.shapes.has(ink.id)) {
        coming.delete(key)
        tell(false)
      } else known.ended = clock.now()
      return
    }
    if (ink.kind === 'more') {
      if (!known || ink.keep * 3 > known.stroke.points.length) return
      put(known, ink.points, ink.keep, true)
      tell(known.laser)
      return
    }
    // The shape was faster, or somebody uses its id.
    if (scene.shapes.has(ink.id)) return
    if (known && sameStyle(known, ink)) put(known, ink.points, 0, false)
    else if (known || hasRoom(client)) coming.set(key, begun(client, ink, clock.now()))
    else return
    sweeping ??= clock.after(SWEEP, sweep)
    tell(ink.style.laser)
  }

  function hasRoom(client: number): boolean {
    if (coming.size >= MOST) return false
    let own = 0
    for (const one of coming.values()) if (one.client === client) own++
    return own < MOST_OF_ONE
  }

  /** `cut`: points beyond those that came are no more. */
  function put(known: Coming, { values }: LiveBatch, keep: number, cut: boolean): void {
    const now = clock.now()
    known.heard = now
    known.ended = null
    const { points } = known.stroke
    const start = keep * 3
    const end = start + values.length
    const shared = Math.min(points.length, end)
    let same = start
    while (same < shared && points.values[same] === values[same - start]) same++
    if (same < shared || (cut && end < points.length)) {
      // Painted already: another stroke takes its place, since painting only adds.
      const kept = points.values.slice(0, start)
      known.stroke = { ...known.stroke, points: { values: kept, length: start } }
      known.times = known.times.slice(0, keep)
    }
    const grown = known.stroke.points
    for (let i = grown.length; i < end; i++) grown.values.push(values[i - start] ?? 0)
    grown.length = Math.max(grown.length, end)
    while (known.laser && known.times.length < grown.length / 3) known.times.push(now)
  }

  const offScene = scene.onChange(({ ids }) => {
    if (coming.size === 0) return
    let gone = false
    for (const [key, { id, laser }] of coming)
      if (!laser && ids.has(id) && scene.shapes.has(id)) gone = coming.delete(key) || gone
    if (gone) tell(false)
  })

  function sweep(): void {
    sweeping = null
    const now = clock.now()
    let gone = false
    for (const [key, { heard, ended, laser }] of coming) {
      if (laser || now - heard < SILENT || (ended !== null && now - ended < SHAPELESS)) continue
      gone = coming.delete(key) || gone
    }
    if (gone) tell(false)
    if (coming.size > 0) sweeping = clock.after(SWEEP, sweep)
  }

  return {
    strokes,
    trails,
    take,
    fade(ms) {
      const before = clock.now() - ms
      let gone = false
      for (const [key, { laser, times }] of coming)
        if (laser && (times.at(-1) ?? 0) < before) gone = coming.delete(key) || gone
      if (gone) tell(true)
    },
    destroy() {
      offScene()
      sweeping?.()
      coming.clear()
    },
  }
}

function begun(client: number, ink: Extract<LiveInk, { kind: 'whole' }>, now: number): Coming {
  const { brush, color, opacity, width, laser } = ink.style
  const values = [...ink.points.values]
  return {
    client,
    id: ink.id,
    laser,
    stroke: {
      id: ink.id,
      points: { values, length: values.length },
      hasPressure: ink.points.hasPressure,
      style: { ...DEFAULT_STYLE, brush, color, opacity, width },
    },
    times: laser ? Array.from({ length: values.length / 3 }, () => now) : [],
    heard: now,
    ended: null,
  }
}

function sameStyle({ stroke, laser }: Coming, ink: Extract<LiveInk, { kind: 'whole' }>): boolean {
  const { style } = ink
  return (
    laser === style.laser &&
    stroke.hasPressure === ink.points.hasPressure &&
    stroke.style.brush === style.brush &&
    stroke.style.color === style.color &&
    stroke.style.opacity === style.opacity &&
    stroke.style.width === style.width
  )
}

function trailOf({ client, stroke, times }: Coming): Trail {
  const points: number[] = []
  for (const [i, time] of times.entries())
    points.push(stroke.points.values[3 * i] ?? 0, stroke.points.values[3 * i + 1] ?? 0, time)
  return { client, points }
}
