/** `/metrics` for Prometheus, when `enableMetrics` is on; the names of Etherpad's dashboard address stay, too. */
import { Router } from 'express'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { noBus } from '../bus/no-bus.ts'
import type { Bus, BusState } from '../bus/types.ts'
import type { Sync, SyncStats } from '../sync/types.ts'

/** Counters and gauges by name, help and value. */
const FIGURES: readonly [string, string, (stats: SyncStats) => number][] = [
  ['connections', 'Connections now', (stats) => stats.connections],
  ['messages_in_total', 'Messages from browsers', (stats) => stats.messagesIn],
  ['deliveries_total', 'Messages to browsers', (stats) => stats.deliveries],
  ['rows_total', 'Changes made durable', (stats) => stats.rows],
  ['commits_total', 'Commits of the database', (stats) => stats.commits],
  ['queued_rows', 'Changes waiting for their commit', (stats) => stats.queuedRows],
  ['queue_age_seconds', 'Age of the oldest change waiting', (stats) => stats.queueAge / 1000],
  ['resyncs_total', 'Connections caught up with one difference', (stats) => stats.resyncs],
  ['reloads_total', 'Pads rebuilt from the log', (stats) => stats.reloads],
  ['store_up', '1 while the database answers', (stats) => (stats.store === 'ok' ? 1 : 0)],
]

/** The same of the bus, where there is one (SPEC-bus BU7). */
const BUS_FIGURES: readonly [string, string, (state: BusState) => number][] = [
  ['bus_up', '1 while Redis connects the servers', ({ state }) => (state === 'up' ? 1 : 0)],
  ['bus_servers', 'Other servers that are heard', ({ servers }) => servers],
  ['bus_delay_seconds', 'From saying something to hearing it', ({ delay }) => (delay ?? 0) / 1000],
  ['bus_sent_total', 'Messages to other servers', ({ sent }) => sent],
  ['bus_received_total', 'Messages of other servers', ({ received }) => received],
  ['bus_missed_total', 'Times something may have been missed and was looked for', ({ missed }) => missed],
]

/** The routes; to be mounted once a process, since the sync server is watched from here on. */
export function metricsRoutes(
  sync: Pick<Sync, 'stats' | 'observe'>,
  bus: Pick<Bus, 'state'> = noBus,
): Router {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const figure = (name: string, help: string, read: () => number): void =>
    registry.registerMetric(
      new Gauge({
        name: `inkpad_${name}`,
        help,
        registers: [],
        collect(this: Gauge) {
          this.set(read())
        },
      }),
    )
  for (const [name, help, read] of FIGURES) figure(name, help, () => read(sync.stats()))
  const byLabel = (name: string, help: string, label: string, read: () => Record<string, number>) => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers: [],
        collect(this: Gauge) {
          for (const [key, count] of Object.entries(read())) this.set({ [label]: key }, count)
        },
      }),
    )
  }
  byLabel('inkpad_rooms', 'Open pads by state', 'state', () => sync.stats().rooms)
  if (bus.state().state !== 'none') {
    for (const [name, help, read] of BUS_FIGURES) figure(name, help, () => read(bus.state()))
    const dropped = 'Messages of the bus that were not taken or not said, by reason'
    byLabel('inkpad_bus_dropped_total', dropped, 'reason', () => bus.state().dropped)
  }
  byLabel('inkpad_rejected_total', 'Messages refused, by reason', 'reason', () => sync.stats().rejected)
  const times = new Histogram({
    name: 'inkpad_duration_seconds',
    help: 'Seconds from receiving a change to durable (ack), of a commit, of opening a pad (load)',
    labelNames: ['of'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  sync.observe((of, ms) => times.observe({ of }, ms / 1000))

  const router = Router({ strict: true, caseSensitive: true })
  router.get(['/metrics', '/stats/prometheus'], async (_request, response) => {
    response
      .set('Cache-Control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics())
  })
  return router
}
