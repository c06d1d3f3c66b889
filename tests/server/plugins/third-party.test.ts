/** Plugins: a third party's, from its installation on a running server to its removal, as people in a pad meet it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { Message } from '../../../shared/protocol.ts'
import type { BootPlugin } from '../../../shared/settings.ts'
import { pluginCommand } from '../../../server/plugins/command.ts'
import { createNpm } from '../../../server/plugins/npm.ts'
import { createPackages } from '../../../server/plugins/packages.ts'
import { ask } from '../../support/ask.ts'
import { bootPlugins, pluginStage } from '../../support/plugin-web.ts'
import type { PluginStage } from '../../support/plugin-web.ts'
import { jsonMessage } from '../../support/raw-client.ts'
import type { RawClient } from '../../support/raw-client.ts'
import { samplePackage } from '../../support/sample-package.ts'
import type { SamplePackage } from '../../support/sample-package.ts'
import { until } from '../../support/wait.ts'
import type { Web } from '../../support/web.ts'

const LONG = 120_000
let sample: SamplePackage
let stage: PluginStage
let home: string

beforeAll(async () => {
  sample = await samplePackage()
}, LONG)
afterAll(() => sample.remove())
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'inkpad-third-'))
  writeFileSync(join(home, 'package.json'), '{"version":"0.9.0"}')
  stage = pluginStage({ ep_own: {} })
})
afterEach(async () => {
  await stage.end()
  rmSync(home, { recursive: true, force: true })
})

/** A server whose plugins are in `var/plugins` of `folder`. */
const start = (
  folder = home,
  settings: Record<string, unknown> = {},
  options: Parameters<PluginStage['server']>[1] = {},
) =>
  stage.server(settings, {
    ...options,
    plugins: {
      packages: createPackages({
        folder: join(folder, 'var/plugins'),
        npm: createNpm({ ...process.env, npm_config_registry: 'http://127.0.0.1:9/' }),
        catalog: false,
        libraries: resolve('node_modules'),
        warn: () => {},
      }),
    },
  })

const told = (client: RawClient): (readonly BootPlugin[])[] =>
  client.events.flatMap((event) => (event.type === 'plugins' ? [event.plugins] : []))
const names = (client: RawClient) =>
  told(client)
    .at(-1)
    ?.map(({ name }) => name)
const totals = (client: RawClient) =>
  client.events.flatMap((event) => (event.type === 'plugin' && event.name === 'total' ? [event.payload] : []))
const thank = (client: RawClient) =>
  client.send(
    jsonMessage(Message.event, { type: 'plugin', plugin: 'ep_kudos', name: 'thank', payload: null }),
  )
const get = async (web: Web, path: string) => ask(web.port, path)

test(
  'Third party: installed while people write, used, disabled, enabled, updated and removed; content stays',
  async () => {
    const web = await start(home, { ep_kudos: { word: 'Thanks a lot', most: 5000 } })
    const ada = await stage.join(web, 'party')
    const bo = await stage.join(web, 'party')
    expect(await web.plugins.install(sample.tarball)).toMatchObject({
      facts: { name: 'ep_kudos', version: '1.0.0' },
      state: 'on',
      package: { name: 'ep_kudos', registry: false },
    })
    await ada.until(
      () => names(ada)?.join() === 'ep_kudos,ep_own' || names(ada)?.join() === 'ep_own,ep_kudos',
    )
    const plugin = told(ada)
      .at(-1)
      ?.find(({ name }) => name === 'ep_kudos')
    expect(plugin).toMatchObject({
      title: 'Kudos',
      version: '1.0.0',
      settings: { word: 'Thanks a lot', glow: true },
    })
    expect(plugin?.settings).not.toHaveProperty('most')

    // Pages fetch its files, which never change under their address.
    const { shared = '', client, style, locales } = plugin?.files ?? {}
    const script = await get(web, `/${client}`)
    expect(script.status).toBe(200)
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(script.text).toContain("from 'prosemirror-state'")
    expect((await get(web, `/${shared}`)).text).toContain('export const declaration')
    expect((await get(web, `/${style}`)).headers['content-type']).toContain('text/css')
    expect(JSON.parse((await get(web, `/${locales}/de.json`)).text)).toMatchObject({ title: 'Lob' })
    expect(await web.plugins.words('ep_kudos', 'de')).toMatchObject({ title: 'Lob' })
    expect(web.plugins.formats().inline.has('kudos')).toBe(true)

    // Two thank at the same time: two thanks, which everybody is told.
    thank(ada)
    thank(bo)
    await ada.until(() => totals(ada).length === 2)
    await bo.until(() => totals(bo).length === 2)
    expect(totals(ada)).toEqual([1, 2])
    ada.doc.getText('text').insert(0, 'well done ', { kudos: true })
    await ada.untilSaved()
    const page = await ask(web.port, '/p/party', { headers: { accept: 'text/html' } })
    expect(page.text).toContain('<mark class="ep-kudos">well done </mark>')
    expect((await bootPlugins(web, 'party')).find(({ name }) => name === 'ep_kudos')?.['start']).toEqual({
      total: 2,
    })
    expect(JSON.parse((await get(web, '/plugin/ep_kudos/total?pad=party')).text)).toEqual({
      pad: 'party',
      total: 2,
      word: 'Thanks a lot',
    })

    await web.plugins.disable('ep_kudos')
    await ada.until(() => names(ada)?.join() === 'ep_own')
    expect((await get(web, '/plugin/ep_kudos/total?pad=party')).status).toBe(404)
    thank(ada)
    await ada.until(() => ada.events.some((event) => event.type === 'refused' && event.why === 'off'))
    const plain = await ask(web.port, '/p/party', { headers: { accept: 'text/html' } })
    expect(plain.text).toContain('well done')
    expect(plain.text).not.toContain('ep-kudos')

    await web.plugins.enable('ep_kudos')
    thank(ada)
    await ada.until(() => totals(ada).at(-1) === 3)
    const again = await ask(web.port, '/p/party', { headers: { accept: 'text/html' } })
    expect(again.text).toContain('<mark class="ep-kudos">well done </mark>')

    const newer = await samplePackage({ manifest: { version: '1.1.0' }, inkpad: { title: 'More kudos' } })
    await web.plugins.install(newer.tarball)
    newer.remove()
    await ada.until(
      () =>
        told(ada)
          .at(-1)
          ?.some(({ version }) => version === '1.1.0') ?? false,
    )
    expect(
      told(ada)
        .at(-1)
        ?.find(({ name }) => name === 'ep_kudos')?.files?.client,
    ).not.toBe(client)
    expect((await get(web, `/${client}`)).status).toBe(200)
    thank(ada)
    await ada.until(() => totals(ada).at(-1) === 4)

    await web.plugins.remove('ep_kudos')
    await ada.until(() => names(ada)?.join() === 'ep_own')
    expect(web.plugins.list().map(({ facts }) => facts.name)).toEqual(['ep_own'])
    expect((await get(web, `/${client}`)).status).toBe(404)
    expect(ada.doc.getText('text').toDelta()[0]).toEqual({
      insert: 'well done ',
      attributes: { kudos: true },
    })
    expect(await web.store.pluginValue('ep_kudos', 'total/party')).toBe('4')

    await web.plugins.install(sample.folder)
    thank(ada)
    await ada.until(() => totals(ada).at(-1) === 5)
    await web.plugins.remove('ep_kudos', true)
    expect(await web.store.pluginValue('ep_kudos', 'total/party')).toBeNull()
    await expect(web.plugins.remove('ep_own')).rejects.toThrow('ep_own comes with Inkpad')
  },
  LONG,
)

test(
  'Third party: only files for pages are given out',
  async () => {
    const web = await start()
    await web.plugins.install(sample.tarball)
    const { files } = (await bootPlugins(web, 'x')).find(({ name }) => name === 'ep_kudos') ?? {}
    const { shared } = files as { shared: string }
    const base = `/${shared.slice(0, shared.lastIndexOf('/'))}`
    for (const path of [
      'server.js',
      'package.json',
      'nothing.js',
      'locales',
      'locales/',
      '.hidden.js',
      '../../installed.json',
      '%2e%2e/%2e%2e/installed.json',
      '..%2f..%2finstalled.json',
      '//shared.js',
      'locales/../server.js',
      'shared.js/',
    ])
      expect(['400', '404'].map((status) => `${path} ${status}`)).toContain(
        `${path} ${(await get(web, `${base}/${path}`)).status}`,
      )
    expect((await get(web, base.replace('ep_kudos', 'ep_nothing') + '/shared.js')).status).toBe(404)
    expect((await get(web, `/plugin-files/ep_kudos/1.0.0/shared.js`)).status).toBe(404)
    expect((await get(web, `${base}/client.js`)).status).toBe(200)
  },
  LONG,
)

test(
  'Third party: its server half shares our libraries, and has its own besides',
  async () => {
    const changed = await samplePackage({
      files: {
        'server.js': `
          import * as Y from 'yjs'
          import { helper } from './helper.js'
          export function server(context) {
            context.routes.get('/same', async (request, response) => {
              const same = await context.pads.read('shared', (doc) => doc instanceof Y.Doc)
              response.json({ same, helper })
            })
          }`,
        'helper.js': `export const helper = 'beside it'`,
      },
    })
    const web = await start()
    await stage.join(web, 'shared')
    await web.plugins.install(changed.tarball)
    changed.remove()
    expect(JSON.parse((await get(web, '/plugin/ep_kudos/same')).text)).toEqual({
      same: true,
      helper: 'beside it',
    })
  },
  LONG,
)

test(
  'Third party: what fails to install or to start says why, and the server runs on',
  async () => {
    const web = await start()
    await expect(web.plugins.install('ep_kudos')).rejects.toMatchObject({ code: 'badRequest' })
    const broken = await samplePackage({
      files: { 'server.js': `export function server() { throw new Error('boom') }` },
    })
    expect(await web.plugins.install(broken.tarball)).toMatchObject({ state: 'failed', error: 'Error: boom' })
    broken.remove()
    expect((await bootPlugins(web, 'x')).map(({ name }) => name)).toEqual(['ep_own'])
    // A better version takes its place without more words.
    expect(await web.plugins.install(sample.tarball)).toMatchObject({ state: 'on', error: null })
    expect(await web.plugins.search('x')).toMatchObject({ state: 'off' })
  },
  LONG,
)

test(
  'Third party: the command line works on the same folder and database; a running server and a later one follow',
  async () => {
    const web = await start()
    const client = await stage.join(web, 'cli')
    const lines: string[] = []
    const command = async (...args: string[]) => {
      lines.length = 0
      const code = await pluginCommand([...args, '--settings', join(web.folder, 'settings.json')], {
        env: {
          ...process.env,
          DB_FILENAME: join(web.folder, 'var/inkpad.db'),
          npm_config_registry: 'http://127.0.0.1:9/',
        },
        root: home,
        bundled: stage.folder.folder,
        cwd: join(sample.tarball, '..'),
        out: (line) => lines.push(line),
        err: (line) => lines.push(`! ${line}`),
      })
      return [code, ...lines]
    }
    expect(await command('install', './ep_kudos-1.0.0.tgz')).toEqual([
      0,
      'ep_kudos 1.0.0 is installed and switched on.',
    ])
    await until('the server follows', () => names(client)?.includes('ep_kudos') ?? false)
    thank(client)
    await client.until(() => totals(client).length === 1)
    expect(await command('list')).toEqual([
      0,
      'on   ep_own 0.9.0  ep_own',
      'on   ep_kudos 1.0.0 (installed)  Kudos',
    ])
    expect(await command('disable', 'ep_own')).toEqual([0, 'ep_own is switched off.'])
    expect(await command('disable', 'ep_kudos')).toEqual([0, 'ep_kudos is switched off.'])
    await until('the server follows', () => names(client)?.length === 0)
    const later = await start(home, {}, { folder: web.folder })
    expect(later.plugins.list().map(({ facts, state }) => [facts.name, state])).toEqual([
      ['ep_own', 'off'],
      ['ep_kudos', 'off'],
    ])
    expect(await command('enable', 'ep_kudos')).toEqual([0, 'ep_kudos is switched on.'])
    await until('the server follows', () => names(client)?.join() === 'ep_kudos')
    expect(await command('remove', 'ep_own')).toEqual([
      1,
      '! ep_own comes with Inkpad; it can be switched off.',
    ])
    expect(await command('remove', 'ep_kudos', '--data')).toEqual([0, 'ep_kudos is removed.'])
    await until('the server follows', () => names(client)?.length === 0)
    expect(await web.store.pluginKeys('ep_kudos', '', '', 10)).toEqual([])
    expect(await command('enable', 'ep_kudos')).toEqual([1, '! There is no plugin ep_kudos here.'])
    expect(await command('fly')).toEqual([1, expect.stringContaining('There is no command fly.')])
    expect(await command('install', 'ep_kudos')).toEqual([1, expect.stringContaining('cannot be reached')])
    expect((await command('help'))[0]).toBe(0)
  },
  LONG,
)
