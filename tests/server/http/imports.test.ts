import { request } from 'node:http'
import type { ClientRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ask, BROWSER, cookieOf } from '../../support/ask.ts'
import type { Answer } from '../../support/ask.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'
import { docxOf } from '../formats/read/archives.ts'

let web: Web
beforeAll(async () => {
  web = await startWeb({ importMaxFileSize: 200_000, importExportRateLimiting: { windowMs: 60_000, max: 0 } })
})
afterAll(() => web.close())

interface Told {
  code: number
  message: string
  data: { directDatabaseAccess: boolean; reason?: string; kind?: string; content?: { insert: unknown }[] }
}

/** Sends a form with a file, as a browser does. */
async function send(
  pad: string,
  name: string,
  content: string | Buffer,
  options: { query?: string; headers?: Record<string, string>; field?: string } = {},
): Promise<{ answer: Answer; told: Told }> {
  const form = new FormData()
  form.set(options.field ?? 'file', new File([new Uint8Array(Buffer.from(content))], name))
  const whole = new Request('http://localhost/', { method: 'POST', body: form })
  const body = Buffer.from(await whole.arrayBuffer())
  const answer = await ask(web.port, `/p/${pad}/import${options.query ?? ''}`, {
    method: 'POST',
    headers: { 'content-type': whole.headers.get('content-type') ?? '', ...options.headers },
    body,
  })
  const told = answer.headers['content-type']?.includes('json') === true ? JSON.parse(answer.text) : {}
  return { answer, told: told as Told }
}

const text = async (pad: string): Promise<string> => (await ask(web.port, `/p/${pad}/export/txt`)).text
const json = async (pad: string): Promise<string> => (await ask(web.port, `/p/${pad}/export/json`)).text
/** A browser that has been here. */
async function guest(): Promise<Record<string, string>> {
  return { cookie: cookieOf(await ask(web.port, '/p/somewhere', { headers: BROWSER }))?.pair ?? '' }
}

describe('importing', () => {
  test("F72: a file takes the place of the text, with Etherpad's answer, as one revision by the person", async () => {
    await web.write('notes', 'old words\n')
    const headers = await guest()
    const { answer, told } = await send('notes', 'a.md', '# New\n\n- one\n- two\n', { headers })
    expect(answer.status).toBe(200)
    expect(told).toMatchObject({ code: 0, message: 'ok', data: { directDatabaseAccess: false, kind: 'md' } })
    expect(await text('notes')).toBe('New\n\t* one\n\t* two\n')
    expect((await web.store.find('p/notes'))?.head).toBe(2)
    const [, author] =
      /"attributes":\{"author":"(a\.\w{16})"\},"insert":"New"/.exec(await json('notes')) ?? []
    expect(author).not.toBeUndefined()
    expect(author).not.toBe('a.inkpad0000server')
  })

  test('F72: append puts it at the end; a pad that is not there is made', async () => {
    expect((await send('fresh', 'a.txt', 'first')).told.code).toBe(0)
    expect((await send('fresh', 'b.txt', 'second\n', { query: '?mode=append' })).told.code).toBe(0)
    expect(await text('fresh')).toBe('first\nsecond\n')
  })

  test('F73: read only looks: what was understood comes back and nothing changes', async () => {
    await web.write('looked', 'stays\n')
    const { told } = await send('looked', 'a.html', '<h1>Title</h1><p>Words <b>bold</b></p>', {
      query: '?mode=read',
    })
    expect(told.data).toMatchObject({
      kind: 'html',
      seen: { lines: 2, words: 3, headings: 1, items: 0, links: 0, beginning: ['Title', 'Words bold'] },
      content: [
        { insert: 'Title' },
        { insert: '\n', attributes: { header: 1 } },
        { insert: 'Words ' },
        { insert: 'bold', attributes: { bold: true } },
        { insert: '\n' },
      ],
    })
    expect(await text('looked')).toBe('stays\n')
  })

  test("F71: people of Etherpad's files keep name and colour, under ids that nobody has; the chat comes when there is none", async () => {
    const records = {
      'pad:old': {
        atext: { text: 'hers his\n', attribs: '*0+5*1+3|1+1' },
        pool: {
          numToAttrib: { 0: ['author', 'a.hersHersHersHers'], 1: ['author', 'a.hishishishishish'] },
          nextNum: 2,
        },
        chatHead: 0,
      },
      'pad:old:chat:0': { text: 'hello', userId: 'a.hersHersHersHers', time: 5 },
      'globalAuthor:a.hersHersHersHers': { name: 'Mira', colorId: '#112233' },
      'globalAuthor:a.hishishishishish': { name: null, colorId: 3 },
    }
    const { told } = await send('taken', 'old.etherpad', JSON.stringify(records))
    expect(told).toMatchObject({ code: 0, data: { directDatabaseAccess: true } })
    const file = await json('taken')
    expect(file).not.toContain('a.hersHersHersHers')
    expect(file).toMatch(/"author":"a\.\w{16}","colour":"#112233","name":"Mira"/)
    expect(file).toContain('"text":"hello"')
    await send('taken', 'old.etherpad', JSON.stringify(records))
    expect((await json('taken')).match(/"text":"hello"/g)).toHaveLength(1)
    expect(await text('taken')).toBe('hers his\n')
  })

  test.each([
    [
      'json',
      {
        format: 'inkpad',
        version: 1,
        pad: 'admin',
        id: 'p/admin',
        owner: 'a.mallorymallorym',
        settings: { chat: false, permissions: 'nobody', lang: 'fr' },
        token: 't.x',
        people: [{ author: 'a.inkpad0000server', name: 'Root', colour: '3' }],
        chat: [],
        text: [{ insert: 'taken', attributes: { author: 'a.inkpad0000server' } }, { insert: '\n' }],
      },
    ],
    [
      'etherpad',
      {
        'pad:admin': {
          atext: { text: 'taken\n', attribs: '*0|1+6' },
          pool: { numToAttrib: { 0: ['author', 'a.inkpad0000server'] }, nextNum: 1 },
          chatHead: -1,
          publicStatus: true,
          ownerId: 'a.mallorymallorym',
          passwordHash: 'x',
          savedRevisions: [{ revNum: 0, savedById: 'a.x', label: 'x' }],
          padSettings: { enforceSettings: true, showChat: false, lang: 'fr' },
        },
        'pad:admin:deletionToken': { createdAt: 1, hash: 'x' },
        'pad2readonly:admin': 'r.00000000000000000000000000000000',
        'token2author:t.x': 'a.inkpad0000server',
        'sessionstorage:x': { user: { is_admin: true } },
        'globalAuthor:a.inkpad0000server': { name: 'Root', colorId: '#112233' },
      },
    ],
  ])(
    'F69, F70: of %s only the content is taken: no owner, no settings, no ids, no tokens',
    async (type, records) => {
      const pad = `content-only-${type}`
      const headers = await guest()
      await web.write(pad, 'before\n')
      type File = { settings: unknown; people: { author: string; name: string }[]; pad: string }
      const before = JSON.parse(await json(pad)) as File
      const page = async (): Promise<string | undefined> =>
        /r\.[0-9a-f]{32}/.exec(
          (await ask(web.port, `/p/${pad}`, { headers: { ...BROWSER, ...headers } })).text,
        )?.[0]
      const readOnly = await page()
      expect((await send(pad, `x.${type}`, JSON.stringify(records), { headers })).told.code).toBe(0)
      const after = JSON.parse(await json(pad)) as File
      expect(await text(pad)).toBe('taken\n')
      expect([after.pad, after.settings]).toEqual([before.pad, before.settings])
      expect(
        after.people.some(({ author, name }) => author === 'a.inkpad0000server' && name === 'Root'),
      ).toBe(false)
      expect(await page()).toBe(readOnly)
      expect(readOnly).toMatch(/^r\./)
      expect(await web.store.find('p/admin')).toBeNull()
      expect((await web.store.find(`p/${pad}`))?.head).toBe(2)
    },
  )

  test('F77: a new pad made of an etherpad file has its revisions, with who made each and when', async () => {
    const ADA = 'a.adaadaadaadaadaa'
    const revision = (changeset: string, author: string, timestamp: number) => ({
      changeset,
      meta: { author, timestamp },
    })
    const records = {
      'pad:old': {
        atext: { text: 'hello Bo\n', attribs: '*0+6*1+2|1+1' },
        pool: {
          numToAttrib: {
            0: ['author', ADA],
            1: ['author', 'a.bobobobobobobobo'],
            2: ['author', 'a.cycycycycycycycy'],
          },
          nextNum: 3,
        },
        head: 3,
        chatHead: -1,
      },
      'pad:old:revs:0': revision('Z:1>6*0+6$hello ', ADA, 1000),
      'pad:old:revs:1': revision('Z:7>2=6*1+2$Bo', 'a.bobobobobobobobo', 90_000),
      // Nothing of hers is left in the text.
      'pad:old:revs:2': revision('Z:9>1=8*2+1$!', 'a.cycycycycycycycy', 91_000),
      'pad:old:revs:3': revision('Z:a<1=8-1$', ADA, 99_000),
      [`globalAuthor:${ADA}`]: { name: 'Ada', colorId: '#112233' },
      'globalAuthor:a.bobobobobobobobo': { name: 'Bo', colorId: '#332211' },
      'globalAuthor:a.cycycycycycycycy': { name: 'Cy', colorId: '#445566' },
    }
    const { told } = await send('once', 'old.etherpad', JSON.stringify(records), { query: '?mode=new' })
    expect(told).toMatchObject({ code: 0, message: 'ok' })
    expect(await text('once')).toBe('hello Bo\n')
    expect((await ask(web.port, '/p/once/1/export/txt')).text).toBe('hello \n')
    const stored = await web.store.load('p/once')
    const rows = await web.store.rows(stored?.id ?? 0, 0, 10)
    expect(rows.map(({ time }) => time)).toEqual([1000, 90_000, 91_000, 99_000])
    expect(rows[0]?.author).not.toBe(ADA)
    const old = (await ask(web.port, '/p/once/3/export/json')).text
    const { people } = JSON.parse(old) as { people: { author: string; name: string }[] }
    const nameOf = (author: string): string | undefined => people.find((one) => one.author === author)?.name
    expect(rows.map(({ author }) => nameOf(author))).toEqual(['Ada', 'Bo', 'Cy', 'Ada'])
    expect(
      (await send('once', 'old.etherpad', JSON.stringify(records), { query: '?mode=new' })).told,
    ).toMatchObject({
      code: 1,
      message: 'padHasData',
    })
    // It is a pad like any other: somebody goes on.
    await send('once', 'more.txt', 'and on', { query: '?mode=append' })
    expect(await text('once')).toBe('hello Bo\nand on\n')
    expect((await web.store.find('p/once'))?.head).toBe(5)
  })

  test.each([
    ['x.docx', docxOf('<w:p/>').subarray(0, 60), 'convertFailed', 'damaged'],
    [
      'x.doc',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      'convertFailed',
      'converter',
    ],
    ['x.bin', Buffer.alloc(300), 'uploadFailed', 'unknown'],
    ['x.txt', '', 'convertFailed', 'empty'],
    ['x.txt', 'a'.repeat(300_000), 'maxFileSize', 'tooLarge'],
  ])('F75: %s is refused with a status that scripts know', async (name, content, message, reason) => {
    const { answer, told } = await send('refused', name, content)
    expect(answer.status).toBe(400)
    expect(told).toEqual({ code: 1, message, data: { directDatabaseAccess: false, reason } })
    expect(await web.store.find('p/refused')).toBeNull()
  })

  test('F74: only a form with a file in its field is read', async () => {
    const other = await send('refused', 'a.txt', 'x', { field: 'other' })
    expect(other.told).toMatchObject({ code: 1, message: 'uploadFailed' })
    const post = (type: string, body: string): Promise<Answer> =>
      ask(web.port, '/p/refused/import', { method: 'POST', headers: { 'content-type': type }, body })
    expect((await post('text/plain', 'x')).status).toBe(400)
    expect((await post('multipart/form-data; boundary=b', '--b\r\nbroken')).status).toBe(400)
    expect((await post('multipart/form-data', 'x')).status).toBe(400)
  })
})

test('F74: only so many files come at once; the next is told to come back, and later it is taken', async () => {
  const held = await Promise.all(
    Array.from(
      { length: 8 },
      () =>
        new Promise<ClientRequest>((resolve, reject) => {
          const headers = { 'content-type': 'multipart/form-data; boundary=b', 'content-length': 1000 }
          const options = {
            host: '127.0.0.1',
            port: web.port,
            path: '/p/held/import',
            method: 'POST',
            headers,
          }
          const sent = request(options)
          sent.on('error', reject)
          sent.write('--b', () => resolve(sent))
        }),
    ),
  )
  let next = await send('held', 'a.txt', 'words')
  for (let tries = 0; next.answer.status !== 503 && tries < 100; tries += 1)
    next = await send('held', 'a.txt', 'words')
  expect(next.answer.status).toBe(503)
  expect(next.answer.headers['retry-after']).toBeDefined()
  for (const one of held) one.on('error', () => {}).destroy()
  for (let tries = 0; next.answer.status === 503 && tries < 1000; tries += 1)
    next = await send('held', 'a.txt', 'words')
  expect(next.told.code).toBe(0)
})

describe('who may', () => {
  test('F72: readers may not, and a page of somebody else may not with their cookies', async () => {
    await web.write('guarded', 'mine\n')
    const id = await web.store.readOnlyId('guarded', () => `r.${'2'.repeat(32)}`)
    const reader = await send(id, 'a.txt', 'theirs')
    expect(reader.answer.status).toBe(403)
    expect(reader.answer.text).toBe('Forbidden')
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign)
      expect(
        (await send('guarded', 'a.txt', 'theirs', { headers: { ...headers, ...(await guest()) } })).answer
          .status,
      ).toBe(403)
    expect((await send('g.abcdefghijklmnop$x', 'a.txt', 'x')).answer.status).toBe(403)
    expect(await text('guarded')).toBe('mine\n')
  })
})
