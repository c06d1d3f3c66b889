import { afterAll, describe, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import * as Y from 'yjs'
import {
  expendableSnapshots,
  PACK_AGE,
  packable,
  packOldRows,
  shouldSnapshot,
} from '../../../server/store/maintenance.ts'
import { operations } from '../../../server/store/operations.ts'
import { openSqlite } from '../../../server/store/sqlite-driver.ts'
import type { LogRow } from '../../../server/store/store.ts'

const folder = mkdtempSync(join(tmpdir(), 'inkpad-maintenance-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('when to snapshot', () => {
  test.each([
    ['nothing new', { tailBytes: 0, tailRows: 0, lastSnapshotBytes: 0, unloading: true }, false],
    ['a short tail', { tailBytes: 60_000, tailRows: 900, lastSnapshotBytes: 0, unloading: false }, false],
    ['over 64 kB', { tailBytes: 65_537, tailRows: 9, lastSnapshotBytes: 0, unloading: false }, true],
    [
      'under twice the last',
      { tailBytes: 190_000, tailRows: 9, lastSnapshotBytes: 100_000, unloading: false },
      false,
    ],
    [
      'over twice the last',
      { tailBytes: 200_001, tailRows: 9, lastSnapshotBytes: 100_000, unloading: false },
      true,
    ],
    ['500 rows at unload', { tailBytes: 900, tailRows: 500, lastSnapshotBytes: 0, unloading: true }, false],
    ['501 rows at unload', { tailBytes: 900, tailRows: 501, lastSnapshotBytes: 0, unloading: true }, true],
  ])('ST40: %s', (_, state, expected) => {
    expect(shouldSnapshot(state)).toBe(expected)
  })
})

describe('which snapshots stay', () => {
  test('ST41: the two newest always, gaps no wider than their age, and few in all', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 300 }), (steps) => {
        let kept: number[] = []
        let newest = 0
        let widest = 0
        for (const step of steps) {
          newest += step
          widest = Math.max(widest, step)
          kept.push(newest)
          const expendable = new Set(expendableSnapshots(kept))
          expect(kept.slice(-2).some((seq) => expendable.has(seq))).toBe(false)
          kept = kept.filter((seq) => !expendable.has(seq))
        }
        for (const [index, seq] of kept.entries())
          expect(seq - (kept[index - 1] ?? 0)).toBeLessThanOrEqual(Math.max(widest, newest - seq))
        expect(kept.length).toBeLessThanOrEqual(4 + 2 * Math.log2(newest))
      }),
      { numRuns: 50 },
    )
  })
})

describe('what to pack', () => {
  test.each([
    [{ packedTo: 0, lastOldSeq: 5000, snapshotSeq: 0 }, 0],
    [{ packedTo: 0, lastOldSeq: 5000, snapshotSeq: 240 }, 0],
    [{ packedTo: 0, lastOldSeq: 5000, snapshotSeq: 250 }, 250],
    [{ packedTo: 0, lastOldSeq: 5000, snapshotSeq: 9000 }, 5000],
    [{ packedTo: 0, lastOldSeq: 5100, snapshotSeq: 9000 }, 5000],
    [{ packedTo: 4000, lastOldSeq: 5300, snapshotSeq: 9000 }, 5300],
    [{ packedTo: 5000, lastOldSeq: 0, snapshotSeq: 9000 }, 0],
  ])('ST42: %j up to %d', (state, expected) => {
    expect(packable(state)).toBe(expected)
  })
})

test('ST45: 23 000 keystrokes with snapshots take at most 0.4 MB, and each can be read again', async () => {
  const database = await openSqlite(join(folder, 'history.db'), () => {})
  const trace = keystrokes(23_000)
  const start = 1_700_000_000_000
  const { id } = await operations.create(database, {
    name: 'p/history',
    generation: 'g',
    time: start,
    seed: { author: 'a.inkpad0000server', bytes: new Uint8Array([0, 0]), clients: [] },
  })
  const doc = new Y.Doc()
  let tailBytes = 0
  let tailRows = 0
  let lastSnapshotBytes = 0
  let rows: LogRow[] = []
  for (const [index, { author, update, wait }] of trace.entries()) {
    rows.push({ document: id, seq: index + 2, author, time: start + wait, bytes: update })
    Y.applyUpdate(doc, update)
    tailBytes += update.length
    tailRows++
    const last = index === trace.length - 1
    if (rows.length === 500 || last) {
      await operations.append(database, rows)
      rows = []
      if (shouldSnapshot({ tailBytes, tailRows, lastSnapshotBytes, unloading: last })) {
        const state = Y.encodeStateAsUpdate(doc)
        await operations.saveSnapshot(database, id, index + 2, state, start + wait)
        lastSnapshotBytes = state.length
        tailBytes = 0
        tailRows = 0
      }
    }
  }
  const store = {
    packState: (document: number, before: number) => operations.packState(database, document, before),
    pack: (document: number, upTo: number, limit: number) => operations.pack(database, document, upTo, limit),
  }
  expect(await packOldRows(store, id, start + 1e9 + PACK_AGE)).toBeGreaterThan(22_000)
  const [size] = await database.read((session) =>
    session.all(`SELECT
      (SELECT SUM(LENGTH(bytes)) FROM inkpad_chunk) AS chunks,
      (SELECT SUM(LENGTH(bytes)) FROM inkpad_snapshot) AS snapshots,
      (SELECT COUNT(*) FROM inkpad_snapshot) AS snapshotCount,
      (SELECT SUM(LENGTH(bytes) + 105) FROM inkpad_row) AS tail`),
  )
  const { chunks, snapshots, tail } = size as Record<'chunks' | 'snapshots' | 'tail', number>
  if (process.env['REPORT'] !== undefined)
    console.log(
      size,
      'raw',
      trace.reduce((sum, { update }) => sum + update.length, 0),
      'text',
      doc.getText('text').length,
    )
  expect(chunks + snapshots + tail).toBeLessThan(400_000)

  const begun = performance.now()
  const at = 11_500
  const base = await operations.snapshot(database, id, at)
  const read = await operations.rows(database, id, base?.seq ?? 0, at - (base?.seq ?? 0))
  const seen = new Y.Doc()
  seen.transact(() => {
    if (base !== null) Y.applyUpdate(seen, base.bytes)
    for (const { bytes, seq } of read) if (seq > 1) Y.applyUpdate(seen, bytes)
  })
  if (process.env['REPORT'] !== undefined)
    console.log('one revision', performance.now() - begun, 'ms', read.length)
  const expected = new Y.Doc()
  expected.transact(() => {
    for (const { update } of trace.slice(0, at - 1)) Y.applyUpdate(expected, update)
  })
  expect(seen.getText('text').toString()).toBe(expected.getText('text').toString())
  database.close()
}, 180_000)

/** Two people typing words, erasing some, and going on elsewhere now and then: one update a keystroke. */
function keystrokes(count: number): { author: string; update: Uint8Array; wait: number }[] {
  let noise = 12_345
  const random = (below: number) => {
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((noise / 2 ** 32) * below)
  }
  const words = Array.from({ length: 400 }, () =>
    Array.from(
      { length: 2 + random(9) },
      () => 'etaoinshrdlucmfwypvbgkjqxz'[Math.floor(random(27) * (random(1000) / 1000))] ?? 'e',
    ).join(''),
  )
  const people = ['a.AdaAdaAdaAda1234', 'a.BobBobBobBob5678'].map((author) => ({
    author,
    doc: new Y.Doc(),
    at: 0,
    word: '',
  }))
  const trace: { author: string; update: Uint8Array; wait: number }[] = []
  let wait = 0
  for (const { author, doc } of people)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'remote') return
      trace.push({ author, update, wait })
      for (const other of people) if (other.doc !== doc) Y.applyUpdate(other.doc, update, 'remote')
    })
  while (trace.length < count) {
    const person = people[random(10) < 7 ? 0 : 1]
    if (person === undefined) continue
    const text = person.doc.getText('text')
    if (random(30) === 0) person.at = random(text.length + 1)
    for (let stroke = 0; stroke < 12 && trace.length < count; stroke++) {
      wait += 80 + random(180)
      person.at = Math.min(person.at, text.length)
      if (random(12) === 0 && person.at > 0) text.delete(--person.at, 1)
      else {
        if (person.word === '')
          person.word = `${words[random(words.length)] ?? 'word'}${random(40) === 0 ? '\n' : ' '}`
        text.insert(person.at++, person.word[0] ?? ' ')
        person.word = person.word.slice(1)
      }
    }
  }
  return trace
}
