/** Titles on a real server: kept, told, started with, gone with the pad. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Message } from '../../shared/protocol.ts'
import { findBundled } from '../../server/plugins/find.ts'
import { bootPlugins, pluginStage } from '../../tests/support/plugin-web.ts'
import { jsonMessage } from '../../tests/support/raw-client.ts'
import type { RawClient } from '../../tests/support/raw-client.ts'
import type { Web } from '../../tests/support/web.ts'

const stage = pluginStage({})
let web: Web

beforeAll(async () => {
  const ours = findBundled(join(import.meta.dirname, '..'), '1.0.0', (line) => {
    throw new Error(line)
  })
  const bundled = ours.filter(({ facts }) => facts.name === 'ep_set_title_on_pad')
  web = await stage.server({}, { plugins: { bundled } })
}, 30_000)
afterAll(() => stage.end())

const say = (client: RawClient, payload: unknown): void =>
  client.ws.send(
    jsonMessage(Message.event, { type: 'plugin', plugin: 'ep_set_title_on_pad', name: 'title', payload }),
  )
const titles = (client: RawClient): unknown[] =>
  client.events.flatMap((event) => (event.type === 'plugin' ? [event.payload] : []))
const startTitle = async (pad: string): Promise<unknown> =>
  ((await bootPlugins(web, pad))[0]?.['start'] as { title?: unknown } | undefined)?.title

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
