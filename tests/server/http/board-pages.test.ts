import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { named } from '../../../server/http/old-addresses.ts'
import { ask, BROWSER } from '../../support/ask.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web
beforeAll(async () => {
  web = await startWeb({ title: 'Boards', embedding: { frameAncestors: ["'self'", 'https://meet.example'] } })
  await web.write('notes', 'words\n')
})
afterAll(() => web.close())

const get = (path: string) => ask(web.port, path, { headers: BROWSER })

function bootOf(html: string): Record<string, unknown> {
  const json = /<script type="application\/json" id="boot">\n([\s\S]*?)\n<\/script>/.exec(html)?.[1]
  return JSON.parse(json ?? 'null') as Record<string, unknown>
}

describe('the page of a board', () => {
  test('B300: it has the pad’s gate, headers and boot data, and addresses two levels up', async () => {
    const { status, text, headers } = await get('/p/notes/board')
    expect(status).toBe(200)
    expect(bootOf(text)).toMatchObject({ pad: 'notes', readOnly: false, plugins: [] })
    const addresses = [...text.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => match[1])
    expect(addresses).toContain('../../assets/board-5e.js')
    for (const address of addresses) expect(address).toMatch(/^\.\.\//)
    expect(text).not.toContain('127.0.0.1')
    expect(headers['content-security-policy']).toContain("script-src 'self';")
    expect(headers['content-security-policy']).toContain('frame-ancestors')
    expect(headers['content-security-policy']).toContain('https://meet.example')
  })

  test('B300: the pad’s read-only link opens its board to read', async () => {
    const readOnlyId = String(bootOf((await get('/p/notes')).text)['readOnlyId'])
    const { status, text } = await get(`/p/${readOnlyId}/board`)
    expect(status).toBe(200)
    expect(bootOf(text)).toMatchObject({ pad: readOnlyId, readOnly: true, readOnlyId: null })
    expect(text).not.toContain('notes')
  })

  test('B303: the header with the board’s name is in the page itself, unless there will be none', async () => {
    const header = async (path: string): Promise<string | undefined> =>
      /<header[^]*?<\/header>/.exec((await get(path)).text)?.[0]
    expect(await header('/p/two_words/board')).toContain('<h1 dir="auto">two words</h1>')
    expect(await header('/p/two_words/board?hideMenu=true')).toBeUndefined()
    expect(await header('/p/two_words/board?showControls=false')).toBeUndefined()
  })

  test('B300: looking at it makes neither pad nor board', async () => {
    expect((await get('/p/nobody-drew/board')).status).toBe(200)
    expect(await web.store.find('p/nobody-drew')).toBeNull()
    expect(await web.store.find('b/nobody-drew')).toBeNull()
  })

  test.each([
    ['/p/a%20b/board?hideMenu=true', 302, '../a_b/board?hideMenu=true'],
    ['/p/notes/board/', 404, undefined],
    [`/p/r.${'0'.repeat(32)}/board`, 404, undefined],
    ['/p/a$b/board', 400, undefined],
    ['/p/g.abcdefghijklmnop$secret/board', 403, undefined],
  ])('B300: %s is answered with %i', async (path, status, location) => {
    const answer = await get(path)
    expect(answer.status).toBe(status)
    expect(answer.headers.location).toBe(location)
  })
})

describe('addresses of other whiteboards', () => {
  test.each([
    ['/boards/notes', '../p/notes/board'],
    ['/boards/notes?hideMenu=true&lang=de', '../p/notes/board?hideMenu=true&lang=de'],
    ['/boards?board=notes', 'p/notes/board'],
    ['/boards', 'p/anonymous/board'],
    ['/d/notes?authorName=Ada', '../p/notes/board?authorName=Ada'],
    ['/boards/a%20b', '../p/a_b/board'],
    ['/boards/a~46~b', '../p/a.b/board'],
    ['/boards/~55357~~56832~', '../p/%F0%9F%98%80/board'],
  ])('B301: %s leads to the board, relative to the address', async (path, location) => {
    const { status, headers } = await get(path)
    expect(status).toBe(302)
    expect(headers.location).toBe(location)
  })

  test.each(['~47~etc', 'a~47~b', '~0~', '~9999999~', '..~47~', '~46~~46~', '~55357~', '~55357~x~56832~'])(
    'B301: %s never leads elsewhere',
    (board) => {
      expect(named(board)).not.toMatch(/[/\\]|^\.\.?$|%2f|%5c|%00/i)
    },
  )
})
