/** Files of people as content for pads (SPEC-formats F60, F71). */
import type { HtmlNode } from '../../shared/text/html-node.ts'
import type { Embed, Insert } from '../../shared/text/delta.ts'
import type { Formats } from '../../shared/text/formats.ts'
import { normalise } from '../../shared/text/lines.ts'
import { readHtml } from '../../shared/text/reader/html-reader.ts'
import type { SourceNode } from '../../shared/text/reader/source.ts'
import { startWorker } from '../store/start-worker.ts'
import type { FileRead, FileToRead, SlicedReading } from './import-worker.ts'
import type { Converter } from './converter.ts'
import { createQueue } from './queue.ts'
import { convertedKindOf } from './read/old.ts'
import { MOST_LINES, MOST_TEXT } from './read/content.ts'
import { Refusal } from './read/refusal.ts'
import type { PastRow } from './read/past-rows.ts'
import type { FilePicture } from './read/pictures.ts'
import type { FileChat, FilePerson, LeftOut, ReadKind } from './read/types.ts'
import { seenIn } from './seen.ts'
import type { Seen } from './seen.ts'
import { createThreads, ThreadTrouble } from './threads.ts'
import type { Threads } from './threads.ts'

/** What a file holds. */
export interface ReadPad {
  kind: ReadKind
  /** Every line ends with a newline. */
  content: Insert[]
  people: FilePerson[]
  chat: FileChat[]
  /** How the text of a new pad came to be; empty where nobody asked or the file does not say. */
  past: PastRow[]
  left: LeftOut
  seen: Seen
  /** Those the content shows. */
  pictures: readonly FilePicture[]
  /** The board as JSON (SPEC-board B501), unread; null for none. */
  board: string | null
}

export interface Importer {
  /**
   * @param newPad the pad that is to be made of it, which may get its past
   * @throws Refusal; AppError `busy`
   */
  read(bytes: Uint8Array, name: string, unknownAsText: boolean, newPad?: string): Promise<ReadPad>
  close(): Promise<void>
}

const QUEUE = { atOnce: 1, waiting: 10, patience: 20_000 }
/** Ms for one file; ms a thread without a job is kept. */
const PATIENCE = 30_000
const IDLE = 30_000
const MEMORY_MB = 768

export function importThreads(patience = PATIENCE, memory = MEMORY_MB): Threads {
  return createThreads(
    () => startWorker(import.meta.url, 'import-worker', null, { maxOldGenerationSizeMb: memory }),
    { patience, idle: IDLE },
  )
}

export function createImporter({
  formats,
  threads = importThreads(),
  converter,
}: {
  /** The table in use. */
  formats: () => Formats
  threads?: Threads
  /** For old documents and pages; without it they are refused. */
  converter?: Pick<Converter, 'kinds' | 'read'>
}): Importer {
  const queue = createQueue(QUEUE)

  async function reading(file: FileToRead): Promise<SlicedReading> {
    let answer: FileRead
    try {
      answer = await threads.run((talk) => talk.ask<FileRead>(file))
    } catch (error) {
      // A file can only make its thread slow or large; what else is wrong is ours.
      if (error instanceof ThreadTrouble) throw new Refusal('tooLong', error.message)
      throw error
    }
    if (answer.kind === 'refused') throw new Refusal(answer.reason, answer.detail)
    if (answer.kind === 'failed') throw new Error(`a file could not be read: ${answer.message}`)
    return answer.reading
  }

  return {
    async read(bytes, name, unknownAsText, newPad) {
      const converted = convertedKindOf(bytes)
      const foreign = converted !== null && converter?.kinds.has(converted) ? converted : null
      const file = foreign === null ? bytes : await converter?.read(bytes, foreign)
      if (!file) throw new Refusal('damaged', 'the converter could not read it')
      const found = await queue.run(() =>
        reading({
          bytes: file,
          name,
          unknownAsText,
          newPad: newPad ?? null,
          showsPictures: showsPictures(formats()),
        }),
      )
      const { kind, left } = found
      const table = formats()
      const content = 'slices' in found ? await readSlices(found.slices, table) : found.content
      if (linesIn(content) > MOST_LINES) throw new Refusal('tooLarge', 'too many lines')
      if (content.every(({ insert }) => typeof insert === 'string' && insert.trim() === ''))
        throw new Refusal('empty')
      const more =
        'slices' in found
          ? { people: [], chat: [], past: [], board: null }
          : { people: found.people, chat: found.chat, past: found.past, board: found.board ?? null }
      const pictures = shownOf(found.pictures, content)
      const hidden = found.pictures.length - pictures.length
      return {
        kind,
        left: { ...left, pictures: left.pictures + hidden },
        content,
        ...more,
        seen: seenIn(content, table, (embed) => showsOne(embed, pictures)),
        pictures,
      }
    },
    close: () => threads.close(),
  }
}

function linesIn(content: readonly Insert[]): number {
  let count = 0
  for (const { insert } of content)
    if (typeof insert === 'string')
      for (let at = insert.indexOf('\n'); at >= 0; at = insert.indexOf('\n', at + 1)) count += 1
  return count
}

/** A name as pictures have it, with a width and a height. */
const ANY_PICTURE = `${'A'.repeat(43)} 1 1`

/** Whether a plugin reads pictures of files. */
function showsPictures({ imports }: Formats): boolean {
  const attribute = (name: string): string => (name === 'data-picture' ? ANY_PICTURE : '')
  const asked = { tag: 'img', classes: [], attribute, style: () => '', text: () => '' }
  return [...imports.values()].some((rule) => {
    try {
      return rule(asked) !== undefined
    } catch {
      return false
    }
  })
}

function showsOne(embed: Embed, pictures: readonly FilePicture[]): boolean {
  const said = pictures.length > 0 ? JSON.stringify(embed) : ''
  return pictures.some(({ key }) => said.includes(key))
}

/** Those that the text shows: a plugin may have gone meanwhile. */
function shownOf(pictures: readonly FilePicture[], content: readonly Insert[]): FilePicture[] {
  if (pictures.length === 0) return []
  const embeds = JSON.stringify(content.filter(({ insert }) => typeof insert !== 'string'))
  return pictures.filter(({ key }) => embeds.includes(key))
}

/** Reads slice by slice: between two of them everybody else has their turn. */
async function readSlices(slices: readonly string[], formats: Formats): Promise<Insert[]> {
  const all: Insert[] = []
  let length = 0
  for (const slice of slices) {
    const nodes = JSON.parse(slice) as HtmlNode[]
    const read = readHtml(sourceOf(nodes), { formats, most: MOST_TEXT - length })
    for (const { insert } of read) length += typeof insert === 'string' ? insert.length : 1
    if (length > MOST_TEXT) throw new Refusal('tooLarge')
    all.push(...read)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return normalise(all)
}

/** Nodes as the reader of HTML wants them. */
export function sourceOf(nodes: readonly HtmlNode[]): SourceNode {
  return { nodeType: 11, nodeName: '#document-fragment', nodeValue: null, childNodes: nodes.map(sourceNode) }
}

function sourceNode(node: HtmlNode): SourceNode {
  if (typeof node === 'string') return { nodeType: 3, nodeName: '#text', nodeValue: node, childNodes: [] }
  const { tag, attributes = {}, children = [] } = node
  return {
    nodeType: 1,
    nodeName: tag,
    nodeValue: null,
    childNodes: children.map(sourceNode),
    getAttribute: (name) => (Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null),
  }
}
