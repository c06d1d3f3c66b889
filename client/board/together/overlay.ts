/** Keeps what is painted of the others above the board up to date: a frame when something changed, frames while it moves. */
import { effect } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { Camera, LiveStroke, Off, Scene, View } from '../types.ts'
import type { Clock } from './clock.ts'
import type { Trail } from './ink-receiver.ts'
import type { Others } from './others.ts'
import { LASER_TIME, placeOn, paintPointer, paintSelection, paintTrail, paintVotes } from './paint.ts'
import type { Look } from './paint.ts'
import type { Rounds } from './rounds.ts'
import { watch } from './watch.ts'

interface OverlayParts {
  view: View
  scene: Scene
  camera: Camera
  others: Others
  rounds: Pick<Rounds, 'counts' | 'mine'>
  clock: Clock
  trails: ReadonlySignal<readonly Trail[]>
  /** This person's laser pointer while it is pressed. */
  ownLaser: ReadonlySignal<LiveStroke | null>
  fade(ms: number): void
  dark: ReadonlySignal<boolean>
}

export function createOverlay(parts: OverlayParts): Off {
  const { view, scene, others, rounds, clock, trails, ownLaser } = parts
  /** The own trail: x, y and when it was drawn by turns. */
  let own: number[] = []
  /** The own stroke in it, and how many of its numbers. */
  let taken = { id: '', length: 0 }
  let frame: Off | null = null

  const overlay = view.overlay((context, camera) => {
    const look = lookOf(view.element, parts.dark.peek())
    const now = clock.now()
    const mine = rounds.mine.peek()
    for (const [id, count] of rounds.counts.peek()) {
      const bounds = placeOn(scene, id)
      if (!bounds || !isSeen(camera, bounds)) continue
      paintVotes(context, camera, bounds, count, mine.filter((shape) => shape === id).length, look)
    }
    for (const other of others.all.peek()) paintSelection(context, camera, scene, other, look)
    for (const trail of trails.peek()) paintTrail(context, camera, trail, now)
    if (own.length > 0) paintTrail(context, camera, { points: own }, now)
    for (const other of others.all.peek()) {
      const at = others.pointerOf(other.client)
      if (at) paintPointer(context, camera.toScreen(at), other, look)
    }
  })

  function step(): void {
    frame = null
    const now = clock.now()
    parts.fade(LASER_TIME)
    const from = own.findIndex((time, i) => i % 3 === 2 && now - time < LASER_TIME)
    own = from < 0 ? [] : own.slice(from - 2)
    overlay.repaint()
    if (others.moving() || own.length > 0 || trails.peek().length > 0) frame = clock.frame(step)
  }
  const soon = (): void => {
    frame ??= clock.frame(step)
  }

  const offs = [
    effect(() => {
      watch(others.all, rounds.counts, rounds.mine, trails, parts.dark)
      soon()
    }),
    effect(() => {
      const stroke = ownLaser.value
      if (!stroke) return
      if (stroke.id !== taken.id) taken = { id: stroke.id, length: 0 }
      const { values, length } = stroke.points
      const now = clock.now()
      for (let i = taken.length; i + 2 < length; i += 3) own.push(values[i] ?? 0, values[i + 1] ?? 0, now)
      taken.length = length - (length % 3)
      soon()
    }),
    scene.onChange(() => {
      if (others.all.peek().length > 0 || rounds.counts.peek().size > 0) soon()
    }),
  ]
  return () => {
    offs.forEach((off) => off())
    frame?.()
    overlay()
  }
}

function isSeen(
  { seen }: Camera,
  bounds: { left: number; top: number; right: number; bottom: number },
): boolean {
  const { left, top, right, bottom } = seen.peek()
  return bounds.left < right && bounds.right > left && bounds.top < bottom && bounds.bottom > top
}

/** The page's font, and its accent and ground in light and dark (`styles/tokens.css`). */
function lookOf(element: HTMLElement, dark: boolean): Look {
  return {
    font: getComputedStyle(element).fontFamily || 'system-ui, sans-serif',
    accent: dark ? '#4cc2a8' : '#0b6e5f',
    halo: dark ? '#16181d' : '#ffffff',
  }
}
