/** Empty pads go, on a real server with real visitors; pads that anybody touched stay. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pluginPads } from '../../server/plugins/pads.ts'
import { Message } from '../../shared/protocol.ts'
import { pluginStage } from '../../tests/support/plugin-web.ts'
import { jsonMessage } from '../../tests/support/raw-client.ts'
import type { Web } from '../../tests/support/web.ts'
import { sweeperOf } from './server.ts'

const ignore = (): void => undefined
const HOUR = 60 * 60_000
const stage = pluginStage({})
let web: Web
let time = Date.now()
let afterMinutes = 60

beforeAll(async () => {
  web = await stage.server()
}, 60_000)
afterAll(() => stage.end())

function sweeper(): { sweep: () => Promise<readonly string[]>; leave: (pad: string) => void } {
  let leave: (pad: string) => void = () => undefined
  const pads = pluginPads({
    store: web.store,
    sync: web.sync,
    presence: { here: (pad) => web.sync.here().get(`p/${pad}`) ?? 0 },
    remove: (pad) => web.sync.remove(`p/${pad}`),
    held: async (pad) => pad === 'held',
  })
  const made = sweeperOf(
    {
      settings: () => ({ afterMinutes }),
      on: (_event, listener) => {
        leave = (pad) => void listener({ pad, person: { author: 'a.x', name: '', colour: '1' } } as never)
        return () => undefined
      },
      pads,
      log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    },
    () => time,
  )
  return { sweep: () => made.sweep(), leave: (pad) => leave(pad) }
}

test('only pads as they were made go, when their time has come and nobody is there', async () => {
  const { sweep, leave } = sweeper()
  await web.write('untouched', 'Welcome\n')
  await web.write('open', 'Welcome\n')
  await web.write('held', 'Welcome\n')
  const writer = await stage.join(web, 'written')
  writer.doc.getText('text').insert(0, 'x')
  await writer.untilSaved()
  writer.doc.getText('text').delete(0, 1)
  await writer.untilSaved()
  const talker = await stage.join(web, 'talked')
  talker.ws.send(jsonMessage(Message.event, { type: 'chat', text: 'anybody?', key: 'k1' }))
  await talker.until(() => talker.events.some((event) => event.type === 'chat' && event.messages.length > 0))
  await Promise.all([writer.close(), talker.close()])
  const visitor = await stage.join(web, 'open')

  time = Date.now()
  expect(await sweep()).toEqual([])
  time = Date.now() + HOUR + 1000
  leave('untouched')
  expect(await sweep()).toEqual([])
  time += HOUR
  afterMinutes = 0
  expect(await sweep()).toEqual([])
  afterMinutes = 60
  expect(await sweep()).toEqual(['untouched'])
  await visitor.close()
  expect(await sweep()).toEqual(['open'])
  expect(await sweep()).toEqual([])
  for (const pad of ['written', 'talked', 'held']) expect(await web.store.find(`p/${pad}`)).not.toBeNull()
})

test('after a start nobody knows who left just before: all get their time again', async () => {
  await web.write('old', 'Welcome\n')
  time = Date.now() + 5 * HOUR
  const { sweep } = sweeper()
  expect(await sweep()).toEqual([])
  time += HOUR
  expect(await sweep()).toEqual(['old'])
})
