/**
 * Printed pages (SPEC-formats F46, F47): the text as data for one fixed template. What people write is data and never
 * markup; the press ({@link file://./press.ts}) makes pages of it.
 */
import { mixed } from '../document/colour.ts'
import { runsRtl, sideOf, wordsRtl } from '../document/lines.ts'
import { namedPeople, tintsOf } from '../document/people.ts'
import { dayOf, said } from '../document/said.ts'
import { uriOf } from '../document/uri.ts'
import { wordLook } from '../document/words.ts'
import type { WordLook } from '../document/words.ts'
import { isExternalLink } from '../../../shared/text/links.ts'
import { pictureFile, pictureList, pictureWords } from '../document/pictures.ts'
import type { PictureList } from '../document/pictures.ts'
import type {
  Block,
  CodeBlock,
  Figure,
  FilePictures,
  Item,
  List,
  Marks,
  Paragraph,
  PictureView,
  Run,
  Table,
} from '../tree.ts'
import { PLAIN_BACKGROUNDS } from '../../../shared/text/html-table.ts'
import { cellBlocks } from '../document/tables.ts'
import { never } from '../tree.ts'
import type { TextSource, Writer } from '../types.ts'
import { walk } from '../walk.ts'

/** A piece of words with the number of its look; a tab is a piece of its own. */
type Piece =
  | readonly [text: string, look: number]
  /** A picture by its number, or a note. */
  | readonly [
      text: string,
      look: number,
      picture: PictureData | null,
      note: readonly [words: string, rtl: boolean] | null,
    ]

/** A picture: its file, its words, and how wide it is: a part of the text's width, or points. */
interface PictureData {
  file: string
  alt: string
  part: number | null
  points: number
}

type Data =
  | { k: 'p'; h: number; indent: number; side: string | null; rtl: boolean; r: Piece[] }
  | { k: 'code'; text: string }
  | { k: 'list'; of: 'bullet' | 'ordered'; items: ItemData[] }
  | { k: 'tasks'; done: boolean; items: ItemData[] }
  | { k: 'quote'; b: Data[] }
  | { k: 'hr' }
  | { k: 'figure'; picture: PictureData; caption: string; side: string }
  /** Points of columns, null for an equal share of the rest; whether the first row says what the columns are. */
  | { k: 'table'; widths: (number | null)[]; head: boolean; rows: CellData[][] }
  | { k: 'contents' }
  | { k: 'embed'; text: string }

interface CellData {
  fill: string | null
  head: boolean
  b: Data[]
}

interface ItemData {
  n: number | null
  b: Data[]
}

/** A look without what it does not say. */
type LookData = Partial<Record<keyof WordLook, unknown>>

/** What the press has to know before it reads the data. */
export interface PressHead {
  /** Of ms since 1970. */
  time: number
  /** Letters that need fonts of their own. */
  cjk: boolean
  emoji: boolean
  /** Files of pictures by name, in base64. */
  files: readonly (readonly [name: string, base64: string])[]
}

class Looks {
  readonly all: LookData[] = []
  readonly #byMarks = new Map<Marks, number>()
  readonly #tints: ReadonlyMap<string, string>

  constructor(tints: ReadonlyMap<string, string>) {
    this.#tints = tints
  }

  number(marks: Marks): number {
    const known = this.#byMarks.get(marks)
    if (known !== undefined) return known
    const look = wordLook(marks, this.#tints.get(marks.author ?? '') ?? null)
    const link = look.link !== null && isExternalLink(look.link) ? uriOf(look.link) : null
    const said = Object.entries({ ...look, link }).filter(([, value]) => value !== null && value !== false)
    this.all.push(Object.fromEntries(said))
    this.#byMarks.set(marks, this.all.length - 1)
    return this.all.length - 1
  }
}

interface Maker {
  looks: Looks
  pictures: PictureList
  rtl: boolean
}

const blocksOf = (blocks: readonly Block[], maker: Maker): Data[] =>
  blocks.flatMap((one) => blockOf(one, maker))

/** Quotations inside of one are its lines further in. */
const flatQuotes = (blocks: readonly Block[]): Block[] =>
  blocks.flatMap((block) => (block.kind === 'quote' ? flatQuotes(block.blocks) : [block]))

function blockOf(block: Block, maker: Maker): Data[] {
  switch (block.kind) {
    case 'paragraph':
      return [paragraph(block, maker)]
    case 'code':
      return [code(block)]
    case 'list':
      return listOf(block, maker)
    case 'quote':
      return [{ k: 'quote', b: blocksOf(flatQuotes(block.blocks), maker) }]
    case 'divider':
      return [{ k: 'hr' }]
    case 'figure':
      return [figure(block, maker)]
    case 'table':
      return [table(block, maker)]
    case 'contents':
      return [{ k: 'contents' }]
    case 'embed':
      return [{ k: 'embed', text: block.embed.text }]
    default:
      return never(block)
  }
}

function paragraph({ heading, indent, look, runs }: Paragraph, maker: Maker): Data {
  return {
    k: 'p',
    h: heading,
    indent,
    side: sideOf(look),
    rtl: runsRtl(look, runs, maker.rtl),
    r: pieces(runs, maker),
  }
}

/** CSS pixels are three quarters of a point. */
const POINT = 0.75

function pictureData(picture: PictureView, { pictures }: Maker): PictureData {
  pictures.number(picture)
  const { part, width } = picture
  return { file: pictureFile(picture), alt: clean(pictureWords(picture)), part, points: width * POINT }
}

/** Points of the text's width. */
const PAGE = 450

function table({ widths, rows, headerRow, headerColumn }: Table, maker: Maker): Data {
  const given = widths.map((width) => (width === null ? null : width * POINT))
  const whole = given.reduce<number>((sum, width) => sum + (width ?? PAGE / widths.length / 2), 0)
  return {
    k: 'table',
    widths: given.map((width) => (width === null ? null : width * Math.min(1, PAGE / whole))),
    head: headerRow && rows.length > 1,
    rows: rows.map((cells, at) =>
      cells.map((cell, index) => {
        const header = (headerRow && at === 0) || (headerColumn && index === 0)
        const { background } = cell
        const fill = background === null ? (header ? '#f1f2f5' : null) : PLAIN_BACKGROUNDS[background]
        return { fill, head: header, b: blocksOf(cellBlocks(cell), maker) }
      }),
    ),
  }
}

/** The side where lines begin is "left". */
function figure({ picture }: Figure, maker: Maker): Data {
  const side = picture.side ?? 'center'
  return {
    k: 'figure',
    picture: pictureData(picture, maker),
    caption: clean(picture.caption),
    side: maker.rtl && side !== 'center' ? (side === 'left' ? 'right' : 'left') : side,
  }
}

function pieces(runs: readonly Run[], maker: Maker): Piece[] {
  return runs.flatMap((run): Piece[] => {
    const look = maker.looks.number(run.marks)
    const { picture = null, note = null } = 'embed' in run ? run.embed : {}
    if (picture || note)
      return [
        [
          '',
          look,
          picture && pictureData(picture, maker),
          note && [clean(note.words), wordsRtl(note.words, maker.rtl)],
        ],
      ]
    const text = clean('text' in run ? run.text : run.embed.text)
    return text
      .split(/(\t)/)
      .filter((piece) => piece !== '')
      .map((piece) => [piece, look])
  })
}

function code({ lines }: CodeBlock): Data {
  const text = lines
    .map((runs) => runs.map((run) => ('text' in run ? run.text : run.embed.text)).join(''))
    .join('\n')
  return { k: 'code', text: clean(text) }
}

const ALONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** No half of a pair alone, which is no text for anybody. */
function clean(text: string): string {
  return text.replace(ALONE, '\ufffd')
}

/** Tasks that are done and those that are not have other signs, so they are lists beside each other. */
function listOf({ of, items }: List, maker: Maker): Data[] {
  if (of !== 'tasks') return [{ k: 'list', of, items: items.map((item) => itemOf(item, maker)) }]
  const out: (Data & { k: 'tasks' })[] = []
  for (const item of items) {
    const last = out.at(-1)
    if (last && last.done === item.checked) last.items.push(itemOf(item, maker))
    else out.push({ k: 'tasks', done: item.checked, items: [itemOf(item, maker)] })
  }
  return out
}

function itemOf({ number, content, lists }: Item, maker: Maker): ItemData {
  const own = content.kind === 'code' ? code(content) : paragraph(content, maker)
  return { n: number, b: [own, ...lists.flatMap((one) => listOf(one, maker))] }
}

/** Of pictures, all that a page of PDF holds together. */
const MOST_BYTES = 24 * 1024 * 1024

/** Those the press can draw, as long as there is room. */
function printable(pictures: FilePictures = new Map()): FilePictures {
  let room = MOST_BYTES
  return new Map([...pictures].filter(([, { bytes }]) => (room -= bytes.length) > 0))
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

const CJK = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[\ud840-\ud888]/
const EMOJI = /\p{Extended_Pictographic}/u

export const pdf: Writer = {
  needs: 'text',
  press: 'pdf',
  boards: 'either',
  mime: 'application/pdf',
  ending: 'pdf',
  write(source: TextSource) {
    const { content, formats, options, lang, rtl, title, time, revision } = source
    const looks = new Looks(tintsOf(source))
    const list = pictureList()
    const { pictures, boards } = source
    const tree = walk(content, { formats, authors: options.authors, pictures: printable(pictures), boards })
    const blocks = blocksOf(tree, { looks, rtl, pictures: list })
    const { contents, authors, nobody, revision: stand } = said(lang)
    const data = JSON.stringify({
      title: clean(title) || 'Inkpad',
      lang: /^[a-z]{2,3}/.exec(lang)?.[0] ?? 'en',
      region: /-([A-Z]{2})$/.exec(lang)?.[1] ?? null,
      rtl,
      paper: options.paper === 'letter' ? 'us-letter' : 'a4',
      toc: options.toc ? contents : null,
      cover: options.cover ? `${stand} ${revision} · ${dayOf(time)}` : null,
      lines: options.lineNumbers,
      people: namedPeople(source).map(({ name, colour }) => [clean(name) || nobody, mixed(colour)]),
      authors,
      looks: looks.all,
      blocks,
    })
    const files = list.all.map((one) => [pictureFile(one), base64Of(one.bytes)] as const)
    const head: PressHead = { time, cjk: CJK.test(data), emoji: EMOJI.test(data), files }
    return `${JSON.stringify(head)}\n${data}`
  },
}
