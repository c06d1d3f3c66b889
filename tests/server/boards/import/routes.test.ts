import { request as send } from 'node:http'
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { boardOf, readAssets, readShapes } from '../../../../shared/board/model/board.ts'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { shapeBounds } from '../../../../shared/board/geometry/shape-bounds.ts'
import type { Shape } from '../../../../shared/board/model/shape.ts'
import { createShape } from '../../../../shared/board/model/write.ts'
import { pdfPages } from '../../../../server/boards/import/pdf-pages.ts'
import { ask, BROWSER, cookieOf } from '../../../support/ask.ts'
import { chequer } from '../../../support/png.ts'
import { startWeb } from '../../../support/web.ts'
import type { Web } from '../../../support/web.ts'
import { EXCALIDRAW, WBO_JSON, WBO_SVG } from './files.ts'

/** Files are read by a thread that compiles itself first, beside whatever else the machine does. */
const PATIENCE = 60_000
jest.setTimeout(PATIENCE)
let web: Web
let cookie: string
beforeAll(async () => {
  web = await startWeb({ trustProxy: true, importExportRateLimiting: { windowMs: 60_000, max: 100 } })
  await web.write('notes', 'text\n')
  const page = await ask(web.port, '/p/notes', { headers: BROWSER })
  cookie = cookieOf(page)?.pair ?? ''
})
afterAll(() => web.close())

function post(
  path: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<{ status: number; json: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const request = send(
      {
        host: '127.0.0.1',
        port: web.port,
        path,
        method: 'POST',
        agent: false,
        headers: { cookie, accept: 'application/json', ...headers },
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            json: JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>,
          }),
        )
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

async function shapesOf(pad: string): Promise<Map<string, Shape>> {
  return (
    (await web.sync.withDocument(`b/${pad}`, (doc) => readShapes(boardOf(doc)))) ?? new Map<string, Shape>()
  )
}

describe('files for boards', () => {
  test('B521, B526: a board of WBO comes in, says what was understood, and comes only once', async () => {
    const first = await post('/p/notes/board/import', WBO_JSON)
    expect(first).toMatchObject({
      status: 200,
      json: { format: 'wbo', added: 6, known: 0, left: 0, missed: { line: 1, item: 1, glitter: 1 } },
    })
    const shapes = await shapesOf('notes')
    expect(shapes.size).toBe(6)
    expect([...shapes.values()].every(({ author }) => /^a\.\w{16}$/.test(author))).toBe(true)
    const again = await post('/p/notes/board/import', WBO_JSON)
    expect(again).toMatchObject({ status: 200, json: { added: 0, known: 6 } })
    // The same strokes in the other form have the same ids.
    expect(await post('/p/notes/board/import', WBO_SVG)).toMatchObject({
      json: { format: 'wbo', added: 0, known: 5 },
    })
    expect((await shapesOf('notes')).size).toBe(6)
  })

  test('B521: what comes lies beside what is there and above it, or where it was dropped', async () => {
    await web.write('beside', 'text\n')
    await web.sync.withDocument(
      'b/beside',
      (doc) =>
        createShape(boardOf(doc), { id: 'mine', kind: 'geo', order: 'zzzz1', box: boxOf(100, 50, 300, 200) }),
      { create: true },
    )
    const { json } = await post('/p/beside/board/import', EXCALIDRAW)
    expect(json).toMatchObject({ format: 'excalidraw', added: 11, left: 0 })
    const shapes = await shapesOf('beside')
    const mine = shapes.get('mine')
    const frame = shapes.get('x-fr')
    if (!mine || !frame) throw new Error('missing')
    const lookup = (id: string): Shape | undefined => shapes.get(id)
    expect(shapeBounds(frame, lookup).left).toBeGreaterThan(shapeBounds(mine, lookup).right + 40)
    expect(frame.order > mine.order).toBe(true)
    // Frames and groups hold what they held, in the order it had.
    expect(shapes.get('x-rectangle-1')?.parent).toBe('x-fr')
    const arrow = shapes.get('x-arrow-1')
    expect(arrow?.kind === 'line' && arrow.from?.shape).toBe('x-rectangle-1')

    await web.write('dropped', 'text\n')
    await post('/p/dropped/board/import?at=1000,500', chequer())
    const [image] = (await shapesOf('dropped')).values()
    expect(image).toMatchObject({ kind: 'image', box: { x: 996, y: 496, w: 8, h: 8 } })
  })

  test('B521, B431: pictures are kept beside the pad, and the board lists them', async () => {
    await web.write('pictures', 'text\n')
    await post('/p/pictures/board/import', EXCALIDRAW)
    const assets = await web.sync.withDocument('b/pictures', (doc) => readAssets(boardOf(doc)))
    const [[key, facts] = ['', undefined]] = [...(assets ?? [])]
    expect(facts).toMatchObject({ mime: 'image/png', width: 8, height: 8 })
    expect((await web.pictures.get('pictures', key))?.bytes.length).toBe(facts?.bytes)
    const svg = await ask(web.port, '/p/pictures/board/export/svg', { patience: PATIENCE })
    expect(svg.text).toContain('<image ')
    // And all of it goes on to another pad.
    const json = (await ask(web.port, '/p/pictures/board/export/json', { patience: PATIENCE })).text
    await web.write('copy', 'text\n')
    expect(await post('/p/copy/board/import', json)).toMatchObject({
      json: { format: 'inkpad', added: 11, missed: {} },
    })
    const [copied, original] = [await shapesOf('copy'), await shapesOf('pictures')]
    expect(copied.size).toBe(original.size)
    for (const [id, shape] of original)
      expect(copied.get(id)).toEqual({ ...shape, order: copied.get(id)?.order })
    expect(await web.pictures.get('copy', key)).not.toBeNull()

    // The pad's own file has it, too: for a new pad, and for the board of one that is there.
    const whole = (await ask(web.port, '/p/pictures/export/json', { patience: PATIENCE })).text
    const form = new FormData()
    form.set('file', new File([whole], 'pad.json'))
    const sent = new Request('http://localhost/', { method: 'POST', body: form })
    const made = await ask(web.port, '/p/whole/import?mode=new', {
      method: 'POST',
      headers: { 'content-type': sent.headers.get('content-type') ?? '' },
      body: Buffer.from(await sent.arrayBuffer()),
      patience: PATIENCE,
    })
    expect(made.status).toBe(200)
    const again = await shapesOf('whole')
    expect([...again.keys()].sort()).toEqual([...original.keys()].sort())
    expect(await web.pictures.get('whole', key)).not.toBeNull()
    await web.write('third', 'text\n')
    expect(await post('/p/third/board/import', whole)).toMatchObject({
      json: { format: 'inkpad', added: 11 },
    })
  })

  test('B526: strangers, other sites and readers bring nothing; nonsense is refused', async () => {
    const path = '/p/notes/board/import'
    expect((await post(path, WBO_JSON, { cookie: '' })).status).toBe(401)
    expect((await post(path, WBO_JSON, { origin: 'https://evil.example' })).status).toBe(403)
    const id = await web.store.readOnlyId('notes', () => `r.${'1'.repeat(32)}`)
    expect((await post(`/p/${id}/board/import`, WBO_JSON)).status).toBe(403)
    expect((await post('/p/nowhere/board/import', WBO_JSON)).status).toBe(404)
    expect(await web.store.find('b/nowhere')).toBeNull()
    expect((await post(path, 'hello')).status).toBe(400)
    expect((await post(path, '')).status).toBe(400)
    expect((await post(path, '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>')).status).toBe(400)
    expect(
      (await post(path, 'x', { 'content-length': String(64 * 1024 * 1024) }).catch(() => ({ status: 413 })))
        .status,
    ).toBe(413)
    expect((await shapesOf('notes')).size).toBe(6)
  })

  test('B525: pages of a PDF are pictures below each other, where the machine can make them', async () => {
    const pdf = Buffer.from(
      '%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>endobj\n' +
        '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 50]>>endobj\n4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 50 100]>>endobj\n' +
        'trailer<</Root 1 0 R>>\n%%EOF\n',
    )
    await web.write('pages', 'text\n')
    const { status, json } = await post('/p/pages/board/import', pdf)
    if (hasProgram('pdftoppm')) {
      expect(json).toMatchObject({ format: 'pdf', added: 2 })
      const boxes = [...(await shapesOf('pages')).values()].map((shape) =>
        shape.kind === 'image' ? shape.box : null,
      )
      expect(boxes.map((box) => Math.round((box?.w ?? 0) / (box?.h ?? 1)))).toEqual([2, 1])
    } else expect(status).toBe(501)
    await expect(pdfPages(pdf, 'no-such-program')).rejects.toThrow('noConverter')
  })
})

function hasProgram(name: string): boolean {
  try {
    execFileSync(name, ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
