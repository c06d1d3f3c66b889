/** The thread that reads files of strangers (SPEC-formats F60): without a network, a disk or a database, and ended at will. */
import { parentPort } from 'node:worker_threads'
import { authored, importedIds } from './into-pad.ts'
import { pastRows } from './read/past-rows.ts'
import type { PastRow } from './read/past-rows.ts'
import { readFile } from './read/read.ts'
import { Refusal } from './read/refusal.ts'
import type { Reason } from './read/refusal.ts'
import { slicesOf } from './read/slices.ts'
import type { FileReading } from './read/types.ts'

/** To the thread. */
export interface FileToRead {
  bytes: Uint8Array
  name: string
  /** Files of unknown kinds are text. */
  unknownAsText: boolean
  /** The new pad it is for, which may get its past. */
  newPad: string | null
  /** Somebody shows the pictures of a file. */
  showsPictures: boolean
}

/** Slices are JSON of nodes: a text is handed over at once, a tree is not. */
export type SlicedReading =
  | (Omit<Exclude<FileReading, { nodes: unknown }>, 'past'> & { past: PastRow[] })
  | (Pick<FileReading, 'kind' | 'left' | 'pictures'> & { slices: string[] })

/** From the thread. */
export type FileRead =
  | { kind: 'read'; reading: SlicedReading }
  | { kind: 'refused'; reason: Reason; detail: string }
  | { kind: 'failed'; message: string }

const port = parentPort
if (port === null) throw new Error('import-worker runs as a worker thread only')

function answer({ bytes, name, unknownAsText, newPad, showsPictures }: FileToRead): FileRead {
  try {
    const found = readFile(Buffer.from(bytes), name, unknownAsText, newPad !== null, showsPictures)
    return { kind: 'read', reading: sliced(found, newPad) }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', reason: error.reason, detail: error.message }
    if (error instanceof RangeError) return { kind: 'refused', reason: 'tooLarge', detail: error.message }
    return {
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }
  }
}

function sliced(reading: FileReading, newPad: string | null): SlicedReading {
  if (!('nodes' in reading)) {
    const ids = importedIds(newPad ?? '', reading.people)
    const steps = reading.past.map((step) => ({
      ...step,
      content: authored(step.content, ids, null).content,
    }))
    return { ...reading, past: pastRows(steps) }
  }
  const { kind, left, pictures, nodes } = reading
  return { kind, left, pictures, slices: slicesOf(nodes).map((slice) => JSON.stringify(slice)) }
}

port.on('message', (message: FileToRead) => port.postMessage(answer(message)))
