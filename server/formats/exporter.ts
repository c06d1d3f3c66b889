/** Files of pads: reads, has them written on a thread, keeps what was made of a revision (SPEC-formats F11, F12, F14). */
import type { Formats } from '../../shared/text/formats.ts'
import { startWorker } from '../store/start-worker.ts'
import { writerOf } from './formats.ts'
import type { FiguresOf, PictureAt } from './drawings.ts'
import { makeOn } from './making.ts'
import type { Made, Sources, Wanted } from './making.ts'
import { createQueue } from './queue.ts'
import type { QueueLimits } from './queue.ts'
import type { PadReader } from './source.ts'
import type { Stage, Watch } from './stage.ts'
import { createThreads } from './threads.ts'
import type { Threads } from './threads.ts'
import { createPress } from './pdf/press.ts'
import type { Press } from './pdf/press.ts'
import type { Writer } from './types.ts'

export type { Wanted } from './making.ts'

/** A file as it was made: with which formats, and, where the text shows it, of which board. */
interface Kept {
  formats: Formats
  file: Uint8Array
  board: string | null
}

interface Revision {
  revision: number
  newest: boolean
  table: Formats
}

export interface Exporter {
  /** The file. @throws AppError `notFound`, `busy`; StoreDown; the signal's reason for whoever gives it up */
  make(wanted: Wanted, watch?: Watch): Promise<Uint8Array>
  close(): Promise<void>
}

/** Bytes of files that are kept, all together. */
const KEPT = 16_000_000
const QUEUE: QueueLimits = { atOnce: 2, waiting: 20, patience: 15_000 }
const THREADS = { patience: 60_000, idle: 60_000 }
/** Of a thread's own memory; a text of 10 MB takes a tenth of it. */
const MEMORY_MB = 1024

/** Threads for files. */
export function fileThreads(): Threads {
  return createThreads(
    () => startWorker(import.meta.url, 'file-worker', null, { maxOldGenerationSizeMb: MEMORY_MB }),
    THREADS,
  )
}

export function createExporter({
  reader,
  formats,
  kept: most = KEPT,
  queue: limits = QUEUE,
  threads = fileThreads(),
  press = createPress(),
  picture = async () => null,
  figures = async ({ parts }) => parts.map(() => null),
  boardStamp = async () => '',
  boardJson = async () => null,
}: {
  reader: PadReader
  /** The bytes of a pad's picture. */
  picture?: PictureAt
  /** What a text shows of its pad's board. */
  figures?: FiguresOf
  /** What tells a pad's board from what it was before. */
  boardStamp?: (pad: string) => Promise<string>
  boardJson?: Sources['boardJson']
  /** The table in use. */
  formats: () => Formats
  kept?: number
  queue?: QueueLimits
  threads?: Threads
  press?: Press
}): Exporter {
  const queue = createQueue(limits)
  const sources: Sources = { reader, picture, figures, boardJson }
  const kept = new Map<string, Kept>()
  const underWay = new Map<string, Work>()
  let length = 0

  function keep(key: string, one: Kept): void {
    forget(key)
    kept.set(key, one)
    length += one.file.length
    for (const oldest of kept.keys()) {
      if (length <= most) break
      forget(oldest)
    }
  }

  function forget(key: string): void {
    length -= kept.get(key)?.file.length ?? 0
    kept.delete(key)
  }

  /** Pages are made elsewhere, and the thread is free meanwhile. */
  async function made(one: Made, writer: Writer, work: Work): Promise<Made> {
    if (!('press' in writer)) return one
    tell(work, { name: 'pages' })
    return { ...one, file: await press.press(one.file, work.controller.signal) }
  }

  function begin(key: string, wanted: Wanted, writer: Writer, facts: Revision): Work {
    const controller = new AbortController()
    const work: Work = { controller, watchers: new Set(), stage: null, file: Promise.resolve(null) }
    const { signal } = controller
    const stage = (one: Stage): void => tell(work, one)
    const go = async (): Promise<Made> =>
      made(
        await threads.run((talk) => makeOn(talk, sources, wanted, { ...facts, stage }), signal),
        writer,
        work,
      )
    const waiting = { signal, place: (place: number) => stage({ name: 'waiting', place }) }
    work.file = queue.run(go, waiting).then(
      (one) => {
        if (underWay.get(key) === work) underWay.delete(key)
        return one
      },
      (error: unknown) => {
        if (underWay.get(key) === work) underWay.delete(key)
        throw error
      },
    )
    // Whoever waits hears of it.
    work.file.catch(() => {})
    underWay.set(key, work)
    return work
  }

  /** Waits with the others; the last one who leaves ends the work. */
  async function join(key: string, work: Work, watch: Watch): Promise<Made | null> {
    work.watchers.add(watch)
    if (work.stage) watch.stage?.(work.stage)
    try {
      return await withSignal(work.file, watch.signal)
    } finally {
      work.watchers.delete(watch)
      if (work.watchers.size === 0 && watch.signal?.aborted === true) {
        if (underWay.get(key) === work) underWay.delete(key)
        work.controller.abort()
      }
    }
  }

  return {
    async make(wanted, watch = {}) {
      const { pad, shown, lang, rtl, type, options } = wanted
      const writer = writerOf(type)
      if (writer === null) throw new RangeError(`no writer of ${type}`)
      const head = await reader.head(pad)
      const revision = wanted.revision ?? head.revision
      const newest = revision === head.revision
      const table = formats()
      const key = JSON.stringify([head.id, revision, writer.ending, shown, lang, rtl, options])
      const known = kept.get(key)
      const board = await boardStamp(pad)
      if (known?.formats === table && (known.board === null || known.board === board)) {
        keep(key, known)
        return known.file
      }
      const work = underWay.get(key) ?? begin(key, wanted, writer, { revision, newest, table })
      const done = await join(key, work, watch)
      if (done === null) throw new TypeError('a file that nobody began')
      const { file, whole, boards } = done
      // Chat, names and settings change without a revision.
      // A picture that is missing may come without one, too.
      if (whole && writer.needs === 'text' && !options.authors && file.length <= most)
        keep(key, { file, formats: table, board: boards ? board : null })
      return file
    },
    async close() {
      await Promise.all([threads.close(), press.close()])
    },
  }
}

/** A file that is being made, and who waits for it. */
interface Work {
  controller: AbortController
  watchers: Set<Watch>
  stage: Stage | null
  file: Promise<Made | null>
}

function tell(work: Work, stage: Stage): void {
  work.stage = stage
  for (const one of work.watchers) one.stage?.(stage)
}

/** @throws the signal's reason as soon as it is aborted */
function withSignal<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason)
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
