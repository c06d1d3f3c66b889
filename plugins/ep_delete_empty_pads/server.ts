/**
 * Goes through all pads, some a minute, so that those of years before the plugin are found too; and looks at those that
 * somebody just left when their time has come. Only pads that are as they were made go, never one that is open.
 */
import type { ServerContext } from '../../shared/plugin.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

const MINUTE = 60_000
/** Pads looked at in one go: of the long round, and of those somebody left. */
const SOME = 200
/** Pads remembered that somebody left. */
const MOST = 10_000

export interface Sweeper {
  /** Looks at once; gives the pads that were deleted. */
  sweep(): Promise<readonly string[]>
}

export function server(context: ServerContext<Fields>): void {
  const sweeper = sweeperOf(context)
  context.every(MINUTE, async () => {
    await sweeper.sweep()
  })
}

/** `now` gives ms since 1970. */
export function sweeperOf(
  context: Pick<ServerContext<Fields>, 'settings' | 'on' | 'pads' | 'log'>,
  now: () => number = Date.now,
): Sweeper {
  const { pads, log } = context
  const left = new Map<string, number>()
  /** Who left before this is not known; they may have left just now. */
  const started = now()
  let after = ''

  const remember = (pad: string): void => {
    left.delete(pad)
    left.set(pad, now())
    for (const [oldest] of left) {
      if (left.size <= MOST) break
      left.delete(oldest)
    }
  }
  context.on('leave', ({ pad }) => remember(pad))

  async function mayGo(pad: string, wait: number): Promise<boolean> {
    if (pads.here(pad) > 0 || now() - (left.get(pad) ?? started) < wait) return false
    const changed = await pads.changed(pad)
    return changed !== null && now() - changed >= wait && (await pads.untouched(pad))
  }

  return {
    async sweep() {
      const wait = context.settings().afterMinutes * MINUTE
      const gone: string[] = []
      if (wait <= 0) return gone
      const due = [...left].filter(([, time]) => now() - time >= wait).map(([pad]) => pad)
      due.splice(SOME)
      const next = await pads.list(after, SOME)
      after = next.length < SOME ? '' : (next.at(-1) ?? '')
      for (const pad of due) left.delete(pad)
      for (const pad of new Set([...due, ...next])) {
        // Asked again right before, so that nobody who comes meanwhile loses the pad under their hands.
        if ((await mayGo(pad, wait)) && pads.here(pad) === 0 && (await pads.remove(pad))) gone.push(pad)
      }
      if (gone.length > 0) log.info('empty pads were deleted', { count: gone.length })
      return gone
    },
  }
}
