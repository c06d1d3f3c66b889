/** Files into boards: read on a thread, checked, and put through the room (SPEC-board B520, B521). */
import type * as Y from 'yjs'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { setShape } from '../../../shared/board/json.ts'
import { MAX_SHAPES } from '../../../shared/board/limits.ts'
import { SETTING_RULES, assetValue, boardOf } from '../../../shared/board/model/board.ts'
import { AppError } from '../../errors.ts'
import { createQueue } from '../../formats/queue.ts'
import type { QueueLimits } from '../../formats/queue.ts'
import { updatesTo } from '../../formats/stored.ts'
import { ThreadTrouble, createThreads } from '../../formats/threads.ts'
import type { Threads } from '../../formats/threads.ts'
import type { Pictures } from '../../pictures/pictures.ts'
import { startWorker } from '../../store/start-worker.ts'
import type { Store } from '../../store/store.ts'
import type { Sync } from '../../sync/types.ts'
import { ImportFault } from './fault.ts'
import type { ImportFaultCode } from './fault.ts'
import type { FromThread, ReadImport, ToThread } from './job.ts'
import { isPdf, pdfPages } from './pdf-pages.ts'
import { boardFrom, entriesOf } from './place.ts'
import type { Entry } from './place.ts'
import type { ImportKind } from './read.ts'

export interface WantedImport {
  pad: string
  file: Uint8Array
  /** Who brings it; '' for nobody. */
  author: string
  /** Where its middle is to be; null: beside what is there. */
  at: { x: number; y: number } | null
}

/** What became of a file. */
export interface ImportReport {
  readonly format: ImportKind
  /** Shapes that came, that were there before, and that could not be taken. */
  readonly added: number
  readonly known: number
  readonly left: number
  /** What of the file was not understood, by its name there. */
  readonly missed: Readonly<Record<string, number>>
  /** Where it is now. */
  readonly around: Bounds | null
  /** Of what came and is in nothing else that came. */
  readonly ids: readonly string[]
}

export interface BoardImporter {
  /** @throws AppError `notFound`, `badRequest`, `tooLarge`, `noFormat`, `busy`; StoreDown */
  take(wanted: WantedImport): Promise<ImportReport>
  close(): Promise<void>
}

const QUEUE: QueueLimits = { atOnce: 1, waiting: 10, patience: 15_000 }
const THREADS = { patience: 30_000, idle: 30_000 }
const MEMORY_MB = 768
/** Of a board's room, what may be taken: people still have to work on it. */
const SHARE = 0.9

export function importThreads(): Threads {
  return createThreads(
    () => startWorker(import.meta.url, 'import-worker', null, { maxOldGenerationSizeMb: MEMORY_MB }),
    THREADS,
  )
}

export function createBoardImporter({
  store,
  sync,
  pictures,
  mostBytes,
  queue: limits = QUEUE,
  threads = importThreads(),
}: {
  store: Pick<Store, 'find' | 'load' | 'snapshot' | 'rows'>
  sync: Pick<Sync, 'withDocument'>
  pictures: Pick<Pictures, 'add'>
  /** Of a board's document. */
  mostBytes: number
  queue?: QueueLimits
  threads?: Threads
}): BoardImporter {
  const queue = createQueue(limits)

  async function read({ pad, file, author, at }: WantedImport): Promise<ReadImport & { size: number }> {
    if ((await store.find(`p/${pad}`)) === null)
      throw new AppError('notFound', 'There is no pad of this name.')
    const pages = isPdf(file)
    const files = pages ? await pdfPages(file) : [file]
    const stored = await store.load(`b/${pad}`)
    const updates = stored ? (await updatesTo(store, stored, stored.head)).updates : []
    const message: ToThread = { files, pages, updates, at, author }
    const answer = await threads.run((talk) => talk.ask<FromThread>(message))
    if (answer.kind === 'fault') throw new ImportFault(answer.code)
    if (answer.kind === 'failed') throw new Error(`a file could not be read: ${answer.message}`)
    return { ...answer, size: updates.reduce((sum, { length }) => sum + length, 0) }
  }

  async function put(wanted: WantedImport, found: ReadImport & { size: number }): Promise<ImportReport> {
    const { pad, author } = wanted
    const { portions, weight, format, known, left, missed, around, ids, size, settings } = found
    if (size + weight > mostBytes * SHARE) throw new ImportFault('large')
    const assets = new Map<string, Record<string, unknown>>()
    for (const [key, { bytes }] of found.pictures) {
      const kept = await pictures.add(pad, author, bytes)
      assets.set(
        key,
        assetValue({ mime: kept.type, width: kept.width, height: kept.height, bytes: kept.bytes }),
      )
    }
    await sync.withDocument(`b/${pad}`, (doc) => writeFacts(doc, assets, settings), { create: true })
    let added = 0
    for (const portion of portions) {
      const entries = entriesOf(boardFrom([portion]))
      added += (await sync.withDocument(`b/${pad}`, (doc) => writeShapes(doc, entries))) ?? 0
    }
    return { format, added, known, left, missed, around, ids }
  }

  return {
    async take(wanted) {
      return queue.run(async () => {
        try {
          return await put(wanted, await read(wanted))
        } catch (error) {
          if (error instanceof ImportFault) throw faultOf(error.code)
          // It took more time or memory than a file may.
          throw error instanceof ThreadTrouble ? faultOf('large') : error
        }
      })
    },
    close: () => threads.close(),
  }
}

function writeFacts(
  doc: Y.Doc,
  assets: ReadonlyMap<string, Record<string, unknown>>,
  settings: Readonly<Record<string, unknown>>,
): void {
  const board = boardOf(doc)
  doc.transact(() => {
    for (const [key, value] of assets) if (!board.assets.has(key)) board.assets.set(key, value)
    for (const [name, isRight] of Object.entries(SETTING_RULES))
      if (isRight(settings[name]) && !board.settings.has(name)) board.settings.set(name, settings[name])
  })
}

/** Writes those that are not there; gives how many that were. They were checked on the thread. */
function writeShapes(doc: Y.Doc, entries: readonly Entry[]): number {
  const board = boardOf(doc)
  let added = 0
  doc.transact(() => {
    for (const { id, value } of entries) {
      if (board.shapes.has(id) || board.shapes.size >= MAX_SHAPES) continue
      setShape(board, id, value)
      added++
    }
  })
  return added
}

/** In words for the person who brought the file. */
function faultOf(code: ImportFaultCode): AppError {
  switch (code) {
    case 'unreadable':
      return new AppError('badRequest', 'This is no file a board can be made of, or a broken one.')
    case 'unsafe':
      return new AppError(
        'badRequest',
        'This file declares entities or leads out of itself; such files are not taken.',
      )
    case 'large':
      return new AppError('tooLarge', 'This file holds more than the board has room for.')
    case 'noConverter':
      return new AppError('noFormat', 'Pages of PDF files cannot be made into pictures here.')
  }
}
