/** A file as a board of its own (SPEC-board B520): what kind it is says its content, not its name. */
import * as Y from 'yjs'
import { bytesOfBase64 } from '../../../shared/board/base64.ts'
import { BoardError } from '../../../shared/board/error.ts'
import { boxOf } from '../../../shared/board/geometry/box.ts'
import { BOARD_FORMAT, jsonToBoard } from '../../../shared/board/json.ts'
import { boardOf } from '../../../shared/board/model/board.ts'
import { isPlainObject } from '../../../shared/board/model/keys.ts'
import { isExcalidraw, readExcalidraw } from './excalidraw.ts'
import { ImportFault } from './fault.ts'
import { createSink, importedId } from './sink.ts'
import type { Sink } from './sink.ts'
import { readSvg } from './svg.ts'
import { isWboJson, readWboJson } from './wbo-json.ts'

export type ImportKind = 'inkpad' | 'wbo' | 'excalidraw' | 'svg' | 'picture' | 'pdf'

export interface ReadFile {
  readonly kind: ImportKind
  readonly sink: Sink
}

/** Pictures are no larger than this when they come, and stand this far apart; page units. */
const LARGEST = 1200
const GAP = 24

/** @throws ImportFault */
export function readFile(bytes: Uint8Array): ReadFile {
  const sink = createSink()
  if (sink.picture(bytes)) return { kind: 'picture', sink: readPictures([bytes], 'picture') }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ImportFault('unreadable')
  }
  const start = text.trimStart().charAt(0)
  if (start === '<') {
    const { sink: read, wbo } = readSvg(text, createSink)
    return { kind: wbo ? 'wbo' : 'svg', sink: read }
  }
  return readJson(start === '{' ? parsed(text) : null)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ImportFault('unreadable')
  }
}

function readJson(value: unknown): ReadFile {
  const sink = createSink()
  if (isPlainObject(value) && value['format'] === BOARD_FORMAT)
    return { kind: 'inkpad', sink: readOurs(value) }
  // A pad's file with everything (SPEC-formats F25) has its board in it.
  if (isPlainObject(value) && value['format'] === 'inkpad' && isPlainObject(value['board']))
    return { kind: 'inkpad', sink: readOurs(value['board']) }
  if (isPlainObject(value) && isExcalidraw(value)) {
    readExcalidraw(value, sink)
    return { kind: 'excalidraw', sink }
  }
  if (isPlainObject(value) && isWboJson(value)) {
    readWboJson(value, sink)
    return { kind: 'wbo', sink }
  }
  throw new ImportFault('unreadable')
}

function readOurs(value: Readonly<Record<string, unknown>>): Sink {
  const sink = createSink()
  try {
    const { doc, refused } = jsonToBoard(value)
    Y.applyUpdate(sink.board.doc, Y.encodeStateAsUpdate(doc))
    for (const { fault } of refused) sink.miss(fault)
  } catch (error) {
    if (error instanceof BoardError) throw new ImportFault('unreadable')
    throw error
  }
  const { pictures } = value
  const keys = new Map<string, string>()
  for (const [key, base64] of isPlainObject(pictures) ? Object.entries(pictures) : []) {
    const bytes = typeof base64 === 'string' ? bytesOfBase64(base64) : null
    const kept = bytes && sink.picture(bytes)
    if (kept) keys.set(key, kept.key)
    else sink.miss('image')
  }
  renameAssets(sink, keys)
  return sink
}

/** Keys are hashes of what is kept: where a file's are others, its shapes name those. */
function renameAssets({ board }: Sink, keys: ReadonlyMap<string, string>): void {
  board.doc.transact(() => {
    for (const map of board.shapes.values()) {
      const own = map.get('m.asset')
      const header = map.get('h')
      const facts = isPlainObject(header) ? header['m'] : undefined
      const named = typeof own === 'string' ? own : isPlainObject(facts) ? facts['asset'] : undefined
      const key = typeof named === 'string' ? keys.get(named) : undefined
      if (key !== undefined && key !== named) map.set('m.asset', key)
    }
  })
}

/** Pictures below each other, each as large as it is, or as fits. */
export function readPictures(files: readonly Uint8Array[], prefix: string): Sink {
  const sink = createSink()
  let top = 0
  files.forEach((bytes, i) => {
    const kept = sink.picture(bytes)
    if (!kept) return sink.miss('image')
    const scale = Math.min(1, LARGEST / Math.max(kept.width, kept.height))
    const [width, height] = [kept.width * scale, kept.height * scale]
    const id = importedId(`${prefix.slice(0, 2)}-`, `${kept.key}${i}`)
    sink.add({ id, kind: 'image', box: boxOf(0, top, width, height), asset: kept.key })
    top += height + GAP
  })
  if (boardOf(sink.board.doc).shapes.size === 0) throw new ImportFault('unreadable')
  return sink
}
