import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { hashToken } from '../../../server/access/tokens.ts'
import { ask, BROWSER, cookieOf } from '../../support/ask.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web
beforeAll(async () => {
  web = await startWeb({ title: 'Our <pads>', embedding: { frameAncestors: 'https://meet.example' } })
  await web.write('notes', 'Hello <script>alert(1)</script>\nsecond line\n')
})
afterAll(() => web.close())

const get = (path: string, headers: Record<string, string> = BROWSER) => ask(web.port, path, { headers })

function bootOf(html: string): Record<string, unknown> {
  const json = /<script type="application\/json" id="boot">\n([\s\S]*?)\n<\/script>/.exec(html)?.[1]
  return JSON.parse(json ?? 'null') as Record<string, unknown>
}

describe('a pad', () => {
  test('Pages: a pad carries its text as HTML, escaped, for readers without scripts', async () => {
    const { status, text, headers } = await get('/p/notes')
    expect(status).toBe(200)
    expect(text).toContain('Hello &')
    expect(text).toContain('second line')
    expect(text).not.toContain('<script>alert')
    expect(text).toContain('<noscript>')
    expect(headers['content-encoding']).toBeDefined()
  })

  test('Pages: the boot JSON names pad, title, read-only id and options', async () => {
    const boot = bootOf((await get('/p/notes')).text)
    expect(boot).toMatchObject({ pad: 'notes', title: 'Our <pads>', readOnly: false, version: '' })
    expect(boot.readOnlyId).toMatch(/^r\.[0-9a-f]{32}$/)
    expect(boot.padOptions).toMatchObject({ showControls: true, userName: null })
  })

  test('P3, P4: every address in a page is relative, and none names our host', async () => {
    for (const [path, up] of [
      ['/p/notes', '../'],
      ['/', ''],
    ] as const) {
      const { text } = await get(path)
      const addresses = [...text.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => match[1])
      expect(addresses).toContain(`${up}assets/shared-3c.js`)
      expect(addresses).toContain(`${up}assets/shared-3c.css`)
      for (const address of addresses)
        expect(address).toMatch(/^(\.\.\/)?(assets\/|favicon|manifest|early\.js)/)
      expect(text).not.toContain('127.0.0.1')
    }
  })

  test('P5: no line of a page is longer than 64 KiB', async () => {
    await web.write('long', 'word '.repeat(8000).concat('\n').repeat(20))
    const { text } = await get('/p/long')
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(64 * 1024)
    expect(text.length).toBeLessThan(260_000)
  })

  test('Pages: looking at a pad does not create it', async () => {
    expect((await get('/p/nobody-wrote')).status).toBe(200)
    expect(await web.store.find('p/nobody-wrote')).toBeNull()
  })

  test('Attack A4: a script in a name stays text', async () => {
    const name = '"><img_src=x>'
    const { status, text } = await get(`/p/${encodeURIComponent(name)}`)
    expect(status).toBe(200)
    expect(text).not.toContain('<img')
    expect(bootOf(text).pad).toBe(name)
  })
})

describe('names', () => {
  test.each([
    ['/p/a%20b', 'a_b'],
    ['/p/%20a%20%20b%20', 'a_b'],
    ['/p/a:b::c', 'a_b_c'],
    ['/p/a%20b?showChat=false&userName=A+B', 'a_b?showChat=false&userName=A+B'],
    [`/p/${encodeURIComponent('e\u0301')}`, encodeURIComponent('\u00e9')],
    ['/p/a%0Ab', 'a_b'],
  ])('P3: %s leads to the clean name, relative to the page', async (path, location) => {
    const { status, headers } = await get(path)
    expect(status).toBe(302)
    expect(headers.location).toBe(location)
  })

  test.each([
    ['/p/notes/', 404],
    ['/p/', 404],
    ['/p', 404],
    ['/P/notes', 404],
    ['/p/a$b', 400],
    ['/p/a%3Fb', 400],
    ['/p/a%23b', 400],
    ['/p/a&b', 400],
    ['/p/a%00b', 400],
    ['/p/a%01b', 400],
    ['/p/a%2Fb', 400],
    ['/p/a%5cb', 400],
    ['/p/%2e', 400],
    ['/p/%2e%2e', 400],
    ['/p/../notes', 400],
    ['/p/./notes', 400],
    ['/p/x/%2e%2e/notes', 400],
    ['//p/notes', 400],
    ['/p//notes', 400],
    ['/p\\notes', 400],
    ['/p/%', 400],
    ['/p/%ff', 400],
    ['/p/%20', 400],
    [`/p/${'x'.repeat(51)}`, 400],
    [`/p/${'x'.repeat(10_000)}`, 400],
    ['/p/g.abcdefghijklmnop$secret', 403],
    [`/p/r.${'0'.repeat(32)}`, 404],
    ['/nothing', 404],
    ['/assets/nothing.js', 404],
    ['/assets/secret.txt', 404],
    ['/assets/../manifest.json', 400],
  ])('Attack A4: %s is answered with %i and a friendly page', async (path, status) => {
    const answer = await get(path)
    expect(answer.status).toBe(status)
    expect(answer.text).toContain('<h1>')
    expect(answer.text).not.toMatch(/at .*\.ts|node_modules|Error:/)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  test.each(['__proto__', 'constructor', 'hasOwnProperty', 'Notes', 'notes.', '%F0%9F%98%80'])(
    'Attack A4: %s is a pad of its own',
    async (name) => {
      const { status, text } = await get(`/p/${name}`)
      expect(status).toBe(200)
      expect(text).not.toContain('second line')
    },
  )

  test('Pages: with lowerCasePadIds capital letters lead to the small name', async () => {
    const lower = await startWeb({ lowerCasePadIds: true })
    const { status, headers } = await ask(lower.port, '/p/NoTes?a=B', { headers: BROWSER })
    await lower.close()
    expect([status, headers.location]).toEqual([302, 'notes?a=B'])
  })

  test("Pages: Etherpad's timeslider leads to the pad", async () => {
    const { status, headers } = await get('/p/notes/timeslider')
    expect([status, headers.location]).toEqual([302, '../notes'])
  })
})

describe('read-only', () => {
  test('Attack A3: a reader gets the text, and nothing that names the pad', async () => {
    await web.write('hidden-name-of-the-pad', 'readable text\n')
    const id = bootOf((await get('/p/hidden-name-of-the-pad')).text).readOnlyId
    const { status, text, headers } = await get(`/p/${String(id)}`)
    expect(status).toBe(200)
    expect(text).toContain('readable text')
    expect(bootOf(text)).toMatchObject({ pad: id, readOnly: true, readOnlyId: null })
    expect(text + JSON.stringify(headers)).not.toContain('hidden-name')
  })
})

describe('guests', () => {
  test('Guests: the first page gives a cookie that scripts cannot read, later pages keep the person', async () => {
    const first = cookieOf(await get('/p/notes'))
    expect(first?.line).toMatch(/^token=t\.[\w-]{32}; Max-Age=5184000; Path=\/; HttpOnly; SameSite=Lax$/)
    const second = cookieOf(await get('/p/notes', { ...BROWSER, cookie: first?.pair ?? '' }))
    expect(second?.pair).toBe(first?.pair)
  })

  test('Guests: a token nobody was given is not adopted', async () => {
    const planted = 'token=t.plantedplantedplanted1'
    const given = cookieOf(await get('/p/notes', { ...BROWSER, cookie: planted }))
    expect(given?.pair).toMatch(/^token=t\./)
    expect(given?.pair).not.toBe(planted)
  })

  test('Guests: scripts, checkers and HEAD make nobody', async () => {
    expect(cookieOf(await get('/p/notes', { accept: '*/*' }))).toBeNull()
    expect(cookieOf(await ask(web.port, '/p/notes', { method: 'HEAD', headers: BROWSER }))).toBeNull()
  })

  test('P9: in a frame of another site over https the cookie is partitioned', async () => {
    const frame = {
      ...BROWSER,
      host: 'pads.example',
      'sec-fetch-dest': 'iframe',
      'sec-fetch-site': 'cross-site',
      referer: 'https://meet.example/',
    }
    const given = cookieOf(await get('/p/notes', frame))
    expect(given?.line).toMatch(
      /^token-framed=t\.[\w-]{32}; Max-Age=5184000; Path=\/; HttpOnly; Secure; SameSite=None; Partitioned$/,
    )
    const again = cookieOf(await get('/p/notes', { ...frame, cookie: given?.pair ?? '' }))
    expect(again?.pair).toBe(given?.pair)
  })

  test('Guests: who comes to a pad gets no hue of the people there while others are free', async () => {
    const own = async (): Promise<{ cookie: string; colour: string | undefined }> => {
      const cookie = cookieOf(await get('/p/meeting'))?.pair ?? ''
      const author = await web.store.authorOfToken(hashToken(cookie.slice('token='.length)))
      return { cookie, colour: (await web.store.authors([author ?? '']))[0]?.colour }
    }
    const { cookie, colour } = await own()
    const there = new RawClient(`ws://127.0.0.1:${web.port}/sync/p/meeting`, {
      headers: { cookie, origin: `http://127.0.0.1:${web.port}` },
      hello: {},
    })
    await there.untilSynced()
    const others: unknown[] = []
    for (let at = 0; at < 24; at++) others.push((await own()).colour)
    await there.close()
    expect(others).not.toContain(colour)
    expect(new Set(others).size).toBe(11)
  })

  test('E5: tokens are stored as hashes and never logged', async () => {
    const token = cookieOf(await get('/p/notes'))?.pair.slice('token='.length) ?? ''
    expect(await web.store.authorOfToken(token)).toBeNull()
    expect(web.lines.join('\n')).not.toContain(token)
  })
})

describe('without a client', () => {
  test('Pages: an unbuilt client is said, not a broken page', async () => {
    const bare = await startWeb({}, { built: false })
    const { status, text } = await ask(bare.port, '/p/x', { headers: BROWSER })
    await bare.close()
    expect(status).toBe(500)
    expect(text).toContain('npm run build')
  })
})
