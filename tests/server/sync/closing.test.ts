import { afterEach, expect, test } from '@jest/globals'
import { Close } from '../../../shared/protocol.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'
import { until } from '../../support/wait.ts'

let server: TestServer
const clients: RawClient[] = []

afterEach(async () => {
  for (const client of clients.splice(0)) client.ws.terminate()
  await server.stop()
})

function connect(path = 'p/pad'): RawClient {
  const client = new RawClient(`${server.url}/${path}`)
  clients.push(client)
  return client
}

test('S37: shutting down commits and acknowledges what arrived, then closes with 1012', async () => {
  server = await startServer()
  const all = await Promise.all(Array.from({ length: 10 }, () => connect().untilSynced()))
  for (const client of all) client.type('last words ')
  await all[0]?.until(() => server.sync.stats().messagesIn >= 30)
  await server.sync.close(15_000)
  for (const client of all) {
    expect(await client.untilClosed()).toBe(Close.restart)
    expect(client.durable).toBe(client.sent)
  }
  const late = connect()
  await late.until(() => late.refused === 503)
  const directory = server.directory
  const next = await startServer({ directory })
  const check = new RawClient(`${next.url}/p/pad`)
  await check.untilSynced()
  expect(check.text.split('last words ')).toHaveLength(11)
  await check.close()
  await next.crash()
})

test('S36: an unused room goes after its time, with a snapshot when it is due, and opens again', async () => {
  server = await startServer({ limits: { linger: 0, byteRate: 1e9, byteBurst: 1e9 } })
  const a = await connect().untilSynced()
  for (let i = 0; i < 8; i++) {
    a.type('x'.repeat(20_000))
    await a.untilSaved()
  }
  await a.close()
  await until('the room is gone', () => server.sync.stats().rooms.open === 0)
  const stored = await server.store.load('p/pad')
  expect(stored?.snapshot?.seq).toBeGreaterThan(1)
  expect((await connect().untilSynced()).text).toBe(a.text)
})

test('S36: opening and closing rooms leaves nothing behind, also when people leave while it loads', async () => {
  server = await startServer({ limits: { linger: 0 } })
  for (let round = 0; round < 10; round++) {
    const some = Array.from({ length: 10 }, (_, i) => connect(`p/room-${round}-${i}`))
    await Promise.all(
      some.map(async (client, i) => {
        await client.until(() => client.ws.readyState === 1)
        if (i % 2 === 0) client.ws.terminate()
        else await client.untilSynced()
        client.ws.terminate()
      }),
    )
  }
  await until('nothing is left', () => {
    const { rooms, connections } = server.sync.stats()
    return rooms.open + rooms.loading + rooms.draining + connections === 0
  })
})

test('S37: after closing no timer runs on, though somebody on socket.io was told to go and polls no more', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
  const before = timers()
  server = await startServer()
  const base = `http://127.0.0.1:${server.port}/socket.io/?EIO=4&transport=polling&room=p/pad`
  const { sid } = JSON.parse((await (await fetch(base)).text()).slice(1)) as { sid: string }
  const here = `${base}&sid=${sid}`
  await fetch(here, { method: 'POST', body: '40' })
  /** Polls until a packet begins with this. */
  const heard = async (packet: string): Promise<void> => {
    for (let packets: string[] = []; !packets.some((one) => one.startsWith(packet));) {
      const poll = await fetch(here)
      expect(poll.status).toBe(200)
      packets = (await poll.text()).split('\u001e')
    }
  }
  await heard('451-["m"')
  await server.sync.remove('p/pad')
  await heard('42["close",4404')
  await heard('41')
  await server.stop()
  await until('no timers', () => timers() <= before)
})
