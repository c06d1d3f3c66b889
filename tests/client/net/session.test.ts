import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { IDBFactory } from 'fake-indexeddb'
import { WebSocket } from 'ws'
import type { RawSocket } from '../../../client/net/environment.ts'
import { ANONYMOUS_AUTHOR } from '../../../shared/ids.ts'
import { Message } from '../../../shared/protocol.ts'
import { createClientEnvironment } from '../../support/client-environment.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'
import { createSessions } from '../../support/sessions.ts'
import { until } from '../../support/wait.ts'

let server: TestServer
const sessions = createSessions()

beforeEach(async () => {
  server = await startServer()
})
afterEach(async () => {
  await sessions.destroyAll()
  await server.stop()
})

describe('a session on a real server', () => {
  test('C20: a session says when the server was greeted, and has no answer then', async () => {
    const sent: unknown[] = []
    class Recorded extends WebSocket {
      override send(data: Uint8Array): void {
        sent.push(data[0])
        super.send(data)
      }
    }
    const { session } = sessions.open(server.port, 'pad', {
      WebSocket: Recorded as unknown as new (url: string) => RawSocket,
    })
    expect(sent).toEqual([])
    await session.greeted
    expect(sent).toEqual([Message.hello, Message.sync])
    expect(session.status.state).toBe('loading')
    await session.ready
  })

  test('C4: loading, then saved; each edit is saving until the commit, and only then saved', async () => {
    const { cookie } = server.people.add('Ada')
    const ada = sessions.open(server.port, 'pad', { cookie })
    expect(ada.session.status.state).toBe('loading')
    await ada.session.ready
    expect(ada.text()).toBe('Welcome\n')
    await ada.is('saved')
    ada.type('first ')
    await ada.is('saved')
    let release = () => {}
    server.faults.hold = new Promise((resolve) => {
      release = resolve
    })
    ada.type('hello')
    expect(ada.session.status).toMatchObject({ state: 'saving', unsaved: 1, kept: true })
    const other = sessions.open(server.port, 'pad', { cookie: server.people.add('Bob').cookie })
    // Whether their own first message is acknowledged now or after Ada's commit is a matter of who came first.
    await other.session.ready
    expect(ada.session.status).toMatchObject({ state: 'saving', unsaved: 1 })
    server.faults.hold = null
    release()
    await ada.is('saved')
    await until('relay after the commit', () => other.text().includes('hello'))
    expect(ada.session.status.unsaved).toBe(0)
    expect(ada.session.carrier).toBe('websocket')
  })

  test('C14, C16: people, authors, names and presence', async () => {
    const ada = sessions.open(server.port, 'pad', { cookie: server.people.add('Ada', '2').cookie })
    const bob = sessions.open(server.port, 'pad', { ...server.people.add(''), name: 'Bob', colour: '4' })
    await Promise.all([ada.is('saved'), bob.is('saved')])
    expect(bob.session.me).toMatchObject({ name: 'Bob', colour: '4' })
    ada.session.setCursor({ anchor: { a: 1 }, head: { a: 1 } })
    const seen = () => bob.session.presence.get(ada.session.doc.clientID)
    await until('cursor', () => seen()?.cursor != null)
    expect(seen()?.user).toMatchObject({ name: 'Ada', colour: '2', author: ada.session.me.author })
    ada.type('x')
    await until('owner', () => bob.session.authorOf(ada.session.doc.clientID) === ada.session.me.author)
    ada.session.setPerson('Ada L', '5')
    await until('new name', () => bob.session.people.get(ada.session.me.author)?.name === 'Ada L')
    await until('own name', () => ada.session.me.name === 'Ada L')
    await ada.session.destroy()
    await until('gone', () => bob.session.presence.size === 0)
  })

  test('C3, R17: a reader writes nothing, neither at opening nor when typing by mistake', async () => {
    const writer = sessions.open(server.port, 'pad', { cookie: server.people.add('W').cookie })
    await writer.is('saved')
    const reader = sessions.open(server.port, 'pad', {
      readOnly: true,
      cookie: server.people.add('R').cookie,
    })
    await reader.is('saved')
    const rows = server.sync.stats().rows
    reader.type('no')
    writer.session.doc.getText('text').format(0, 3, { bold: true })
    await writer.is('saved')
    await until('format at the reader', () => reader.session.doc.getText('text').toDelta().length > 1)
    expect(reader.session.status).toMatchObject({ state: 'saved', unsaved: 0 })
    expect(server.sync.stats().rows).toBe(rows + 1)
    expect(writer.text()).not.toContain('no')
  })

  test('C3: the level decides too, and its changes are followed both ways', async () => {
    server.access.levels.set('pad', 'read')
    await server.sync.withDocument('p/pad', () => {}, { create: true })
    const { cookie } = server.people.add('Ada')
    const ada = sessions.open(server.port, 'pad', { cookie })
    await ada.is('saved')
    expect(ada.session.level).toBe('read')
    ada.type('early ')
    await ada.is('refused')
    expect(ada.session.status).toMatchObject({ reason: 'forbidden', unsaved: 1 })
    server.access.levels.set('pad', 'write')
    await server.sync.recheck('pad')
    await ada.is('saved')
    const bob = sessions.open(server.port, 'pad', { cookie: server.people.add('Bob').cookie })
    await until('text', () => bob.text().includes('early'))
  })

  test('C5, C6: the next visit opens without a network, counts what is unsaved and brings it', async () => {
    const env = createClientEnvironment({ cookie: server.people.add('Ada').cookie })
    const first = sessions.open(server.port, 'pad', { env })
    await first.is('saved')
    const { port } = server
    const directory = await server.crash()
    first.type('written offline')
    await first.is('offline')
    await first.session.destroy()

    const second = sessions.open(port, 'pad', { env })
    await second.session.ready
    expect(second.text()).toContain('written offline')
    await second.is('offline')
    expect(second.session.level).toBe('write')
    expect(second.session.status).toMatchObject({ unsaved: 1, kept: true })
    expect(second.session.status.retryAt).toBeGreaterThan(0)
    expect(second.session.doc.clientID).not.toBe(first.session.doc.clientID)

    server = await startServer({ directory, port, people: server.people })
    await second.is('saved')
    expect(second.session.status.unsaved).toBe(0)
    await second.session.destroy()
    const third = sessions.open(port, 'pad', { cookie: server.people.add('Bob').cookie })
    await until('text', () => third.text().includes('written offline'))
    const again = sessions.open(port, 'pad', { env })
    await again.is('saved')
    expect(again.history.every(({ unsaved }) => unsaved === 0)).toBe(true)
  })

  test('C13: two tabs of one browser meet over the server and share the copy', async () => {
    const env = createClientEnvironment({ cookie: server.people.add('Ada').cookie })
    const a = sessions.open(server.port, 'pad', { env })
    const b = sessions.open(server.port, 'pad', { env })
    await Promise.all([a.is('saved'), b.is('saved')])
    a.type('from a ')
    b.type('from b ')
    await until(
      'both',
      () => a.text() === b.text() && a.text().includes('from b') && a.text().includes('from a'),
    )
    await Promise.all([a.is('saved'), b.is('saved')])
    await sessions.destroyAll()
    const later = sessions.open(server.port, 'pad', { env })
    await later.session.ready
    expect(later.text()).toBe(a.text())
  })

  test('C12: a browser without IndexedDB, or with a full one, saves all the same', async () => {
    const none = sessions.open(server.port, 'pad', { indexedDB: null, cookie: server.people.add('A').cookie })
    await none.is('saved')
    none.type('memory')
    expect(none.session.status.kept).toBe(false)
    await none.is('saved')
    expect(none.env.reports).toEqual([])

    const broken = new Proxy(new IDBFactory(), {
      get: () => () => {
        throw new DOMException('no', 'SecurityError')
      },
    })
    const full = sessions.open(server.port, 'pad', {
      indexedDB: broken,
      cookie: server.people.add('B').cookie,
    })
    await full.is('saved')
    await until('text', () => full.text().includes('memory'))
    full.type('more')
    await full.is('saved')
    expect(full.session.status.kept).toBe(false)
  })

  test('C10: a deleted pad is final; unsaved text is put aside and offered until it is discarded', async () => {
    const env = createClientEnvironment({ cookie: server.people.add('Ada').cookie })
    const ada = sessions.open(server.port, 'pad', { env })
    await ada.is('saved')
    server.faults.hold = new Promise(() => {})
    ada.type('precious')
    await until('under way', () => server.sync.stats().queuedRows > 0 || ada.session.status.unsaved === 1)
    void server.sync.remove('p/pad')
    await ada.is('refused')
    expect(ada.session.status).toMatchObject({ reason: 'deleted', unsaved: 1 })
    expect(ada.session.recovered?.text).toContain('precious')
    await ada.session.destroy()
    const later = sessions.open(server.port, 'other', { env, room: 'p/pad', base: 'http://127.0.0.1:9/p/x' })
    await until('recovered', () => later.session.recovered !== null)
    expect(later.text()).toBe('')
    later.session.discardRecovered()
    expect(later.session.recovered).toBeNull()
    server.faults.hold = null
  })

  test('C11: a copy of another generation is never merged', async () => {
    const env = createClientEnvironment({ cookie: server.people.add('Ada').cookie })
    const first = sessions.open(server.port, 'pad', { env })
    await first.is('saved')
    first.type('old words')
    await first.is('saved')
    await first.session.destroy()
    await server.sync.remove('p/pad')
    await server.sync.withDocument('p/pad', () => {}, { create: true })
    const second = sessions.open(server.port, 'pad', { env })
    await second.is('refused')
    expect(second.session.status).toMatchObject({ reason: 'generation' })
    expect(second.session.recovered).toBeNull()
    await second.session.destroy()
    const third = sessions.open(server.port, 'pad', { env })
    await third.is('saved')
    expect(third.text()).toBe('Welcome\n')
  })

  test('C10: no right to read is final, until the person asks again', async () => {
    server.access.levels.set('pad', 'none')
    const ada = sessions.open(server.port, 'pad', { cookie: server.people.add('Ada').cookie })
    await ada.is('refused')
    expect(ada.session.status.reason).toBe('unauthenticated')
    server.access.levels.set('pad', 'write')
    ada.session.retry()
    await ada.is('saved')
  })

  test('C16: without a cookie a ticket is fetched before anything is written; without a ticket one stays anonymous', async () => {
    const guest = server.people.add('')
    const env = createClientEnvironment()
    const withTicket = {
      ...env,
      fetch: () => Promise.resolve(Response.json({ ticket: guest.token })),
    }
    const ada = sessions.open(server.port, 'pad', { env: withTicket })
    await ada.session.ready
    ada.type('mine')
    await ada.is('saved')
    expect(ada.session.me.author).toBe(guest.person.author)
    const bob = sessions.open(server.port, 'pad')
    await bob.is('saved')
    expect(bob.session.me.author).toBe(ANONYMOUS_AUTHOR)
    const owner = ada.session.doc.getText('text').toJSON()
    expect(owner).toContain('mine')
  })

  test('C17: a listener that throws in the update event does not stop synchronisation', async () => {
    const ada = sessions.open(server.port, 'pad', { cookie: server.people.add('Ada').cookie })
    const bob = sessions.open(server.port, 'pad', { cookie: server.people.add('Bob').cookie })
    await Promise.all([ada.is('saved'), bob.is('saved')])
    const bad = () => {
      throw new Error('plugin')
    }
    ada.session.doc.on('update', bad)
    expect(() => ada.type('one ')).toThrow('plugin')
    ada.session.doc.off('update', bad)
    ada.type('two ')
    ada.type('three ')
    await until('all of it at the other', () => bob.text().includes('one two three'))
    bob.type('four')
    await until('and back', () => ada.text().includes('four'))
    await ada.is('saved')
  })

  test('C4: the database away: said so, kept, and saved when it is back', async () => {
    const ada = sessions.open(server.port, 'pad', { cookie: server.people.add('Ada').cookie })
    await ada.is('saved')
    server.faults.down = true
    ada.type('meanwhile')
    await until('store down', () => ada.session.status.store === 'down')
    expect(ada.session.status).toMatchObject({ state: 'saving', unsaved: 1, kept: true })
    server.faults.down = false
    await ada.is('saved', 15_000)
    expect(ada.session.status.store).toBe('ok')
  })

  test('C1, S28: a message of many parts arrives whole', async () => {
    const ada = sessions.open(server.port, 'pad', { cookie: server.people.add('Ada').cookie })
    const bob = sessions.open(server.port, 'pad', { cookie: server.people.add('Bob').cookie })
    await Promise.all([ada.is('saved'), bob.is('saved')])
    ada.type('x'.repeat(900_000))
    await until('all', () => bob.text().length > 900_000)
    await ada.is('saved')
  })
})
