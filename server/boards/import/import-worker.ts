/** The thread that reads files for boards: hostile ones take its time and its memory, and nobody else's (SPEC-board B520). */
import { parentPort } from 'node:worker_threads'
import { groupBounds } from '../../../shared/board/geometry/shape-bounds.ts'
import { putShape } from '../../../shared/board/json.ts'
import { boardOf, readShapes } from '../../../shared/board/model/board.ts'
import type { Board } from '../../../shared/board/model/board.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import * as Y from 'yjs'
import { ImportFault } from './fault.ts'
import type { FromThread, ToThread } from './job.ts'
import { NotUnderstood } from './not-understood.ts'
import { boardFrom, place } from './place.ts'
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
  const coming = boardOf(new Y.Doc())
  coming.doc.transact(() => {
    for (const { id, value } of entries) putShape(coming, id, value)
  })
  return {
    kind: 'read',
    format,
    update: Y.encodeStateAsUpdate(coming.doc),
    pictures: sink.pictures,
    settings,
    known,
    left,
    missed: Object.fromEntries(sink.missed),
    around: aroundAll(coming),
  }
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
