/** Small charts: one beside a figure, and one of a day. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { marks, reach, spot, strokes } from './curve.ts'
import type { Point } from './curve.ts'
import { timeOfDay } from './format.ts'

/** Ms that the line beside a figure shows, at least and at most. */
const SPARK = [10_000, 120_000] as const

/** The line beside a figure; what it shows stands in words next to it. */
export function Spark({ points }: { points: readonly Point[] }): JSX.Element {
  const to = points.at(-1)?.time ?? 0
  const most = Math.max(...points.map(({ value }) => value ?? 0), 0)
  const frame = {
    from: to - reach(points, SPARK[0], SPARK[1]),
    to,
    top: most === 0 ? 1 : most * 1.15,
    width: 104,
    height: 34,
  }
  return (
    <svg class="spark" viewBox="0 -1 104 36" preserveAspectRatio="none" aria-hidden="true">
      {strokes(points, frame).map(({ line, area }, index) => (
        <g key={index}>
          <path class="area" d={area} />
          <path class="line" d={line} />
        </g>
      ))}
    </svg>
  )
}

interface DayChartProps {
  points: readonly Point[]
  /** Ms without a point that are a gap. */
  gap: number
  /** The scale goes at least so far. */
  least: number
  show: (value: number) => string
  /** What is shown, in a sentence. */
  label: string
  children?: ComponentChildren
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const HEIGHT = 214
const PAD = { start: 44, end: 10, top: 10, bottom: 26 }

/** A day on its axes, as wide as there is room. A pointer reads single moments. */
export function DayChart({ points, gap, least, show, label }: DayChartProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const wide = useSignal(0)
  const pointed = useSignal<number | null>(null)
  useLayoutEffect(() => {
    if (!box.current) return
    const watcher = new ResizeObserver(([entry]) => (wide.value = Math.round(entry?.contentRect.width ?? 0)))
    watcher.observe(box.current)
    return () => watcher.disconnect()
  }, [])
  const width = Math.max(0, wide.value - PAD.start - PAD.end)
  const to = points.at(-1)?.time ?? 0
  const scale = marks(Math.max(...points.map(({ value }) => value ?? 0), 0), least)
  const known = reach(points, HOUR, DAY)
  const frame = { from: to - known, to, top: scale.top, width, height: HEIGHT }
  const last = points.findLast(({ value }) => value !== null)
  const read = nearest(points, pointed.value)
  return (
    <div ref={box} class="chart-box">
      {width > 0 && (
        <svg
          class="chart"
          viewBox={`${-PAD.start} ${-PAD.top} ${wide.value} ${HEIGHT + PAD.top + PAD.bottom}`}
          role="img"
          aria-label={label}
          onPointerMove={(event) => {
            const left = event.currentTarget.getBoundingClientRect().left + PAD.start
            pointed.value = frame.from + ((event.clientX - left) / width) * known
          }}
          onPointerLeave={() => (pointed.value = null)}
        >
          {scale.at.map((value) => {
            const [, y] = spot(frame, to, value)
            return (
              <g key={value}>
                <path class="grid" d={`M0 ${y}h${width}`} />
                <text x={-10} y={y + 4} text-anchor="end">
                  {show(value)}
                </text>
              </g>
            )
          })}
          {times(frame.from, to, width).map((time) => (
            <text key={time} x={spot(frame, time, 0)[0]} y={HEIGHT + 20} text-anchor="middle">
              {timeOfDay(time)}
            </text>
          ))}
          {strokes(points, frame, gap).map(({ line, area }, index) => (
            <g key={index}>
              <path class="area" d={area} />
              <path class="line" d={line} />
            </g>
          ))}
          {last && <Dot at={spot(frame, last.time, last.value ?? 0)} />}
          {read && read.value !== null && (
            <Reading
              at={spot(frame, read.time, read.value)}
              width={width}
              words={`${timeOfDay(read.time)} · ${show(read.value)}`}
            />
          )}
        </svg>
      )}
    </div>
  )
}

function Dot({ at: [x, y] }: { at: readonly [number, number] }): JSX.Element {
  return <circle class="now" cx={x} cy={y} r="4" />
}

function Reading({
  at: [x, y],
  width,
  words,
}: {
  at: readonly [number, number]
  width: number
  words: string
}): JSX.Element {
  const anchor = x > width - 80 ? 'end' : x < 80 ? 'start' : 'middle'
  return (
    <g class="reading">
      <path class="rule" d={`M${x} 0V${HEIGHT}`} />
      <circle class="now" cx={x} cy={y} r="4" />
      <text x={x} y={y < 24 ? y + 24 : y - 12} text-anchor={anchor}>
        {words}
      </text>
    </g>
  )
}

function nearest(points: readonly Point[], time: number | null): Point | undefined {
  if (time === null) return undefined
  const known = points.filter(({ value }) => value !== null)
  const away = (point: Point): number => Math.abs(point.time - time)
  const [first, ...rest] = known
  return first && rest.reduce((best, one) => (away(one) < away(best) ? one : best), first)
}

/** Minutes between times on the axis. */
const STEPS = [10, 20, 30, 60, 120, 180, 240, 360, 720]
/** Px a time on the axis needs. */
const ROOM = 76

/** Round times for the axis: as many as have room, none at its very ends. */
function times(from: number, to: number, width: number): number[] {
  const fits = (step: number): boolean => ((step * 60_000) / (to - from)) * width >= ROOM
  const step = STEPS.find(fits) ?? 720
  const first = new Date(from)
  first.setMinutes(0, 0, 0)
  const out: number[] = []
  for (let minutes = 0; minutes <= 26 * 60; minutes += Math.min(step, 60)) {
    const time = new Date(first).setMinutes(minutes)
    const at = new Date(time)
    const x = ((time - from) / (to - from)) * width
    if ((at.getHours() * 60 + at.getMinutes()) % step === 0 && x > 14 && x < width - 14) out.push(time)
  }
  return out
}
