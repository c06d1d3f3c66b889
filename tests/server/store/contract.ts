/** What every store must do (docs/SPEC-store.md), run on each database by `sqlite.test.ts` and `mariadb.test.ts`. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { LogRow, NewDocument, Store } from '../../../server/store/store.ts'
import { SeqConflict } from '../../../server/store/store.ts'
import { StoreDamage } from '../../../server/store/store.ts'

/** A database for the suite. */
export interface Subject {
  /** A store of its own on the same database, as another server has it; not opened. */
  another(): Store
  /** Runs SQL behind the store's back. */
  sql(statement: string, values?: (string | number | Uint8Array)[]): Promise<void>
  dispose(): Promise<void>
}

const bytes = (...values: number[]) => new Uint8Array(values)
let names = 0
const newDocument = (name = `p/doc ${++names}`, clients: number[] = []): NewDocument => ({
  name,
  generation: `g${names}`,
  time: 1_700_000_000_000,
  seed: { author: 'a.system', bytes: bytes(1, 2, 3), clients },
})
const row = (
  document: number,
  seq: number,
  content = bytes(seq % 256),
  more: Partial<LogRow> = {},
): LogRow => ({
  document,
  seq,
  author: 'a.ada',
  time: 1_700_000_000_000 + seq,
  bytes: content,
  ...more,
})
const run = (document: number, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => row(document, from + index))

export function storeContract(title: string, begin: () => Promise<Subject>): void {
  describe(title, () => {
    let subject: Subject
    let store: Store
    let other: Store

    beforeAll(async () => {
      subject = await begin()
      store = subject.another()
      other = subject.another()
      await Promise.all([store.open(), other.open()])
    }, 60_000)
    afterAll(async () => {
      await Promise.all([store?.close(), other?.close()])
      await subject?.dispose()
    })

    test('ST1: create writes the document and its seed as row 1', async () => {
      const made = await store.create(newDocument('p/created', [7, 4_294_967_295]))
      expect(made).toMatchObject({ name: 'p/created', head: 1, snapshot: null })
      expect(await other.find('p/created')).toMatchObject({
        id: made.id,
        generation: made.generation,
        head: 1,
      })
      const loaded = await other.load('p/created')
      expect(loaded).toEqual(made)
      expect(loaded?.tail[0]).toMatchObject({ seq: 1, author: 'a.system', bytes: bytes(1, 2, 3) })
      expect(loaded?.clients).toEqual(
        new Map([
          [7, 'a.system'],
          [4_294_967_295, 'a.system'],
        ]),
      )
    })

    test('ST1: of many who create the same document one wins, and all get it', async () => {
      const all = await Promise.all(
        Array.from({ length: 12 }, async (_, index) =>
          (index % 2 === 0 ? store : other).create({ ...newDocument('p/race'), generation: `race${index}` }),
        ),
      )
      expect(new Set(all.map((made) => `${made.id} ${made.generation}`)).size).toBe(1)
      expect(all.every((made) => made.head === 1 && made.tail.length === 1)).toBe(true)
    })

    test('ST2: names are compared by bytes and keep every character', async () => {
      const alike = [
        'p/Äther',
        'p/äther',
        'p/ather',
        'p/A',
        'p/a',
        'p/a\u0301',
        'p/á',
        'p/😀',
        'p/😁',
        'p/ß',
        'p/ss',
      ]
      const ids = new Set<number>()
      for (const name of alike) ids.add((await store.create(newDocument(name))).id)
      expect(ids.size).toBe(alike.length)
      for (const name of alike) expect(await store.find(name)).toMatchObject({ name })
      expect(await store.find('p/ÄTHER')).toBeNull()
    })

    test('ST2: names of 191 characters fit, others are refused as our mistake', async () => {
      const long = `p/${'😀'.repeat(189)}`
      await store.create(newDocument(long))
      expect((await store.find(long))?.name).toBe(long)
      for (const bad of ['', `${long}x`, 'p/a ', 'p/\0', 'p/\ud800'])
        await expect(store.find(bad)).rejects.toThrow(RangeError)
    })

    test('ST3: load gives the newest snapshot, the rows after it and whose each client id is', async () => {
      const { id, name } = await store.create(newDocument(undefined, [1]))
      await store.append([row(id, 2), row(id, 3, bytes(3), { clients: [9] }), row(id, 4)])
      await store.saveSnapshot(id, 2, bytes(20, 21), 5)
      expect(await other.load(name)).toEqual({
        id,
        name,
        generation: expect.any(String),
        created: 1_700_000_000_000,
        head: 4,
        snapshot: { seq: 2, bytes: bytes(20, 21) },
        tail: [row(id, 3, bytes(3), { clients: [9] }), row(id, 4)],
        clients: new Map([
          [1, 'a.system'],
          [9, 'a.ada'],
        ]),
      })
      expect(await store.load('p/nobody')).toBeNull()
      expect(await store.find('p/nobody')).toBeNull()
    })

    test('ST4: a missing row is an error, never a shorter or an empty document', async () => {
      const { id, name } = await store.create(newDocument())
      await store.append(run(id, 2, 9))
      await subject.sql('DELETE FROM inkpad_row WHERE document = ? AND seq = ?', [id, 5])
      await expect(store.load(name)).rejects.toThrow(StoreDamage)
      await expect(store.rows(id, 0, 100)).rejects.toThrow(StoreDamage)
      expect(await store.rows(id, 5, 100)).toHaveLength(4)
      await subject.sql('DELETE FROM inkpad_row WHERE document = ?', [id])
      await expect(store.load(name)).rejects.toThrow(StoreDamage)
    })

    test('ST4: bytes that fail their checksum are an error', async () => {
      const { id, name } = await store.create(newDocument())
      await store.append([row(id, 2, bytes(1, 2, 3))])
      await subject.sql('UPDATE inkpad_row SET bytes = ? WHERE document = ? AND seq = 2', [
        bytes(1, 2, 7),
        id,
      ])
      await expect(store.load(name)).rejects.toThrow(/row 2 fails its checksum/)
    })

    test('ST5: rows of several documents are written together or not at all', async () => {
      const one = await store.create(newDocument())
      const two = await store.create(newDocument())
      await store.append([row(two.id, 2), row(one.id, 2), row(two.id, 3)])
      expect(await other.heads([one.id, two.id])).toEqual(
        new Map([
          [one.id, 2],
          [two.id, 3],
        ]),
      )
      await expect(store.append([row(one.id, 3), row(two.id, 3, bytes(99))])).rejects.toThrow(SeqConflict)
      expect(await store.heads([one.id])).toEqual(new Map([[one.id, 2]]))
      await store.append([])
    })

    test('ST5: any bytes survive: none, all values, half a megabyte', async () => {
      const { id } = await store.create(newDocument())
      const contents = [
        bytes(),
        Uint8Array.from({ length: 256 }, (_, index) => index),
        Uint8Array.from({ length: 512 * 1024 }, (_, index) => (index * 7919) % 251),
        new Uint8Array(64 * 1024).subarray(10, 20),
      ]
      await store.append(contents.map((content, index) => row(id, 2 + index, content)))
      const found = await other.rows(id, 1, 10)
      expect(found.map((each) => each.bytes.length)).toEqual([0, 256, 512 * 1024, 10])
      for (const [index, content] of contents.entries())
        expect(Buffer.compare(found[index]?.bytes ?? bytes(), content)).toBe(0)
    })

    test('ST6: a conflict names exactly the documents in the way, and nothing was written', async () => {
      const [one, two, three] = await Promise.all([1, 2, 3].map(() => store.create(newDocument())))
      if (!one || !two || !three) throw new Error('three documents')
      await other.append([row(one.id, 2), row(three.id, 2)])
      const mine = [one, two, three].map(({ id }) => row(id, 2, bytes(77)))
      const failure = await store.append(mine).then(
        () => null,
        (error: unknown) => error,
      )
      expect(failure).toBeInstanceOf(SeqConflict)
      expect(new Set((failure as SeqConflict).documents)).toEqual(new Set([one.id, three.id]))
      expect(await store.heads([two.id])).toEqual(new Map([[two.id, 1]]))
    })

    test('ST6: rows after a gap, of an unknown document or out of order are refused', async () => {
      const { id } = await store.create(newDocument())
      await expect(store.append([row(id, 3)])).rejects.toThrow(SeqConflict)
      await expect(store.append([row(987_654, 2)])).rejects.toThrow(SeqConflict)
      await expect(store.append([row(id, 2), row(id, 4)])).rejects.toThrow(RangeError)
      await expect(store.append([row(id, 3), row(id, 2)])).rejects.toThrow(RangeError)
      expect(await store.heads([id, 987_654])).toEqual(new Map([[id, 1]]))
    })

    test('ST7: the very same rows again count as written, alone or with more behind them', async () => {
      const { id } = await store.create(newDocument())
      const first = [row(id, 2, bytes(2), { clients: [5] }), row(id, 3)]
      await store.append(first)
      await store.append(first)
      await other.append([...first, row(id, 4)])
      await store.append([row(id, 3), row(id, 4), row(id, 5)])
      expect(await store.rows(id, 1, 100)).toEqual([...first, row(id, 4), row(id, 5)])
    })

    test('ST7: other bytes, another author or another time at the same place is a conflict', async () => {
      const { id } = await store.create(newDocument())
      await store.append([row(id, 2)])
      for (const different of [{ bytes: bytes(200) }, { author: 'a.bob' }, { time: 1 }])
        await expect(store.append([{ ...row(id, 2), ...different }, row(id, 3)])).rejects.toThrow(SeqConflict)
      expect(await store.heads([id])).toEqual(new Map([[id, 2]]))
    })

    test('ST8: a client id belongs to who was bound to it first', async () => {
      const { id, name } = await store.create(newDocument(undefined, [1]))
      await store.append([row(id, 2, bytes(2), { clients: [1, 2] })])
      await other.append([row(id, 3, bytes(3), { author: 'a.bob', clients: [2, 3] })])
      expect((await store.load(name))?.clients).toEqual(
        new Map([
          [1, 'a.system'],
          [2, 'a.ada'],
          [3, 'a.bob'],
        ]),
      )
      expect((await store.rows(id, 0, 9)).map((found) => found.clients)).toEqual([[1], [2], [3]])
    })

    test('ST9: two servers that write to the same documents leave every row once and no gap', async () => {
      const documents = await Promise.all([1, 2, 3].map(() => store.create(newDocument())))
      const each = 15
      const server = async (mine: Store, mark: number) => {
        const heads = new Map(documents.map(({ id }) => [id, 1]))
        for (let round = 0; round < each; round++) {
          for (let attempt = 0; ; attempt++) {
            if (attempt > 200) throw new Error('no progress')
            const rows = documents.map(({ id }) => row(id, (heads.get(id) ?? 0) + 1, bytes(mark, round)))
            try {
              await mine.append(mark === 1 ? rows : rows.toReversed())
              for (const { document, seq } of rows) heads.set(document, seq)
              break
            } catch (error) {
              if (!(error instanceof SeqConflict)) throw error
              for (const document of error.documents) {
                const tail = await mine.rows(document, heads.get(document) ?? 0, 1000)
                heads.set(document, tail.at(-1)?.seq ?? heads.get(document) ?? 0)
              }
            }
          }
        }
      }
      await Promise.all([server(store, 1), server(other, 2)])
      for (const { id } of documents) {
        const rows = await store.rows(id, 1, 1000)
        expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 2 * each }, (_, index) => index + 2))
        const written = rows.map((found) => found.bytes.join())
        expect(new Set(written).size).toBe(2 * each)
      }
    })

    test('ST10: rows come in order and at most as many as asked for, packed or not', async () => {
      const { id, name } = await store.create(newDocument())
      await store.append(run(id, 2, 60))
      const before = await store.rows(id, 0, 1000)
      expect(await store.pack(id, 25, 20)).toBe(20)
      expect(await store.pack(id, 25, 20)).toBe(5)
      expect(await store.pack(id, 25, 20)).toBe(0)
      expect(await other.rows(id, 0, 1000)).toEqual(before)
      for (const [after, limit] of [
        [0, 1],
        [19, 2],
        [20, 10],
        [24, 3],
        [40, 100],
        [60, 5],
        [3, 50],
      ] as const)
        expect(await store.rows(id, after, limit)).toEqual(before.slice(after, after + limit))
      expect((await store.load(name))?.tail).toEqual(before)
      await store.append([row(id, 61)])
    })

    test('ST11: heads of many documents, and none for those that are not there', async () => {
      const made = await Promise.all(Array.from({ length: 3 }, () => store.create(newDocument())))
      const ids = made.map(({ id }) => id)
      const many = [...ids, ...Array.from({ length: 600 }, (_, index) => 1_000_000 + index), ...ids]
      expect(await store.heads(many)).toEqual(new Map(ids.map((id) => [id, 1])))
      expect(await store.heads([])).toEqual(new Map())
    })

    test('ST11: list gives names with a prefix in byte order, page by page', async () => {
      const wanted = ['q/B', 'q/a', 'q/a%', 'q/a_', 'q/b', 'q/é', 'q/日', 'q/😀']
      for (const name of wanted.toReversed()) await store.create(newDocument(name))
      await store.create(newDocument('r/other'))
      const pages: string[] = []
      for (let after = ''; ;) {
        const page = await store.list('q/', after, 3)
        if (page.length === 0) break
        pages.push(...page.map(({ name }) => name))
        after = page.at(-1)?.name ?? after
      }
      expect(pages).toEqual(wanted)
      expect((await store.list('q/a', '', 10)).map(({ name, head }) => [name, head])).toEqual([
        ['q/a', 1],
        ['q/a%', 1],
        ['q/a_', 1],
      ])
    })

    test('ST12: remove leaves nothing, and nothing can be written to what is gone', async () => {
      const { id, name } = await store.create(newDocument('p/gone', [3]))
      await store.append(run(id, 2, 30))
      await store.pack(id, 10, 10)
      await store.saveSnapshot(id, 20, bytes(1), 1)
      const link = await store.readOnlyId('gone', () => 'r.gone')
      expect(await other.remove(name)).toBe(true)
      expect(await other.remove(name)).toBe(false)
      expect(await store.load(name)).toBeNull()
      expect(await store.padOfReadOnlyId(link)).toBeNull()
      await expect(store.append([row(id, 31)])).rejects.toThrow(SeqConflict)
      expect(await store.snapshot(id, 100)).toBeNull()
      expect(await store.rows(id, 0, 100)).toEqual([])
      const again = await store.create(newDocument('p/gone'))
      expect(again.id).not.toBe(id)
      expect(again.clients.size).toBe(0)
    })

    test('ST13: a token stays with the author it was bound to first', async () => {
      expect(await store.authorOfToken('0a')).toBeNull()
      const bound = await Promise.all([store.bindToken('0a', 'a.ada', 1), other.bindToken('0a', 'a.bob', 2)])
      expect(bound[0]).toBe(bound[1])
      expect(await store.authorOfToken('0a')).toBe(bound[0])
      expect(await store.bindToken('0a', 'a.eve', 3)).toBe(bound[0])
    })

    test('ST14: authors are inserted, updated and found', async () => {
      const ada = { id: 'a.ada', name: 'Ada 😀', colour: '#123456', seen: 5 }
      await store.saveAuthor(ada)
      await store.saveAuthor(ada)
      await other.saveAuthor({ ...ada, name: '', seen: 6 })
      await store.saveAuthor({ id: 'a.ADA', name: 'another', colour: '', seen: 1 })
      expect(await store.authors(['a.ada', 'a.none', 'a.ada'])).toEqual([{ ...ada, name: '', seen: 6 }])
      expect(await store.authors([])).toEqual([])
    })

    test('ST15: of many who make a read-only id or a setting one wins', async () => {
      let made = 0
      const ids = await Promise.all(
        Array.from({ length: 8 }, async (_, index) =>
          (index % 2 === 0 ? store : other).readOnlyId('pad', () => `r.${++made}`),
        ),
      )
      expect(new Set(ids).size).toBe(1)
      expect(await store.padOfReadOnlyId(ids[0] ?? '')).toBe('pad')
      expect(await store.padOfReadOnlyId('r.unknown')).toBeNull()
      const keys = await Promise.all([
        store.setting('key', () => 'one 😀'),
        other.setting('key', () => 'two 😀'),
      ])
      expect(keys[0]).toBe(keys[1])
      expect(await store.setting('key', () => 'three')).toBe(keys[0])
    })

    test('ST41: the newest snapshots and a geometric series of older ones stay', async () => {
      const { id, name } = await store.create(newDocument())
      await store.append(run(id, 2, 64))
      for (let seq = 1; seq <= 64; seq++) await store.saveSnapshot(id, seq, bytes(seq), seq)
      const kept: number[] = []
      for (let seq = 64; seq > 0;) {
        const found = await store.snapshot(id, seq)
        if (found === null) break
        expect(found.bytes).toEqual(bytes(found.seq))
        kept.push(found.seq)
        seq = found.seq - 1
      }
      expect(kept.slice(0, 2)).toEqual([64, 63])
      expect(kept.length).toBeLessThanOrEqual(12)
      for (const [index, seq] of kept.entries())
        if (index > 0) expect(seq - (kept[index + 1] ?? 0)).toBeLessThanOrEqual(Math.max(1, 2 * (64 - seq)))
      expect((await store.load(name))?.snapshot?.seq).toBe(64)
      await store.saveSnapshot(id, 65, bytes(65), 65)
      expect((await store.snapshot(id, 99))?.seq).toBe(64)
    })

    test('ST43: packing keeps each row, is done by one of two servers, and never takes the last row', async () => {
      const { id } = await store.create(newDocument())
      await store.append(
        run(id, 2, 300).map((each, index) => ({
          ...each,
          author: index % 3 === 0 ? 'a.bob' : 'a.ada',
          time: 5000 - (index % 7),
        })),
      )
      const before = await store.rows(id, 0, 1000)
      const packed = await Promise.all(
        Array.from({ length: 6 }, async (_, index) => (index % 2 === 0 ? store : other).pack(id, 1000, 100)),
      )
      expect(packed.reduce((sum, count) => sum + count, 0)).toBe(299)
      expect(await store.rows(id, 0, 1000)).toEqual(before)
      expect(await store.heads([id])).toEqual(new Map([[id, 300]]))
      expect(await store.packState(id, 1e15)).toEqual({ packedTo: 299, lastOldSeq: 300, snapshotSeq: 0 })
      await store.append([row(id, 301)])
    })

    test('ST43: a chunk that was damaged is an error', async () => {
      const { id, name } = await store.create(newDocument())
      await store.append(run(id, 2, 50))
      await store.pack(id, 40, 40)
      await subject.sql('UPDATE inkpad_chunk SET bytes = ? WHERE document = ?', [bytes(1, 1, 2, 3), id])
      await expect(store.load(name)).rejects.toThrow(StoreDamage)
      await subject.sql('DELETE FROM inkpad_chunk WHERE document = ?', [id])
      await expect(store.load(name)).rejects.toThrow(StoreDamage)
    })

    test('ST44: a damaged snapshot is passed over, because the log holds what it held', async () => {
      const { id, name } = await store.create(newDocument())
      await store.append(run(id, 2, 10))
      await store.saveSnapshot(id, 3, new Uint8Array(500).fill(3), 1)
      await store.saveSnapshot(id, 7, new Uint8Array(500).fill(7), 1)
      await subject.sql('UPDATE inkpad_snapshot SET bytes = ? WHERE document = ? AND seq = 7', [
        bytes(1, 1, 0, 0, 0, 0, 9),
        id,
      ])
      const loaded = await store.load(name)
      expect(loaded?.snapshot).toEqual({ seq: 3, bytes: new Uint8Array(500).fill(3) })
      expect(loaded?.tail.map(({ seq }) => seq)).toEqual([4, 5, 6, 7, 8, 9, 10])
    })

    test('ST44: large snapshots are kept whole', async () => {
      const { id } = await store.create(newDocument())
      const large = randomBytes(9 * 1024 * 1024)
      await store.saveSnapshot(id, 1, large, 1)
      expect(Buffer.compare((await other.snapshot(id, 1))?.bytes ?? bytes(), large)).toBe(0)
    })

    test('ST50: a database that flushes each commit has nothing to confess', async () => {
      await store.ping()
      expect(await store.durability()).toEqual([])
    })
  })
}
