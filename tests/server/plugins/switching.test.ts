/** Plugins: on and off while everything runs; decisions stay; pages and open pads follow. */
import { afterEach, expect, test } from '@jest/globals'
import { Message } from '../../../shared/protocol.ts'
import { coreFormats } from '../../../shared/text/formats.ts'
import type { TestPlugin } from '../../support/plugin-folder.ts'
import { bootPlugins, pluginStage } from '../../support/plugin-web.ts'
import type { PluginStage } from '../../support/plugin-web.ts'
import { jsonMessage } from '../../support/raw-client.ts'
import type { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/wait.ts'
import type { Web } from '../../support/web.ts'

let stage: PluginStage
afterEach(() => stage.end())

async function start(
  plugins: Record<string, TestPlugin>,
  ...given: Parameters<PluginStage['server']>
): Promise<Web> {
  stage = pluginStage(plugins)
  return stage.server(...given)
}

const told = (client: RawClient): string[][] =>
  client.events.flatMap((event) => (event.type === 'plugins' ? [event.plugins.map(({ name }) => name)] : []))

const SETTINGS = `settings: {
  word: { type: 'text', scope: 'pad', label: 'l', default: 'a' },
  hidden: { type: 'text', scope: 'server', label: 'l', default: 'secret place' } }`

test('Plugins: a page gets those that are on, with public settings and without our version', async () => {
  const web = await start(
    {
      ep_a: { shared: SETTINGS },
      ep_b: { facts: { standard: false } },
      ep_c: { facts: { standard: false, title: 'See' } },
    },
    { plugins: 'ep_c', ep_a: { word: 'b' } },
  )
  expect(await bootPlugins(web, 'notes')).toEqual([
    { name: 'ep_a', title: 'ep_a', version: '', settings: { word: 'b' } },
    { name: 'ep_c', title: 'See', version: '', settings: {} },
  ])
  expect(web.plugins.list().map(({ facts, state }) => [facts.name, state])).toEqual([
    ['ep_a', 'on'],
    ['ep_b', 'off'],
    ['ep_c', 'on'],
  ])
})

test('Plugins: a page gets those it has a use for: a half of its own, formats, settings that people decide', async () => {
  const none = { client: false, server: '' }
  const field = (scope: string) =>
    `settings: { x: { type: 'switch', scope: '${scope}', label: 'l', default: false } }`
  const web = await start({
    ep_client: { server: '' },
    ep_formats: { ...none, shared: "formats: { blocks: ['wall'] }" },
    ep_framing: { client: false, server: "ctx.frames(() => ['https://wall.example'])" },
    ep_imports: { ...none, shared: 'imports: { wall: () => undefined }' },
    ep_pad: { ...none, shared: field('pad') },
    ep_server: { ...none, shared: field('server') },
    ep_user: { ...none, shared: field('user') },
  })
  const inPages = ['ep_client', 'ep_formats', 'ep_imports', 'ep_pad', 'ep_user']
  expect((await bootPlugins(web, 'notes')).map(({ name }) => name)).toEqual(inPages)
  expect(web.plugins.list().every(({ state }) => state === 'on')).toBe(true)
  expect(web.plugins.frames()).toEqual(['https://wall.example'])
  // Pages are told nothing of one that they would not load.
  const client = await stage.join(web, 'notes')
  await web.plugins.disable('ep_server')
  await web.plugins.disable('ep_user')
  await client.until(() => told(client).length === 1)
  expect(told(client)).toEqual([inPages.slice(0, -1)])
})

test('Plugins: switched on and off, all open pads and the next pages know it, and formats follow', async () => {
  const format = `formats: { inline: [{ name: 'glow', many: false, flag: true, inclusive: true, validate: (v: any) => v === true }] }`
  const web = await start({ ep_a: { shared: format, facts: { standard: false } }, ep_b: {} })
  const client = await stage.join(web, 'notes')
  expect(web.plugins.formats()).toBe(coreFormats)
  expect((await web.plugins.enable('ep_a')).state).toBe('on')
  await client.until(() => told(client).length === 1)
  expect(told(client)).toEqual([['ep_a', 'ep_b']])
  expect((await bootPlugins(web, 'notes')).map(({ name }) => name)).toEqual(['ep_a', 'ep_b'])
  expect(web.plugins.formats().inline.has('glow')).toBe(true)
  const same = web.plugins.formats()
  await web.plugins.disable('ep_b')
  await client.until(() => told(client).length === 2)
  expect(told(client).at(-1)).toEqual(['ep_a'])
  expect(web.plugins.formats()).toBe(same)
  await web.plugins.disable('ep_a')
  expect(web.plugins.formats()).toEqual(coreFormats)
  await expect(web.plugins.enable('ep_nothing')).rejects.toMatchObject({ code: 'notFound' })
})

test('Plugins: what was decided stays over a restart, and reaches another server on the same database', async () => {
  const web = await start({ ep_a: { shared: SETTINGS }, ep_b: { facts: { standard: false } } })
  const other = await stage.server({}, { folder: web.folder })
  const client = await stage.join(other, 'notes')
  await web.plugins.disable('ep_a')
  await web.plugins.enable('ep_b')
  await until('the other server follows', () => told(client).at(-1)?.join() === 'ep_b')
  await web.plugins.enable('ep_a')
  await web.plugins.setSettings('ep_a', { word: 'decided' })
  await until('the other server follows', () => told(client).at(-1)?.join() === 'ep_a,ep_b')
  await until('the setting too', () => JSON.stringify(client.events.at(-1)).includes('"word":"decided"'))
  const third = await stage.server({}, { folder: web.folder })
  expect(third.plugins.list().map(({ state, decided }) => [state, decided])).toEqual([
    ['on', true],
    ['on', true],
  ])
  expect(await third.plugins.settings('ep_a')).toMatchObject([
    { value: 'decided', source: 'administrator' },
    {},
  ])
})

test('Plugins: settings are decided while it runs, checked, and never over the environment', async () => {
  const web = await start(
    {
      ep_a: {
        shared: SETTINGS,
        server: `ctx.onSettings(() => ctx.log.info('heard ' + ctx.settings().word))`,
      },
    },
    {},
    { env: { EP__ep_a__hidden: 'fixed' } },
  )
  await web.plugins.setSettings('ep_a', { word: 'new' })
  expect((await bootPlugins(web, 'notes'))[0]?.['settings']).toEqual({ word: 'new' })
  await expect(web.plugins.setSettings('ep_a', { hidden: 'x' })).rejects.toMatchObject({
    code: 'badRequest',
    message: 'hidden is fixed by the environment variable EP__ep_a__hidden.',
  })
  await expect(web.plugins.setSettings('ep_a', { word: 'x'.repeat(3000) })).rejects.toMatchObject({
    message: 'word: allowed is a text of at most 2000 characters.',
  })
  await expect(web.plugins.setSettings('ep_a', { other: 'x' })).rejects.toMatchObject({
    message: 'ep_a has no setting other.',
  })
  expect(web.lines.some((line) => line.includes('"heard new"') && line.includes('"plugin":"ep_a"'))).toBe(
    true,
  )
  await web.plugins.setSettings('ep_a', { word: null })
  expect((await web.plugins.settings('ep_a'))[0]).toMatchObject({ value: 'a', source: 'default' })
})

test('Plugins: settings of one that is off are known and can be decided', async () => {
  const web = await start({ ep_a: { shared: SETTINGS, facts: { standard: false } } })
  await web.plugins.setSettings('ep_a', { word: 'later' })
  expect(await bootPlugins(web, 'notes')).toEqual([])
  await web.plugins.enable('ep_a')
  expect((await bootPlugins(web, 'notes'))[0]?.['settings']).toEqual({ word: 'later' })
})

test('Plugins: one that is needed and switched off takes the other with it, and brings it back', async () => {
  const web = await start({ ep_a: { facts: { needs: ['ep_b'] } }, ep_b: {} })
  const state = (name: string) => web.plugins.list().find(({ facts }) => facts.name === name)
  expect((await bootPlugins(web, 'notes')).map(({ name }) => name)).toEqual(['ep_b', 'ep_a'])
  await web.plugins.disable('ep_b')
  expect(state('ep_a')).toMatchObject({ state: 'waiting', error: 'It needs ep_b, which is switched off.' })
  expect(await bootPlugins(web, 'notes')).toEqual([])
  await web.plugins.enable('ep_b')
  expect(state('ep_a')).toMatchObject({ state: 'on', error: null })
})

test('Plugins: a page that asks what changed is told the plugins', async () => {
  const web = await start({ ep_a: {} })
  const client = await stage.join(web, 'notes')
  client.send(jsonMessage(Message.event, { type: 'catchUp' }))
  await client.until(() => told(client).length > 0)
  expect(told(client)).toEqual([['ep_a']])
})

test("Plugins: a plugin's words come in the language asked for, else in English", async () => {
  const web = await start({ ep_a: { locales: { en: { a: 'A', b: 'B' }, de: { a: 'Ä' } } } })
  expect(await web.plugins.words('ep_a', 'de')).toEqual({ a: 'Ä', b: 'B' })
  expect(await web.plugins.words('ep_a', '../../etc')).toEqual({})
})
