/** How a request gets its file: at once, or, where that takes long, by asking again (SPEC-formats F36). */
import type { Request, Response } from 'express'
import { AppError } from '../errors.ts'
import { createJobs, JOB_LIMITS } from '../formats/jobs.ts'
import type { Job, JobLimits } from '../formats/jobs.ts'
import type { Watch } from '../formats/stage.ts'

export interface AnswerLimits extends JobLimits {
  /** Ms until who asks for a job hears how far it is. */
  hold: number
  /** Ms until who asks for a file is told to come back: sooner than proxies lose patience. */
  patience: number
  /** Seconds until then. */
  retry: number
}

export const ANSWER_LIMITS: AnswerLimits = { ...JOB_LIMITS, hold: 1500, patience: 25_000, retry: 5 }

/** What is asked for: the same for those that may share a job. */
export interface Asked {
  about: string
  request: Request
  response: Response
}

export interface FileJobs<File> {
  /** The file; null when something else was answered: how far the job is. @throws AppError */
  serve(asked: Asked, work: (watch: Watch) => Promise<File>): Promise<File | null>
  /** Gives up the job that a request names. */
  cancel(asked: Pick<Asked, 'about' | 'request'>): void
}

/** Whether a request asks for a job that is there already; it is no further file. */
export function asksAgain({ query }: Pick<Request, 'query'>): boolean {
  return typeof query['job'] === 'string' && query['job'] !== 'new'
}

export function createFileJobs<File>(
  sizeOf: (file: File) => number,
  limits: AnswerLimits = ANSWER_LIMITS,
): FileJobs<File> {
  const { hold, patience, retry } = limits
  const jobs = createJobs(sizeOf, limits)
  /** Jobs whose askers were told to come back. */
  const late = new Map<string, string>()

  const named = ({ about, request }: Pick<Asked, 'about' | 'request'>): Job<File> | null =>
    jobs.find(about, String(request.query['job']))

  /** The file, and the job is done with. */
  async function taken(job: Job<File>): Promise<File> {
    try {
      return await job.file()
    } finally {
      jobs.end(job)
    }
  }

  async function atOnce({ about, response }: Asked, work: (watch: Watch) => Promise<File>): Promise<File> {
    const known = late.get(about)
    late.delete(about)
    const job = (known === undefined ? null : jobs.find(about, known)) ?? jobs.begin(about, work)
    if (await job.ended(patience)) return taken(job)
    if (late.size >= limits.most) late.clear()
    late.set(about, job.id)
    response.set('Retry-After', String(retry))
    throw new AppError('busy', 'This file takes a while; please ask again in a moment.')
  }

  return {
    async serve(asked, work) {
      const { about, request, response } = asked
      if (request.query['job'] === undefined) return atOnce(asked, work)
      const job = asksAgain(request) ? named(asked) : jobs.begin(about, work)
      if (job === null) throw new AppError('notFound', 'This file is not being made any longer.')
      if (await job.ended(hold)) return taken(job)
      const { name, ...more } = job.stage
      response
        .status(202)
        .set({ 'Cache-Control': 'no-store' })
        .json({ job: job.id, stage: name, ...more, seconds: job.seconds })
      return null
    },
    cancel(asked) {
      const job = named(asked)
      if (job) jobs.end(job)
    },
  }
}
