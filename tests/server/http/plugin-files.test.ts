/** What a page gets of the plugins that are on: their files at once, and libraries for those from elsewhere. */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { LIBRARIES, libraryName } from '../../../shared/plugin/libraries.ts'
import { ask, BROWSER } from '../../support/ask.ts'
import { pluginFolder } from '../../support/plugin-folder.ts'
import type { PluginFolder } from '../../support/plugin-folder.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web | undefined
let folder: PluginFolder | undefined
afterEach(async () => {
  await web?.close()
  folder?.remove()
})

const FILES = {
  shared: 'plugin-files/ep_far/shared.js',
  client: 'plugin-files/ep_far/client.js',
  style: null,
  locales: null,
}

/** A page of a server with a bundled plugin, and with one from elsewhere when `far` says so. */
async function page(far: boolean): Promise<{ html: string; policy: string }> {
  folder = pluginFolder({ ep_near: {}, ...(far ? { ep_far: {} } : {}) })
  const bundled = folder
    .found()
    .map((found) => (found.facts.name === 'ep_far' ? { ...found, files: FILES } : found))
  web = await startWeb({}, { plugins: { bundled } })
  const chunk = (file: string, more: object = {}): object => ({ file: `assets/${file}`, name: file, ...more })
  writeFileSync(
    join(web.folder, 'client/manifest.json'),
    JSON.stringify({
      'pad/main.tsx': chunk('pad.js', { name: 'pad', isEntry: true, imports: ['_both'] }),
      '../bundled-plugin/ep_near': chunk('ep_near.js', {
        imports: ['_both', '_own'],
        assets: ['assets/near-1a.css', 'assets/pin-2b.svg'],
      }),
      '../bundled-plugin/ep_off': chunk('ep_off.js'),
      _both: chunk('both.js'),
      _own: chunk('own.js'),
      ...Object.fromEntries(
        LIBRARIES.map((name) => [
          `../library/${name}`,
          chunk(`${libraryName(name)}.js`, { name: libraryName(name), isEntry: true }),
        ]),
      ),
    }),
  )
  writeFileSync(join(web.folder, 'client/assets/near-1a.css'), '.near{}')
  const { text, headers } = await ask(web.port, '/p/x', { headers: BROWSER })
  return { html: text, policy: String(headers['content-security-policy']) }
}

const hrefs = (html: string, rel: string): (string | undefined)[] =>
  [...html.matchAll(new RegExp(`rel="${rel}" href="([^"]+)"`, 'g'))].map((match) => match[1])

test('the chunks of plugins that are on come with the page, once each, after what shows it', async () => {
  const { html } = await page(false)
  expect(hrefs(html, 'modulepreload')).toEqual([
    '../assets/both.js',
    '../assets/own.js',
    '../assets/ep_near.js',
  ])
  const script = html.indexOf('type="module"')
  expect(html.indexOf('both.js')).toBeLessThan(script)
  expect(html.indexOf('ep_near.js')).toBeGreaterThan(script)
})

test('their style sheets are one file, whose address any server of the build can answer', async () => {
  const { html } = await page(false)
  const [address = ''] = hrefs(html, 'stylesheet')
  expect(address).toMatch(/^\.\.\/plugin-styles\/[0-9a-f]{12}\/ep_near\.css$/)
  const port = web?.port ?? 0
  const sheet = await ask(port, address.slice(2))
  expect(sheet.text).toBe('.near{}')
  expect(sheet.headers).toMatchObject({
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  })
  const other = await ask(port, '/plugin-styles/0123456789ab/ep_off+ep_near.css')
  expect([other.text, other.headers['cache-control']]).toEqual(['.near{}', 'no-cache'])
  for (const wrong of ['ep_none.css', '..%2Fsecret.css', 'ep_near', `${'ep_near+'.repeat(200)}ep_near.css`])
    expect((await ask(port, `/plugin-styles/0123456789ab/${wrong}`)).status).toBeGreaterThanOrEqual(400)
})

test.each([
  ['a page without plugins from elsewhere, which may come while it is open,', false],
  ['a page with one', true],
])('%s has the map of libraries, before any module and allowed by its hash', async (_what, far) => {
  const { html, policy } = await page(far)
  const text = /<script type="importmap">([^]*?)<\/script>/.exec(html)?.[1] ?? ''
  const hash = createHash('sha256').update(text).digest('base64')
  expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`)
  expect(policy).not.toContain('unsafe')
  expect(html.indexOf('importmap')).toBeLessThan(html.indexOf('modulepreload'))
  expect(html.indexOf('importmap')).toBeLessThan(html.indexOf('type="module"'))
  const { imports } = JSON.parse(text) as { imports: Record<string, string> }
  expect(Object.keys(imports)).toEqual([...LIBRARIES])
  expect(imports['preact/jsx-runtime']).toBe('../assets/library-preact-jsx-runtime.js')
  expect(hrefs(html, 'modulepreload').includes(`../${FILES.client}`)).toBe(far)
  const again = await ask(web?.port ?? 0, '/p/y', { headers: BROWSER })
  expect(String(again.headers['content-security-policy'])).toContain(hash)
})
