/** How the server is, live. */
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import type { Overview, Vitals } from '../../shared/admin.ts'
import { Button } from '../ui/button.tsx'
import { Busiest, Lately } from './overview-lists.tsx'
import { DayCard } from './overview-day.tsx'
import { ServerCard } from './overview-server.tsx'
import { Spark } from './chart.tsx'
import { figure, milliseconds, rate, span } from './format.ts'
import type { House } from './house.ts'
import { Chip, Notice, RoomHead, Trouble } from './parts.tsx'
import { ProxyHelp } from './proxy-help.tsx'
import { saveReport } from './report.ts'
import { useEvery, useRemote } from './remote.ts'
import { writePlace } from './route.ts'
import { say } from './words.ts'

/** Ms between two looks at what does not come by itself. */
const EVERY = 10_000

/** The overview. */
export function OverviewRoom({ house }: { house: House }): JSX.Element {
  const { api, live } = house
  const overview = useRemote('', () => api.get<Overview>('api/overview'))
  useEvery(EVERY, overview.again)
  const known = overview.value
  useEffect(() => {
    if (known) house.failedPlugins.value = known.failedPlugins
  }, [known])
  const looks = live.looks.value
  const now = looks.at(-1) ?? known?.now ?? null
  return (
    <section class="view overview">
      <RoomHead title={say('overview.title')} chip={known && <StateChip overview={known} />}>
        <Button icon="export" disabled={known === null} onClick={() => known && saveReport(known)}>
          {say('overview.report')}
        </Button>
      </RoomHead>
      <Trouble problem={overview.problem} again={overview.again} />
      {known && <Warnings overview={known} />}
      <Figures now={now} looks={looks} overview={known} />
      <div class="columns">
        <DayCard day={known?.day ?? []} now={now} />
        <ServerCard overview={known} now={now} />
      </div>
      <div class="columns">
        <Busiest pads={known?.busiest ?? null} />
        <Lately lines={known?.lately ?? null} />
      </div>
    </section>
  )
}

function StateChip({ overview }: { overview: Overview }): JSX.Element {
  const { store, started } = overview
  if (store.state !== 'ok' || store.ping === null)
    return (
      <Chip tone="danger" dot>
        {say(store.state === 'readonly' ? 'overview.readonly' : 'overview.noStore')}
      </Chip>
    )
  return (
    <Chip tone="ok" dot>
      {say('overview.running', { time: span(Date.now() - started) })}
    </Chip>
  )
}

function Warnings({ overview }: { overview: Overview }): JSX.Element {
  const { failedPlugins, store, onlyPolling } = overview
  return (
    <>
      {failedPlugins.length > 0 && (
        <Notice
          tone="danger"
          action={
            <a class="button small" href={writePlace('plugins')}>
              {say('overview.look')}
            </a>
          }
        >
          <strong>
            {say('overview.pluginFailed', { n: failedPlugins.length, names: failedPlugins.join(', ') })}
          </strong>{' '}
          {say('overview.pluginFailedRest')}
        </Notice>
      )}
      {store.durability.map((sentence) => (
        <Notice tone="warning" key={sentence}>
          <strong>{say('overview.notDurable')}</strong> {sentence}
        </Notice>
      ))}
      {onlyPolling && <ProxyHelp />}
    </>
  )
}

interface FigureProps {
  title: string
  value: string
  unit?: string
  hint: string
  looks: readonly Vitals[]
  of: (look: Vitals) => number | null
}

function Figure({ title, value, unit, hint, looks, of }: FigureProps): JSX.Element {
  return (
    <article class="card figure">
      <h2>{title}</h2>
      <strong>
        {value}
        {unit !== undefined && <small>{unit}</small>}
      </strong>
      <Spark points={looks.map((look) => ({ time: look.time, value: of(look) }))} />
      <p>{hint}</p>
    </article>
  )
}

function Figures({
  now,
  looks,
  overview,
}: {
  now: Vitals | null
  looks: readonly Vitals[]
  overview: Overview | null
}): JSX.Element {
  const most = Math.max(0, ...[...(overview?.day ?? []), ...looks].map(({ edits }) => edits))
  const lastSaved = now?.saved ?? looks.findLast(({ saved }) => saved !== null)?.saved ?? null
  const connections = (now?.webSockets ?? 0) + (now?.polling ?? 0)
  return (
    <div class="figures">
      <Figure
        title={say('overview.people')}
        value={now ? figure(now.people) : '–'}
        hint={say('overview.connections', { n: connections, shown: figure(connections) })}
        looks={looks}
        of={({ people }) => people}
      />
      <Figure
        title={say('overview.openPads')}
        value={now ? figure(now.openPads) : '–'}
        hint={say('overview.ofPads', { n: overview?.pads ?? 0, shown: figure(overview?.pads ?? 0) })}
        looks={looks}
        of={({ openPads }) => openPads}
      />
      <Figure
        title={say('overview.edits')}
        value={now ? rate(now.edits) : '–'}
        hint={say('overview.mostEdits', { n: rate(most) })}
        looks={looks}
        of={({ edits }) => edits}
      />
      <Figure
        title={say('overview.saved')}
        value={lastSaved === null ? '–' : milliseconds(lastSaved)}
        hint={say('overview.savedHint')}
        looks={looks}
        of={({ saved }) => saved}
      />
    </div>
  )
}
