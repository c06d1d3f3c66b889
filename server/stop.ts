/** Going down in order, within ten seconds, whatever hangs (rule T11). */
import type { Log } from './log.ts'

/** Ms a whole stop may take, and one step of it. */
const DEADLINE = 10_000
const STEP = 7000
/** Ms in which signals are one: Ctrl+C reaches us from the terminal and again from what started us. */
const ONE_PRESS = 300

export interface Stopper {
  readonly stopping: boolean
  /** Adds a step; steps run one after the other in the order they were added. */
  onStop(what: string, step: () => Promise<void>): void
  /**
   * From now on SIGTERM and SIGINT stop the process, a second signal at once; errors nobody caught are logged. `blame`
   * says whether somebody else answers for an error, so that we run on.
   */
  listen(blame?: (error: unknown) => boolean): void
}

/** Creates the stopper of a process. `dump`: say what was still open when it takes too long. */
export function createStopper(log: Log, dump = false): Stopper {
  const steps: { what: string; step: () => Promise<void> }[] = []
  let stopping = false
  let began = 0

  async function stop(reason: string, code: number): Promise<void> {
    if (stopping) {
      if (performance.now() - began < ONE_PRESS) return
      log.warn('stopped at once', { reason })
      process.exit(code === 0 ? 1 : code)
    }
    stopping = true
    began = performance.now()
    log.info('stopping', { reason })
    setTimeout(() => {
      const open = dump ? { open: process.getActiveResourcesInfo() } : {}
      log.error('stopping took too long; what is unfinished is left', open)
      process.exit(1)
    }, DEADLINE).unref()
    for (const { what, step } of steps) {
      try {
        await within(step(), STEP)
      } catch (error) {
        log.error(`while stopping: ${what}`, { error: error instanceof Error ? error.message : 'unknown' })
      }
    }
    log.info('stopped')
    process.exit(code)
  }

  return {
    get stopping() {
      return stopping
    },
    onStop: (what, step) => void steps.push({ what, step }),
    listen(blame = () => false) {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal, 0))
      process.on('uncaughtException', (error) => {
        log.error('an error nobody caught', { error: error.stack ?? error.message })
        if (blame(error)) return
        // The state of the process is unknown; what runs us starts it again.
        if (!stopping) void stop('uncaught error', 1)
      })
      process.on('unhandledRejection', (reason) => {
        log.error('a promise nobody waited for failed', {
          error: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
        })
        blame(reason)
      })
    },
  }
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${ms} ms`)), ms)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
