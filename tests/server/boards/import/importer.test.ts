import { expect, jest, test } from '@jest/globals'
import * as Y from 'yjs'
import { boardOf } from '../../../../shared/board/model/board.ts'
import { createBoardImporter } from '../../../../server/boards/import/importer.ts'
import type { FromThread } from '../../../../server/boards/import/job.ts'
import { ThreadTrouble } from '../../../../server/formats/threads.ts'
import type { Threads } from '../../../../server/formats/threads.ts'
import { WBO_JSON, bytesOf } from './files.ts'

jest.setTimeout(60_000)

const HEAD = { id: 1, name: 'p/a', generation: 'g', created: 0, head: 1 }
const WANTED = { pad: 'a', file: bytesOf(WBO_JSON), author: '', at: null }

function importerWith(mostBytes: number, threads?: Threads) {
  const doc = new Y.Doc()
  const importer = createBoardImporter({
    store: {
      find: async () => HEAD,
      load: async () => null,
      snapshot: async () => null,
      rows: async () => [],
    },
    sync: { withDocument: async (_name, use) => use(doc, 1) },
    pictures: { add: () => Promise.reject(new Error('there are none')) },
    mostBytes,
    ...(threads ? { threads } : {}),
  })
  return { importer, shapes: boardOf(doc).shapes }
}

test('B521: what a board has no room for is refused as a whole', async () => {
  const { importer, shapes } = importerWith(200)
  await expect(importer.take(WANTED)).rejects.toMatchObject({ code: 'tooLarge' })
  expect(shapes.size).toBe(0)
  await importer.close()
})

test('B520: a file that takes a thread’s time or memory is refused, a fault of ours is ours', async () => {
  const answering = (answer: () => Promise<FromThread>): Threads => ({
    run: (job) => job({ ask: async <Answer>() => (await answer()) as Answer }),
    close: async () => {},
  })
  const slow = answering(() => Promise.reject(new ThreadTrouble('slow', 'too long')))
  await expect(importerWith(1e6, slow).importer.take(WANTED)).rejects.toMatchObject({ code: 'tooLarge' })
  const broken = answering(async () => ({ kind: 'failed', message: 'why' }))
  await expect(importerWith(1e6, broken).importer.take(WANTED)).rejects.toThrow('why')
  const unsafe = answering(async () => ({ kind: 'fault', code: 'unsafe' }))
  await expect(importerWith(1e6, unsafe).importer.take(WANTED)).rejects.toMatchObject({ code: 'badRequest' })
})
