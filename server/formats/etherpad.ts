/** Etherpad's own file (SPEC-formats F26, F28): one JSON object of its database's records. */
import { ANONYMOUS_AUTHOR, SYSTEM_AUTHOR } from '../../shared/ids.ts'
import { hexOf } from '../../shared/colour.ts'
import { changeset } from './etherpad-changes.ts'
import { attributedPieces, numbering, runsOf } from './etherpad-text.ts'
import type { Numbering, Piece } from './etherpad-text.ts'
import type { PadSource, Writer } from './types.ts'

/** Revisions that carry the whole text begin with 0 and come every so many. */
const KEY = 100

export const etherpad: Writer = {
  needs: 'pad',
  mime: 'application/json; charset=utf-8',
  ending: 'etherpad',
  past: true,
  write(source: PadSource) {
    const { shown, chat, people, time, content, formats } = source
    const numbers = numbering()
    // `$` and `:` part the names of records.
    const id = shown.replace(/[$:]/g, '_')
    const pieces = attributedPieces(content, numbers, formats)
    const revisions = revisionsOf(source, pieces, numbers)
    const records: Record<string, unknown> = Object.create(null)
    records[`pad:${id}`] = {
      atext: atextOf(pieces),
      pool: numbers.pool,
      head: revisions.length - 1,
      chatHead: chat.length - 1,
      publicStatus: false,
      savedRevisions: [],
    }
    revisions.forEach((revision, at) => (records[`pad:${id}:revs:${at}`] = revision))
    chat.forEach((line, at) => {
      records[`pad:${id}:chat:${at}`] = { text: line.text, userId: line.author, time: line.time }
    })
    for (const person of people)
      records[`globalAuthor:${person.author}`] = {
        colorId: hexOf(person.colour),
        name: person.name === '' ? null : person.name,
        timestamp: time,
        padIDs: id,
      }
    const lines = Object.entries(records).map(
      ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
    )
    return `{\n${lines.join(',\n')}\n}\n`
  },
}

/** The text of an empty pad. */
const EMPTY: readonly Piece[] = [{ text: '\n', attribs: '' }]

const atextOf = (pieces: readonly Piece[]): { text: string; attribs: string } => ({
  text: pieces.map(({ text }) => text).join(''),
  attribs: runsOf(pieces),
})

/** From an empty pad to the text; one without a past is one revision. */
function revisionsOf(
  { past, people, time, formats }: PadSource,
  newest: readonly Piece[],
  numbers: Numbering,
): unknown[] {
  const out: unknown[] = []
  let before = EMPTY
  const add = (pieces: readonly Piece[], author: string, when: number): void => {
    const change = changeset(before, pieces) ?? (out.length === 0 ? 'Z:1>0$' : null)
    if (change === null) return
    const whole = out.length % KEY === 0 ? { pool: numbers.pool, atext: atextOf(pieces) } : {}
    out.push({ changeset: change, meta: { author: nameable(author), timestamp: when, ...whole } })
    before = pieces
  }
  for (const step of past) add(attributedPieces(step.content, numbers, formats), step.author, step.time)
  add(newest, people.find(({ author }) => nameable(author) !== '')?.author ?? '', time)
  return out
}

/** Etherpad knows nobody without a name of their own. */
const nameable = (author: string): string =>
  author === SYSTEM_AUTHOR || author === ANONYMOUS_AUTHOR ? '' : author
