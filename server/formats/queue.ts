/** A few jobs at once, a few more waiting, the rest told to come back (SPEC-formats F12). */
import { AppError } from '../errors.ts'

export interface QueueLimits {
  atOnce: number
  waiting: number
  /** Ms a job waits at most. */
  patience: number
}

export interface Queue {
  /** Runs a job when it is its turn. @throws AppError `busy` */
  run<T>(job: () => Promise<T>): Promise<T>
}

export function createQueue({ atOnce, waiting, patience }: QueueLimits): Queue {
  let running = 0
  const line: (() => void)[] = []

  function turn(): Promise<void> {
    if (running < atOnce) {
      running += 1
      return Promise.resolve()
    }
    const busy = (): AppError =>
      new AppError('busy', 'Many files are being made right now; please try again in a moment.')
    if (line.length >= waiting) return Promise.reject(busy())
    return new Promise((resolve, reject) => {
      const go = (): void => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        line.splice(line.indexOf(go), 1)
        reject(busy())
      }, patience)
      line.push(go)
    })
  }

  return {
    async run(job) {
      await turn()
      try {
        return await job()
      } finally {
        const next = line.shift()
        if (next) next()
        else running -= 1
      }
    },
  }
}
