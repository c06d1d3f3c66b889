/** Etherpad's own files (SPEC-formats F70, F77): the text with its attributes, who wrote it, the chat, and its past. */
import type { FormatValue, Insert } from '../../../shared/text/delta.ts'
import { isRecord, MOST_CHAT, MOST_PEOPLE, MOST_TEXT, takenContent } from './content.ts'
import { replayed } from './etherpad-past.ts'
import type { Pair, PoolPairs, Run } from './etherpad-past.ts'
import type { PastStep } from './past-rows.ts'
import { Refusal } from './refusal.ts'
import { NOTHING_LEFT } from './types.ts'
import type { FileChat, FilePerson, Reading } from './types.ts'

type Records = Readonly<Record<string, unknown>>

/** Of a file's records. All that belong to a pad must name the same one. @throws Refusal */
export function etherpadReading(records: Records, wantsPast = false): Reading {
  const keys = Object.keys(records)
  const pads = keys.filter((key) => /^pad:[^:]+$/.test(key))
  const [padKey = ''] = pads
  if (
    pads.length !== 1 ||
    keys.some((key) => key.startsWith('pad:') && key !== padKey && !key.startsWith(`${padKey}:`))
  )
    throw new Refusal('damaged', 'more than one pad')
  const pad = records[padKey]
  const atext = isRecord(pad) ? pad['atext'] : undefined
  if (
    !isRecord(pad) ||
    !isRecord(atext) ||
    typeof atext['text'] !== 'string' ||
    typeof atext['attribs'] !== 'string'
  )
    throw new Refusal('damaged', 'no text')
  if (atext['text'].length > MOST_TEXT) throw new Refusal('tooLarge')
  const pool = poolOf(pad['pool'])
  const content = takenContent(contentOf(runsOf(atext['text'], atext['attribs'], pool)))
  if (content === null) throw new Refusal('tooLarge')
  return {
    kind: 'etherpad',
    left: NOTHING_LEFT,
    content,
    past: wantsPast ? pastOf(records, padKey, pad['head'], pool, atext['text']) : [],
    people: peopleOf(records),
    chat: chatOf(records, padKey, Number(pad['chatHead'] ?? -1)),
  }
}

/** The texts before; none where the revisions do not lead to the newest one, which then stands alone. */
function pastOf(
  records: Records,
  padKey: string,
  head: unknown,
  pool: PoolPairs,
  newest: string,
): PastStep[] {
  const revisions = replayed(records, padKey, head, pool, newest) ?? []
  const steps = revisions.map(({ author, time, runs }) => ({
    author,
    time,
    content: takenContent(contentOf(runs)),
  }))
  return steps.flatMap(({ content, ...rest }) => (content === null ? [] : { ...rest, content }))
}

function poolOf(pool: unknown): PoolPairs {
  const pairs = isRecord(pool) ? pool['numToAttrib'] : undefined
  const out = new Map<number, Pair>()
  for (const [number, pair] of Object.entries(isRecord(pairs) ? pairs : {}))
    if (Array.isArray(pair) && typeof pair[0] === 'string')
      out.set(Number(number), [pair[0], String(pair[1] ?? '')])
  return out
}

/** @throws Refusal when the runs and the text do not go together */
function runsOf(text: string, attribs: string, pool: PoolPairs): Run[] {
  const runs: Run[] = []
  const pattern = /((?:\*[0-9a-z]+)*)(?:\|[0-9a-z]+)?([-+=])([0-9a-z]+)|(.)/gy
  let at = 0
  for (const [, numbers = '', sign, length = '', odd] of attribs.matchAll(pattern)) {
    if (odd !== undefined || sign !== '+') throw new Refusal('damaged', 'attributes')
    const chars = Number.parseInt(length, 36)
    const pairs = numbers
      .split('*')
      .slice(1)
      .flatMap((number) => {
        const pair = pool.get(Number.parseInt(number, 36))
        if (!pair) throw new Refusal('damaged', 'an attribute that is not in the pool')
        return [pair]
      })
    runs.push({ text: text.slice(at, at + chars), pairs })
    at += chars
  }
  if (at !== text.length) throw new Refusal('damaged', 'attributes and text are of different lengths')
  return runs
}

function contentOf(runs: readonly Run[]): Insert[] {
  const out: Insert[] = []
  let words: Insert[] = []
  let marks: readonly Pair[] = []
  const end = (): void => {
    const line = lineFormats(marks)
    out.push(...ticked(words, line), { insert: '\n', attributes: line })
    words = []
    marks = []
  }
  for (const run of runs) {
    let rest = run.text
    if (words.length === 0 && rest.startsWith('*') && run.pairs.some(([key]) => key === 'lmkr')) {
      marks = run.pairs
      rest = rest.slice(1)
    }
    const attributes = wordFormats(run.pairs)
    rest.split('\n').forEach((piece, at) => {
      if (at > 0) end()
      if (piece !== '') words.push({ insert: piece, attributes })
    })
  }
  if (words.length > 0 || marks.length > 0) end()
  return out
}

/** Formats of characters by Etherpad's names, and those its plugins have. */
const NAMES: Readonly<Record<string, (value: string) => readonly [string, FormatValue] | null>> = {
  author: (value) => ['author', value],
  bold: () => ['bold', true],
  italic: () => ['italic', true],
  underline: () => ['underline', true],
  strikethrough: () => ['strike', true],
  url: (value) => ['link', value],
  color: (value) => ['color', value],
  'font-size': (value) => ['size', Number(value) || value],
  sub: () => ['script', 'sub'],
  sup: () => ['script', 'super'],
}

function wordFormats(pairs: readonly Pair[]): Record<string, FormatValue> {
  const out: Record<string, FormatValue> = {}
  for (const [key, value] of pairs) {
    if (value === '') continue
    const format = Object.hasOwn(NAMES, key) ? NAMES[key]?.(value) : null
    if (format) out[format[0]] = format[1]
  }
  return out
}

function lineFormats(pairs: readonly Pair[]): Record<string, FormatValue> {
  const out: Record<string, FormatValue> = {}
  const said = new Map(pairs)
  const heading = said.get('heading') ?? ''
  if (/^h[1-6]$/.test(heading)) out['header'] = Number(heading.slice(1))
  else if (heading === 'code') out['code-block'] = true
  const align = said.get('align')
  if (align !== undefined && align !== '') out['align'] = align
  const [, kind, depth = ''] = /^(bullet|number|indent)(\d{1,2})$/.exec(said.get('list') ?? '') ?? []
  const level = Number(depth)
  if (kind === 'indent' && level > 0) out['indent'] = Math.min(8, level)
  else if (kind !== undefined && kind !== 'indent') {
    out['list'] = kind === 'number' ? 'ordered' : 'bullet'
    if (level > 1) out['indent'] = Math.min(8, level - 1)
  }
  return out
}

/** An item that begins as we write tasks for Etherpad is one again. */
function ticked(words: Insert[], line: Record<string, FormatValue>): Insert[] {
  const [first] = words
  if (line['list'] !== 'bullet' || !first || typeof first.insert !== 'string') return words
  const sign = /^\[([ x])\] /.exec(first.insert)?.[1]
  if (sign === undefined) return words
  line['list'] = sign === 'x' ? 'checked' : 'unchecked'
  return [{ ...first, insert: first.insert.slice(4) }, ...words.slice(1)]
}

function peopleOf(records: Records): FilePerson[] {
  return Object.entries(records)
    .filter(([key]) => key.startsWith('globalAuthor:'))
    .slice(0, MOST_PEOPLE)
    .flatMap(([key, value]): FilePerson[] => {
      if (!isRecord(value)) return []
      const { name, colorId } = value
      const colour =
        typeof colorId === 'string' && /^#[0-9a-f]{6}$/i.test(colorId) ? colorId.toLowerCase() : null
      return [{ id: key.slice('globalAuthor:'.length), name: typeof name === 'string' ? name : '', colour }]
    })
}

function chatOf(records: Records, padKey: string, head: number): FileChat[] {
  const out: FileChat[] = []
  // No more lines than records; what a file says of itself may be anything.
  const last = Number.isSafeInteger(head) ? Math.min(head, Object.keys(records).length) : -1
  for (let at = Math.max(0, last - MOST_CHAT + 1); at <= last; at += 1) {
    const line = records[`${padKey}:chat:${at}`]
    if (!isRecord(line) || typeof line['text'] !== 'string') continue
    const { text, userId, authorId, userName, time } = line
    const id = typeof authorId === 'string' ? authorId : typeof userId === 'string' ? userId : ''
    out.push({
      id,
      name: typeof userName === 'string' ? userName : '',
      text,
      time: typeof time === 'number' && Number.isFinite(time) ? time : 0,
    })
  }
  return out
}
