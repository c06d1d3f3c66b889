import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import * as Y from 'yjs'
import { createInbox } from '../../../client/net/inbox.ts'
import { createLedger } from '../../../client/net/ledger.ts'
import { createOutbox, grouped } from '../../../client/net/outbox.ts'
import { revive, withoutCleanupWrites } from '../../../client/net/watchdog.ts'
import { createClientEnvironment } from '../../support/client-environment.ts'
import { createClock } from '../../support/clock.ts'

function outboxOf(doc: Y.Doc) {
  const clock = createClock()
  const sent: Uint8Array[][] = []
  const box = createOutbox(createClientEnvironment({ clock }), doc, {
    ready: () => true,
    send: (updates) => sent.push(updates),
  })
  doc.on('update', (update) => box.push(update))
  return { clock, sent, box, text: doc.getText('text') }
}

function textOf(updates: readonly Uint8Array[]): unknown {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc.getText('text').toDelta()
}

describe('outbox', () => {
  test('C1: a single keystroke waits for nothing, a burst is one message after at most 30 ms', () => {
    const { clock, sent, text } = outboxOf(new Y.Doc())
    text.insert(0, 'a')
    clock.advance(0)
    expect(sent).toHaveLength(1)
    for (const letter of 'bcde') text.insert(text.length, letter)
    clock.advance(29)
    expect(sent).toHaveLength(1)
    clock.advance(1)
    expect(sent).toHaveLength(2)
    expect(sent[1]).toHaveLength(1)
    expect(textOf(sent.flat())).toEqual([{ insert: 'abcde' }])
  })

  test('C1: thousands of updates at once are one message from the document, deletions included, and quick', () => {
    const doc = new Y.Doc()
    doc.getText('text').insert(0, 'before ')
    const before = Y.encodeStateAsUpdate(doc)
    const { sent, text, box } = outboxOf(doc)
    for (let i = 0; i < 3000; i++) text.insert(text.length, 'x')
    text.delete(0, 3)
    const start = performance.now()
    box.flush()
    expect(performance.now() - start).toBeLessThan(500)
    expect(sent.flat()).toHaveLength(1)
    expect(textOf([before, ...sent.flat()])).toEqual(text.toDelta())
  })

  test('C1: whatever is typed and deleted in whatever bursts arrives', () => {
    const action = fc.record({
      at: fc.nat(),
      text: fc.string({ maxLength: 5 }),
      cut: fc.nat(4),
      wait: fc.nat(40),
    })
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const { clock, sent, text, box } = outboxOf(new Y.Doc())
        for (const { at, text: typed, cut, wait } of actions) {
          const place = at % (text.length + 1)
          text.delete(place, Math.min(cut, text.length - place))
          text.insert(place, typed)
          clock.advance(wait)
        }
        box.flush()
        expect(textOf(sent.flat())).toEqual(text.toDelta())
        expect(box.empty).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  test('C1: groups are bounded in number and bytes', () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update) => updates.push(update))
    for (let i = 0; i < 100; i++) doc.getText('text').insert(0, 'x')
    for (let i = 0; i < 3; i++) doc.getText('text').insert(0, 'y'.repeat(40_000))
    const groups = grouped(updates)
    expect(groups.length).toBe(4 + 2)
    expect(textOf(groups)).toEqual(doc.getText('text').toDelta())
  })
})

describe('inbox', () => {
  test('C2: everything of a frame is one transaction, with the origin, not local', () => {
    const clock = createClock()
    const doc = new Y.Doc()
    const origin = {}
    const applied: boolean[] = []
    const inbox = createInbox(createClientEnvironment({ clock }), doc, origin, (whole) => applied.push(whole))
    const transactions: Y.Transaction[] = []
    doc.on('afterTransaction', (transaction) => transactions.push(transaction))
    const other = new Y.Doc()
    other.on('update', (update) => inbox.push(update))
    for (let i = 0; i < 20; i++) other.getText('text').insert(0, String(i))
    expect(transactions).toHaveLength(0)
    clock.advance(16)
    expect(transactions).toHaveLength(1)
    expect(transactions[0]?.local).toBe(false)
    expect(transactions[0]?.origin).toBe(origin)
    expect(applied).toEqual([true])
    expect(doc.getText('text').toDelta()).toEqual(other.getText('text').toDelta())
  })

  test('C2: a broken update and a throwing observer are reported; the rest is applied', () => {
    const clock = createClock()
    const env = createClientEnvironment({ clock })
    const doc = new Y.Doc()
    const applied: boolean[] = []
    const inbox = createInbox(env, doc, {}, (whole) => applied.push(whole))
    const other = new Y.Doc()
    other.getText('text').insert(0, 'good')
    doc.getText('text').observe(() => {
      throw new Error('editor')
    })
    inbox.push(Uint8Array.of(1, 9, 9))
    inbox.push(Y.encodeStateAsUpdate(other))
    inbox.flush()
    expect(applied).toEqual([false])
    expect(doc.getText('text').toJSON()).toBe('good')
    expect(env.reports).toHaveLength(2)
    expect(revive(doc)).toBe(false)
  })
})

/** Two people each delete a half of the bold words; counts what receiving the other's half makes the first one write. */
function writesWhileMerging(guarded: boolean): number {
  const a = new Y.Doc()
  const b = new Y.Doc()
  if (guarded) withoutCleanupWrites(a)
  const [textA, textB] = [a.getText('text'), b.getText('text')]
  textA.insert(0, 'some bold words')
  textA.format(5, 4, { bold: true })
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
  textA.delete(5, 2)
  textB.delete(7, 2)
  const remote = {}
  let written = 0
  a.on('update', (_update, origin) => {
    if (origin !== remote) written++
  })
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b), remote)
  expect(textA.toJSON()).toBe('some  words')
  return written
}

describe('guards over Yjs', () => {
  test('C3: Yjs cleans up after remote changes by writing; a guarded document does not', () => {
    expect(writesWhileMerging(false)).toBeGreaterThan(0)
    expect(writesWhileMerging(true)).toBe(0)
  })

  test('C17: a document whose update listener threw gives updates again', () => {
    const doc = new Y.Doc()
    let seen = 0
    doc.on('update', () => seen++)
    const bad = () => {
      throw new Error('listener')
    }
    doc.on('update', bad)
    expect(() => doc.getText('text').insert(0, 'a')).toThrow('listener')
    doc.off('update', bad)
    doc.getText('text').insert(1, 'b')
    expect(seen).toBe(1)
    expect(revive(doc)).toBe(true)
    doc.getText('text').insert(2, 'c')
    expect(seen).toBe(2)
    expect(revive(doc)).toBe(false)
  })
})

describe('ledger', () => {
  test('C4: cumulative acknowledgements settle exactly what the messages held', () => {
    const ledger = createLedger()
    ledger.found(3)
    ledger.made(1)
    ledger.sent(1, true)
    ledger.made(2)
    ledger.made(3)
    ledger.sent(0, false)
    ledger.sent(3, false)
    expect(ledger.unsaved).toBe(6)
    expect(ledger.durable(0)).toBeNull()
    expect(ledger.durable(1)).toEqual({ row: 1, found: true })
    expect(ledger.unsaved).toBe(2)
    ledger.durable(2)
    expect(ledger.unsaved).toBe(2)
    ledger.durable(3)
    expect([ledger.unsaved, ledger.underWay]).toEqual([0, 0])
  })

  test('C5: what was under way on a lost connection is unsaved until a new one settles it', () => {
    const ledger = createLedger()
    ledger.restart()
    ledger.made(1)
    ledger.sent(1, false)
    ledger.restart()
    expect(ledger.durable(0)).toBeNull()
    expect([ledger.unsaved, ledger.underWay]).toEqual([1, 0])
    ledger.sent(1, true)
    ledger.durable(1)
    expect(ledger.unsaved).toBe(0)
  })
})
