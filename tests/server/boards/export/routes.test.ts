import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { boardOf } from '../../../../shared/board/model/board.ts'
import { jsonToBoard } from '../../../../shared/board/json.ts'
import { createShape } from '../../../../shared/board/model/write.ts'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { boardOptions } from '../../../../server/http/board-exports.ts'
import { ask } from '../../../support/ask.ts'
import { startWeb } from '../../../support/web.ts'
import type { Web } from '../../../support/web.ts'
import { putGolden } from '../../../shared/board/golden.ts'

let web: Web
beforeAll(async () => {
  web = await startWeb({ trustProxy: true, importExportRateLimiting: { windowMs: 60_000, max: 100 } })
  await web.write('notes', 'text\n')
  await web.sync.withDocument('b/notes', (doc) => doc.transact(() => putGolden(boardOf(doc))), {
    create: true,
  })
  await web.write('empty', 'text\n')
})
afterAll(() => web.close())

/** Files are made by a thread that compiles itself first, beside whatever else the machine does. */
const PATIENCE = 60_000
jest.setTimeout(PATIENCE)
const get = (path: string) => ask(web.port, path, { patience: PATIENCE })

describe('files of boards', () => {
  test('B514: svg is a file of its own that runs nothing', async () => {
    const { status, text, headers } = await get('/p/notes/board/export/svg')
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-disposition': `attachment; filename="notes-board.svg"; filename*=UTF-8''notes-board.svg`,
      'access-control-allow-origin': '*',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';.*; sandbox$/)
    expect(text).toContain('Forms &amp; &lt;fills&gt;')
    expect(text).not.toMatch(/<script|\son\w+=|javascript:/)
    // The fonts its texts need are in it.
    for (const font of ['Noto Sans', 'Noto Serif', 'Noto Sans Mono', 'Comic Neue'])
      expect(text).toContain(`@font-face{font-family:'${font}'`)
    expect((await get('/p/notes/board/export/svg')).text).toBe(text)
  })

  test.each([
    ['png', 'image/png', '\u0089PNG'],
    ['pdf', 'application/pdf', '%PDF-1.7'],
  ])('B514: %s is made on the thread too', async (type, mime, start) => {
    const { status, headers, text } = await get(`/p/notes/board/export/${type}?scale=2&frame=lines`)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe(mime)
    expect(text.slice(1, start.length)).toBe(start.slice(1))
  })

  test('B501, B514: json is the whole board', async () => {
    const { status, text } = await get('/p/notes/board/export/json')
    expect(status).toBe(200)
    const { doc, refused } = jsonToBoard(JSON.parse(text))
    expect(refused).toEqual([])
    const size = await web.sync.withDocument('b/notes', (live) => boardOf(live).shapes.size)
    expect(boardOf(doc).shapes.size).toBe(size)
  })

  test('B514: a revision is the board as it was then', async () => {
    const before = await web.sync.withDocument('b/notes', (_doc, revision) => revision)
    await web.sync.withDocument('b/notes', (doc) =>
      createShape(boardOf(doc), {
        kind: 'text',
        order: 'z',
        box: boxOf(0, 900, 90, 20),
        text: [{ insert: 'later' }],
      }),
    )
    expect((await get('/p/notes/board/export/svg')).text).toContain('later')
    const old = await get(`/p/notes/${before}/board/export/svg`)
    expect(old.status).toBe(200)
    expect(old.text).not.toContain('later')
    expect(old.headers['content-disposition']).toContain(`filename="notes-board-${before}.svg"`)
    expect((await get('/p/notes/99/board/export/svg')).status).toBe(404)
    expect((await get('/p/notes/x/board/export/svg')).status).toBe(400)
  })

  test('B514: a frame, a part and a theme can be asked for', async () => {
    const frame = (await get('/p/notes/board/export/svg?frame=lines')).text
    expect(frame).toContain('label')
    expect(frame).not.toContain('Hamburgefonts')
    expect(/viewBox="([^"]*)"/.exec(frame)?.[1]).toBe('6800 0 6400 4000')
    expect((await get('/p/notes/board/export/svg?frame=nowhere')).status).toBe(404)
    const part = (await get('/p/notes/board/export/svg?within=0,440,320,840')).text
    expect(part).toContain('Hamburgefonts')
    expect(part).not.toContain('label')
    expect((await get('/p/notes/board/export/svg?theme=dark')).text).toContain('fill="#16181d"')
    expect((await get('/p/notes/board/export/svg?transparent=1')).text).not.toContain('<rect x="-')
  })

  test('B514: what is not there is not found, other types are refused, names are mended', async () => {
    expect((await get('/p/nobody/board/export/svg')).status).toBe(404)
    expect((await get('/p/notes/board/export/docx')).status).toBe(501)
    expect((await get('/p/notes/board/export/constructor')).status).toBe(501)
    const mended = await get('/p/my%20notes/board/export/svg?frame=lines')
    expect(mended.status).toBe(302)
    expect(mended.headers['location']).toBe('../../../my_notes/board/export/svg?frame=lines')
    expect((await get('/p/empty/board/export/svg')).status).toBe(200)
  })

  test.each(['/preview/my%20board', '/export/my%20board', '/download/my%20board', '/boards/my%20board.svg'])(
    'B514: WBO’s %s leads to the picture',
    async (path) => {
      const { status, headers } = await get(path)
      expect(status).toBe(302)
      expect(headers['location']).toBe('../p/my_board/board/export/svg')
    },
  )

  test('B514: a read-only link gives the file under its own name', async () => {
    const id = await web.store.readOnlyId('notes', () => `r.${'0'.repeat(32)}`)
    const { status, headers, text } = await get(`/p/${id}/board/export/svg`)
    expect(status).toBe(200)
    expect(headers['content-disposition']).toContain(`filename="${id}-board.svg"`)
    expect(text).toContain('Hamburgefonts')
  })

  test('B514: options that mean nothing count for nothing', () => {
    const plain = boardOptions({})
    expect(plain).toEqual({
      scale: 1,
      transparent: false,
      theme: 'light',
      only: null,
      within: null,
      whole: false,
    })
    expect(
      boardOptions({ scale: '9', theme: 'x', frame: '../', within: '1,2,3', transparent: 'no' }),
    ).toEqual(plain)
    expect(boardOptions({ within: '5,5,1,1' })).toEqual(plain)
    expect(boardOptions({ within: '0,0,1e9,1' })).toEqual(plain)
    expect(boardOptions({ within: '0,0,10,NaN' })).toEqual(plain)
    expect(boardOptions({ scale: '3', within: '0,0,10,20' })).toEqual({
      ...plain,
      scale: 3,
      within: { left: 0, top: 0, right: 10, bottom: 20 },
    })
  })
})
