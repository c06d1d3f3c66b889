import { expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { createPadReader } from '../../../server/formats/source.ts'
import type { ChatRow, LogRow, StoredDocument } from '../../../server/store/store.ts'
import { NO_PAD_SETTINGS } from '../../../shared/settings.ts'

test('F6: of a long chat the newest lines come, in their order, read page by page', async () => {
  const all = Array.from({ length: 2500 }, (_, id): ChatRow => ({
    id,
    author: 'a.aaaaaaaaaaaaaaaa',
    name: '',
    text: `${id}`,
    time: id,
    key: `${id}`,
  }))
  const asked: (number | null)[] = []
  const reader = createPadReader({
    store: {
      find: async () => null,
      load: async () => null,
      snapshot: async () => null,
      rows: async () => [],
      chatBefore: async (_pad, before, limit) => {
        asked.push(before)
        return all.slice(Math.max(0, (before ?? 2500) - limit), before ?? 2500)
      },
    },
    people: { people: async (ids) => ids.map((author) => ({ author, name: 'N', colour: '1' })) },
    settings: async () => NO_PAD_SETTINGS,
  })
  const newest = await reader.chat('x', null)
  expect(newest.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
  expect(asked).toEqual([null, 1500, 500])
  expect((await reader.chat('x', 1200)).at(-1)?.id).toBe(1200)
  const mira = 'a.aaaaaaaaaaaaaaaa'
  const people = await reader.people([mira, '', 'a.short', mira])
  expect(people).toEqual([{ author: mira, name: 'N', colour: '1' }])
})

test('F4: rows that are missing end the reading, never in an endless search and never in half a text', async () => {
  const stored: StoredDocument = {
    id: 1,
    name: 'p/x',
    generation: 'g',
    created: 0,
    head: 3,
    snapshot: null,
    tail: [row(1, 'a')],
    clients: new Map(),
  }
  const reader = createPadReader({
    store: {
      find: async () => stored,
      load: async () => stored,
      snapshot: async () => null,
      rows: async () => [],
      chatBefore: async () => [],
    },
    people: { people: async () => [] },
    settings: async () => NO_PAD_SETTINGS,
  })
  await expect(reader.at('x', 3)).rejects.toMatchObject({ code: 'internal' })
  await expect(reader.at('x', 4)).rejects.toMatchObject({ code: 'notFound' })
  const { updates, time } = await reader.at('x', 1)
  expect(updates).toEqual([stored.tail[0]?.bytes])
  expect(time).toBe(1)
})

function row(seq: number, text: string): LogRow {
  const doc = new Y.Doc()
  doc.getText('text').insert(0, text)
  return { document: 1, seq, author: 'a.x', time: seq, bytes: Y.encodeStateAsUpdate(doc) }
}
