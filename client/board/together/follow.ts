/** The camera goes where somebody else's goes, until this person moves it (SPEC-board B406). */
import { effect, signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { SeenPart } from '../../../shared/meeting.ts'
import type { Camera, Off, Place } from '../types.ts'
import type { Clock } from './clock.ts'
import type { Others } from './others.ts'

/** Ms in which about two thirds of the way are gone. */
const EASE = 90
/** Pixels the camera may be off, such as by rounding, without anybody having moved it. */
const SLIP = 3

export interface Follow {
  /** The author whose view this one follows; null for nobody. */
  readonly who: ReadonlySignal<string | null>
  follow(author: string | null): void
  /** Goes once to what somebody sees. */
  goTo(seen: SeenPart): void
  destroy(): void
}

/** The place from which all of what somebody sees is seen too. */
export function placeFor(
  [x, y, width, height]: SeenPart,
  size: { readonly width: number; readonly height: number },
): Place {
  const zoom = Math.min(40, Math.max(0.02, Math.min(size.width / width, size.height / height)))
  return { x: x - size.width / zoom / 2, y: y - size.height / zoom / 2, zoom }
}

export function createFollow({
  camera,
  others,
  clock,
  calm,
}: {
  camera: Camera
  others: Pick<Others, 'all'>
  clock: Clock
  /** Less motion is wished for. */
  calm: () => boolean
}): Follow {
  const who = signal<string | null>(null)
  /** The place this put the camera to: any other was chosen by the person. */
  let put: Place | null = null
  let putting = false
  let frame: Off | null = null
  let at = 0

  function target(): Place | null {
    const { width, height } = camera.size.value
    if (who.value === null || width <= 0 || height <= 0) return null
    const seen = others.all.value.find(({ author, seen: part }) => author === who.value && part)?.seen
    return seen ? placeFor(seen, { width, height }) : null
  }

  function step(): void {
    frame = null
    const to = target()
    if (!to) return
    const from = camera.place.peek()
    const now = clock.now()
    const share = calm() ? 1 : 1 - Math.exp(-Math.min(100, now - at) / EASE)
    at = now
    const next = share > 0.99 || isNear(from, to, 0.5) ? to : between(from, to, share, camera.size.peek())
    putting = true
    camera.set(next)
    putting = false
    put = camera.place.peek()
    if (next !== to) frame = clock.frame(step)
  }

  const offs = [
    effect(() => {
      if (target() && frame === null) {
        at = clock.now() - 16
        frame = clock.frame(step)
      }
    }),
    effect(() => {
      const now = camera.place.value
      if (!putting && put !== null && who.peek() !== null && !isNear(now, put, SLIP)) follow(null)
    }),
  ]

  function follow(author: string | null): void {
    put = null
    frame?.()
    frame = null
    who.value = author
  }

  return {
    who,
    follow,
    goTo(seen) {
      follow(null)
      camera.set(placeFor(seen, camera.size.peek()), { glide: true })
    },
    destroy() {
      offs.forEach((off) => off())
      frame?.()
    },
  }
}

function between(from: Place, to: Place, share: number, size: { width: number; height: number }): Place {
  // Zoom goes by factors, and the middle of the screen moves, so that nothing swings.
  const zoom = from.zoom * (to.zoom / from.zoom) ** share
  const middle = (place: Place) => ({
    x: place.x + size.width / place.zoom / 2,
    y: place.y + size.height / place.zoom / 2,
  })
  const [a, b] = [middle(from), middle(to)]
  return {
    x: a.x + (b.x - a.x) * share - size.width / zoom / 2,
    y: a.y + (b.y - a.y) * share - size.height / zoom / 2,
    zoom,
  }
}

/** Less than so many pixels away. */
function isNear(a: Place, b: Place, pixels: number): boolean {
  const most = pixels / b.zoom
  const zoomed = Math.abs(a.zoom / b.zoom - 1)
  return Math.abs(a.x - b.x) < most && Math.abs(a.y - b.y) < most && zoomed < pixels / 500
}
