/** Files that take a while (SPEC-formats F36): each has an id by which it can be asked for, and goes when nobody does. */
import { randomBytes } from 'node:crypto'
import { AppError } from '../errors.ts'
import type { Stage, Watch } from './stage.ts'

export interface JobLimits {
  /** Ms a job is kept that nobody asks for. */
  forgotten: number
  /** Jobs at once. */
  most: number
  /** Bytes of files that wait to be fetched, all together; the oldest goes first. */
  bytes: number
}

export const JOB_LIMITS: JobLimits = { forgotten: 60_000, most: 100, bytes: 64_000_000 }

export interface Job<File> {
  readonly id: string
  /** How far it is. */
  readonly stage: Stage
  /** Since it began. */
  readonly seconds: number
  /** Waits for its end; false when that took longer. */
  ended(ms: number): Promise<boolean>
  /** The file. @throws what went wrong */
  file(): Promise<File>
}

export interface Jobs<File> {
  /** @throws AppError `busy` */
  begin(about: string, work: (watch: Watch) => Promise<File>): Job<File>
  /** Null for one that is not there, or about something else. */
  find(about: string, id: string): Job<File> | null
  /** Gives it up, or away; it is not there any longer. */
  end(job: Pick<Job<File>, 'id'>): void
}

interface Kept<File> extends Job<File> {
  about: string
  controller: AbortController
  timer: NodeJS.Timeout | undefined
  bytes: number
}

export function createJobs<File>(
  sizeOf: (file: File) => number,
  { forgotten, most, bytes: room }: JobLimits = JOB_LIMITS,
): Jobs<File> {
  const jobs = new Map<string, Kept<File>>()

  function end({ id }: { id: string }): void {
    const job = jobs.get(id)
    if (!job) return
    clearTimeout(job.timer)
    jobs.delete(id)
    job.controller.abort()
  }

  function touch(job: Kept<File>): void {
    clearTimeout(job.timer)
    job.timer = setTimeout(() => end(job), forgotten)
    job.timer.unref()
  }

  /** The newest stays, whatever it weighs: somebody waits for it. */
  function makeRoom(newest: Kept<File>): void {
    let all = 0
    for (const one of jobs.values()) all += one.bytes
    for (const one of jobs.values()) {
      if (all <= room) return
      if (one === newest || one.bytes === 0) continue
      all -= one.bytes
      end(one)
    }
  }

  async function weigh(job: Kept<File>, made: Promise<File>): Promise<void> {
    try {
      job.bytes = sizeOf(await made)
      if (jobs.has(job.id)) makeRoom(job)
    } catch {
      // Whoever asks for it hears of it.
    }
  }

  return {
    begin(about, work) {
      if (jobs.size >= most)
        throw new AppError('busy', 'Many files are being made right now; please try again in a moment.')
      const controller = new AbortController()
      const began = Date.now()
      let stage: Stage = { name: 'reading' }
      const made = work({ signal: controller.signal, stage: (one) => (stage = one) })
      const job: Kept<File> = {
        id: randomBytes(16).toString('base64url'),
        about,
        controller,
        timer: undefined,
        bytes: 0,
        get stage() {
          return stage
        },
        get seconds() {
          return Math.floor((Date.now() - began) / 1000)
        },
        ended: (ms) => within(made, ms),
        file: () => made,
      }
      jobs.set(job.id, job)
      touch(job)
      void weigh(job, made)
      return job
    },
    find(about, id) {
      const job = jobs.get(id)
      if (job?.about !== about) return null
      touch(job)
      return job
    },
    end,
  }
}

async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), ms)))
  const ended = async (): Promise<true> => {
    await Promise.allSettled([work])
    return true
  }
  try {
    return await Promise.race([ended(), over])
  } finally {
    clearTimeout(timer)
  }
}
