/** The thread that draws boards: reads one as the store has it and makes a file of it (SPEC-board B510). */
import { parentPort, workerData } from 'node:worker_threads'
import * as Y from 'yjs'
import { readAssets, boardOf } from '../../../shared/board/model/board.ts'
import { SYSTEM_AUTHOR } from '../../../shared/ids.ts'
import { createFonts } from './fonts.ts'
import { figureOf } from './figure.ts'
import type { BoardType, Figure, FromThread, PictureOptions, Pictures, StoredBoard, ToThread } from './job.ts'
import { pdfFile } from './pdf.ts'
import { sceneOf } from './scene.ts'
import type { BoardScene } from './scene.ts'
import { TooMuch } from './too-much.ts'
import { jsonFile, pngFile, svgFile } from './writers.ts'

const port = parentPort
if (port === null) throw new Error('board-worker runs as a worker thread only')

const fonts = createFonts(String(workerData))

interface Open {
  readonly doc: Y.Doc
  readonly clients: ReadonlyMap<number, string>
  readonly scene: BoardScene
}

let open: Open | null = null
let parts: readonly (BoardScene | null)[] = []

function docOf(board: StoredBoard): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of board.updates) Y.applyUpdate(doc, update)
  })
  return doc
}

function read({ board, options }: Extract<ToThread, { kind: 'read' }>): FromThread {
  const doc = docOf(board)
  const scene = sceneOf(boardOf(doc), options)
  if (scene === null) return { kind: 'failed', reason: 'missing', message: 'no such frame' }
  open = { doc, clients: board.clients, scene }
  return { kind: 'read', seen: scene.pictures, all: [...readAssets(boardOf(doc)).keys()] }
}

function readFigures({ board, parts: wanted }: Extract<ToThread, { kind: 'read-figures' }>): FromThread {
  const doc = docOf(board)
  parts = wanted.map((options) => sceneOf(boardOf(doc), options))
  doc.destroy()
  return { kind: 'read', seen: [...new Set(parts.flatMap((scene) => scene?.pictures ?? []))], all: [] }
}

function drawFigures({ form, pictures }: Extract<ToThread, { kind: 'draw-figures' }>): FromThread {
  const scenes = parts
  parts = []
  return { kind: 'figures', figures: scenes.map((scene) => scene && drawn(scene)) }

  function drawn(scene: BoardScene): Figure | null {
    try {
      return figureOf(scene, pictures, fonts, form)
    } catch (error) {
      if (error instanceof TooMuch) return null
      throw error
    }
  }
}

async function draw(
  { doc, clients, scene }: Open,
  type: BoardType,
  options: PictureOptions,
  pictures: Pictures,
  facts: { title: string; time: number },
): Promise<Uint8Array> {
  switch (type) {
    case 'svg':
      return svgFile(scene, pictures, fonts)
    case 'png':
      return pngFile(scene, pictures, fonts, options.scale)
    case 'pdf':
      return pdfFile(scene, pictures, fonts, { ...facts, whole: options.whole })
    case 'json':
      return jsonFile(doc, pictures, (client) => personOf(clients, client))
  }
}

/** What the server itself wrote, such as imports, nobody made who does not stand in it. */
function personOf(clients: ReadonlyMap<number, string>, client: number): string | undefined {
  const author = clients.get(client)
  return author === SYSTEM_AUTHOR ? undefined : author
}

async function answer(message: ToThread): Promise<FromThread> {
  if (message.kind === 'read') return read(message)
  if (message.kind === 'read-figures') return readFigures(message)
  if (message.kind === 'draw-figures') return drawFigures(message)
  if (open === null) throw new TypeError('there is no board to draw')
  const { type, options, pictures, title, time } = message
  try {
    return { kind: 'drawn', file: await draw(open, type, options, pictures, { title, time }) }
  } finally {
    open.doc.destroy()
    open = null
  }
}

port.on('message', (message: ToThread) => {
  void answer(message)
    .catch((error: unknown): FromThread => ({
      kind: 'failed',
      reason: error instanceof TooMuch ? 'large' : 'bug',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }))
    .then((reply) => port.postMessage(reply))
})
