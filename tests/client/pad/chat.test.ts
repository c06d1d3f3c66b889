/** The chat of a page: what waits, what was not seen (SPEC-pads P11, P12, P15), with the real server's answers in between. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { signal } from '@preact/signals'
import type { ClientEvent, ServerEvent } from '../../../shared/protocol.ts'
import { createPadChat } from '../../../client/pad/chat.ts'
import type { PadChat } from '../../../client/pad/chat.ts'
import { openChatMemory } from '../../../client/pad/chat-keep.ts'
import { createChatOutbox } from '../../../client/pad/chat-outbox.ts'
import type { ChatOutbox } from '../../../client/pad/chat-outbox.ts'
import { openSession } from '../../../client/net/session.ts'
import type { Session } from '../../../client/net/types.ts'
import { createClientEnvironment } from '../../support/client-environment.ts'
import { startCommons } from '../../support/commons.ts'
import type { CommonsServer } from '../../support/commons.ts'
import { createNetwork } from '../../support/flaky-socket.ts'
import type { Network } from '../../support/flaky-socket.ts'
import { until } from '../../support/wait.ts'

function storage(): Pick<Storage, 'getItem' | 'setItem'> {
  const values = new Map<string, string>()
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
  }
}

describe('the memory of a device', () => {
  test('P15: keeps what waits and what was seen for each pad, also beside another tab', () => {
    const kept = storage()
    const [one, two] = [openChatMemory(kept, '/p/a'), openChatMemory(kept, '/p/a')]
    one.wait({ key: 'k1', text: 'first' })
    two.wait({ key: 'k2', text: 'second' })
    one.done('k1')
    two.see(7)
    const next = openChatMemory(kept, '/p/a')
    expect([next.seen, next.waiting]).toEqual([7, [{ key: 'k2', text: 'second' }]])
    expect(openChatMemory(kept, '/p/b').seen).toBeNull()
  })

  test('P15: forgets pads of long ago, and lines beyond a hundred', () => {
    const kept = storage()
    for (let pad = 0; pad < 150; pad++) openChatMemory(kept, `/p/${pad}`, () => pad).see(pad)
    expect(openChatMemory(kept, '/p/0').seen).toBeNull()
    expect(openChatMemory(kept, '/p/149').seen).toBe(149)
    const memory = openChatMemory(kept, '/p/new')
    for (let index = 0; index < 120; index++) memory.wait({ key: `k${index}`, text: 'x' })
    expect(memory.waiting).toHaveLength(100)
  })

  test('P15: a device that keeps nothing, or nonsense, is no reason to stop', () => {
    const broken = {
      getItem: () => '{"/p/a":{"seen":"x","waiting":[{"key":"<b>","text":1},5]}}',
      setItem: () => {
        throw new Error('full')
      },
    }
    const memory = openChatMemory(broken, '/p/a')
    expect([memory.seen, memory.waiting]).toEqual([null, []])
    memory.see(3)
    expect(memory.seen).toBe(3)
    const none = openChatMemory(null, '/p/a')
    none.wait({ key: 'k', text: 'x' })
    expect(none.waiting).toHaveLength(1)
  })
})

describe('the outbox', () => {
  let sent: string[] = []
  let timers: { ms: number; run: () => void }[] = []
  let online = true
  let outbox: ChatOutbox
  let keys = 0
  const kept = storage()

  beforeEach(() => {
    sent = []
    timers = []
    online = true
    outbox = createChatOutbox({
      memory: openChatMemory(kept, `/p/${++keys}`),
      send: ({ text }) => {
        if (online) sent.push(text)
        return online
      },
      after: (ms, run) => {
        const timer = { ms, run }
        timers.push(timer)
        return () => void timers.splice(timers.indexOf(timer) >>> 0, 1)
      },
      newKey: () => `key${++keys}`,
    })
  })
  const keyOf = (text: string): string => outbox.lines.value.find((line) => line.text === text)?.key ?? ''

  test('P15: one line at a time, in order, each until it stands', () => {
    outbox.add('one')
    outbox.add('two')
    expect(sent).toEqual([])
    outbox.opened()
    expect(sent).toEqual(['one'])
    outbox.stands(keyOf('one'))
    expect(sent).toEqual(['one', 'two'])
    outbox.stands(keyOf('two'))
    expect(outbox.lines.value).toEqual([])
    expect(timers).toEqual([])
  })

  test('P15: after a lost connection what was not answered goes out again, under its key', () => {
    outbox.opened()
    outbox.add('one')
    const key = keyOf('one')
    outbox.closed()
    outbox.add('two')
    expect(sent).toEqual(['one'])
    outbox.opened()
    expect(sent).toEqual(['one', 'one'])
    expect(keyOf('one')).toBe(key)
  })

  test('P15: what nobody answers is sent again', () => {
    outbox.opened()
    outbox.add('one')
    timers[0]?.run()
    expect(sent).toEqual(['one', 'one'])
  })

  test('P15: a refusal that passes makes all wait, so that the order stays', () => {
    outbox.opened()
    outbox.add('one')
    outbox.add('two')
    outbox.refused(keyOf('one'), 'tooFast')
    expect(sent).toEqual(['one'])
    timers.at(-1)?.run()
    expect(sent).toEqual(['one', 'one'])
  })

  test('P15: a refusal for good is shown, lets others pass, and is tried again or thrown away', () => {
    outbox.opened()
    outbox.add('one')
    outbox.add('two')
    const one = keyOf('one')
    outbox.refused(one, 'readonly')
    expect(sent).toEqual(['one', 'two'])
    expect(outbox.lines.value[0]?.problem).toBe('readonly')
    outbox.stands(keyOf('two'))
    outbox.again(one)
    expect(sent).toEqual(['one', 'two', 'one'])
    outbox.refused(one, 'constructor')
    expect(outbox.lines.value[0]?.problem).toBe('constructor')
    outbox.discard(one)
    expect(outbox.lines.value).toEqual([])
  })

  test('P15: more than a hundred lines do not wait', () => {
    for (let index = 0; index < 100; index++) expect(outbox.add(`${index}`)).toBe(true)
    expect(outbox.add('one too many')).toBe(false)
  })
})

describe('with a server', () => {
  let server: CommonsServer
  const chats: { chat: PadChat; session: Session }[] = []

  beforeAll(async () => {
    server = await startCommons()
  })
  afterAll(async () => {
    for (const { chat, session } of chats) {
      chat.stop()
      await session.destroy()
    }
    await server.stop()
  })

  function open(
    pad: string,
    name: string,
    kept = storage(),
  ): {
    chat: PadChat
    session: Session
    network: Network
    sent: ClientEvent[]
    news: string[]
  } {
    const { token } = server.people.add(name)
    const network = createNetwork(`token=${token}`)
    const env = createClientEnvironment({ cookie: `token=${token}`, WebSocket: network.WebSocket })
    const session = openSession({ base: `http://127.0.0.1:${server.port}/p/${pad}`, room: `p/${pad}`, env })
    const sent: ClientEvent[] = []
    const chat = createPadChat({
      session: {
        on: (event, listener) => session.on(event, listener),
        get me() {
          return session.me
        },
        send(event) {
          sent.push(event)
          return session.send(event)
        },
      },
      name: signal(name),
      memory: openChatMemory(kept, `/p/${pad}`),
    })
    const news: string[] = []
    chat.onNews((lines) => news.push(...lines.map(({ text }) => text)))
    chats.push({ chat, session })
    return { chat, session, network, sent, news }
  }
  const texts = (chat: PadChat): string[] => chat.lines.value.map(({ text }) => text)

  test('P11, P12: lines of others are counted until they are on screen, those with the name apart', async () => {
    const [ada, bo] = [open('count', 'Ada'), open('count', 'Bo')]
    await until('both are there', () => ada.chat.loaded.value && bo.chat.loaded.value)
    bo.chat.say('hello')
    bo.chat.say('Ada?')
    ada.chat.say('mine does not count')
    await until('three lines', () => texts(ada.chat).length === 3 && texts(bo.chat).length === 3)
    expect(ada.chat.unread.value).toEqual({ count: 2, mentions: 1 })
    expect(ada.news).toEqual(expect.arrayContaining(['hello', 'Ada?']))
    expect(bo.news).toEqual(['mine does not count'])
    ada.chat.visible.value = true
    expect(ada.chat.unread.value).toEqual({ count: 0, mentions: 0 })
    bo.chat.say('seen as it comes')
    await until('a fourth line', () => texts(ada.chat).length === 4)
    expect(ada.chat.unread.value.count).toBe(0)
    ada.chat.visible.value = false
    await until('nothing waits', () => bo.chat.waiting.value.length === 0)
  })

  test('P11: at the first visit everything is seen; at the next what came since is not', async () => {
    const kept = storage()
    const bo = open('visits', 'Bo')
    await until('there', () => bo.chat.loaded.value)
    bo.chat.say('before')
    await until('a line', () => texts(bo.chat).length === 1)
    const first = open('visits', 'Ada', kept)
    await until('there', () => first.chat.loaded.value)
    expect([texts(first.chat), first.chat.unread.value.count]).toEqual([['before'], 0])
    await first.session.destroy()
    bo.chat.say('while away')
    await until('a line', () => texts(bo.chat).length === 2)
    const second = open('visits', 'Ada', kept)
    await until('there', () => second.chat.loaded.value)
    expect(second.chat.unread.value.count).toBe(1)
    expect(second.news).toEqual([])
  })

  test('P5: older lines come page by page', async () => {
    await server.sync.withDocument('p/pages', () => {}, { create: true })
    for (let index = 0; index < 70; index++)
      await server.store.addChat('p/pages', {
        author: 'a.0000000000000009',
        name: 'Old',
        text: `${index}`,
        time: index,
        key: `p${index}`,
      })
    const cy = open('pages', 'Cy')
    await until('there', () => cy.chat.loaded.value)
    expect([cy.chat.lines.value[0]?.id, cy.chat.more.value]).toEqual([20, 'yes'])
    cy.chat.older()
    await until('older lines', () => texts(cy.chat).length === 70)
    expect(cy.chat.more.value).toBe('no')
    expect(cy.news).toEqual([])
  })

  test('P15: lines written without a connection go out once when it is back, in order', async () => {
    const [ada, bo] = [open('gone', 'Ada'), open('gone', 'Bo')]
    await until('both are there', () => ada.chat.loaded.value && bo.chat.loaded.value)
    ada.network.cut(true)
    await until('offline', () => ada.session.status.state === 'offline')
    for (const text of ['one', 'two', 'three']) ada.chat.say(text)
    bo.chat.say('meanwhile')
    await until('a line', () => texts(bo.chat).length === 1)
    expect(ada.chat.waiting.value.map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    ada.network.restore()
    ada.session.retry()
    await until('all lines', () => texts(bo.chat).length === 4 && texts(ada.chat).length === 4)
    expect(texts(bo.chat)).toEqual(['meanwhile', 'one', 'two', 'three'])
    expect(ada.chat.waiting.value).toEqual([])
    expect(ada.news).toEqual(['meanwhile'])
  })

  test("P3, P15: a reader's line stays with its reason", async () => {
    const reader = open('quiet', 'Rea')
    await until('there', () => reader.chat.loaded.value)
    server.access.levels.set(`quiet ${reader.session.me.author}`, 'read')
    await server.sync.recheck('quiet')
    await until('a reader', () => reader.session.level === 'read')
    reader.chat.say('may I?')
    await until('refused', () => reader.chat.waiting.value[0]?.problem === 'readonly')
  })

  test('P10: nonsense from a server hurts nobody', async () => {
    const ada = open('sense', 'Ada')
    await until('there', () => ada.chat.loaded.value)
    const odd = { type: 'chat', messages: 'x', older: 1, more: {} } as unknown as ServerEvent
    server.sync.tell('p/sense', odd)
    ada.chat.say('all is well')
    await until('a line', () => texts(ada.chat).length === 1)
  })
})
