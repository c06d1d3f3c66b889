import { describe, expect, jest, test } from '@jest/globals'
import * as Y from 'yjs'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { boardOf } from '../../../../shared/board/model/board.ts'
import { createShape } from '../../../../shared/board/model/write.ts'
import { boardThreads, createBoardExporter } from '../../../../server/boards/export/exporter.ts'
import type { WantedBoard } from '../../../../server/boards/export/exporter.ts'
import type { ToThread } from '../../../../server/boards/export/job.ts'
import { ThreadTrouble } from '../../../../server/formats/threads.ts'
import type { Threads } from '../../../../server/formats/threads.ts'
import type { StoredDocument } from '../../../../server/store/store.ts'

jest.setTimeout(60_000)

const WANTED: WantedBoard = {
  pad: 'a',
  shown: 'a',
  revision: null,
  type: 'svg',
  options: { scale: 1, transparent: false, theme: 'light', only: null, within: null, whole: false },
}

function storeOf(pictures = 0) {
  const board = boardOf(new Y.Doc())
  for (let i = 0; i < pictures; i++)
    createShape(board, {
      kind: 'image',
      order: `V${i}1`,
      box: boxOf(i * 20, 0, 10, 10),
      asset: `p${i}`.padEnd(43, 'x'),
    })
  const head = { id: 1, name: 'b/a', generation: 'g', created: 0, head: 1 }
  const stored: StoredDocument = {
    ...head,
    snapshot: { seq: 1, bytes: Y.encodeStateAsUpdate(board.doc) },
    tail: [],
    clients: new Map(),
  }
  return {
    find: async (name: string) => (name === 'b/a' ? head : null),
    load: async () => stored,
    snapshot: async () => stored.snapshot,
    rows: async () => [],
  }
}

/** A thread that says what it was asked, and answers when it is let. */
function threadsOf(answer: (message: ToThread) => unknown): Threads & { asked: ToThread[] } {
  const asked: ToThread[] = []
  return {
    asked,
    run: (job) =>
      job({
        ask: async <Answer>(message: unknown) => {
          asked.push(message as ToThread)
          return (await answer(message as ToThread)) as Answer
        },
      }),
    close: async () => {},
  }
}

const drawn = (message: ToThread): unknown =>
  message.kind === 'read'
    ? { kind: 'read', seen: ['one', 'two', 'three'], all: ['one', 'two', 'three', 'four'] }
    : { kind: 'drawn', file: new Uint8Array(10) }

describe('files of boards', () => {
  test('B510: a revision is drawn once, however many ask for it, now and later', async () => {
    const threads = threadsOf(drawn)
    const exporter = createBoardExporter({ store: storeOf(), pictureBytes: async () => null, threads })
    const [first, second] = await Promise.all([exporter.make(WANTED), exporter.make(WANTED)])
    expect(first).toBe(second)
    expect(await exporter.make(WANTED)).toBe(first)
    expect(threads.asked.map(({ kind }) => kind)).toEqual(['read', 'draw'])
    await exporter.make({ ...WANTED, options: { ...WANTED.options, theme: 'dark' } })
    expect(threads.asked).toHaveLength(4)
  })

  test('B510: only so many wait, the rest hear that it is busy', async () => {
    let let_: (value: unknown) => void = () => {}
    const gate = new Promise((resolve) => {
      let_ = resolve
    })
    const exporter = createBoardExporter({
      store: storeOf(),
      pictureBytes: async () => null,
      threads: threadsOf((message) => gate.then(() => drawn(message))),
      queue: { atOnce: 1, waiting: 1, patience: 60_000 },
    })
    const scales = ([1, 2, 3] as const).map((scale) =>
      exporter.make({ ...WANTED, options: { ...WANTED.options, scale } }).then(
        () => 'made',
        (error: unknown) => (error as { code?: string }).code,
      ),
    )
    expect(await scales[2]).toBe('busy')
    let_(null)
    expect(await Promise.all(scales)).toEqual(['made', 'made', 'busy'])
  })

  test('B510: what takes too long, ends the thread or is too much is told as such', async () => {
    const fails = (answer: (message: ToThread) => unknown) =>
      createBoardExporter({
        store: storeOf(),
        pictureBytes: async () => null,
        threads: threadsOf(answer),
      }).make(WANTED)
    await expect(fails(() => Promise.reject(new ThreadTrouble('slow', 'x')))).rejects.toMatchObject({
      code: 'tooLarge',
    })
    await expect(fails(() => ({ kind: 'failed', reason: 'large', message: '' }))).rejects.toMatchObject({
      code: 'tooLarge',
    })
    await expect(fails(() => ({ kind: 'failed', reason: 'missing', message: '' }))).rejects.toMatchObject({
      code: 'notFound',
    })
    await expect(fails(() => ({ kind: 'failed', reason: 'bug', message: 'why' }))).rejects.toThrow('why')
  })

  test('B510: a file takes the pictures that are seen, json all, and no more than there is room for', async () => {
    const given: string[][] = []
    const make = async (type: 'svg' | 'json', size: number): Promise<void> => {
      const threads = threadsOf((message) => {
        if (message.kind === 'draw') given.push([...message.pictures.keys()])
        return drawn(message)
      })
      const pictureBytes = async (_pad: string, key: string) =>
        key === 'two' ? null : { mime: 'image/png', bytes: new Uint8Array(size) }
      await createBoardExporter({ store: storeOf(), pictureBytes, threads }).make({ ...WANTED, type })
    }
    await make('svg', 10)
    await make('json', 10)
    await make('json', 30_000_000)
    expect(given).toEqual([
      ['one', 'three'],
      ['one', 'three', 'four'],
      ['one', 'three'],
    ])
  })

  test('B510, B514: pictures that are not there leave their places empty; a pad without a board has an empty one', async () => {
    const threads = boardThreads()
    const exporter = createBoardExporter({ store: storeOf(3), pictureBytes: async () => null, threads })
    try {
      const svg = Buffer.from(await exporter.make(WANTED)).toString()
      expect(svg.match(/fill="#dfe2e8"/g)).toHaveLength(3)
      await expect(exporter.make({ ...WANTED, pad: 'nobody' })).rejects.toMatchObject({ code: 'notFound' })
      await expect(exporter.make({ ...WANTED, revision: 2 })).rejects.toMatchObject({ code: 'notFound' })
      await expect(exporter.make({ ...WANTED, revision: 0 })).rejects.toMatchObject({ code: 'notFound' })
    } finally {
      await exporter.close()
    }
  })
})

test('F19, F25: parts of the board for a text are drawn on its thread, and all of it is JSON; where there is no board, nothing', async () => {
  const exporter = createBoardExporter({ store: storeOf(1), pictureBytes: async () => null })
  try {
    const parts = [{ kind: 'all' }, { kind: 'shape', id: 'gone' }] as const
    const [all, gone] = await exporter.figures({ pad: 'a', parts, until: null, form: 'both' })
    expect(new TextDecoder().decode(all?.vector ?? new Uint8Array())).toMatch(/^<svg /)
    expect(
      Buffer.from(all?.raster ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
    expect(gone).toBeNull()
    expect(
      JSON.parse(new TextDecoder().decode((await exporter.json('a', null)) ?? undefined)),
    ).toHaveProperty('shapes')
    const none = createBoardExporter({
      store: { ...storeOf(), load: async () => null },
      pictureBytes: async () => null,
    })
    expect(await none.figures({ pad: 'b', parts, until: null, form: 'words' })).toEqual([null, null])
    expect(await none.json('b', null)).toBeNull()
    await none.close()
  } finally {
    await exporter.close()
  }
})
