import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import * as Y from 'yjs'
import { admit } from '../../../../server/sync/guard/admit.ts'
import type { Admission } from '../../../../server/sync/guard/admit.ts'
import { applyGuarded } from '../../../../server/sync/guard/apply.ts'
import { TEXT_LIMITS, BOARD_LIMITS } from '../../../../server/sync/guard/limits.ts'
import { scanUpdate } from '../../../../server/sync/guard/scan.ts'
import type { Scan } from '../../../../server/sync/guard/scan.ts'
import { documentView } from '../../../../server/sync/guard/view.ts'
import { act, perform, personOf } from '../../../support/people.ts'
import type { Act, Person } from '../../../support/people.ts'

const OPTIONS = { clientsPerDocument: 20_000, freshPerUpdate: 256 }

/** A document behind the guard, as a room keeps it. */
interface Guarded {
  doc: Y.Doc
  owners: Map<number, string>
}

function guarded(): Guarded {
  const doc = new Y.Doc()
  doc.getText('text')
  return { doc, owners: new Map([[doc.clientID, 'a.system']]) }
}

/** Hands an update to the guard; anything but known and apply is a failure unless a gap is expected. */
function send(server: Guarded, author: string, bytes: Uint8Array): Admission['verdict'] {
  const scan = scanUpdate(bytes, TEXT_LIMITS)
  expectSameAsYjs(bytes, scan)
  const view = documentView(
    server.doc,
    (client) => server.owners.get(client),
    (client) => server.owners.has(client),
  )
  const admission = admit(scan, view, author, OPTIONS)
  if (admission.verdict === 'apply') {
    for (const client of admission.fresh) server.owners.set(client, author)
    expect(applyGuarded(server.doc, bytes, author, { scan, limits: TEXT_LIMITS })).toEqual({
      ok: true,
    })
    for (const { client, to } of admission.ranges) {
      expect(Y.getState(server.doc.store, client)).toBeGreaterThanOrEqual(to)
    }
  }
  if (admission.verdict === 'known') expectNothingNew(server.doc, bytes)
  return admission.verdict
}

function expectSameAsYjs(bytes: Uint8Array, scan: Scan): void {
  const { structs, ds } = Y.decodeUpdate(bytes)
  const items = structs.filter((struct) => !(struct instanceof Y.Skip))
  const lengthOf = (ranges: readonly { from: number; to: number }[]): number =>
    ranges.reduce((sum, { from, to }) => sum + to - from, 0)
  expect(scan.structs).toBe(structs.length)
  expect(lengthOf(scan.clients)).toBe(items.reduce((sum, { length }) => sum + length, 0))
  const { from, to } = Y.parseUpdateMeta(bytes)
  for (const [client, clock] of from) {
    const own = scan.clients.filter((range) => range.client === client)
    expect(own[0]?.from).toBe(clock)
    expect(own.at(-1)?.to).toBe(to.get(client))
  }
  expect(scan.hasGc).toBe(structs.some((struct) => struct instanceof Y.GC))
  expect(scan.formats).toBe(structs.some((s) => s instanceof Y.Item && s.content instanceof Y.ContentFormat))
  const deletes = [...ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len }) => ({ client, from: clock, to: clock + len })),
  )
  expect(scan.deletes).toEqual(deletes)
}

function expectNothingNew(doc: Y.Doc, bytes: Uint8Array): void {
  let changed = false
  const notice = (): void => {
    changed = true
  }
  doc.on('update', notice)
  Y.applyUpdate(doc, bytes)
  doc.off('update', notice)
  expect(changed).toBe(false)
}

/** Both ways, as two sync handshakes do it. */
function meet(server: Guarded, person: Person): void {
  const mine = Y.encodeStateAsUpdate(person.doc, Y.encodeStateVector(server.doc))
  expect(['known', 'apply']).toContain(send(server, person.author, mine))
  const theirs = Y.encodeStateAsUpdate(server.doc, Y.encodeStateVector(person.doc))
  Y.applyUpdate(person.doc, theirs, 'server')
}

/** A table shows as what it holds. */
function contentOf(doc: Y.Doc): string {
  return JSON.stringify([doc.getText('text').toDelta(), doc.getText('cell/t1/r1/c1').toDelta()])
}

function play(steps: readonly Act[]): void {
  const server = guarded()
  const people = ['a.one', 'a.two', 'a.three'].map((author) => personOf(author))
  const unsent = people.map((): Uint8Array[] => [])
  const listen = (i: number): void => {
    people[i]?.doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin !== 'server' && origin !== 'load') unsent[i]?.push(bytes)
    })
  }
  people.forEach((_, i) => listen(i))
  for (const step of steps) {
    const person = people[step.who]
    const queue = unsent[step.who]
    if (!person || !queue) continue
    perform(person, step)
    if (step.do === 'reopen') {
      people[step.who] = personOf(person.author, Y.encodeStateAsUpdate(person.doc))
      listen(step.who)
    }
    if (step.do !== 'meet' || queue.length === 0) continue
    // Live: what was typed, one by one or merged; then the handshake that a reconnect brings.
    const merged = queue.length % 2 === 0 ? [Y.mergeUpdates(queue)] : queue
    // Or everything from the beginning, in structs that begin in what is known.
    const sent = queue.length % 3 === 0 ? [Y.encodeStateAsUpdate(person.doc)] : merged
    const verdicts = sent.map((bytes) => send(server, person.author, bytes))
    expect(verdicts.filter((verdict) => verdict === 'foreign' || verdict === 'full')).toEqual([])
    queue.length = 0
    meet(server, person)
  }
  for (const person of people) meet(server, person)
  for (const person of people) meet(server, person)
  const content = contentOf(server.doc)
  for (const person of people) expect(contentOf(person.doc)).toBe(content)
}

describe('the guard and honest people', () => {
  test('G20: whatever people do with a text passes, and the scan reads it as Yjs does', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 60 }), (steps) => play(steps)),
      { numRuns: Number(process.env['GUARD_RUNS'] ?? 80) },
    )
  }, 600_000)

  test('G20: a lost update is a gap, and the next handshake closes it', () => {
    const server = guarded()
    const person = personOf('a.one')
    const updates: Uint8Array[] = []
    person.doc.on('update', (bytes: Uint8Array) => updates.push(bytes))
    for (const letter of 'abc') person.doc.getText('text').insert(0, letter)
    expect(updates.map((bytes, i) => (i === 1 ? 'lost' : send(server, 'a.one', bytes)))).toEqual([
      'apply',
      'lost',
      'gap',
    ])
    meet(server, person)
    expect(server.doc.getText('text').toString()).toBe('cba')
  })

  test('G20, G25: a whole state, or an update again, brings only what is new of it', () => {
    const server = guarded()
    const person = personOf('a.one')
    const updates: Uint8Array[] = []
    person.doc.on('update', (bytes: Uint8Array) => updates.push(bytes))
    const text = person.doc.getText('text')
    for (const letter of 'one 😀') text.insert(text.length, letter)
    for (const bytes of updates) send(server, 'a.one', bytes)
    const known = Y.getState(server.doc.store, person.doc.clientID)
    const heard: Uint8Array[] = []
    server.doc.on('update', (bytes: Uint8Array) => heard.push(bytes))
    text.insert(text.length, 'two')
    // One struct in the person's document, of which the server has a part.
    const whole = Y.encodeStateAsUpdate(person.doc)
    expect(Y.decodeUpdate(whole).structs).toHaveLength(1)
    expect(send(server, 'a.one', whole)).toBe('apply')
    expect(heard.map((bytes) => Y.parseUpdateMeta(bytes).from.get(person.doc.clientID))).toEqual([known])
    text.insert(0, 'again ')
    expect(send(server, 'a.one', Y.mergeUpdates(updates))).toBe('apply')
    expect(send(server, 'a.one', Y.mergeUpdates(updates))).toBe('known')
    expect(contentOf(server.doc)).toBe(contentOf(person.doc))
    expect(server.doc.getText('text').toJSON()).toBe('again one 😀two')
  })

  test('G20: shapes with ink pass on a board', () => {
    const board = new Y.Doc()
    const shapes = board.getMap('shapes')
    for (let i = 0; i < 200; i++) {
      const shape = new Y.Map<unknown>()
      shapes.set(`s${i}`, shape)
      shape.set('h', { t: 'ink', a: 'a.one', c: 1_700_000_000_000, pts: Uint8Array.of(1, 2, 3) })
      shape.set('g', [1.5, -2, Number.NaN, 4])
      shape.set('ink', Uint8Array.of(1, 2, 3))
      if (i % 3 === 0) shapes.delete(`s${i}`)
      if (i % 5 === 0) shape.set('g', [0, 0, 1, 1])
    }
    board.getMap('meta').set('name', 'Board')
    const bytes = Y.encodeStateAsUpdate(board)
    const scan = scanUpdate(bytes, BOARD_LIMITS)
    const copy = new Y.Doc()
    expect(applyGuarded(copy, bytes, 'test', { scan, limits: BOARD_LIMITS })).toEqual({ ok: true })
    expect(copy.getMap('shapes').size).toBe(133)
  })
})
