/** The geometry of charts. Pure. */

/** A moment and what was then; null where nothing was measured. */
export interface Point {
  time: number
  value: number | null
}

/** What a chart shows: from when to when, and from 0 to what. */
export interface Frame {
  from: number
  to: number
  top: number
  width: number
  height: number
}

/** Lines of points that belong together; a gap parts them. */
export interface Stroke {
  line: string
  area: string
}

/** The place of a point in the frame. */
export function spot({ from, to, top, width, height }: Frame, time: number, value: number): [number, number] {
  const x = to === from ? width : ((time - from) / (to - from)) * width
  return [round(x), round(height - (top === 0 ? 0 : value / top) * height)]
}

/**
 * Paths through the points: smooth, and never above or below what was measured. A point without a value, or one that is
 * later than `gap` ms, begins another line.
 */
export function strokes(points: readonly Point[], frame: Frame, gap = Infinity): Stroke[] {
  const runs: [number, number][][] = []
  let run: [number, number][] = []
  let before = -Infinity
  for (const { time, value } of points) {
    if (time < frame.from) continue
    if (value === null || time - before > gap) run = []
    before = time
    if (value === null) continue
    if (run.length === 0) runs.push(run)
    run.push(spot(frame, time, value))
  }
  // A lone point has neither length nor area.
  const lines = runs.filter(({ length }) => length > 1)
  return lines.map((spots) => {
    const line = spots.map(([x, y], index) => step(spots[index - 1], x, y)).join('')
    return { line, area: `${line}V${frame.height}H${spots[0]?.[0] ?? 0}z` }
  })
}

function step(before: readonly [number, number] | undefined, x: number, y: number): string {
  if (before === undefined) return `M${x} ${y}`
  const middle = round((before[0] + x) / 2)
  return `C${middle} ${before[1]} ${middle} ${y} ${x} ${y}`
}

/** How far back a chart looks: as far as is known, within limits, in ms. */
export function reach(points: readonly Point[], least: number, most: number): number {
  const known = (points.at(-1)?.time ?? 0) - (points[0]?.time ?? 0)
  return Math.min(most, Math.max(least, known))
}

/** A round number that is no less than `most`, and the marks up to it: three or four of them. */
export function marks(most: number, least: number): { top: number; at: readonly number[] } {
  const wanted = Math.max(most, least)
  const power = 10 ** Math.floor(Math.log10(wanted / 3))
  const size =
    [1, 2, 2.5, 4, 5, 10].map((factor) => factor * power).find((one) => one * 3 >= wanted) ?? wanted
  return { top: size * 3, at: [0, 1, 2, 3].map((count) => count * size) }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
