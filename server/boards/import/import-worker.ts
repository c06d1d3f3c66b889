/** The thread that reads files for boards: hostile ones take its time and its memory, and nobody else's (SPEC-board B520). */
import { parentPort } from 'node:worker_threads'
import { groupBounds } from '../../../shared/board/geometry/shape-bounds.ts'
import { setShape } from '../../../shared/board/json.ts'
import { boardOf, readShapes } from '../../../shared/board/model/board.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import { isPlainObject } from '../../../shared/board/model/keys.ts'
import { treeOf } from '../../../shared/board/model/tree.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import * as Y from 'yjs'
import { ImportFault } from './fault.ts'
import { MOST_IDS } from './job.ts'
import type { FromThread, ToThread } from './job.ts'
import { NotUnderstood } from './not-understood.ts'
import { boardFrom, place } from './place.ts'
import type { Entry } from './place.ts'
import { readFile, readPictures } from './read.ts'

const port = parentPort
if (port === null) throw new Error('import-worker runs as a worker thread only')

function read({ files, pages, updates, at, author }: ToThread): FromThread {
  const [first = new Uint8Array(0)] = files
  const { kind: format, sink } = pages
    ? { kind: 'pdf' as const, sink: readPictures(files, 'pdf') }
    : readFile(first)
  const to = boardFrom(updates)
  const settings = to.shapes.size === 0 ? (sink.board.settings.toJSON() as Record<string, unknown>) : {}
  const { entries, known, left } = place(sink.board, to, { at, author, random: Math.random })
  const portions = [...inPortions(entries)]
  const coming = boardFrom(portions)
  return {
    kind: 'read',
    format,
    portions,
    weight: entries.reduce((sum, entry) => sum + weightOf(entry), 0),
    ids: topIds(coming),
    pictures: sink.pictures,
    settings,
    known,
    left,
    missed: Object.fromEntries(sink.missed),
    around: aroundAll(coming),
  }
}

/** Bytes of shapes in one transaction: a row that any database takes, a moment's work for the server. */
const PORTION = 200_000

function* inPortions(entries: readonly Entry[]): Generator<Uint8Array> {
  for (let i = 0; i < entries.length;) {
    const board = boardOf(new Y.Doc())
    board.doc.transact(() => {
      for (let weight = 0; i < entries.length && weight < PORTION; i++) {
        const entry = entries[i]
        if (!entry) continue
        weight += weightOf(entry)
        setShape(board, entry.id, entry.value)
      }
    })
    yield Y.encodeStateAsUpdate(board.doc)
  }
}

/** About as many bytes as it takes in a document. */
function weightOf({ id, value }: Entry): number {
  let weight = id.length + 24
  for (const [key, part] of Object.entries(value))
    weight += key.length + (part instanceof Uint8Array ? part.length : lengthOf(part))
  return weight
}

function lengthOf(part: unknown): number {
  if (typeof part === 'string') return part.length
  if (Array.isArray(part)) return part.reduce((sum: number, one) => sum + lengthOf(one), 0)
  if (isPlainObject(part))
    return Object.entries(part).reduce((sum, [key, one]) => sum + key.length + lengthOf(one), 0)
  return 5
}

function topIds(board: Board): string[] {
  const { children } = treeOf(readShapes(board))
  return (children.get(null) ?? []).slice(0, MOST_IDS).map(({ id }) => id)
}

function aroundAll(board: Board): Bounds | null {
  const shapes = readShapes(board)
  const placed = [...shapes.values()].filter(({ kind }) => kind !== 'group')
  const bounds = groupBounds(placed, (id) => shapes.get(id))
  return bounds.left > bounds.right ? null : bounds
}

port.on('message', (message: ToThread) => {
  let reply: FromThread
  try {
    reply = read(message)
  } catch (error) {
    if (error instanceof ImportFault) reply = { kind: 'fault', code: error.code }
    else if (error instanceof NotUnderstood) reply = { kind: 'fault', code: 'unreadable' }
    else
      reply = {
        kind: 'failed',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }
  }
  port.postMessage(reply)
})
