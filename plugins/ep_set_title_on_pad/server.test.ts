/** Titles on a real server: kept, told, started with, gone with the pad. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Message } from '../../shared/protocol.ts'
import { findBundled } from '../../server/plugins/find.ts'
import { ask } from '../../tests/support/ask.ts'
import { bootPlugins, pluginStage } from '../../tests/support/plugin-web.ts'
import { jsonMessage } from '../../tests/support/raw-client.ts'
import type { RawClient } from '../../tests/support/raw-client.ts'
import type { Web } from '../../tests/support/web.ts'

/** Says whether a pad is as it was made, as other plugins ask. */
const stage = pluginStage({
  ep_asks: {
    server: `ctx.routes.get('/untouched/:pad', async (request: any, response: any) => {
      response.json(await ctx.pads.untouched(request.params.pad))
    })`,
  },
})
let web: Web

beforeAll(async () => {
  const ours = findBundled(join(import.meta.dirname, '..'), '1.0.0', (line) => {
    throw new Error(line)
  })
  const bundled = ours.filter(({ facts }) => facts.name === 'ep_set_title_on_pad')
  web = await stage.server({}, { plugins: { bundled: [...bundled, ...stage.folder.found()] } })
}, 60_000)
afterAll(() => stage.end())

const say = (client: RawClient, payload: unknown): void =>
  client.ws.send(
    jsonMessage(Message.event, { type: 'plugin', plugin: 'ep_set_title_on_pad', name: 'title', payload }),
  )
const connects = (client: RawClient): void => client.ws.send(jsonMessage(Message.event, { type: 'catchUp' }))
const titles = (client: RawClient): unknown[] =>
  client.events.flatMap((event) => (event.type === 'plugin' ? [event.payload] : []))
const untouched = async (pad: string): Promise<unknown> =>
  JSON.parse((await ask(web.port, `/plugin/ep_asks/untouched/${pad}`)).text)
const startTitle = async (pad: string): Promise<unknown> =>
  (
    (await bootPlugins(web, pad)).find(({ name }) => name === 'ep_set_title_on_pad')?.['start'] as
      | { title?: unknown }
      | undefined
  )?.title

test('a title reaches everybody, stands in new pages, and goes with the pad', async () => {
  const [ada, bo] = [await stage.join(web, 'plan'), await stage.join(web, 'plan')]
  say(ada, ' Our  plan ')
  await bo.until(() => titles(bo).includes('Our plan'))
  await ada.until(() => titles(ada).includes('Our plan'))
  expect(await startTitle('plan')).toBe('Our plan')
  say(bo, '')
  await ada.until(() => titles(ada).at(-1) === '')
  expect(await startTitle('plan')).toBe('')
  say(bo, 'Again')
  await ada.until(() => titles(ada).at(-1) === 'Again')
  await web.sync.remove('p/plan')
  expect(await startTitle('plan')).toBe('')
})

test('what is no title is refused, and changes nothing', async () => {
  const ada = await stage.join(web, 'odd')
  say(ada, { not: 'a text' })
  await ada.until(() => ada.events.some((event) => event.type === 'refused'))
  expect(await startTitle('odd')).toBe('')
})

test('who comes back after a while without network is told what stands', async () => {
  const ada = await stage.join(web, 'back')
  say(ada, 'While you were away')
  await ada.until(() => titles(ada).length > 0)
  const bo = await stage.join(web, 'back')
  connects(bo)
  await bo.until(() => titles(bo).includes('While you were away'))
})

test('of two titles at the same moment everybody, and the next page, has the same', async () => {
  const [ada, bo] = [await stage.join(web, 'both'), await stage.join(web, 'both')]
  for (let round = 0; round < 10; round += 1) {
    say(ada, `a${round}`)
    say(bo, `b${round}`)
  }
  await ada.until(() => titles(ada).length >= 20)
  await bo.until(() => titles(bo).length >= 20)
  const kept = await startTitle('both')
  expect([titles(ada).at(-1), titles(bo).at(-1)]).toEqual([kept, kept])
})

test('a pad with a title is not as it was made', async () => {
  await web.write('titled', 'Welcome\n')
  const ada = await stage.join(web, 'titled')
  expect(await untouched('titled')).toBe(true)
  say(ada, 'Mine')
  await ada.until(() => titles(ada).includes('Mine'))
  expect(await untouched('titled')).toBe(false)
})
