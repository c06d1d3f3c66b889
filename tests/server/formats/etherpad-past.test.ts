/** SPEC-formats F28: the revisions of an etherpad file, replayed as Etherpad's importer replays them. */
import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import * as Y from 'yjs'
import { changeset } from '../../../server/formats/etherpad-changes.ts'
import { attributedPieces, numbering, runsOf } from '../../../server/formats/etherpad-text.ts'
import type { Piece } from '../../../server/formats/etherpad-text.ts'
import { stepsOf, textsOf } from '../../../server/formats/past.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { applyChangeset, unitsOf } from '../../support/changesets.ts'
import type { AttributedUnit } from '../../support/changesets.ts'
import { anyContent } from '../../support/content.ts'
import { sourceOf, textOf } from './sources.ts'

const ADA = 'a.adaadaadaadaadaa'
const BO = 'a.bobobobobobobobo'
const EMPTY: AttributedUnit[] = [{ unit: '\n', attribs: '' }]

const textFrom = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('')
const units = (pieces: readonly Piece[]): AttributedUnit[] => unitsOf(textFrom(pieces), runsOf(pieces))

test('F28: a changeset makes any text of any other, by Etherpad’s rules', () => {
  fc.assert(
    fc.property(anyContent(12), anyContent(12), (one, other) => {
      const numbers = numbering()
      const [before, after] = [attributedPieces(one, numbers), attributedPieces(other, numbers)]
      const change = changeset(before, after)
      if (change === null) expect(units(before)).toEqual(units(after))
      else expect(applyChangeset(units(before), change)).toEqual(units(after))
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['a word in the middle', 'one two', 'one and two', 'Z:8>4=4*0+4$and '],
  ['the whole', 'ab', 'x', 'Z:3<1-2*0+1$x'],
  ['a line gone', 'a\nb\nc', 'a\nc', 'Z:6<2|1=2|1-2$'],
  ['half of a sign', 'x\u{1f600}', 'x\u{1f601}', 'Z:4>0=1-2*0+2$\u{1f601}'],
  ['nothing', 'same', 'same', null],
])('F28: %s', (_, one, other, wanted) => {
  const numbers = numbering()
  const pieces = (text: string): Piece[] =>
    attributedPieces(
      text.split('\n').flatMap((line) => [{ insert: line, attributes: { author: ADA } }, { insert: '\n' }]),
      numbers,
    )
  expect(changeset(pieces(one), pieces(other))).toBe(wanted)
})

interface Record_ {
  changeset: string
  meta: { author: string; timestamp: number; pool?: unknown; atext?: { text: string; attribs: string } }
}

/** Replays a file from an empty pad; gives its revisions and the text at each. */
function replayed(file: string): { revisions: Record_[]; texts: string[] } {
  const records = JSON.parse(file) as Record<string, unknown>
  const pad = records['pad:weather'] as { head: number; atext: { text: string; attribs: string } }
  const revisions = Array.from(
    { length: pad.head + 1 },
    (_, at) => records[`pad:weather:revs:${at}`] as Record_,
  )
  let text = EMPTY
  const texts = revisions.map(({ changeset: change, meta }) => {
    text = applyChangeset(text, change)
    if (meta.atext) expect(unitsOf(meta.atext.text, meta.atext.attribs)).toEqual(text)
    return text.map(({ unit }) => unit).join('')
  })
  expect(unitsOf(pad.atext.text, pad.atext.attribs)).toEqual(text)
  return { revisions, texts }
}

test('F28: what two people wrote is as many revisions, with who made each and when', () => {
  const ada = new Y.Doc()
  ada.clientID = 1
  const bo = new Y.Doc()
  bo.clientID = 2
  const rows: { author: string; time: number; bytes: Uint8Array }[] = []
  const write = (doc: Y.Doc, author: string, time: number, change: (text: Y.Text) => void): void => {
    const other = doc === ada ? bo : ada
    doc.once('update', (bytes: Uint8Array) => {
      rows.push({ author, time, bytes })
      Y.applyUpdate(other, bytes)
    })
    doc.transact(() => change(doc.getText('text')))
  }
  write(ada, ADA, 1000, (text) => text.insert(0, 'Hello\n'))
  write(ada, ADA, 1500, (text) => text.insert(5, '!'))
  write(bo, BO, 1600, (text) => text.format(0, 5, { bold: true }))
  write(ada, ADA, 9000, (text) => text.delete(0, 1))
  write(ada, ADA, 60_000, (text) => text.insert(0, 'h'))
  const clients = new Map([
    [1, ADA],
    [2, BO],
  ])
  const past = [...textsOf({ base: [], time: 0, steps: stepsOf(rows) }, clients, 10)]
  const content = past.at(-1)?.content ?? []
  const { revisions, texts } = replayed(textOf('etherpad', sourceOf(content, { past })))
  expect(texts).toEqual(['Hello!\n', 'Hello!\n', 'ello!\n', 'hello!\n'])
  expect(revisions.map(({ meta: { author, timestamp } }) => [author, timestamp])).toEqual([
    [ADA, 1500],
    [BO, 1600],
    [ADA, 9000],
    [ADA, 60_000],
  ])
})

test('F28: a revision whose text Etherpad cannot tell from the one before is none; every hundredth has the whole text', () => {
  const texts = Array.from({ length: 150 }, (_, at): Content => [{ insert: `${at >> 1}\n` }])
  const past = texts.map((content, at) => ({ author: ADA, time: at, content }))
  const { revisions } = replayed(textOf('etherpad', sourceOf(texts.at(-1) ?? [], { past })))
  expect(revisions).toHaveLength(75)
  expect(revisions.flatMap(({ meta }, at) => (meta.atext ? [at] : []))).toEqual([0])
})

test('F28: a long past is joined to as many steps as the limit has', () => {
  const rows = Array.from({ length: 2500 }, (_, at) => ({
    author: at % 2 ? ADA : BO,
    time: at * 10,
    bytes: new Uint8Array([at & 255]),
  }))
  const steps = stepsOf(rows)
  expect(steps.length).toBe(834)
  expect(steps.flatMap(({ updates }) => updates)).toEqual(rows.map(({ bytes }) => bytes))
  expect(steps.at(-1)?.time).toBe(24_990)
})
