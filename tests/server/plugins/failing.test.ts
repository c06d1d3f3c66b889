/** Plugins: one that throws is switched off with all it registered, told to the administrator, and the server runs on. */
import { afterEach, expect, test } from '@jest/globals'
import { Message } from '../../../shared/protocol.ts'
import { StoreDown } from '../../../server/store/store.ts'
import type { Store } from '../../../server/store/store.ts'
import { ask } from '../../support/ask.ts'
import type { TestPlugin } from '../../support/plugin-folder.ts'
import { bootPlugins, pluginStage } from '../../support/plugin-web.ts'
import type { PluginStage } from '../../support/plugin-web.ts'
import { jsonMessage } from '../../support/raw-client.ts'
import { until } from '../../support/wait.ts'
import type { Web } from '../../support/web.ts'

let stage: PluginStage
afterEach(() => stage.end())

async function start(plugin: TestPlugin, ...given: Parameters<PluginStage['server']>): Promise<Web> {
  stage = pluginStage({
    ep_bad: plugin,
    ep_good: { server: `ctx.routes.get('/', (_: any, r: any) => r.send('good'))` },
  })
  return stage.server(...given)
}

const state = (web: Web) => web.plugins.list().find(({ facts }) => facts.name === 'ep_bad')

/** Everything but the bad one works. */
async function runsOn(web: Web): Promise<void> {
  expect((await bootPlugins(web, 'fine')).map(({ name }) => name)).toEqual(['ep_good'])
  expect((await ask(web.port, '/plugin/ep_good/')).text).toBe('good')
  expect((await ask(web.port, '/plugin/ep_bad/kept')).status).toBe(404)
  const client = await stage.join(web, 'fine')
  client.type('word')
  await client.untilSaved()
}

test.each<[string, TestPlugin, string]>([
  ['its shared half', { sharedModule: `throw new Error('boom')` }, 'Error: boom'],
  ['its shared half cannot be read', { sharedModule: `export const = 5` }, 'Error'],
  [
    'its declaration',
    { sharedModule: `export const declaration = { name: 'ep_other' }` },
    `its declaration's name is "ep_other", not "ep_bad"`,
  ],
  [
    'no declaration',
    { sharedModule: `export const other = 1` },
    'its shared half exports no object "declaration"',
  ],
  [
    'a format nobody can have',
    { shared: `formats: { inline: [{ name: 'doc', validate: () => true }] }` },
    'doc cannot be the name of a format',
  ],
  ['its server half', { serverModule: `throw new TypeError('boom')` }, 'TypeError: boom'],
  [
    'no server function',
    { serverModule: `export const server = 5` },
    'its server half exports no function "server"',
  ],
  [
    'server(ctx)',
    { server: `ctx.routes.get('/kept', (_: any, r: any) => r.send('x')); throw new Error('boom')` },
    'Error: boom',
  ],
  ['a rejected server(ctx)', { server: `await Promise.reject(new Error('boom'))` }, 'Error: boom'],
  ['a thrown word', { server: `throw 'boom'` }, 'It threw boom.'],
  ['a message nobody declared', { server: `ctx.receive('x', () => {})` }, 'the message "x" is not declared'],
])('Plugins: %s at the start', async (_where, plugin, error) => {
  const web = await start(plugin)
  expect(state(web)).toMatchObject({ state: 'failed' })
  expect(state(web)?.error).toContain(error)
  expect(web.lines.some((line) => line.includes('"level":"error"') && line.includes('ep_bad'))).toBe(true)
  await runsOn(web)
})

const KEPT = `ctx.routes.get('/kept', (_: any, r: any) => r.send('x'));`

test.each<[string, string, (web: Web) => Promise<unknown>]>([
  ['a listener', `ctx.on('join', () => { throw new Error('boom') })`, async (web) => stage.join(web, 'a')],
  [
    'an async listener',
    `ctx.on('padCreate', async () => { throw new Error('boom') })`,
    async (web) => stage.join(web, 'a'),
  ],
  [
    'a route',
    `ctx.routes.get('/x', () => { throw new Error('boom') })`,
    async (web) => ask(web.port, '/plugin/ep_bad/x'),
  ],
  [
    'an async route',
    `ctx.routes.get('/x', async () => { throw new Error('boom') })`,
    async (web) => ask(web.port, '/plugin/ep_bad/x'),
  ],
  ['start data', `ctx.startData(() => { throw new Error('boom') })`, async (web) => bootPlugins(web, 'a')],
  ['too much start data', `ctx.startData(() => 'boom'.repeat(5000))`, async (web) => bootPlugins(web, 'a')],
  ['repeated work', `ctx.every(1, async () => { throw new Error('boom') })`, async () => {}],
  [
    'a listener of settings',
    `ctx.onSettings(() => { throw new Error('boom') })`,
    async (web) => web.plugins.setSettings('ep_bad', { word: 'x' }),
  ],
  [
    'a receiver',
    `ctx.receive('wave', () => { throw new Error('boom') })`,
    async (web) => {
      const client = await stage.join(web, 'a')
      client.send(jsonMessage(Message.event, { type: 'plugin', plugin: 'ep_bad', name: 'wave', payload: 1 }))
    },
  ],
])('Plugins: %s while it runs', async (_where, server, cause) => {
  const web = await start({
    shared: `settings: { word: { type: 'text', scope: 'server', label: 'l', default: '' } }, messages: { wave: (n: any) => n }`,
    server: `${KEPT} ${server}`,
  })
  expect((await ask(web.port, '/plugin/ep_bad/kept')).text).toBe('x')
  const witness = await stage.join(web, 'b')
  await cause(web)
  await until('it is off', () => state(web)?.state === 'failed')
  await witness.until(() => witness.events.some((event) => event.type === 'plugins'))
  expect(state(web)?.error).toMatch(/boom|start data/)
  await runsOn(web)
})

test('Plugins: one that failed is tried again when it is switched on, and what needs it comes back with it', async () => {
  stage = pluginStage({
    ep_bad: {
      server: `const n = (await ctx.store.get('n') ?? 0) + 1; await ctx.store.set('n', n); if (n < 3) throw new Error('boom')`,
    },
    ep_child: { facts: { needs: ['ep_bad'] } },
  })
  const web = await stage.server()
  const child = () => web.plugins.list()[1]
  expect(child()).toMatchObject({ state: 'waiting', error: 'It needs ep_bad, which is not on.' })
  expect(await web.plugins.enable('ep_bad')).toMatchObject({ state: 'failed', error: 'Error: boom' })
  await web.plugins.look()
  expect(await web.plugins.enable('ep_bad')).toMatchObject({ state: 'on', error: null })
  expect(child()).toMatchObject({ state: 'on' })
})

test('Plugins: an endless start is given up', async () => {
  const web = await start({ server: `await new Promise(() => {})` }, {}, { plugins: { startLimit: 200 } })
  expect(state(web)).toMatchObject({ state: 'failed', error: 'its server half took too long to start' })
  await runsOn(web)
})

test('Plugins: a limit outlasts the failure of its plugin, and ends when that is switched off', async () => {
  const web = await start({
    server: `ctx.allow((_: any, pad: string) => pad === 'shut' ? 'none' : undefined); ctx.on('join', () => { throw new Error('boom') })`,
  })
  await stage.join(web, 'a')
  await until('it is off', () => state(web)?.state === 'failed')
  expect((await ask(web.port, '/p/shut')).status).toBe(403)
  await web.plugins.disable('ep_bad')
  expect((await ask(web.port, '/p/shut')).status).toBe(200)
})

test('Plugins: a limit that throws lets nobody in', async () => {
  const web = await start({
    server: `ctx.allow((_: any, pad: string) => { if (pad === 'x') throw new Error('boom') })`,
  })
  expect((await ask(web.port, '/p/x')).status).toBe(403)
  expect(state(web)).toMatchObject({ state: 'failed', error: 'Error: boom' })
  expect((await ask(web.port, '/p/x')).status).toBe(403)
  await runsOn(web)
})

test('Plugins: a format that throws takes its plugin off, and the page comes', async () => {
  const web = await start({
    shared: `formats: { inline: [{ name: 'glow', many: false, flag: true, inclusive: true, validate: () => true, draw: () => { throw new Error('boom') } }] }`,
  })
  const client = await stage.join(web, 'glow')
  client.doc.getText('text').format(0, 5, { glow: true })
  await client.untilSaved()
  const page = await ask(web.port, '/p/glow', { headers: { accept: 'text/html' } })
  expect(page.status).toBe(200)
  expect(page.text).toContain('Welcome')
  await until('it is off', () => state(web)?.state === 'failed')
  await runsOn(web)
})

test('Plugins: a database that is away is nobody’s failure', async () => {
  let down = false
  const change = (store: Store): Store => ({
    ...store,
    savePluginValue: async (...given) => {
      if (down) throw new StoreDown('away')
      return store.savePluginValue(...given)
    },
  })
  const web = await start(
    {
      server: `${KEPT} ctx.on('join', () => ctx.store.set('n', 1)); ctx.routes.get('/set', async (_: any, r: any) => { await ctx.store.set('n', 1); r.send('set') })`,
    },
    {},
    { change },
  )
  down = true
  await stage.join(web, 'a')
  expect((await ask(web.port, '/plugin/ep_bad/set')).status).toBe(503)
  down = false
  expect((await ask(web.port, '/plugin/ep_bad/set')).text).toBe('set')
  expect(state(web)).toMatchObject({ state: 'on' })
})
