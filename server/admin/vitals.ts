/** Looks at how the server is, again and again, and remembers a day of it (docs/SPEC-admin.md A10). */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { BusyPad, Vitals } from '../../shared/admin.ts'
import type { Sync } from '../sync/types.ts'

/** Ms between two looks: while somebody watches, and else. */
const WATCHED = 1000
const UNWATCHED = 10_000
/** Ms one remembered moment stands for, and how many there are. */
const MOMENT = 5 * 60_000
const MOMENTS = 288
/** Ms over which a pad's edits are counted. */
const BUSY = 60_000
/** Latencies kept between two looks. */
const SAMPLES = 5000

export interface VitalSigns {
  readonly now: Vitals
  readonly day: readonly Vitals[]
  /** Pads with most edits of the last minute. */
  busiest(most: number): BusyPad[]
  /** Hears each look, and looks every second meanwhile. */
  watch(listener: (now: Vitals) => void): () => void
  stop(): void
}

/** Begins to look. */
export function watchVitals(
  sync: Pick<Sync, 'stats' | 'here' | 'facts' | 'observe' | 'authorsHere'>,
): VitalSigns {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const listeners = new Set<(now: Vitals) => void>()
  const day: Vitals[] = []
  const counts = new Map<string, { time: number; versions: number }[]>()
  let saved: number[] = []
  let before = { time: performance.now(), rows: sync.stats().rows, cpu: process.cpuUsage() }
  let now = look()
  let timer: NodeJS.Timeout | undefined

  sync.observe((name, ms) => {
    if (name === 'ack' && saved.length < SAMPLES) saved.push(ms)
  })

  function look(): Vitals {
    const stats = sync.stats()
    const time = performance.now()
    const seconds = Math.max(0.001, (time - before.time) / 1000)
    const cpu = process.cpuUsage(before.cpu)
    const sorted = saved.sort((a, b) => a - b)
    const vitals: Vitals = {
      time: Date.now(),
      people: sync.authorsHere().size,
      webSockets: stats.carriers.websocket,
      polling: stats.carriers.polling,
      openPads: [...sync.here().keys()].filter((name) => name.startsWith('p/')).length,
      edits: (stats.rows - before.rows) / seconds,
      saved: sorted.length === 0 ? null : (sorted[Math.floor((sorted.length - 1) * 0.95)] ?? null),
      memory: process.memoryUsage.rss(),
      processor: (cpu.user + cpu.system) / 1e6 / seconds,
      late: Math.max(0, delay.percentile(99) / 1e6 - 20),
    }
    delay.reset()
    saved = []
    before = { time, rows: stats.rows, cpu: process.cpuUsage() }
    return vitals
  }

  function count(): void {
    const here = sync.here()
    for (const name of counts.keys()) if (!here.has(name)) counts.delete(name)
    for (const name of here.keys()) {
      const facts = name.startsWith('p/') ? sync.facts(name) : null
      if (facts === null) continue
      const list = (counts.get(name) ?? []).filter((one) => now.time - one.time <= BUSY)
      if (list.at(-1)?.time !== now.time) list.push({ time: now.time, versions: facts.versions })
      counts.set(name, list)
    }
  }

  function remember(): void {
    const last = day.at(-1)
    if (last !== undefined && now.time - last.time < MOMENT) return
    day.push(now)
    if (day.length > MOMENTS) day.shift()
  }

  function tick(): void {
    now = look()
    count()
    remember()
    for (const listener of listeners) listener(now)
    timer = setTimeout(tick, listeners.size > 0 ? WATCHED : UNWATCHED)
    timer.unref()
  }
  tick()

  return {
    get now() {
      return now
    },
    get day() {
      return [...day, now]
    },
    busiest(most) {
      // Pads that were opened since the last look are there too.
      count()
      const here = sync.here()
      return [...counts]
        .map(([name, list]) => {
          const [first, last] = [list[0], list.at(-1)]
          const ms = first && last ? last.time - first.time : 0
          const edits = first && last && ms > 0 ? ((last.versions - first.versions) * 1000) / ms : 0
          return { name: name.slice(2), here: here.get(name) ?? 0, edits }
        })
        .sort((a, b) => b.edits - a.edits || b.here - a.here)
        .slice(0, most)
    },
    watch(listener) {
      listeners.add(listener)
      if (listeners.size === 1) {
        clearTimeout(timer)
        tick()
      }
      return () => void listeners.delete(listener)
    },
    stop() {
      clearTimeout(timer)
      delay.disable()
      listeners.clear()
    },
  }
}
