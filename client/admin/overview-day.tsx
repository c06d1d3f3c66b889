import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { Vitals } from '../../shared/admin.ts'
import { Segmented } from '../ui/segmented.tsx'
import { DayChart } from './chart.tsx'
import { bytes, figure, milliseconds, share, timeOfDay } from './format.ts'
import type { AdminKey } from './words.ts'
import { say } from './words.ts'

/** Ms between remembered moments, twice. */
const GAP = 11 * 60_000

interface Series {
  key: AdminKey
  title: AdminKey
  of: (look: Vitals) => number | null
  least: number
  show: (value: number) => string
}

const SERIES = {
  people: {
    key: 'day.people',
    title: 'day.peopleTitle',
    of: ({ people }) => people,
    least: 3,
    show: (value) => figure(value, 1),
  },
  edits: {
    key: 'day.edits',
    title: 'day.editsTitle',
    of: ({ edits }) => edits,
    least: 3,
    show: (value) => figure(value, 1),
  },
  saved: {
    key: 'day.saved',
    title: 'day.savedTitle',
    of: ({ saved }) => saved,
    least: 3,
    show: milliseconds,
  },
  memory: {
    key: 'day.memory',
    title: 'day.memoryTitle',
    of: ({ memory }) => memory,
    least: 3e6,
    show: bytes,
  },
  processor: {
    key: 'day.processor',
    title: 'day.processorTitle',
    of: ({ processor }) => processor,
    least: 0.3,
    show: share,
  },
} satisfies Record<string, Series>

type SeriesName = keyof typeof SERIES
const NAMES: readonly SeriesName[] = ['people', 'edits', 'saved', 'memory', 'processor']

/** The last day of one of several figures. */
export function DayCard({ day, now }: { day: readonly Vitals[]; now: Vitals | null }): JSX.Element {
  const chosen = useSignal<SeriesName>('people')
  const series: Series = SERIES[chosen.value]
  const last = day.at(-1)
  const all = now && last && now.time > last.time ? [...day.slice(0, -1), now] : day
  const points = all.map((look) => ({ time: look.time, value: series.of(look) }))
  const known = points.flatMap(({ time, value }) => (value === null ? [] : [{ time, value }]))
  const top = known.reduce((best, one) => (one.value > best.value ? one : best), { time: 0, value: 0 })
  return (
    <article class="card block day">
      <div class="block-head">
        <h2>{say(series.title)}</h2>
        <span class="space" />
        <div class="bare-field">
          <Segmented
            label={say('day.what')}
            value={chosen.value}
            options={NAMES.map((name) => ({ value: name, label: say(SERIES[name].key) }))}
            onChange={(name) => (chosen.value = name)}
          />
        </div>
      </div>
      <DayChart
        points={points}
        gap={GAP}
        least={series.least}
        show={series.show}
        label={
          known.length === 0
            ? say('day.empty', { what: say(series.title) })
            : say('day.summary', {
                what: say(series.title),
                most: series.show(top.value),
                time: timeOfDay(top.time),
                now: series.show(known.at(-1)?.value ?? 0),
              })
        }
      />
    </article>
  )
}
