/** @jest-environment jsdom */
import { expect, jest, test } from '@jest/globals'
import { exportAddress, fileNameIn, saveExport } from '../../../client/pad/export-file.ts'
import type { Progress } from '../../../client/pad/export-file.ts'

test("F30: the address stands beside the page's own, whatever the prefix", () => {
  expect(exportAddress('/p/notes', 'md')).toBe('./notes/export/md')
  expect(exportAddress('/office/p/a%20b', 'txt')).toBe('./a%20b/export/txt')
  expect(exportAddress(`/p/r.${'1'.repeat(32)}`, 'json')).toBe(`./r.${'1'.repeat(32)}/export/json`)
})

test('F13: what is chosen is in the address of kinds that know it', () => {
  const all = { letter: true, toc: true, cover: true, authors: true, lineNumbers: true }
  expect(exportAddress('/p/a', 'docx', all)).toBe(
    './a/export/docx?toc=1&cover=1&authors=1&lineNumbers=1&paper=letter',
  )
  expect(exportAddress('/p/a', 'epub', all)).toBe('./a/export/epub?toc=1&cover=1&authors=1')
  expect(exportAddress('/p/a', 'html', all)).toBe('./a/export/html?toc=1&cover=1&authors=1&lineNumbers=1')
  expect(exportAddress('/p/a', 'md', all)).toBe('./a/export/md')
  expect(exportAddress('/p/a', 'odt', { toc: false })).toBe('./a/export/odt')
  expect(exportAddress('/p/a', 'pdf', { language: 'pt-BR' })).toBe('./a/export/pdf?language=pt-BR')
  expect(exportAddress('/p/a', 'md', { language: 'de' })).toBe('./a/export/md')
})

test('F35: the file has the name the server gave it', () => {
  expect(fileNameIn(`attachment; filename="Gr__e.md"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.md`)).toBe('Größe.md')
  expect(fileNameIn('attachment; filename="a.md"')).toBeNull()
  expect(fileNameIn("attachment; filename*=UTF-8''%ff")).toBeNull()
  expect(fileNameIn(null)).toBeNull()
})

test.each([
  [429, 'tooFast'],
  [503, 'busy'],
  [501, 'failed'],
  [500, 'failed'],
])('F33: an answer of %i is told as %s', async (status, outcome) => {
  const fetcher = jest.fn(async () => ({ ok: false, status }) as unknown as Response)
  expect(await saveExport('md', {}, { fetcher: fetcher as unknown as typeof fetch })).toBe(outcome)
})

test('F33: no network is told, too', async () => {
  const fetcher = async (): Promise<Response> => {
    throw new TypeError('no network')
  }
  expect(await saveExport('md', {}, { fetcher })).toBe('failed')
})

const answer = (status: number, body: unknown = {}): Response =>
  ({ ok: status === 200, status, json: async () => body, headers: new Headers() }) as Response

test('F36: a file that takes long is asked for again, and says how far it is', async () => {
  const answers = [
    answer(202, { job: 'j1', stage: 'waiting', place: 2, seconds: 1 }),
    answer(202, { job: 'j1', stage: 'pages', seconds: 4 }),
    answer(429),
  ]
  const asked: string[] = []
  const seen: Progress[] = []
  const fetcher = (async (address: string) => {
    asked.push(address)
    return answers.shift() ?? answer(500)
  }) as unknown as typeof fetch
  const outcome = await saveExport('pdf', { toc: true }, { fetcher, progress: (one) => seen.push(one) })
  expect(outcome).toBe('tooFast')
  expect(asked.map((address) => address.replace(/^.*export/, ''))).toEqual([
    '/pdf?toc=1&job=new',
    '/pdf?toc=1&job=j1',
    '/pdf?toc=1&job=j1',
  ])
  expect(seen).toMatchObject([
    { stage: 'waiting', place: 2, seconds: 1 },
    { stage: 'pages', place: 0, seconds: 4 },
  ])
})

test('F36: where another server answers, which knows nothing of the job, the file is asked for at once', async () => {
  const answers = [answer(202, { job: 'j1', stage: 'writing', seconds: 1 }), answer(404), answer(503)]
  const asked: string[] = []
  const fetcher = (async (address: string) => {
    asked.push(address.replace(/^.*export/, ''))
    return answers.shift() ?? answer(500)
  }) as unknown as typeof fetch
  expect(await saveExport('txt', {}, { fetcher })).toBe('busy')
  expect(asked).toEqual(['/txt?job=new', '/txt?job=j1', '/txt'])
})

test('F36: a file that is given up is ended on the server; what answers nonsense has failed', async () => {
  const stop = new AbortController()
  const asked: (string | undefined)[] = []
  const fetcher = (async (_address: string, init?: RequestInit) => {
    asked.push(init?.method)
    return answer(202, { job: 'j1', stage: 'writing', seconds: 2 })
  }) as unknown as typeof fetch
  const following = { fetcher, signal: stop.signal, progress: () => stop.abort() }
  expect(await saveExport('pdf', {}, following)).toBe('stopped')
  expect(asked).toEqual([undefined, 'DELETE'])
  const odd = (async () => answer(202, { job: 7, stage: 'x' })) as unknown as typeof fetch
  expect(await saveExport('pdf', {}, { fetcher: odd })).toBe('failed')
})
