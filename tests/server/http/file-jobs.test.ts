/** Files step by step (SPEC-formats F36). */
import { describe, expect, test } from '@jest/globals'
import express from 'express'
import type { AddressInfo } from 'node:net'
import { createQueue } from '../../../server/formats/queue.ts'
import { createJobs, JOB_LIMITS } from '../../../server/formats/jobs.ts'
import type { Watch } from '../../../server/formats/stage.ts'
import { ANSWER_LIMITS, createFileJobs } from '../../../server/http/file-jobs.ts'
import type { AnswerLimits } from '../../../server/http/file-jobs.ts'
import { AppError } from '../../../server/errors.ts'
import { ask } from '../../support/ask.ts'

/** A file that is made when the test says so. */
function work() {
  let resolve: (file: string) => void = () => {}
  const promise = new Promise<string>((done) => (resolve = done))
  const watches: Watch[] = []
  return {
    resolve: (file: string) => resolve(file),
    watches,
    make: (watch: Watch) => {
      watches.push(watch)
      return promise
    },
  }
}

async function server(
  make: (watch: Watch) => Promise<string>,
  limits: Partial<AnswerLimits> = {},
): Promise<{ get: (path: string, method?: string) => ReturnType<typeof ask>; close: () => void }> {
  const app = express()
  const jobs = createFileJobs<string>((file) => file.length, { ...ANSWER_LIMITS, hold: 20, ...limits })
  app.get('/:name', async (request, response) => {
    const file = await jobs.serve({ about: request.params.name, request, response }, make)
    if (file !== null) response.send(file)
  })
  app.delete('/:name', (request, response) => {
    jobs.cancel({ about: request.params.name, request })
    response.status(204).end()
  })
  app.use(((error, _request, response, _next) => {
    response.status(error instanceof AppError ? error.status : 500).send(String(error))
  }) satisfies express.ErrorRequestHandler)
  const listening = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => listening.once('listening', resolve))
  const { port } = listening.address() as AddressInfo
  return {
    get: (path, method = 'GET') => ask(port, path, { method }),
    close: () => {
      listening.closeAllConnections()
      listening.close()
    },
  }
}

describe('F36', () => {
  test('who asks for a job hears how far it is, and gets the file once, when it is there', async () => {
    const { make, resolve, watches } = work()
    const { get, close } = await server(make)
    const first = await get('/a?job=new')
    expect(first.status).toBe(202)
    const { job, ...said } = JSON.parse(first.text) as { job: string; stage: string; seconds: number }
    expect(said).toEqual({ stage: 'reading', seconds: 0 })
    watches[0]?.stage?.({ name: 'waiting', place: 3 })
    expect(JSON.parse((await get(`/a?job=${job}`)).text)).toMatchObject({ job, stage: 'waiting', place: 3 })
    expect((await get(`/b?job=${job}`)).status).toBe(404)
    expect((await get('/a?job=nothing')).status).toBe(404)
    resolve('the file')
    expect((await get(`/a?job=${job}`)).text).toBe('the file')
    expect((await get(`/a?job=${job}`)).status).toBe(404)
    expect(watches).toHaveLength(1)
    close()
  })

  test('what is there in time is the first answer; what goes wrong is told', async () => {
    const quick = await server(async () => 'at once')
    expect((await quick.get('/a?job=new')).text).toBe('at once')
    expect((await quick.get('/a')).text).toBe('at once')
    quick.close()
    const failing = await server(async () => {
      throw new AppError('tooLarge', 'too much')
    })
    expect((await failing.get('/a?job=new')).status).toBe(413)
    expect((await failing.get('/a')).status).toBe(413)
    failing.close()
  })

  test('a job that is given up is ended', async () => {
    const { make, watches } = work()
    const { get, close } = await server(make)
    const { job } = JSON.parse((await get('/a?job=new')).text) as { job: string }
    expect((await get(`/b?job=${job}`, 'DELETE')).status).toBe(204)
    expect(watches[0]?.signal?.aborted).toBe(false)
    expect((await get(`/a?job=${job}`, 'DELETE')).status).toBe(204)
    expect(watches[0]?.signal?.aborted).toBe(true)
    expect((await get(`/a?job=${job}`)).status).toBe(404)
    close()
  })

  test('a plain request is told to come back before proxies lose patience, and then joins what is being made', async () => {
    const { make, resolve, watches } = work()
    const { get, close } = await server(make, { patience: 20, retry: 7 })
    const first = await get('/a')
    expect([first.status, first.headers['retry-after']]).toEqual([503, '7'])
    resolve('late')
    expect((await get('/a')).text).toBe('late')
    expect(watches).toHaveLength(1)
    close()
    expect(ANSWER_LIMITS.patience).toBeLessThan(30_000)
  })

  test('jobs that nobody asks for go; so do files beyond what there is room for, and there are so many at once', async () => {
    const jobs = createJobs<string>((file) => file.length, { ...JOB_LIMITS, most: 3, bytes: 10 })
    const one = jobs.begin('a', async () => '123456')
    await one.ended(1000)
    const two = jobs.begin('a', async () => '123456')
    await two.ended(1000)
    expect(jobs.find('a', one.id)).toBeNull()
    expect(jobs.find('a', two.id)).not.toBeNull()
    const { make, watches } = work()
    jobs.begin('a', make)
    jobs.begin('a', make)
    expect(() => jobs.begin('a', make)).toThrow('Many files')
    const short = createJobs<string>((file) => file.length, { ...JOB_LIMITS, forgotten: 10 })
    const forgotten = short.begin('a', make)
    await new Promise<void>((resolve) => watches.at(-1)?.signal?.addEventListener('abort', () => resolve()))
    expect(short.find('a', forgotten.id)).toBeNull()
  })
})

describe('F12: the line', () => {
  test('who waits hears their place, and may leave', async () => {
    const queue = createQueue({ atOnce: 1, waiting: 5, patience: 10_000 })
    const { make, resolve } = work()
    const first = queue.run(() => make({}))
    const places: number[][] = [[], [], []]
    const stop = new AbortController()
    const [second, third, fourth] = places.map((seen, at) =>
      queue.run(async () => `${at}`, {
        place: (place) => seen.push(place),
        ...(at === 1 ? { signal: stop.signal } : {}),
      }),
    )
    stop.abort(new Error('left'))
    await expect(third).rejects.toThrow('left')
    expect(places).toEqual([[1, 1], [2], [3, 2]])
    resolve('done')
    expect(await Promise.all([first, second, fourth])).toEqual(['done', '0', '2'])
  })
})
