/** Mentions on a real server: told to the person alone, in the name the server knows, by those who may write. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { findBundled } from '../../server/plugins/find.ts'
import { Message } from '../../shared/protocol.ts'
import { pluginStage } from '../../tests/support/plugin-web.ts'
import { jsonMessage } from '../../tests/support/raw-client.ts'
import type { RawClient } from '../../tests/support/raw-client.ts'
import type { Web } from '../../tests/support/web.ts'

const stage = pluginStage({})
let web: Web

beforeAll(async () => {
  const ours = findBundled(join(import.meta.dirname, '..'), '1.0.0', (line) => {
    throw new Error(line)
  })
  web = await stage.server(
    {},
    { plugins: { bundled: ours.filter(({ facts }) => facts.name === 'ep_mentions') } },
  )
}, 60_000)
afterAll(() => stage.end())

const say = (client: RawClient, payload: unknown): void =>
  client.ws.send(
    jsonMessage(Message.event, { type: 'plugin', plugin: 'ep_mentions', name: 'mention', payload }),
  )
const authorOf = (client: RawClient): string => client.welcome?.me.author ?? ''
const told = (client: RawClient): unknown[] =>
  client.events.flatMap((event) => (event.type === 'plugin' ? [event.payload] : []))

test('only the person is told, once in a while, and never in another name', async () => {
  const [ada, bo] = [await stage.join(web, 'plan'), await stage.join(web, 'plan')]
  const to = authorOf(bo)
  say(ada, { to, by: 'The Queen', words: 'come' })
  await bo.until(() => told(bo).length === 1)
  expect(told(bo)).toEqual([{ to, by: '', words: 'come' }])
  say(ada, { to, by: '', words: 'again' })
  say(ada, { to: authorOf(ada), by: '', words: 'self' })
  say(bo, { to: authorOf(ada), by: '', words: 'back' })
  await ada.until(() => told(ada).length === 1)
  expect(told(ada)).toEqual([{ to: authorOf(ada), by: '', words: 'back' }])
  expect(told(bo)).toHaveLength(1)
})
