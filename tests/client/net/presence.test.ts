import { describe, expect, test } from '@jest/globals'
import { openIdentity } from '../../../client/net/identity.ts'
import { createPresence } from '../../../client/net/presence.ts'
import { presenceMessage, readMessage } from '../../../client/net/wire.ts'
import type { PresenceEntry } from '../../../client/net/wire.ts'
import { ANONYMOUS_AUTHOR } from '../../../shared/ids.ts'
import { createClientEnvironment, memoryStorage } from '../../support/client-environment.ts'
import { createClock } from '../../support/clock.ts'

const ME = 7

function bookOf() {
  const clock = createClock()
  const sent: PresenceEntry[] = []
  let changes = 0
  const book = createPresence(
    createClientEnvironment({ clock }),
    () => ME,
    (bytes) => {
      const message = readMessage(bytes)
      if (message.type === 'presence') sent.push(...message.entries)
    },
    () => changes++,
  )
  return { clock, sent, book, changes: () => changes }
}

const entry = (client: number, clock: number, state: unknown): PresenceEntry => ({
  client,
  clock,
  state: JSON.stringify(state),
})

describe('presence', () => {
  test('C14: only the own state is sent, at most ten a second, and again every 15 s', () => {
    const { clock, sent, book } = bookOf()
    book.set({ cursor: { anchor: 1, head: 1 } })
    expect(sent).toEqual([])
    book.announce()
    book.take([entry(1, 1, { cursor: null })])
    for (let i = 0; i < 100; i++) {
      book.set({ cursor: { anchor: i, head: i } })
      clock.advance(10)
    }
    expect(sent.length).toBeGreaterThan(5)
    expect(sent.length).toBeLessThanOrEqual(12)
    clock.advance(100)
    expect(JSON.parse(sent.at(-1)?.state ?? '')).toEqual({ cursor: { anchor: 99, head: 99 } })
    const before = sent.length
    clock.advance(20_000)
    expect(sent.length).toBe(before + 1)
    expect(new Set(sent.map(({ client }) => client))).toEqual(new Set([ME]))
    expect(sent.map(({ clock: c }) => c)).toEqual(sent.map((_, i) => i + 1))
  })

  test('C14: others come, move, renew without news, go by word and by silence; the own echo is ignored', () => {
    const { clock, book, changes } = bookOf()
    book.announce()
    book.take([entry(1, 5, { cursor: null }), entry(ME, 99, { cursor: null }), entry(2, 1, { a: 1 })])
    expect([...book.others.keys()]).toEqual([1, 2])
    book.take([entry(1, 4, { cursor: 'old' }), entry(1, 5, { cursor: 'same clock' })])
    book.take([entry(1, 6, { cursor: null })])
    expect(changes()).toBe(1)
    book.take([entry(2, 1, null)])
    expect([...book.others.keys()]).toEqual([1])
    clock.advance(60_000)
    expect(book.others.size).toBe(0)
    expect(changes()).toBe(3)
    book.take([entry(1, 1, { cursor: null })])
    book.disconnected()
    expect(book.others.size).toBe(0)
  })

  test('C14: broken JSON and a state that is too large hurt nobody', () => {
    const { clock, sent, book } = bookOf()
    book.announce()
    book.take([{ client: 1, clock: 1, state: '{' }, entry(3, 1, [1])])
    expect(book.others.size).toBe(0)
    book.set({ cursor: { anchor: 'x'.repeat(3000), head: 0 } })
    clock.advance(200)
    expect(sent).toHaveLength(1)
    book.destroy()
    expect(sent.at(-1)?.state).toBe('null')
    expect(clock.waiting).toBe(0)
  })

  test('S1: presence reads back as it was written', () => {
    const entries = [entry(1, 2, { cursor: { anchor: 'ä😀', head: null } }), entry(2 ** 32 - 1, 0, null)]
    expect(readMessage(presenceMessage(entries))).toEqual({ type: 'presence', entries })
  })
})

describe('identity', () => {
  const base = 'https://h.example/pad/p/x'

  test('C16: name, colour and author are remembered for this installation', () => {
    const storage = memoryStorage()
    const first = openIdentity(createClientEnvironment({ storage }), base)
    expect(first.me.author).toBe(ANONYMOUS_AUTHOR)
    first.wish('Ada', '3')
    first.learn({ author: 'a.0123456789abcdef', name: 'Ada', colour: '3' })
    const again = openIdentity(createClientEnvironment({ storage }), 'https://h.example/pad/p/other')
    expect(again.me).toEqual({ author: 'a.0123456789abcdef', name: 'Ada', colour: '3' })
    expect(openIdentity(createClientEnvironment({ storage }), 'https://h.example/p/x').me.name).toBe('')
  })

  test('C16: a ticket is asked for once, kept, and its absence is survived', async () => {
    const storage = memoryStorage()
    const env = createClientEnvironment({ storage })
    const asked: string[] = []
    const fetch = (url: string, init: RequestInit) => {
      asked.push(`${init.method} ${url}`)
      return Promise.resolve(Response.json({ ticket: 'T' }))
    }
    const identity = openIdentity({ ...env, fetch }, base)
    expect(await identity.fetchTicket()).toBe(true)
    expect(await identity.fetchTicket()).toBe(false)
    expect(asked).toEqual(['POST https://h.example/pad/ticket'])
    expect(openIdentity(env, base).ticket).toBe('T')
    const failing = () => Promise.resolve(new Response('no', { status: 404 }))
    expect(await openIdentity({ ...createClientEnvironment(), fetch: failing }, base).fetchTicket()).toBe(
      false,
    )
  })

  test('C16: storage full of nonsense counts as empty', () => {
    const storage = memoryStorage()
    storage.setItem('inkpad.person./pad/', '{"name":5,"colour":"red;","author":"x","ticket":{}}')
    const { me, ticket } = openIdentity(createClientEnvironment({ storage }), base)
    expect([me.name, me.author, ticket]).toEqual(['', ANONYMOUS_AUTHOR, undefined])
    expect(Number(me.colour)).toBeGreaterThanOrEqual(1)
  })
})
