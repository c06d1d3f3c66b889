/** A text on the server's state to hand on to whoever helps; without names of pads or people. */
import type { Overview } from '../../shared/admin.ts'

/** The report's text. */
export function reportOf(overview: Overview, browser: string): string {
  const { title, version, node, started, store, memoryLimit, pads, now, day, lately, failedPlugins } =
    overview
  const most = (of: (look: Overview['now']) => number): number => Math.max(...day.map(of), of(now))
  return JSON.stringify(
    {
      made: new Date(now.time).toISOString(),
      title,
      version,
      node,
      runningSince: new Date(started).toISOString(),
      store,
      memoryLimit,
      pads,
      now,
      mostInADay: {
        people: most(({ people }) => people),
        openPads: most(({ openPads }) => openPads),
        edits: most(({ edits }) => edits),
        memory: most(({ memory }) => memory),
        late: most(({ late }) => late),
      },
      failedPlugins,
      onlyPolling: overview.onlyPolling,
      lately: lately.map(({ time, level, message }) => ({
        time: new Date(time).toISOString(),
        level,
        message,
      })),
      browser,
    },
    null,
    2,
  )
}

/** Gives it to the browser as a file. */
export function saveReport(overview: Overview): void {
  const url = URL.createObjectURL(
    new Blob([reportOf(overview, navigator.userAgent)], { type: 'application/json' }),
  )
  const day = new Date(overview.now.time).toISOString().slice(0, 10)
  const link = Object.assign(document.createElement('a'), { href: url, download: `inkpad-${day}.json` })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
