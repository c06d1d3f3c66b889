import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createClientEnvironment } from '../../support/client-environment.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'
import { createSessions } from '../../support/sessions.ts'
import type { Opened } from '../../support/sessions.ts'
import { openTcpProxy } from '../../support/tcp-proxy.ts'
import type { TcpProxy } from '../../support/tcp-proxy.ts'
import { until } from '../../support/wait.ts'

let server: TestServer
let proxy: TcpProxy
const sessions = createSessions()

beforeEach(async () => {
  server = await startServer()
  proxy = await openTcpProxy(server.port)
})
afterEach(async () => {
  await sessions.destroyAll()
  proxy.restore()
  proxy.resume()
  await until('goodbyes', () => server.sync.stats().connections === 0)
  await proxy.close()
  await server.stop()
})

/** Time that can be moved forward while timers stay real. */
function shiftable(cookie: string) {
  let shift = 0
  const env = createClientEnvironment({ cookie })
  return { env: Object.assign(env, { now: () => Date.now() + shift }), shift: (ms: number) => (shift += ms) }
}

async function converged(...people: Opened[]): Promise<void> {
  await Promise.all(people.map((person) => person.is('saved', 20_000)))
  await until(
    'the same text',
    () => new Set(people.map((person) => person.text())).size === 1,
    8000,
    () => people.map((person) => person.text()),
  )
}

describe('a bad network', () => {
  test('C5, C7: a cut: offline at once, edits of both sides merge when it is back', async () => {
    const ada = sessions.open(proxy.port, 'pad', { cookie: server.people.add('Ada').cookie })
    const bob = sessions.open(server.port, 'pad', { cookie: server.people.add('Bob').cookie })
    await converged(ada, bob)
    proxy.cut(true)
    await ada.is('offline')
    ada.type('offline edit ', 0)
    bob.type('online edit ')
    await bob.is('saved')
    expect(ada.session.status).toMatchObject({ unsaved: 1, kept: true })
    expect(ada.session.presence.size).toBe(0)
    proxy.restore()
    ada.env.fire('online')
    await converged(ada, bob)
    expect(bob.text()).toContain('offline edit')
    expect(ada.text()).toContain('online edit')
  })

  test('C7: the server is killed and returns: nobody loses anything, everybody comes back by themselves', async () => {
    const people = [0, 1, 2].map((i) =>
      sessions.open(proxy.port, 'pad', { cookie: server.people.add(`P${i}`).cookie }),
    )
    await converged(...people)
    people[0]?.type('before ')
    const directory = await server.crash()
    people[1]?.type('during ')
    people[2]?.type('too ')
    await Promise.all(people.map((person) => person.is('offline')))
    server = await startServer({ directory, people: server.people })
    proxy.retarget(server.port)
    await converged(...people)
    for (const word of ['before', 'during', 'too']) expect(people[0]?.text()).toContain(word)
  })

  test('C7: an orderly restart (1012) brings everybody back on a WebSocket', async () => {
    const ada = sessions.open(proxy.port, 'pad', { cookie: server.people.add('Ada').cookie })
    await ada.is('saved')
    ada.type('kept')
    await ada.is('saved')
    await server.sync.close(500)
    await ada.is('offline')
    const directory = await server.crash()
    server = await startServer({ directory, people: server.people })
    proxy.retarget(server.port)
    await ada.is('saved', 15_000)
    expect(ada.text()).toContain('kept')
    expect(ada.session.carrier).toBe('websocket')
  })

  test('C9: a connection that went silent is given up after 45 s, a page that wakes does not wait', async () => {
    const { env, shift } = shiftable(server.people.add('Ada').cookie)
    const ada = sessions.open(proxy.port, 'pad', { env })
    await ada.is('saved')
    const before = proxy.accepted
    proxy.pause()
    ada.type('into the void ')
    env.fire('visibilitychange')
    expect(ada.session.status.state).toBe('saving')
    shift(46_000)
    proxy.resume()
    env.fire('visibilitychange')
    await ada.is('saved')
    expect(proxy.accepted).toBe(before + 1)
    const bob = sessions.open(server.port, 'pad', { cookie: server.people.add('Bob').cookie })
    await until('text', () => bob.text().includes('into the void'))
  })

  test('C7: a flapping network ends in one text', async () => {
    proxy.delay(3)
    const ada = sessions.open(proxy.port, 'pad', { cookie: server.people.add('Ada').cookie })
    const bob = sessions.open(proxy.port, 'pad', { cookie: server.people.add('Bob').cookie })
    await converged(ada, bob)
    for (let i = 0; i < 8; i++) {
      ada.type(`a${i} `)
      bob.type(`b${i} `, 0)
      const accepted = proxy.accepted
      proxy.cut()
      ada.session.retry()
      bob.session.retry()
      await until('both are back', () => proxy.accepted >= accepted + 2)
    }
    await converged(ada, bob)
    for (let i = 0; i < 8; i++) expect(ada.text()).toContain(`b${i} `)
    expect(ada.text()).toContain('a7')
  })
})

describe('a proxy without WebSockets', () => {
  test('C8: refused handshakes: polling carries everything, and that is remembered', async () => {
    proxy.upgrades('refuse')
    const env = createClientEnvironment({ cookie: server.people.add('Ada').cookie })
    const ada = sessions.open(proxy.port, 'pad', { env })
    const bob = sessions.open(server.port, 'pad', { cookie: server.people.add('Bob').cookie })
    await ada.is('saved', 15_000)
    expect(ada.session.carrier).toBe('socket.io')
    ada.type('by polling ')
    bob.type('by websocket ')
    await converged(ada, bob)
    ada.session.setCursor({ anchor: 1, head: 1 })
    const seen = () => bob.session.presence.get(ada.session.doc.clientID)
    await until('cursor', () => seen()?.cursor != null)
    const second = sessions.open(proxy.port, 'pad', { env })
    await second.is('saved')
    expect(second.session.carrier).toBe('socket.io')
    expect(second.history.some(({ state }) => state === 'offline')).toBe(false)
    ada.type('y'.repeat(700_000))
    await converged(ada, bob)
    await server.sync.remove('p/pad')
    await ada.is('refused')
    expect(ada.session.status.reason).toBe('deleted')
  })

  test('C8: swallowed handshakes make way after 4 s; a WebSocket that gets through later is taken', async () => {
    proxy.upgrades('swallow')
    const env = createClientEnvironment({ cookie: server.people.add('Ada').cookie })
    const hurried = {
      ...env,
      after: (ms: number, run: () => void) => env.after(ms === 4000 ? 100 : ms === 300_000 ? 200 : ms, run),
    }
    const ada = sessions.open(proxy.port, 'pad', { env: hurried })
    await until('socket.io', () => ada.session.carrier === 'socket.io')
    await ada.is('saved')
    ada.type('polled ')
    await ada.is('saved')
    proxy.upgrades('pass')
    await until('WebSocket', () => ada.session.carrier === 'websocket', 15_000)
    ada.type('flown')
    await ada.is('saved')
    const bob = sessions.open(server.port, 'pad', { cookie: server.people.add('Bob').cookie })
    await until('text', () => bob.text().includes('polled flown'))
  })
})
