/** Threads that do one job at a time: begun when there is one, ended when there was none for a while (SPEC-formats F14). */
import type { TransferListItem, Worker } from 'node:worker_threads'

/** A thread that did not answer: it took too long or too much memory, or ended. */
export class ThreadTrouble extends Error {
  readonly why: 'slow' | 'ended'
  constructor(why: 'slow' | 'ended', message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ThreadTrouble'
    this.why = why
  }
}

/** A thread during one job. */
export interface Talk {
  /** Says one thing and hears one answer. @throws ThreadTrouble */
  ask<Answer>(message: unknown, transfer?: readonly TransferListItem[]): Promise<Answer>
}

export interface Threads {
  /** Runs a job on a thread of its own; callers see to it that not too many run at once. The signal ends thread and job. */
  run<T>(job: (talk: Talk) => Promise<T>, signal?: AbortSignal): Promise<T>
  /** Ends all threads. */
  close(): Promise<void>
}

export interface ThreadLimits {
  /** Ms for one answer. */
  patience: number
  /** Ms a thread without a job is kept. */
  idle: number
}

interface Seat {
  worker: Worker
  leave: NodeJS.Timeout | null
}

export function createThreads(start: () => Worker, { patience, idle }: ThreadLimits): Threads {
  const free: Seat[] = []
  const all = new Set<Worker>()

  function take(): Seat {
    const seat = free.pop()
    if (seat) {
      if (seat.leave) clearTimeout(seat.leave)
      return { worker: seat.worker, leave: null }
    }
    const worker = start()
    worker.unref()
    all.add(worker)
    worker.once('exit', () => {
      all.delete(worker)
      const at = free.findIndex((one) => one.worker === worker)
      if (at >= 0) free.splice(at, 1)
    })
    // Who waits hears of it; a thread that nobody waits for is only gone.
    worker.on('error', () => {})
    return { worker, leave: null }
  }

  function give(seat: Seat): void {
    seat.leave = setTimeout(() => void seat.worker.terminate(), idle)
    seat.leave.unref()
    free.push(seat)
  }

  function ask(worker: Worker, message: unknown, transfer: readonly TransferListItem[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => end(() => reject(new ThreadTrouble('slow', 'a thread took too long'))),
        patience,
      )
      const end = (settle: () => void): void => {
        clearTimeout(timer)
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
        settle()
      }
      const onMessage = (answer: unknown): void => end(() => resolve(answer))
      const onError = (error: Error): void =>
        end(() => reject(new ThreadTrouble('ended', 'a thread failed', { cause: error })))
      const onExit = (): void => end(() => reject(new ThreadTrouble('ended', 'a thread ended')))
      worker.on('message', onMessage).on('error', onError).on('exit', onExit)
      worker.postMessage(message, transfer)
    })
  }

  return {
    async run(job, signal) {
      signal?.throwIfAborted()
      const seat = take()
      const onAbort = (): void => void seat.worker.terminate()
      signal?.addEventListener('abort', onAbort)
      try {
        const result = await job({
          ask: async <Answer>(message: unknown, transfer: readonly TransferListItem[] = []) => {
            signal?.throwIfAborted()
            return (await ask(seat.worker, message, transfer)) as Answer
          },
        })
        signal?.throwIfAborted()
        give(seat)
        return result
      } catch (error) {
        // Whatever it is in the middle of: it is not used again.
        void seat.worker.terminate()
        throw error
      } finally {
        signal?.removeEventListener('abort', onAbort)
      }
    },
    async close() {
      await Promise.all([...all].map((worker) => worker.terminate()))
    },
  }
}
