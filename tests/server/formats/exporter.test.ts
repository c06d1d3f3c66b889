/** Files that are followed, given up, and made anew (SPEC-formats F11, F25, F36). */
import { describe, expect, test } from '@jest/globals'
import { createExporter } from '../../../server/formats/exporter.ts'
import type { FromThread, ToThread } from '../../../server/formats/job.ts'
import type { PadReader } from '../../../server/formats/source.ts'
import type { Stage } from '../../../server/formats/stage.ts'
import type { Threads } from '../../../server/formats/threads.ts'
import { NO_OPTIONS } from '../../../server/formats/types.ts'
import { NO_PAD_SETTINGS } from '../../../shared/settings.ts'
import { galleryFormats, KEY } from './gallery.ts'
import { sourceOf, textOf } from './sources.ts'

const reader: PadReader = {
  head: async () => ({ revision: 1, id: '1 g' }),
  at: async () => ({ updates: [], clients: new Map(), created: 0, time: 5 }),
  past: async () => ({ base: [], time: 0, steps: [] }),
  chat: async () => [],
  people: async () => [],
  settings: async () => NO_PAD_SETTINGS,
}
const wanted = (type = 'txt') => ({
  pad: 'x',
  shown: 'x',
  revision: null,
  lang: 'en',
  rtl: false,
  type,
  options: NO_OPTIONS,
})
const READ: FromThread = { kind: 'read', asked: [], rules: [['board', 'board', true]], authors: [] }
const WRITTEN: FromThread = { kind: 'written', file: new Uint8Array([1]) }

/** A thread that answers what it is asked as soon as the test lets it. */
function slow() {
  const asked: ToThread[] = []
  const signals: AbortSignal[] = []
  let go = (): void => {}
  let gate = new Promise<void>((open) => (go = open))
  const threads: Threads = {
    run(job, signal) {
      if (signal) signals.push(signal)
      return job({
        ask: async <Answer>(message: unknown) => {
          asked.push(message as ToThread)
          await gate
          return ((message as ToThread).kind === 'read' ? READ : WRITTEN) as Answer
        },
      })
    },
    close: async () => {},
  }
  return {
    threads,
    asked,
    signals,
    go: () => go(),
    stop: () => {
      gate = new Promise<void>((open) => (go = open))
    },
  }
}

describe('F36: a slow thread', () => {
  test('everybody hears how far it is; who leaves ends it only as the last one, and it is begun anew', async () => {
    const { threads, asked, signals, go } = slow()
    const exporter = createExporter({ reader, formats: () => galleryFormats, threads })
    const heard: Stage['name'][] = []
    const first = new AbortController()
    const second = new AbortController()
    const one = exporter.make(wanted(), { signal: first.signal, stage: ({ name }) => heard.push(name) })
    const two = exporter.make(wanted(), { signal: second.signal })
    while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(heard).toEqual(['reading'])
    first.abort(new Error('left'))
    await expect(one).rejects.toThrow('left')
    expect(signals[0]?.aborted).toBe(false)
    second.abort(new Error('left, too'))
    await expect(two).rejects.toThrow('left, too')
    expect(signals[0]?.aborted).toBe(true)
    const three = exporter.make(wanted(), { stage: ({ name }) => heard.push(name) })
    go()
    expect(await three).toEqual(WRITTEN.kind === 'written' ? WRITTEN.file : null)
    expect(signals).toHaveLength(2)
    expect(heard).toEqual(['reading', 'reading', 'drawing', 'writing'])
  })

  test('who waits in the line hears the place, and leaves it', async () => {
    const { threads, asked, go } = slow()
    const queue = { atOnce: 1, waiting: 5, patience: 60_000 }
    const exporter = createExporter({ reader, formats: () => galleryFormats, threads, queue })
    const first = exporter.make(wanted('txt'))
    while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve))
    const stop = new AbortController()
    const stages: Stage[] = []
    const waits = new Promise<void>((resolve) => {
      const second = exporter.make(wanted('md'), {
        signal: stop.signal,
        stage: (stage) => {
          stages.push(stage)
          resolve()
        },
      })
      second.catch(() => {})
    })
    await waits
    expect(stages).toEqual([{ name: 'waiting', place: 1 }])
    stop.abort()
    go()
    await first
    expect(asked.filter(({ kind }) => kind === 'write')).toHaveLength(1)
  })
})

describe('F11, F19: a file that shows the board', () => {
  test('is made anew when the board changed, and asks for the board as it is, or as it was', async () => {
    const { threads, asked, go } = slow()
    go()
    let stamp = '1'
    const untils: (number | null)[] = []
    const exporter = createExporter({
      reader: { ...reader, head: async () => ({ revision: 2, id: '1 g' }) },
      formats: () => galleryFormats,
      threads,
      boardStamp: async () => stamp,
      figures: async ({ parts, until }) => {
        untils.push(until)
        return parts.map(() => null)
      },
    })
    await exporter.make(wanted())
    await exporter.make(wanted())
    expect(asked).toHaveLength(2)
    stamp = '2'
    await exporter.make(wanted())
    expect(asked).toHaveLength(4)
    await exporter.make({ ...wanted(), revision: 1 })
    expect(untils).toEqual([null, null, 5])
  })
})

test('F25: json holds the pictures of the text and the board, each line by line, and nothing where there is none', () => {
  const pictures = new Map([[KEY, { mime: 'image/png', bytes: new Uint8Array([1, 2, 3]) }]])
  const board = '{\n"format": "inkpad-board",\n"shapes": {}\n}\n'
  const written = textOf('json', sourceOf([{ insert: 'x\n' }], { pictures, board }))
  expect(JSON.parse(written)).toMatchObject({
    pictures: { [KEY]: { type: 'image/png', bytes: 'AQID' } },
    board: { format: 'inkpad-board', shapes: {} },
  })
  expect(textOf('json', sourceOf([{ insert: 'x\n' }]))).not.toMatch(/"pictures"|"board"/)
})
