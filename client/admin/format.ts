/** Numbers, sizes and times as people of a language write them. */
import { language } from '../i18n.ts'
import { timeAgo } from '../home/time-ago.ts'

/** A number with at most so many decimals. */
export function figure(value: number, decimals = 0): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: decimals }).format(value)
}

/** A number of something a second: decimals only while it is small. */
export function rate(value: number): string {
  return figure(value, value < 10 ? 1 : 0)
}

const SIZES = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Bytes in the unit that fits, from kB on; 1 kB is 1000 bytes. */
export function bytes(value: number): string {
  let at = 0
  let rest = Math.max(0, value) / 1000
  while (rest >= 999.5 && at < SIZES.length - 1) {
    rest /= 1000
    at += 1
  }
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit: SIZES[at] ?? 'kilobyte',
    unitDisplay: 'short',
    maximumFractionDigits: rest < 9.95 ? 1 : 0,
  }).format(rest)
}

/** A share, 1 being all of it. */
export function share(value: number): string {
  return new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 0 }).format(value)
}

/** Ms, with decimals only while they are few. */
export function milliseconds(value: number): string {
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit: 'millisecond',
    maximumFractionDigits: value < 9.95 ? 1 : 0,
  }).format(value)
}

const SPANS = [
  ['day', 86_400_000, 2],
  ['hour', 3_600_000, 1],
  ['minute', 60_000, 1],
  ['second', 1000, 0],
] as const

/** A span of time in its largest unit: 40 minutes, 30 hours, 12 days. */
export function span(ms: number): string {
  const [unit, length] = SPANS.find(([, size, from]) => ms >= size * from) ?? SPANS[3]
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit,
    unitDisplay: 'long',
  }).format(Math.max(0, Math.floor(ms / length)))
}

/** How long ago something was; a dash for never. */
export function ago(time: number, now = Date.now()): string {
  return time <= 0 ? '–' : timeAgo(time, now, language())
}

/** The time of day while it is today's, else how long ago it was. */
export function when(time: number, now = Date.now()): string {
  return new Date(time).toDateString() === new Date(now).toDateString() ? timeOfDay(time) : ago(time, now)
}

/** Hours and minutes; with seconds where asked for. */
export function timeOfDay(time: number, seconds = false): string {
  return new Intl.DateTimeFormat(language(), { timeStyle: seconds ? 'medium' : 'short' }).format(time)
}

/** Day and time in full. */
export function fullTime(time: number): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'full', timeStyle: 'medium' }).format(time)
}

/** For `<time datetime>`. */
export function machineTime(time: number): string {
  return new Date(time).toISOString()
}
