/** S42: what rooms tell the rest of the server, and what it may say into them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Close, Message } from '../../../shared/protocol.ts'
import type { SyncListener } from '../../../server/sync/types.ts'
import { jsonMessage, RawClient } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'
import { until } from '../../support/wait.ts'

let server: TestServer
const heard: string[] = []

beforeAll(async () => {
  server = await startServer()
  const listener: SyncListener = {
    heard: (from, event) => {
      heard.push(`${from.person.name} says ${JSON.stringify(event)} in ${from.document}`)
      from.tell({ type: 'notice', text: 'heard' })
    },
    created: (document, by) => heard.push(`${by?.name} made ${document}`),
    joined: (document, person) => heard.push(`${person.name} in ${document}`),
    left: (document, person) => heard.push(`${person.name} out of ${document}`),
    changed: (document) => heard.push(`${document} changed`),
    removed: (document) => heard.push(`${document} removed`),
  }
  server.sync.listen({
    joined: () => {
      throw new Error('a listener of somebody careless')
    },
  })
  server.sync.listen(listener)
})

afterAll(async () => {
  await server.stop()
})

const connect = (pad: string, ticket: string): Promise<RawClient> =>
  new RawClient(`${server.url}/p/${pad}`, { hello: { ticket } }).untilSynced()

test('S42: who made a pad, who came first and left last, what was said and that it changed', async () => {
  heard.length = 0
  const { token } = server.people.add('Ada')
  const one = await connect('house', token)
  const two = await connect('house', token)
  expect(heard).toEqual(['Ada made p/house', 'Ada in p/house'])
  one.ws.send(jsonMessage(Message.event, { type: 'plugin', plugin: 'ep_x', name: 'ping', payload: { a: 1 } }))
  await one.until(() => one.events.some((event) => event.type === 'notice'))
  expect(two.events.some((event) => event.type === 'notice')).toBe(false)
  expect(heard.at(-1)).toBe(
    'Ada says {"type":"plugin","plugin":"ep_x","name":"ping","payload":{"a":1}} in p/house',
  )
  one.doc.getText('text').insert(0, 'word ')
  await until('told of the change', () => heard.includes('p/house changed'))
  await one.close()
  await two.close()
  await until('told of the leaving', () => heard.at(-1) === 'Ada out of p/house')
  expect(heard.filter((line) => line === 'Ada out of p/house')).toHaveLength(1)
  await server.sync.remove('p/house')
  expect(heard.at(-1)).toBe('p/house removed')
})

test('S42: an event reaches everybody in a pad, or one author', async () => {
  const ada = server.people.add('Ada')
  const bo = server.people.add('Bo')
  const [a, b] = [await connect('said', ada.token), await connect('said', bo.token)]
  server.sync.tell('p/said', { type: 'notice', text: 'for Bo' }, bo.person.author)
  server.sync.tell('p/said', { type: 'notice', text: 'for all' })
  server.sync.tellAll({ type: 'notice', text: 'for the world' })
  const words = (client: RawClient): string[] =>
    client.events.flatMap((event) => (event.type === 'notice' ? [event.text] : []))
  await a.until(() => words(a).length === 2)
  await b.until(() => words(b).length === 3)
  expect(words(a)).toEqual(['for all', 'for the world'])
  expect(words(b)).toEqual(['for Bo', 'for all', 'for the world'])
  await a.close()
  await b.close()
})

test.each([
  { type: 'plugin', plugin: 'x', name: 'a' },
  { type: 'plugin', plugin: 'ep_x', name: 'a'.repeat(65) },
  { type: 'chat', text: 5, key: 'k' },
  { type: 'chat', text: 'x', key: '' },
  { type: 'chatBefore', before: 'x' },
  { type: 'nothing' },
])('S42: %j closes with 4400', async (event) => {
  const client = await connect('wrong', server.people.add('Eve').token)
  client.ws.send(jsonMessage(Message.event, event))
  expect(await client.untilClosed()).toBe(Close.badData)
})
