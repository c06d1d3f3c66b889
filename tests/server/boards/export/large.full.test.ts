import { afterAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { boardThreads, createBoardExporter } from '../../../../server/boards/export/exporter.ts'
import type { BoardType } from '../../../../server/boards/export/job.ts'
import { boardOfInk } from '../../../shared/board/strokes.ts'

// Whatever else the machine does.
const threads = boardThreads({ patience: 120_000, idle: 10_000 })
afterAll(() => threads.close())

test('F19: 50 000 strokes in a text are a picture alone, which a document can hold', async () => {
  const { board } = boardOfInk(50_000, 20, false)
  const head = { id: 1, name: 'b/a', generation: 'g', created: 0, head: 1 }
  const snapshot = { seq: 1, bytes: Y.encodeStateAsUpdate(board.doc) }
  const exporter = createBoardExporter({
    store: {
      find: async () => head,
      load: async () => ({ ...head, snapshot, tail: [], clients: new Map<number, string>() }),
      snapshot: async () => snapshot,
      rows: async () => [],
    },
    pictureBytes: async () => null,
    threads,
  })
  const [figure] = await exporter.figures({ pad: 'a', parts: [{ kind: 'all' }], until: null, form: 'both' })
  expect(figure?.vector).toBeNull()
  expect(figure?.raster?.length).toBeGreaterThan(10_000)
  expect(figure?.raster?.length).toBeLessThan(6_000_000)
}, 300_000)

test.each([
  ['constant width', false, 6_000_000],
  ['pressure', true, 8_500_000],
] as const)(
  'B503, B510, B512: 10 000 strokes of %s are files within the limits',
  async (_name, pressure, most) => {
    const { board } = boardOfInk(10_000, 50, pressure)
    const bytes = Y.encodeStateAsUpdate(board.doc)
    const head = { id: 1, name: 'b/a', generation: 'g', created: 0, head: 1 }
    const snapshot = { seq: 1, bytes }
    const exporter = createBoardExporter({
      store: {
        find: async () => head,
        load: async () => ({ ...head, snapshot, tail: [], clients: new Map<number, string>() }),
        snapshot: async () => snapshot,
        rows: async () => [],
      },
      pictureBytes: async () => null,
      threads,
    })
    const make = async (type: BoardType): Promise<Buffer> =>
      Buffer.from(
        await exporter.make({
          pad: 'a',
          shown: 'a',
          revision: null,
          type,
          options: { scale: 3, transparent: false, theme: 'light', only: null, within: null, whole: false },
        }),
      )
    expect((await make('svg')).length).toBeLessThan(most)
    const png = await make('png')
    expect(png.readUInt32BE(16) * png.readUInt32BE(20)).toBeLessThan(20_100_000)
    expect(png.readUInt32BE(16)).toBeGreaterThan(4000)
    expect((await make('pdf')).subarray(0, 5).toString()).toBe('%PDF-')
    expect((await make('json')).length).toBeLessThan(3_000_000)
  },
  300_000,
)
