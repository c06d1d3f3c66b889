/** The chat over real sockets (SPEC-pads P1 to P8). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { silent } from '../../../server/log.ts'
import { createChat } from '../../../server/pads/chat.ts'
import { createFollowing } from '../../../server/pads/following.ts'
import { Close, LIMITS } from '../../../shared/protocol.ts'
import { eventsOf, linesOf, startCommons, tell } from '../../support/commons.ts'
import type { CommonsServer } from '../../support/commons.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'

let server: CommonsServer
let keys = 0

beforeAll(async () => {
  server = await startCommons()
})

afterAll(async () => {
  await server.stop()
})

function say(client: RawClient, text: string, key = `k${++keys}`): string {
  tell(client, { type: 'chat', text, key })
  return key
}

async function visitors(document: string, ...names: string[]): Promise<RawClient[]> {
  return Promise.all(names.map((name) => server.visit(document, server.people.add(name).token)))
}

/** Asks for older lines and gives the answer. */
async function ask(client: RawClient, before: number | null): Promise<{ ids: number[]; more: boolean }> {
  const answers = () => eventsOf(client, 'chat').filter(({ older }) => older)
  const count = answers().length
  tell(client, { type: 'chatBefore', before })
  await client.until(() => answers().length > count, 'an answer')
  const last = answers().at(-1)
  return { ids: last?.messages.map(({ id }) => id) ?? [], more: last?.more ?? false }
}

const refusals = (client: RawClient): string[] =>
  eventsOf(client, 'refused').map(({ what, why, key }) => `${what} ${why} ${key ?? ''}`.trim())

describe('a line', () => {
  test('P1, P6: reaches everybody in the pad and nobody else, in order, with author, name and time', async () => {
    const [ada, bo] = (await visitors('p/talk', 'Ada', 'Bo')) as [RawClient, RawClient]
    const [cy] = (await visitors('p/elsewhere', 'Cy')) as [RawClient]
    const began = Date.now()
    const key = say(ada, 'Hello')
    say(bo, 'Hi <b>Ada</b> & all')
    for (const client of [ada, bo]) await client.until(() => linesOf(client).length === 2, 'two lines')
    expect(linesOf(ada)).toEqual(linesOf(bo))
    expect([...linesOf(ada)].sort().map((line) => line.slice(2))).toEqual(
      ['Ada: Hello', 'Bo: Hi <b>Ada</b> & all'].sort(),
    )
    const all = eventsOf(bo, 'chat').flatMap(({ messages }) => messages)
    const hello = all.find(({ text }) => text === 'Hello')
    expect(hello).toMatchObject({ author: ada.welcome?.me.author, key })
    expect(hello?.time).toBeGreaterThanOrEqual(began)
    await ask(cy, null)
    expect(linesOf(cy)).toEqual([])
  })

  test('P2: sent again under its key it stands once, and only who sent it hears of it again', async () => {
    const [ada, bo] = (await visitors('p/twice', 'Ada', 'Bo')) as [RawClient, RawClient]
    const key = say(ada, 'once')
    await ada.until(() => linesOf(ada).length === 1, 'a line')
    say(ada, 'once', key)
    await ada.until(() => linesOf(ada).length === 2, 'the line again')
    expect(linesOf(ada)).toEqual(['0 Ada: once', '0 Ada: once'])
    say(bo, 'mine', key)
    await bo.until(() => linesOf(bo).length === 2, 'both lines')
    expect(linesOf(bo)).toEqual(['0 Ada: once', '1 Bo: mine'])
  })

  test('P3: readers read and are not heard', async () => {
    const reader = server.people.add('Rea')
    server.access.levels.set(`read only ${reader.person.author}`, 'read')
    const [ada] = (await visitors('p/read only', 'Ada')) as [RawClient]
    const rea = await server.visit('p/read only', reader.token)
    const key = say(rea, 'may I?')
    await rea.until(() => refusals(rea).length === 1, 'a refusal')
    expect(refusals(rea)).toEqual([`chat readonly ${key}`])
    say(ada, 'for all')
    await rea.until(() => linesOf(rea).length === 1, 'a line')
    expect(linesOf(rea)).toEqual(['0 Ada: for all'])
    expect(await ask(rea, null)).toEqual({ ids: [0], more: false })
  })

  test('P3: who may comment may chat', async () => {
    const commenter = server.people.add('Com')
    server.access.levels.set(`comments ${commenter.person.author}`, 'comment')
    await visitors('p/comments', 'Ada')
    const com = await server.visit('p/comments', commenter.token)
    say(com, 'a word')
    await com.until(() => linesOf(com).length === 1, 'a line')
  })

  test('P4: is tidied, and refused with its key when nothing or too much is left', async () => {
    const [ada] = (await visitors('p/tidy', 'Ada')) as [RawClient]
    say(ada, ' \r\n a\r\nb\u0000\u001b\tc \ud800 \r\n ')
    await ada.until(() => linesOf(ada).length === 1, 'a line')
    expect(linesOf(ada)).toEqual(['0 Ada: a\nb\tc'])
    const empty = say(ada, ' \u0007\n ')
    const long = say(ada, 'x'.repeat(LIMITS.chat + 1))
    say(ada, 'x', 'not a key!')
    await ada.until(() => refusals(ada).length === 3, 'refusals')
    expect(refusals(ada)).toEqual([`chat empty ${empty}`, `chat tooLong ${long}`, 'chat badKey not a key!'])
    say(ada, `😀${'x'.repeat(LIMITS.chat - 2)}`)
    await ada.until(() => linesOf(ada).length === 2, 'the longest line')
  })

  test('P4: more than ten at once are refused one by one; a second tab counts for itself', async () => {
    const { token } = server.people.add('Ada')
    const [one, two] = [await server.visit('p/flood', token), await server.visit('p/flood', token)]
    const sent = Array.from({ length: 14 }, (_, index) => say(one, `line ${index}`))
    await one.until(() => linesOf(one).length + refusals(one).length === 14, 'an answer to each')
    expect(linesOf(one).length).toBeGreaterThanOrEqual(10)
    expect(refusals(one).length).toBeGreaterThan(0)
    const kept = eventsOf(one, 'chat').flatMap(({ messages }) => messages.map(({ key }) => key))
    const refused = eventsOf(one, 'refused').map(({ key }) => key ?? '')
    expect([...kept, ...refused].sort()).toEqual([...sent].sort())
    expect(one.closed).toBeNull()
    say(two, 'heard all the same')
    await two.until(() => linesOf(two).some((line) => line.endsWith('heard all the same')), 'a line')
  })

  test('P4: an event that is none closes the connection', async () => {
    const [ada] = (await visitors('p/nonsense', 'Ada')) as [RawClient]
    tell(ada, { type: 'chat', text: 5 as unknown as string, key: 'k' })
    expect(await ada.untilClosed()).toBe(Close.badData)
  })
})

describe('older lines', () => {
  test('P5: come 50 at a time, the newest first asked for, and say whether there are more', async () => {
    const [ada] = (await visitors('p/old', 'Ada')) as [RawClient]
    for (let index = 0; index < 120; index++)
      await server.store.addChat('p/old', {
        author: 'a.0000000000000001',
        name: 'Old',
        text: `line ${index}`,
        time: index,
        key: `o${index}`,
      })
    const newest = await ask(ada, null)
    expect([newest.ids[0], newest.ids.at(-1), newest.ids.length, newest.more]).toEqual([70, 119, 50, true])
    const older = await ask(ada, 70)
    expect([older.ids[0], older.ids.at(-1), older.more]).toEqual([20, 69, true])
    expect(await ask(ada, 20)).toEqual({ ids: Array.from({ length: 20 }, (_, index) => index), more: false })
    expect(await ask(ada, 0)).toEqual({ ids: [], more: false })
    say(ada, 'new')
    await ada.until(() => linesOf(ada).length === 1, 'a line')
    const again = await ask(ada, null)
    expect([again.ids[0], again.ids.at(-1), again.more]).toEqual([71, 120, true])
  })

  test('P5: questions have a limit', async () => {
    const [ada] = (await visitors('p/asking', 'Ada')) as [RawClient]
    for (let index = 0; index < 14; index++) tell(ada, { type: 'chatBefore', before: null })
    await ada.until(() => refusals(ada).length + eventsOf(ada, 'chat').length === 14, 'an answer to each')
    expect(new Set(refusals(ada))).toEqual(new Set(['chatBefore tooFast']))
  })

  test('P7: with lines of somebody who is not here comes who they are', async () => {
    const gone = server.people.add('Gone', '9')
    const [ada] = (await visitors('p/memory', 'Ada')) as [RawClient]
    const line = { author: gone.person.author, name: 'Earlier', text: 'x', time: 1, key: 'm' }
    await server.store.addChat('p/memory', line)
    await ask(ada, null)
    const told = eventsOf(ada, 'people').flatMap(({ people }) => people)
    expect(told).toEqual([gone.person])
  })
})

test('P1, P6: the chat of a board is the chat of its pad', async () => {
  const [ada] = (await visitors('p/both', 'Ada')) as [RawClient]
  const [bo] = (await visitors('b/both', 'Bo')) as [RawClient]
  say(bo, 'from the board')
  for (const client of [ada, bo]) await client.until(() => linesOf(client).length === 1, 'a line')
  expect(linesOf(ada)).toEqual(['0 Bo: from the board'])
  await ada.close()
  say(bo, 'still here')
  await bo.until(() => linesOf(bo).length === 2, 'a line')
})

test('P1: lines stay when everybody left, and go with the pad', async () => {
  const { token } = server.people.add('Ada')
  const ada = await server.visit('p/kept', token)
  say(ada, 'remember')
  await ada.until(() => linesOf(ada).length === 1, 'a line')
  await ada.close()
  const again = await server.visit('p/kept', token)
  expect(await ask(again, null)).toEqual({ ids: [0], more: false })
  await server.sync.remove('p/kept')
  await again.untilClosed()
  const anew = await server.visit('p/kept', token)
  expect(await ask(anew, null)).toEqual({ ids: [], more: false })
  say(anew, 'a new beginning')
  await anew.until(() => linesOf(anew).length === 1, 'a line')
  expect(linesOf(anew)).toEqual(['0 Ada: a new beginning'])
})

test('P6: the first line since somebody came is told, also when the chat is read only after it', async () => {
  const plain = await startServer()
  const following = createFollowing({ store: plain.store, sync: plain.sync, log: silent, every: 0 })
  let added = (): void => {}
  const addedOrLate = new Promise<void>((done) => {
    added = done
    setTimeout(done, 50)
  })
  const stop = createChat({
    store: {
      addChat: async (document, line) => {
        const result = await plain.store.addChat(document, line)
        added()
        return result
      },
      chatBefore: async (document, before, limit) => {
        await addedOrLate
        return plain.store.chatBefore(document, before, limit)
      },
      chatAfter: (document, after, limit) => plain.store.chatAfter(document, after, limit),
    },
    sync: plain.sync,
    people: plain.people,
    following,
    log: silent,
  })
  const client = new RawClient(`${plain.url}/p/first`, { hello: { ticket: plain.people.add('Ada').token } })
  await client.untilSynced()
  say(client, 'first of all')
  await client.until(() => linesOf(client).length === 1, 'the line')
  stop()
  following.close()
  await plain.stop()
})

test('P8: while the database is away lines are refused for later, and then stand once', async () => {
  const [ada, bo] = (await visitors('p/away', 'Ada', 'Bo')) as [RawClient, RawClient]
  await ask(bo, null)
  server.faults.down = true
  const key = say(ada, 'patience')
  await ada.until(() => refusals(ada).length === 1, 'a refusal')
  expect(refusals(ada)).toEqual([`chat later ${key}`])
  tell(ada, { type: 'chatBefore', before: 5 })
  await ada.until(() => refusals(ada).length === 2, 'another')
  expect(refusals(ada)[1]).toBe('chatBefore later')
  server.faults.down = false
  say(ada, 'patience', key)
  await bo.until(() => linesOf(bo).length === 1, 'the line')
  expect(linesOf(bo)).toEqual(['0 Ada: patience'])
})
