/** The strokes every board is given: fifty points each, as a hand writes loops, in a grid of 80 by 60. Repeatable. */

export const POINTS = 50

/** x and y by turns. */
export type Stroke = readonly number[]

export function* strokes(count: number): Generator<Stroke, void> {
  const random = mulberry(7)
  const columns = Math.ceil(Math.sqrt(count))
  for (let n = 0; n < count; n++) {
    const left = (n % columns) * 80
    const top = Math.floor(n / columns) * 60
    const loops = 1 + random() * 2.5
    const phase = random() * 6
    const high = 12 + random() * 14
    const across = 30 + random() * 25
    const xy: number[] = []
    for (let i = 0; i < POINTS; i++) {
      const t = i / (POINTS - 1)
      // A hand is slow at the beginning, at the end and where it turns.
      const way = t - Math.sin(t * 2 * Math.PI) / (4 * Math.PI)
      const angle = phase + way * loops * 2 * Math.PI
      xy.push(sixteenth(left + 12 + way * across + Math.cos(angle) * 9 + random() * 0.25))
      xy.push(sixteenth(top + 30 + Math.sin(angle) * high + random() * 0.25))
    }
    yield xy
  }
}

/** Pens report sixteenths of a pixel. */
function sixteenth(value: number): number {
  return Math.round(value * 16) / 16
}

/** Tommy Ettinger's generator: 32 bits of state. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
