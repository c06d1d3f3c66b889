/** The thread that reads files of strangers (SPEC-formats F60): without a network, a disk or a database, and ended at will. */
import { parentPort } from 'node:worker_threads'
import { readFile } from './read/read.ts'
import { Refusal } from './read/refusal.ts'
import type { Reason } from './read/refusal.ts'
import { slicesOf } from './read/slices.ts'
import type { Reading } from './read/types.ts'

/** To the thread. */
export interface FileToRead {
  bytes: Uint8Array
  name: string
  /** Files of unknown kinds are text. */
  unknownAsText: boolean
}

/** Slices are JSON of nodes: a text is handed over at once, a tree is not. */
export type SlicedReading =
  | Exclude<Reading, { nodes: unknown }>
  | (Pick<Reading, 'kind' | 'left'> & { slices: string[] })

/** From the thread. */
export type FileRead =
  | { kind: 'read'; reading: SlicedReading }
  | { kind: 'refused'; reason: Reason; detail: string }
  | { kind: 'failed'; message: string }

const port = parentPort
if (port === null) throw new Error('import-worker runs as a worker thread only')

function answer({ bytes, name, unknownAsText }: FileToRead): FileRead {
  try {
    return { kind: 'read', reading: sliced(readFile(Buffer.from(bytes), name, unknownAsText)) }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', reason: error.reason, detail: error.message }
    if (error instanceof RangeError) return { kind: 'refused', reason: 'tooLarge', detail: error.message }
    return {
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }
  }
}

function sliced(reading: Reading): SlicedReading {
  if (!('nodes' in reading)) return reading
  const { kind, left, nodes } = reading
  return { kind, left, slices: slicesOf(nodes).map((slice) => JSON.stringify(slice)) }
}

port.on('message', (message: FileToRead) => port.postMessage(answer(message)))
