/** A few jobs at once, a few more waiting, the rest told to come back (SPEC-formats F12). */
import { AppError } from '../errors.ts'

export interface QueueLimits {
  atOnce: number
  waiting: number
  /** Ms a job waits at most. */
  patience: number
}

/** Who waits for a turn. */
export interface Waiting {
  /** Leaves the line. */
  signal?: AbortSignal
  /** Hears the place in the line, from 1, now and whenever it changes. */
  place?: (place: number) => void
}

export interface Queue {
  /** Runs a job when it is its turn. @throws AppError `busy`; the signal's reason */
  run<T>(job: () => Promise<T>, waiting?: Waiting): Promise<T>
}

interface Turn {
  go: () => void
  place: ((place: number) => void) | undefined
}

export function createQueue({ atOnce, waiting, patience }: QueueLimits): Queue {
  let running = 0
  const line: Turn[] = []

  function tell(): void {
    for (const [at, { place }] of line.entries()) place?.(at + 1)
  }

  function turn({ signal, place }: Waiting): Promise<void> {
    signal?.throwIfAborted()
    if (running < atOnce) {
      running += 1
      return Promise.resolve()
    }
    const busy = (): AppError =>
      new AppError('busy', 'Many files are being made right now; please try again in a moment.')
    if (line.length >= waiting) return Promise.reject(busy())
    return new Promise((resolve, reject) => {
      const leave = (why: unknown): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
        line.splice(line.indexOf(own), 1)
        tell()
        reject(why)
      }
      const own: Turn = {
        place,
        go() {
          clearTimeout(timer)
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      const onAbort = (): void => leave(signal?.reason)
      const timer = setTimeout(() => leave(busy()), patience)
      signal?.addEventListener('abort', onAbort)
      line.push(own)
      place?.(line.length)
    })
  }

  return {
    async run(job, who = {}) {
      await turn(who)
      try {
        return await job()
      } finally {
        const next = line.shift()
        if (next) {
          next.go()
          tell()
        } else running -= 1
      }
    },
  }
}
