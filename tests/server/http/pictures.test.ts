/** Pictures come in and go out (SPEC-board B430 to B434). */
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { Message } from '../../../shared/protocol.ts'
import { assetValue, boardOf } from '../../../shared/board/model/board.ts'
import { MAX_ASSET_BYTES } from '../../../shared/board/limits.ts'
import { createPictures } from '../../../server/pictures/pictures.ts'
import { silent } from '../../../server/log.ts'
import { jpegFile, jpegSegment, exif, pngFile } from '../../support/picture-files.ts'
import { RawClient, jsonMessage } from '../../support/raw-client.ts'
import { until } from '../../support/wait.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web
const clients: RawClient[] = []

beforeAll(async () => {
  web = await startWeb()
})

afterAll(async () => {
  for (const client of clients) client.ws.terminate()
  await web.close()
})

interface Visitor {
  cookie: string
  bring(pad: string, bytes: Uint8Array, headers?: Record<string, string>): Promise<Response>
  open(document: string): Promise<RawClient>
}

/** Somebody who has opened this pad's page, and so has a cookie. */
async function visitor(pad: string): Promise<Visitor> {
  const page = await fetch(`http://127.0.0.1:${web.port}/p/${encodeURIComponent(pad)}`, {
    headers: { Accept: 'text/html' },
  })
  const cookie = page.headers.get('Set-Cookie')?.split(';')[0] ?? ''
  const origin = `http://127.0.0.1:${web.port}`
  return {
    cookie,
    bring: (to, bytes, headers = {}) =>
      fetch(`${origin}/p/${encodeURIComponent(to)}/board/assets`, {
        method: 'POST',
        headers: { Accept: 'application/json', Cookie: cookie, Origin: origin, ...headers },
        body: Buffer.from(bytes),
      }),
    async open(document) {
      const client = new RawClient(`ws://127.0.0.1:${web.port}/sync/${document}`, {
        hello: {},
        headers: { Cookie: cookie, Origin: origin },
      })
      clients.push(client)
      return client.untilSynced()
    },
  }
}

const get = (path: string, cookie = ''): Promise<Response> =>
  fetch(`http://127.0.0.1:${web.port}/${path}`, { headers: { Accept: 'application/json', Cookie: cookie } })
const errorOf = async (response: Response): Promise<string> =>
  `${response.status} ${((await response.json()) as { error: string }).error}`

interface Kept {
  key: string
  type: string
  width: number
  height: number
  bytes: number
}

/** Waits until content was seen to show a picture. */
async function untilMarked(pad: string, { key }: Kept): Promise<void> {
  let marked = false
  for (let i = 0; i < 400 && !marked; i++) {
    await new Promise((done) => setTimeout(done, 25))
    const unused = await web.store.unusedPictures(Date.now() + 1000, 5000)
    marked = unused.every(({ document, hash }) => document !== `p/${pad}` || hash !== key)
  }
  expect(marked).toBe(true)
}

/** A pad that is there, and somebody in it. */
async function album(pad: string): Promise<Visitor> {
  const person = await visitor(pad)
  await person.open(`p/${pad}`)
  return person
}

test('B431: a picture is kept under the hash of what is left of it, and comes back as nothing but a picture', async () => {
  const ada = await album('album')
  const laden = jpegFile([jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(6)]))])
  const answer = await ada.bring('album', laden, { 'Content-Type': 'text/html' })
  expect(answer.status).toBe(201)
  const kept = (await answer.json()) as Kept
  expect(kept).toMatchObject({ type: 'image/jpeg', width: 2, height: 4 })
  const back = await get(`p/album/board/assets/${kept.key}`, ada.cookie)
  const bytes = Buffer.from(await back.arrayBuffer())
  expect(createHash('sha256').update(bytes).digest('base64url')).toBe(kept.key)
  expect([bytes.length, bytes.includes('GPS')]).toEqual([kept.bytes, false])
  expect(Object.fromEntries(back.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=31536000, immutable',
    'cross-origin-resource-policy': 'same-origin',
    'content-disposition': `inline; filename="${kept.key.slice(0, 12)}.jpg"`,
  })
  expect(back.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
  const again = (await (await ada.bring('album', laden)).json()) as Kept
  expect(again).toEqual(kept)
})

test('B431: what is no picture, too large, for no pad or from elsewhere is refused in words', async () => {
  const ada = await album('strict')
  const png = pngFile(2, 2)
  const html = Buffer.from('<html><script>alert(1)</script></html>')
  expect(await errorOf(await ada.bring('strict', html, { 'Content-Type': 'image/png' }))).toBe(
    '400 badRequest',
  )
  expect(await errorOf(await ada.bring('strict', new Uint8Array(MAX_ASSET_BYTES + 1)))).toBe('413 tooLarge')
  expect(await errorOf(await ada.bring('never-made', png))).toBe('404 notFound')
  expect(await errorOf(await ada.bring('strict', png, { Origin: 'https://elsewhere.example' }))).toBe(
    '403 forbidden',
  )
  expect(await errorOf(await ada.bring('strict', png, { Cookie: '' }))).toBe('401 unauthenticated')
  expect(await errorOf(await get('p/strict/board/assets/' + 'x'.repeat(43)))).toBe('404 notFound')
  expect(await errorOf(await get('p/strict/board/assets/..%2f..%2fetc'))).toBe('400 badRequest')
})

test('B432: who may only read sees pictures and brings none; nor does anybody on a frozen board', async () => {
  const ada = await album('closed')
  const kept = (await (await ada.bring('closed', pngFile(3, 3))).json()) as Kept
  const readOnly = await web.store.readOnlyId('closed', () => `r.${'0'.repeat(32)}`)
  const bo = await visitor('closed')
  expect(await errorOf(await bo.bring(readOnly, pngFile(4, 4)))).toBe('403 forbidden')
  expect((await get(`p/${readOnly}/board/assets/${kept.key}`)).status).toBe(200)
  const board = await ada.open('b/closed')
  await until(
    'ada to own it',
    () =>
      board.welcome?.level === 'own' ||
      board.events.some((event) => event.type === 'level' && event.level === 'own'),
  )
  board.send(jsonMessage(Message.event, { type: 'meeting', change: { drawing: 'owner' } }))
  await board.until(() => board.events.some((event) => event.type === 'meeting'))
  expect(await errorOf(await bo.bring('closed', pngFile(4, 4)))).toBe('403 forbidden')
  expect((await ada.bring('closed', pngFile(4, 4))).status).toBe(201)
})

test('B432: one person brings forty pictures at once and no more', async () => {
  const ada = await album('many')
  const answers: number[] = []
  for (let i = 0; i < 45; i++) answers.push((await ada.bring('many', pngFile(1, 1, [], [i, 0, 0]))).status)
  expect(answers.filter((status) => status === 201).length).toBeGreaterThanOrEqual(40)
  expect(answers.at(-1)).toBe(429)
  const bo = await visitor('many')
  expect((await bo.bring('many', pngFile(1, 1))).status).toBe(201)
})

test('B433: another pad does not have the picture; a deleted one has none any more', async () => {
  const ada = await album('first')
  await ada.open('p/second')
  const kept = (await (await ada.bring('first', pngFile(5, 5))).json()) as Kept
  expect((await get(`p/second/board/assets/${kept.key}`, ada.cookie)).status).toBe(404)
  await web.pictures.copy('first', 'second')
  expect((await get(`p/second/board/assets/${kept.key}`, ada.cookie)).status).toBe(200)
  await web.sync.remove('p/first')
  expect((await get(`p/first/board/assets/${kept.key}`, ada.cookie)).status).toBe(404)
  expect((await get(`p/second/board/assets/${kept.key}`, ada.cookie)).status).toBe(200)
})

test('B434: what no content ever showed is swept after a day; what was shown once stays', async () => {
  const ada = await album('sweep')
  const [shown, later, never] = await Promise.all(
    [1, 2, 3].map(async (i) => (await (await ada.bring('sweep', pngFile(i, 1))).json()) as Kept),
  )
  const board = await ada.open('b/sweep')
  const put = ({ key, ...facts }: Kept): void => {
    boardOf(board.doc).assets.set(key, assetValue({ ...facts, mime: facts.type }))
  }
  if (!shown || !later || !never) throw new Error('nothing came')
  put(shown)
  await board.untilSaved()
  expect(board.closed).toBeNull()
  await untilMarked('sweep', shown)
  boardOf(board.doc).assets.delete(shown.key)
  // Another server took this one: nobody here has marked it, the board tells.
  await web.sync.withDocument('b/sweep', (doc) =>
    boardOf(doc).assets.set(later.key, assetValue({ mime: later.type, ...later })),
  )
  const tomorrow = createPictures({
    store: web.store,
    sync: web.sync,
    log: silent,
    now: () => Date.now() + 25 * 3_600_000,
    every: 0,
  })
  await tomorrow.sweep()
  tomorrow.close()
  const status = async ({ key }: Kept): Promise<number> => {
    return (await web.store.picture('p/sweep', key)) === null ? 404 : 200
  }
  expect(await Promise.all([shown, later, never].map(status))).toEqual([200, 200, 404])
})

test('B434: a text that embeds a picture keeps it', async () => {
  const ada = await album('words')
  const kept = (await (await ada.bring('words', pngFile(7, 7))).json()) as Kept
  await web.sync.withDocument('p/words', (doc: Y.Doc) =>
    doc.getText('text').insertEmbed(0, { image: { asset: kept.key } }),
  )
  await untilMarked('words', kept)
})

test('B431, B432: pictures of a text have their own address, for who may write in it; a text that names one first keeps it at once', async () => {
  const ada = await album('letter')
  const origin = `http://127.0.0.1:${web.port}`
  const bring = (pad: string, bytes: Uint8Array, cookie: string): Promise<Response> =>
    fetch(`${origin}/p/${pad}/pictures`, {
      method: 'POST',
      headers: { Accept: 'application/json', Cookie: cookie, Origin: origin },
      body: Buffer.from(bytes),
    })
  const png = pngFile(5, 4)
  const key = createHash('sha256').update(png).digest('base64url')
  const writer = await ada.open('p/letter')
  writer.doc.getText('text').insertEmbed(0, { image: { key, width: 5, height: 4 } })
  await writer.until(() => writer.durable === writer.sent, 'the text to name it')
  const kept = (await (await bring('letter', png, ada.cookie)).json()) as Kept
  expect(kept.key).toBe(key)
  await untilMarked('letter', kept)
  expect((await get(`p/letter/pictures/${key}`, ada.cookie)).headers.get('content-type')).toBe('image/png')
  const readOnly = await web.store.readOnlyId('letter', () => `r.${'1'.repeat(32)}`)
  const bo = await visitor('letter')
  expect(await errorOf(await bring(readOnly, pngFile(4, 4), bo.cookie))).toBe('403 forbidden')
  expect((await get(`p/${readOnly}/pictures/${key}`)).status).toBe(200)
  expect(await errorOf(await get('p/another/pictures/' + key))).toBe('404 notFound')
})

test('I7: a picture comes from another pad on the server for who may read that one and write here, and in no other way', async () => {
  const ada = await album('source')
  const { key } = (await (await ada.bring('source', pngFile(5, 5, [], [1, 2, 3]))).json()) as Kept
  const origin = `http://127.0.0.1:${web.port}`
  const link = (to: string, from: string, wanted: string, cookie: string): Promise<Response> =>
    fetch(`${origin}/p/${to}/pictures?${new URLSearchParams({ from, key: wanted })}`, {
      method: 'POST',
      headers: { Accept: 'application/json', Cookie: cookie, Origin: origin },
    })
  const bo = await album('target')
  expect((await get(`p/target/pictures/${key}`, bo.cookie)).status).toBe(404)
  expect(await errorOf(await link('target', 'nowhere', key, bo.cookie))).toBe('404 notFound')
  expect(await errorOf(await link('target', 'target', key, bo.cookie))).toBe('404 notFound')
  expect(await errorOf(await link('target', `r.${'0'.repeat(32)}`, key, bo.cookie))).toBe('404 notFound')
  expect(await errorOf(await link('target', '../source', key, bo.cookie))).toBe('404 notFound')
  expect(await errorOf(await link('target', 'source', `${key}x`, bo.cookie))).toBe('404 notFound')
  const reading = await web.store.readOnlyId('source', () => `r.${'7'.repeat(32)}`)
  const target = await web.store.readOnlyId('target', () => `r.${'8'.repeat(32)}`)
  expect(await errorOf(await link(target, 'source', key, bo.cookie))).toBe('403 forbidden')
  expect((await link('target', reading, key, bo.cookie)).status).toBe(201)
  const given = await get(`p/target/pictures/${key}`, bo.cookie)
  expect(Buffer.from(await given.arrayBuffer())).toEqual(
    Buffer.from(await (await get(`p/source/pictures/${key}`, ada.cookie)).arrayBuffer()),
  )
})

test('ST94: with a directory pictures come and go as ever, and their bytes lie there alone', async () => {
  const own = await startWeb({ pictures: { store: 'directory', directory: 'kept/here' } })
  try {
    await own.write('album', '\n')
    const bytes = pngFile(9, 9)
    const kept = await own.pictures.add('album', 'a.0123456789abcdef', bytes)
    const files = await readdir(path.join(own.folder, 'kept/here'), { recursive: true, withFileTypes: true })
    const found = files.filter((one) => one.isFile())
    expect(found).toHaveLength(1)
    expect((await own.store.picture('p/album', kept.key))?.bytes).toHaveLength(0)
    const response = await fetch(`http://127.0.0.1:${own.port}/p/album/pictures/${kept.key}`)
    expect([response.status, Buffer.from(await response.arrayBuffer()).equals(bytes)]).toEqual([200, true])
  } finally {
    await own.close()
  }
})
