/** Files of boards: reads, has them drawn on a thread, keeps what was made of a revision (SPEC-board B510). */
import { AppError } from '../../errors.ts'
import { createQueue } from '../../formats/queue.ts'
import type { QueueLimits } from '../../formats/queue.ts'
import { updatesTo } from '../../formats/stored.ts'
import { ThreadTrouble, createThreads } from '../../formats/threads.ts'
import type { Talk, ThreadLimits, Threads } from '../../formats/threads.ts'
import { startWorker } from '../../store/start-worker.ts'
import type { Store } from '../../store/store.ts'
import { fontFolder } from './font-files.ts'
import { figuresOf, PLAIN, revisionAt } from './figures.ts'
import type { WantedFigures } from './figures.ts'
import type {
  BoardType,
  Figure,
  FromThread,
  PictureBytes,
  PictureOptions,
  Pictures,
  ToThread,
} from './job.ts'

/** What is to be made. */
export interface WantedBoard {
  pad: string
  /** The name to show. */
  shown: string
  /** Null for the newest. */
  revision: number | null
  type: BoardType
  options: PictureOptions
}

export interface BoardExporter {
  /** The file. @throws AppError `notFound`, `busy`, `tooLarge`; StoreDown */
  make(wanted: WantedBoard): Promise<Uint8Array>
  /** What a text shows of the board. @throws AppError `busy`; StoreDown */
  figures(wanted: WantedFigures): Promise<readonly (Figure | null)[]>
  /** All of it as it was at a time (ms since 1970), as it is for null; null for none. @throws as `make` */
  json(pad: string, until: number | null): Promise<Uint8Array | null>
  /** What tells a pad's board from what it was before; '' where there is none. @throws StoreDown */
  stamp(pad: string): Promise<string>
  close(): Promise<void>
}

/** Bytes of files that are kept, all together. */
const KEPT = 32_000_000
/** Bytes of pictures in one file; those that come later are left out. */
const MOST_PICTURES = 64_000_000
const QUEUE: QueueLimits = { atOnce: 1, waiting: 20, patience: 15_000 }
const THREADS: ThreadLimits = { patience: 30_000, idle: 30_000 }
const MEMORY_MB = 1024

/** A thread for boards: it ends when there was nothing to draw for a while, and its memory with it. */
export function boardThreads(limits: ThreadLimits = THREADS): Threads {
  return createThreads(
    () => startWorker(import.meta.url, 'board-worker', fontFolder(), { maxOldGenerationSizeMb: MEMORY_MB }),
    limits,
  )
}

export function createBoardExporter({
  store,
  pictureBytes,
  kept: most = KEPT,
  queue: limits = QUEUE,
  threads = boardThreads(),
}: {
  store: Pick<Store, 'find' | 'load' | 'snapshot' | 'rows'>
  pictureBytes: PictureBytes
  kept?: number
  queue?: QueueLimits
  threads?: Threads
}): BoardExporter {
  const queue = createQueue(limits)
  const kept = new Map<string, Uint8Array>()
  const underWay = new Map<string, Promise<Uint8Array>>()
  let length = 0

  function forget(key: string): void {
    length -= kept.get(key)?.length ?? 0
    kept.delete(key)
  }

  function keep(key: string, file: Uint8Array): void {
    forget(key)
    if (file.length > most) return
    kept.set(key, file)
    length += file.length
    for (const oldest of kept.keys()) {
      if (length <= most) break
      forget(oldest)
    }
  }

  async function pictures(pad: string, keys: readonly string[]): Promise<Pictures> {
    const found = new Map<string, { mime: string; bytes: Uint8Array }>()
    let bytes = 0
    for (const key of keys) {
      const picture = await pictureBytes(pad, key)
      if (picture === null || bytes + picture.bytes.length > MOST_PICTURES) continue
      bytes += picture.bytes.length
      found.set(key, picture)
    }
    return found
  }

  async function draw(talk: Talk, wanted: WantedBoard, revision: number): Promise<Uint8Array> {
    const { pad, shown, type, options } = wanted
    const say = async (message: ToThread): Promise<FromThread> => answered(await talk.ask(message))
    const stored = revision === 0 ? null : await store.load(`b/${pad}`)
    if (stored === null && revision > 0) throw noBoard()
    const { updates, time } = stored ? await updatesTo(store, stored, revision) : { updates: [], time: 0 }
    const clients = stored?.clients ?? new Map<number, string>()
    const read = await say({ kind: 'read', board: { updates, clients }, options })
    if (read.kind !== 'read') throw new TypeError('the thread speaks of something else')
    const needed = await pictures(pad, type === 'json' ? read.all : read.seen)
    const drawn = await say({ kind: 'draw', type, options, pictures: needed, title: shown, time })
    if (drawn.kind !== 'drawn') throw new TypeError('the thread speaks of something else')
    return drawn.file
  }

  const exporter: BoardExporter = {
    async make(wanted) {
      const { pad, shown, type, options } = wanted
      const head = await store.find(`b/${pad}`)
      // A pad whose board nobody opened yet has an empty one.
      if (head === null && (wanted.revision !== null || (await store.find(`p/${pad}`)) === null))
        throw noBoard()
      const revision = wanted.revision ?? head?.head ?? 0
      if (head !== null && (revision > head.head || (revision < 1 && wanted.revision !== null)))
        throw new AppError('notFound', 'This board has no such revision.')
      const key = JSON.stringify([pad, head?.id, head?.generation, revision, shown, type, options])
      const known = kept.get(key)
      if (known) {
        keep(key, known)
        return known
      }
      const begun = underWay.get(key)
      if (begun) return begun
      const work = queue.run(() => threads.run((talk) => draw(talk, wanted, revision))).catch(inWords)
      underWay.set(key, work)
      try {
        const file = await work
        keep(key, file)
        return file
      } finally {
        underWay.delete(key)
      }
    },
    async figures(wanted) {
      try {
        return await queue.run(() => threads.run((talk) => figuresOf(store, pictures, talk, wanted)))
      } catch (error) {
        // A board that there is no time or memory for is words in its text.
        if (error instanceof ThreadTrouble) return wanted.parts.map(() => null)
        throw error
      }
    },
    async json(pad, until) {
      const stored = await store.load(`b/${pad}`)
      if (stored === null) return null
      const revision = until === null ? stored.head : await revisionAt(store, stored, until)
      if (revision === 0) return null
      return exporter.make({ pad, shown: '', revision, type: 'json', options: PLAIN })
    },
    async stamp(pad) {
      const head = await store.find(`b/${pad}`)
      return head === null ? '' : `${head.id} ${head.generation} ${head.head}`
    },
    close: () => threads.close(),
  }
  return exporter
}

/** @throws AppError for a board a thread has no time or memory for */
function inWords(error: unknown): never {
  throw error instanceof ThreadTrouble ? tooMuch(error) : error
}

function tooMuch(cause?: unknown): AppError {
  return new AppError('tooLarge', 'This board is too much for one file; a frame of it may fit.', { cause })
}

function noBoard(): AppError {
  return new AppError('notFound', 'There is no board of this name.')
}

function answered(answer: FromThread): FromThread {
  if (answer.kind !== 'failed') return answer
  if (answer.reason === 'missing') throw new AppError('notFound', 'There is no such frame on this board.')
  if (answer.reason === 'large') throw tooMuch()
  throw new Error(`a board could not be drawn: ${answer.message}`)
}
