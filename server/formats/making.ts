/** One file from the store to its bytes: what is asked of the thread, the plugins, the board and the press (SPEC-formats F14). */
import type { Formats } from '../../shared/text/formats.ts'
import { boardsOf, picturesOf, shownBoards } from './drawings.ts'
import type { FiguresOf, PictureAt } from './drawings.ts'
import { writerOf } from './formats.ts'
import type { FromThread, ToThread } from './job.ts'
import { rulesToldBy, tableNames, toldBy } from './portable.ts'
import type { PadReader } from './source.ts'
import type { Stage } from './stage.ts'
import type { Talk } from './threads.ts'
import type { FileOptions, PadFacts, TextFacts } from './types.ts'

/** What is to be made. */
export interface Wanted {
  pad: string
  /** The name to show. */
  shown: string
  /** Null for the newest. */
  revision: number | null
  lang: string
  rtl: boolean
  /** A type there is a writer for. */
  type: string
  options: FileOptions
}

/** What it takes. */
export interface Sources {
  reader: PadReader
  /** The bytes of a pad's picture. */
  picture: PictureAt
  /** What a text shows of its pad's board. */
  figures: FiguresOf
  /** The board as it was at a time, as it is for null, as JSON; null for none. */
  boardJson: (pad: string, until: number | null) => Promise<Uint8Array | null>
}

/** A file, or what the press makes one of. */
export interface Made {
  file: Uint8Array
  /** Nothing that the text shows is missing. */
  whole: boolean
  /** The text shows something of the board. */
  boards: boolean
}

/** Has a file written. `newest`: the text is the newest, so is what stands beside it. */
export async function makeOn(
  talk: Talk,
  { reader, picture, figures, boardJson }: Sources,
  wanted: Wanted,
  {
    revision,
    newest,
    table,
    stage,
  }: {
    revision: number
    newest: boolean
    table: Formats
    stage: (stage: Stage) => void
  },
): Promise<Made> {
  const { pad, shown, lang, rtl, type, options } = wanted
  const say = async (message: ToThread): Promise<FromThread> => answered(await talk.ask(message))
  stage({ name: 'reading' })
  const { created, time, ...text } = await reader.at(pad, revision)
  const writer = writerOf(type)
  const all = writer?.needs === 'pad'
  const past = all && writer.past ? await reader.past(pad, revision) : null
  const read = await say({ kind: 'read', text, past, names: tableNames(table) })
  if (read.kind !== 'read') throw new TypeError('the thread speaks of something else')
  const until = newest ? null : time
  const chat = all ? await reader.chat(pad, until) : []
  const ids = all || options.authors ? [...read.authors, ...chat.map(({ author }) => author)] : []
  const facts: TextFacts = {
    shown,
    title: shown,
    lang,
    rtl,
    revision,
    time,
    options,
    people: await reader.people(ids),
  }
  const whole = all && writer.everything === true
  const board = whole ? await boardJson(pad, until) : null
  const more: PadFacts | null = all
    ? {
        ...facts,
        created,
        chat,
        settings: await reader.settings(pad),
        board: board && new TextDecoder().decode(board),
      }
    : null
  const told = toldBy(table, read.asked)
  const rules = rulesToldBy(table, read.rules)
  const pictures = all && !whole ? [] : await picturesOf(picture, pad, rules)
  const found = new Map(pictures.flatMap(([key, one]) => (one ? [[key, one] as const] : [])))
  const parts = all ? [] : shownBoards(rules)
  if (parts.length > 0) stage({ name: 'drawing' })
  const boards = await boardsOf(figures, pad, parts, { until, form: writer?.boards ?? 'words', lang })
  stage({ name: 'writing' })
  const written = await say({
    kind: 'write',
    type,
    facts: { ...(more ?? facts), pictures: found, boards },
    told,
    rules,
  })
  if (written.kind !== 'written') throw new TypeError('the thread speaks of something else')
  return { file: written.file, whole: found.size === pictures.length, boards: parts.length > 0 }
}

function answered(answer: FromThread): FromThread {
  if (answer.kind === 'failed') throw new Error(`a file could not be made: ${answer.message}`)
  return answer
}
