import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { createExporter, fileThreads } from '../../../server/formats/exporter.ts'
import { createQueue } from '../../../server/formats/queue.ts'
import type { PadReader } from '../../../server/formats/source.ts'
import { NO_OPTIONS } from '../../../server/formats/types.ts'
import { createRate } from '../../../server/http/export-rate.ts'
import { attachment } from '../../../server/http/file-name.ts'
import { NO_PAD_SETTINGS } from '../../../shared/settings.ts'
import { coreFormats } from '../../../shared/text/formats.ts'
import { ask, BROWSER, cookieOf } from '../../support/ask.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const AUTHOR = 'a.aaaaaaaaaaaaaaaa'
let web: Web
beforeAll(async () => {
  web = await startWeb({ trustProxy: true, importExportRateLimiting: { windowMs: 60_000, max: 3 } })
  await web.write('notes', 'first\n')
  await append('notes', [' second', ' third'], 1000)
})
afterAll(() => web.close())

/** Further revisions, a second apart, each with words before the last newline. */
async function append(pad: string, words: readonly string[], from: number): Promise<void> {
  const stored = await web.store.load(`p/${pad}`)
  if (stored === null) throw new Error('no pad')
  const doc = new Y.Doc()
  if (stored.snapshot) Y.applyUpdate(doc, stored.snapshot.bytes)
  for (const row of stored.tail) Y.applyUpdate(doc, row.bytes)
  let seq = stored.head
  for (const word of words) {
    const before = Y.encodeStateVector(doc)
    doc.getText('text').insert(doc.getText('text').length - 1, word)
    seq += 1
    const row = { document: stored.id, seq, author: AUTHOR, time: from + seq * 1000 }
    await web.store.append([{ ...row, bytes: Y.encodeStateAsUpdate(doc, before), clients: [doc.clientID] }])
  }
}

const get = (path: string, headers: Record<string, string> = {}) => ask(web.port, path, { headers })

describe('addresses', () => {
  test.each([
    ['txt', 'text/plain; charset=utf-8', 'notes.txt', 'first second third\n'],
    ['html', 'text/html; charset=utf-8', 'notes.html', '<p>first second third</p>'],
    ['md', 'text/markdown; charset=utf-8', 'notes.md', 'first second third\n'],
    ['markdown', 'text/markdown; charset=utf-8', 'notes.md', 'first second third\n'],
    ['json', 'application/json; charset=utf-8', 'notes.json', '"insert":" second third"'],
    ['etherpad', 'application/json; charset=utf-8', 'notes.etherpad', '"text":"first second third\\n"'],
  ])(
    'F30, F31: export/%s gives the newest text, as a file, to any site, to be run by nobody',
    async (...row) => {
      const [type, mime, name, text] = row
      const answer = await get(`/p/notes/export/${type}`)
      expect(answer.status).toBe(200)
      expect(answer.text).toContain(text)
      expect(answer.headers).toMatchObject({
        'content-type': mime,
        'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${name}`,
        'access-control-allow-origin': '*',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none';.*; sandbox$/)
    },
  )

  test.each([
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'PK'],
    ['odt', 'application/vnd.oasis.opendocument.text', 'PK'],
    ['epub', 'application/epub+zip', 'PK'],
    ['pdf', 'application/pdf', '%PDF-1.7'],
  ])('F30, F31: export/%s gives a document, with what is chosen', async (type, mime, begins) => {
    const answer = await get(`/p/notes/export/${type}?toc=1&cover=1&paper=letter&authors=1&lineNumbers=1`)
    expect(answer.status).toBe(200)
    expect(answer.text.startsWith(begins)).toBe(true)
    expect(answer.headers).toMatchObject({
      'content-type': mime,
      'content-disposition': `attachment; filename="notes.${type}"; filename*=UTF-8''notes.${type}`,
      'x-content-type-options': 'nosniff',
    })
  })

  test('F28: an etherpad file has the revisions up to the one asked for', async () => {
    const of = async (path: string): Promise<string[]> => {
      const records = JSON.parse((await get(path)).text) as Record<string, { changeset?: string }>
      return Object.values(records).flatMap(({ changeset }) => changeset ?? [])
    }
    expect(await of('/p/notes/2/export/etherpad')).toEqual(['Z:1>5*0+5$first', 'Z:6>7=5*1+7$ second'])
    expect(await of('/p/notes/export/etherpad')).toEqual(['Z:1>5*0+5$first', 'Z:6>d=5*1+d$ second third'])
  })

  test('F30: a revision gives the text as it was then', async () => {
    expect((await get('/p/notes/1/export/txt')).text).toBe('first\n')
    const second = await get('/p/notes/2/export/txt')
    expect(second.text).toBe('first second\n')
    expect(second.headers['content-disposition']).toContain('filename="notes-2.txt"')
  })

  test('F4: old revisions come from snapshots and the rows behind them', async () => {
    await web.write('long', '.\n')
    await append(
      'long',
      Array.from({ length: 30 }, (_, at) => `${at},`),
      0,
    )
    const stored = await web.store.load('p/long')
    const doc = new Y.Doc()
    for (const row of stored?.tail ?? []) if (row.seq <= 20) Y.applyUpdate(doc, row.bytes)
    await web.store.saveSnapshot(stored?.id ?? 0, 20, Y.encodeStateAsUpdate(doc), 0)
    for (const row of stored?.tail ?? []) if (row.seq > 20) Y.applyUpdate(doc, row.bytes)
    await web.store.saveSnapshot(stored?.id ?? 0, 31, Y.encodeStateAsUpdate(doc), 0)
    const words = (to: number) => `.${Array.from({ length: to - 1 }, (_, at) => `${at},`).join('')}\n`
    for (const revision of [1, 19, 20, 21, 30, 31])
      expect((await get(`/p/long/${revision}/export/txt`)).text).toBe(words(revision))
  })

  test('F6: an old revision tells nothing that was said later', async () => {
    const line = { author: AUTHOR, name: 'Mira', key: 'k' }
    await web.store.addChat('p/notes', { ...line, text: 'early words', time: 2500, key: 'k1' })
    await web.store.addChat('p/notes', { ...line, text: 'late words', time: Date.now() + 5000, key: 'k2' })
    const newest = (await get('/p/notes/export/json')).text
    expect(newest).toContain('early words')
    expect(newest).toContain('late words')
    const old = (await get('/p/notes/2/export/json')).text
    expect(old).toContain('early words')
    expect(old).not.toContain('late words')
    expect(old).not.toContain(' third')
  })

  test('F5: whose client wrote is the author', async () => {
    expect((await get('/p/notes/export/json')).text).toContain(
      `{"attributes":{"author":"${AUTHOR}"},"insert":" second third"}`,
    )
  })

  test.each([
    ['/p/nobody-wrote/export/txt', 404],
    ['/p/notes/0/export/txt', 404],
    ['/p/notes/99/export/txt', 404],
    ['/p/notes/x/export/txt', 400],
    ['/p/notes/-1/export/txt', 400],
    ['/p/notes/export/rtf', 501],
    ['/p/notes/export/exe', 501],
    ['/p/notes/export/', 404],
    ['/p/g.abcdefghijklmnop$secret/export/txt', 403],
    [`/p/r.${'0'.repeat(32)}/export/txt`, 404],
    ['/p/a$b/export/txt', 400],
  ])('F30, F32: %s is answered with %i and words', async (path, status) => {
    const answer = await get(path, BROWSER)
    expect(answer.status).toBe(status)
    expect(answer.text).toContain('<h1>')
    expect(answer.headers['content-disposition']).toBeUndefined()
    expect(await web.store.find('p/nobody-wrote')).toBeNull()
  })

  test('F32: a type that is not made says what there is, in the language asked for', async () => {
    expect((await get('/p/notes/export/exe', BROWSER)).text).toContain('There are docx, odt')
    const german = await get('/p/notes/export/exe?lang=de', BROWSER)
    expect(german.text).toContain('Es gibt docx, odt')
    for (const type of ['doc', 'rtf'])
      expect((await get(`/p/notes/export/${type}`, BROWSER)).text).toContain('Please take docx')
  })

  test('F32: a type that is not made is noted with why, as no error and without a stack', async () => {
    const from = web.lines.length
    await get('/p/notes/export/exe', BROWSER)
    const lines = web.lines.slice(from).filter((line) => line.includes('a file could not be made'))
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ level: 'info', why: expect.stringContaining('There are docx, odt') }),
    ])
    expect(web.lines.slice(from).join('')).not.toMatch(/"level":"error"|\n {4}at /)
  })

  test('F36: step by step it is the same file, under the same rules; asking again is no further file', async () => {
    let answer = await get('/p/notes/export/docx?toc=1&job=new')
    while (answer.status === 202) {
      const { job, stage } = JSON.parse(answer.text) as { job: string; stage: string }
      expect(['waiting', 'reading', 'drawing', 'writing']).toContain(stage)
      answer = await get(`/p/notes/export/docx?toc=1&job=${job}`)
    }
    expect([answer.status, answer.text.slice(0, 2)]).toEqual([200, 'PK'])
    expect(answer.headers['content-disposition']).toContain('notes.docx')
    const of = { 'x-forwarded-for': '203.0.113.77' }
    for (let time = 0; time < 5; time += 1)
      expect((await get('/p/notes/export/docx?job=nothing', of)).status).toBe(404)
    expect((await get('/p/g.abcdefghijklmnop$secret/export/txt?job=nothing')).status).toBe(403)
    const cancel = (path: string) => ask(web.port, path, { method: 'DELETE' })
    expect((await cancel('/p/notes/export/docx?job=nothing')).status).toBe(204)
    expect((await cancel('/p/g.abcdefghijklmnop$secret/export/txt?job=nothing')).status).toBe(403)
  })

  test('F30: other spellings of a name lead to it, relative to the address', async () => {
    expect((await get('/p/a%20b/export/txt?x=1')).headers.location).toBe('../../a_b/export/txt?x=1')
    expect((await get('/p/a%20b/7/export/md')).headers.location).toBe('../../../a_b/7/export/md')
  })
})

describe('who may', () => {
  test('F34: a reader gets the text, and nothing that names the pad', async () => {
    await web.write('hidden-name', 'readable\n')
    const id = await web.store.readOnlyId('hidden-name', () => `r.${'1'.repeat(32)}`)
    for (const type of ['txt', 'html', 'md', 'json', 'etherpad']) {
      const answer = await get(`/p/${id}/export/${type}`)
      expect(answer.text).toContain('readable')
      expect(answer.text + JSON.stringify(answer.headers)).not.toContain('hidden-name')
    }
  })

  test('F34: asking for a file makes nobody a guest', async () => {
    expect(cookieOf(await get('/p/notes/export/txt', BROWSER))).toBeNull()
  })
})

describe('limits', () => {
  test('F33: an address gets so many files in a time, then 429 and when to come back', async () => {
    const from = (address: string) => get('/p/notes/export/txt', { 'x-forwarded-for': address })
    for (let time = 0; time < 3; time += 1) expect((await from('203.0.113.5')).status).toBe(200)
    const refused = await from('203.0.113.5')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50)
    expect((await from('203.0.113.6')).status).toBe(200)
  })

  test('F33: the count begins anew when the time is over; 0 is no limit; nobody in particular is not counted', () => {
    let now = 0
    const rate = createRate({ windowMs: 1000, max: 2 }, () => now)
    expect([rate.take('a'), rate.take('a'), rate.take('a')]).toEqual([0, 0, 1000])
    now = 400
    expect(rate.take('a')).toBe(600)
    now = 1000
    expect(rate.take('a')).toBe(0)
    const none = createRate({ windowMs: 1000, max: 0 })
    expect([none.take('a'), none.take('a')]).toEqual([0, 0])
    expect([rate.take(null), rate.take(null), rate.take(null)]).toEqual([0, 0, 0])
  })

  test('F12: two at once, a few wait, the rest are told to come back', async () => {
    const queue = createQueue({ atOnce: 2, waiting: 1, patience: 10_000 })
    const ends: (() => void)[] = []
    const job = () => queue.run(() => new Promise<void>((end) => ends.push(end)))
    const jobs = [job(), job(), job()]
    await expect(job()).rejects.toMatchObject({ code: 'busy', status: 503 })
    expect(ends).toHaveLength(2)
    ends[0]?.()
    await jobs[0]
    await new Promise((resolve) => setImmediate(resolve))
    expect(ends).toHaveLength(3)
    ends.forEach((end) => end())
    await Promise.all(jobs)
    await queue.run(async () => {})
  })

  test('F12: nobody waits longer than is promised', async () => {
    const queue = createQueue({ atOnce: 1, waiting: 5, patience: 1 })
    let end = (): void => {}
    const first = queue.run(() => new Promise<void>((done) => (end = done)))
    await expect(queue.run(async () => {})).rejects.toMatchObject({ code: 'busy' })
    end()
    await first
    await queue.run(async () => {})
  })
})

describe('kept files', () => {
  const threads = fileThreads()
  afterAll(() => threads.close())

  function counted(): { reader: PadReader; reads: () => number; grow: () => void } {
    let reads = 0
    let revision = 1
    const reader: PadReader = {
      head: async () => ({ revision, id: '1 g' }),
      at: async (_pad, at) => {
        reads += 1
        const doc = new Y.Doc()
        doc.getText('text').insert(0, `text ${at}\n`)
        return { updates: [Y.encodeStateAsUpdate(doc)], clients: new Map(), created: 0, time: 0 }
      },
      past: async () => ({ base: [], time: 0, steps: [] }),
      chat: async () => [],
      people: async () => [],
      settings: async () => NO_PAD_SETTINGS,
    }
    return { reader, reads: () => reads, grow: () => (revision += 1) }
  }
  const wanted = (type: string, revision: number | null = null) => ({
    pad: 'x',
    shown: 'x',
    revision,
    lang: '',
    rtl: false,
    type,
    options: NO_OPTIONS,
  })

  test('F11: a file is made once for a revision, together for all who ask at once; what changes without one is not kept', async () => {
    const { reader, reads, grow } = counted()
    const exporter = createExporter({ reader, formats: () => coreFormats, threads })
    await Promise.all([exporter.make(wanted('txt')), exporter.make(wanted('txt'))])
    await exporter.make(wanted('txt', 1))
    expect(reads()).toBe(1)
    await exporter.make(wanted('md'))
    expect(reads()).toBe(2)
    grow()
    expect(Buffer.from(await exporter.make(wanted('txt'))).toString()).toBe('text 2\n')
    expect(reads()).toBe(3)
    await exporter.make(wanted('json'))
    await exporter.make(wanted('json'))
    expect(reads()).toBe(5)
  })

  test('F11: other formats in use make another file, and only so much is kept', async () => {
    const { reader, reads } = counted()
    let table = coreFormats
    const exporter = createExporter({ reader, formats: () => table, kept: 10, threads })
    await exporter.make(wanted('txt'))
    table = { ...coreFormats }
    await exporter.make(wanted('txt'))
    expect(reads()).toBe(2)
    await exporter.make(wanted('md'))
    await exporter.make(wanted('txt'))
    expect(reads()).toBe(4)
  })
})

describe('F35: names of files', () => {
  test.each([
    ['notes', `attachment; filename="notes.txt"; filename*=UTF-8''notes.txt`],
    ['Größe', `attachment; filename="Gr__e.txt"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.txt`],
    ['a"b;c', `attachment; filename="a_b;c.txt"; filename*=UTF-8''a_b%3Bc.txt`],
    ['../..\\x', `attachment; filename="_.._x.txt"; filename*=UTF-8''_.._x.txt`],
    [
      'fdp.\u202Etxt\r\nX: y',
      `attachment; filename="fdp._txt_X_ y.txt"; filename*=UTF-8''fdp._txt_X_%20y.txt`,
    ],
    ['...', `attachment; filename="pad.txt"; filename*=UTF-8''pad.txt`],
    ["it's (1)*", `attachment; filename="it's (1)_.txt"; filename*=UTF-8''it%27s%20%281%29_.txt`],
  ])('%j', (name, header) => {
    expect(attachment(name, 'txt')).toBe(header)
  })
})
