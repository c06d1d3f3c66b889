/** Hundreds of broken and hostile files, sent as people send files: the server and its pads are as before (issue 7). */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse } from 'parse5'
import type { DefaultTreeAdapterMap } from 'parse5'
import { safeLink } from '../../../shared/text/links.ts'
import { ask, BROWSER, cookieOf } from '../../support/ask.ts'
import type { Answer } from '../../support/ask.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'
import { partsOf } from '../formats/archives.ts'
import { hostileFiles } from '../formats/read/hostile-files.ts'

let web: Web
let asked = 0
const elsewhere = createServer((_request, response) => {
  asked += 1
  response.end('x')
})
let cookie = ''

beforeAll(async () => {
  web = await startWeb({ importExportRateLimiting: { windowMs: 60_000, max: 0 } })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  cookie = cookieOf(await ask(web.port, '/p/kept', { headers: BROWSER }))?.pair ?? ''
}, 60_000)
afterAll(async () => {
  elsewhere.close()
  await web.close()
})

async function send(pad: string, mode: string, name: string, bytes: Buffer): Promise<Answer> {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(bytes)], name))
  const whole = new Request('http://localhost/', { method: 'POST', body: form })
  return ask(web.port, `/p/${pad}/import?mode=${mode}`, {
    method: 'POST',
    headers: { 'content-type': whole.headers.get('content-type') ?? '', cookie },
    body: Buffer.from(await whole.arrayBuffer()),
  })
}

const file = async (pad: string, type: string): Promise<Answer> =>
  ask(web.port, `/p/${pad}/export/${type}`, { headers: { cookie } })

/** What a page holds that could run, load, or lead where nobody should be led. */
function harmIn(html: string): string[] {
  const found: string[] = []
  const walk = (node: DefaultTreeAdapterMap['node']): void => {
    if ('tagName' in node) {
      if (
        /^(?:script|iframe|object|embed|link|base|form|svg|math|audio|video|template|frame)$/.test(
          node.tagName,
        )
      )
        found.push(`<${node.tagName}>`)
      for (const { name, value } of node.attrs) {
        const leads = ['href', 'src', 'srcset', 'action', 'formaction', 'background', 'poster'].includes(name)
        const own = value.startsWith('#') || value.startsWith('data:image/png;base64,')
        if (
          /^on|^srcdoc$|^contenteditable$|^is$|^slot$/.test(name) ||
          (leads && !own && safeLink(value) === null)
        )
          found.push(`${name}=${value}`)
        if (name === 'style' && /url\(|expression|import|behavior|binding/i.test(value)) found.push(value)
      }
    }
    if ('childNodes' in node) node.childNodes.forEach(walk)
  }
  walk(parse(html))
  return found
}

const files = hostileFiles('http://127.0.0.1:1/')
/** Larger texts have a pad of their own, so that one file of all the others can be looked at. */
const LARGE = 200_000

test('F60: there are more than two hundred of them, of every kind, and every reason has words for people', () => {
  expect(files.length).toBeGreaterThan(200)
  expect(new Set(files.map(({ what }) => what)).size).toBe(files.length)
  expect(new Set(files.map(({ name }) => name))).toEqual(
    new Set(
      ['docx', 'odt', 'epub', 'html', 'md', 'etherpad', 'json', 'txt', 'pdf', 'png'].map((one) => `x.${one}`),
    ),
  )
  for (const language of ['en', 'de']) {
    const words = JSON.parse(readFileSync(`client/locales/${language}.json`, 'utf8')) as Record<
      string,
      string
    >
    const reasons = new Set(files.map(({ fate }) => fate).filter((fate) => fate !== 'read'))
    const told = [...reasons].map((reason) => words[`import.${reason}`])
    expect([reasons.size, new Set(told).size, told.every((one) => (one ?? '').length > 10)]).toEqual([
      reasons.size,
      reasons.size,
      true,
    ])
  }
})

test('F60 to F75: each is refused with its reason or read; the server, the pad and whoever is elsewhere never notice', async () => {
  await web.write('kept', 'what people wrote\n')
  await web.store.addChat('p/kept', {
    author: 'a.somebodysomebody',
    name: 'Ada',
    text: 'hello',
    time: 1,
    key: 'k',
  })
  const before = { head: (await web.store.find('p/kept'))?.head, json: (await file('kept', 'json')).text }
  const { port } = elsewhere.address() as AddressInfo
  for (const [at, { what, name, bytes, fate }] of hostileFiles(`http://127.0.0.1:${port}/`).entries()) {
    const refused = fate !== 'read'
    // What is refused would have taken the pad's place; what is read is only looked at there.
    const answer = await send('kept', refused ? 'replace' : 'read', name, bytes)
    const told = JSON.parse(answer.text) as { code: number; message: string; data: { reason?: string } }
    expect([what, answer.status, told.data.reason]).toEqual([
      what,
      refused ? 400 : 200,
      refused ? fate : undefined,
    ])
    expect([what, told.message]).toEqual([
      what,
      expect.stringMatching(refused ? /^(?:convertFailed|uploadFailed|maxFileSize)$/ : /^ok$/),
    ])
    const into = answer.text.length < LARGE ? 'scratch' : `large-${at}`
    if (!refused) expect([what, (await send(into, 'append', name, bytes)).status]).toEqual([what, 200])
    if (at % 50 === 0) expect((await ask(web.port, '/health')).status).toBe(200)
  }
  expect((await web.store.find('p/kept'))?.head).toBe(before.head)
  expect((await file('kept', 'json')).text).toBe(before.json)
  expect(asked).toBe(0)
  expect((await ask(web.port, '/health')).status).toBe(200)
  // Refusals are told, faults would be ours.
  expect(web.lines.filter((line) => /"level":"error"/.test(line))).toEqual([])
  // Nothing but the text came of them: no pads, people or tokens they named.
  for (const pad of ['p/a', 'p/admin', 'p/b']) expect(await web.store.find(pad)).toBeNull()
  expect((await send('kept', 'append', 'x.txt', Buffer.from('and more\n'))).status).toBe(200)
  expect((await file('kept', 'txt')).text).toBe('what people wrote\nand more\n')
}, 300_000)

test('F31, F64: nothing that runs is in the page or in any file of what was read', async () => {
  const page = await ask(web.port, '/p/scratch', { headers: { ...BROWSER, cookie } })
  const text = /<main[\s\S]*<\/main>/.exec(page.text)?.[0] ?? ''
  expect(text).toContain('words')
  expect(harmIn(text)).toEqual([])
  expect(harmIn((await file('scratch', 'html')).text)).toEqual([])
  for (const type of ['docx', 'odt', 'epub']) {
    const answer = await file('scratch', type)
    expect([type, answer.status, answer.headers['x-content-type-options']]).toEqual([type, 200, 'nosniff'])
    for (const [path, xml] of partsOf(answer.body))
      if (/\.(?:xml|xhtml|rels)$/.test(path))
        expect([type, path, /(?:Target|href)="\s*(?:javascript|vbscript|file|data:text)/i.test(xml)]).toEqual(
          [type, path, false],
        )
  }
  const markdown = (await file('scratch', 'md')).text
  expect(markdown).not.toMatch(/(?<!\\)\]\(<?\s*(?:javascript|vbscript|data:text|file):/i)
  expect((await file('scratch', 'json')).text).not.toMatch(/"link":"(?:javascript|vbscript|data|file|blob)/i)
}, 120_000)
