/** SPEC-formats F77: revisions of Etherpad's files as the log of a new pad. */
import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import * as Y from 'yjs'
import { attributedPieces, numbering, runsOf } from '../../../../server/formats/etherpad-text.ts'
import { changeset } from '../../../../server/formats/etherpad-changes.ts'
import { replayed } from '../../../../server/formats/read/etherpad-past.ts'
import type { Pair } from '../../../../server/formats/read/etherpad-past.ts'
import { changeOf, pastRows } from '../../../../server/formats/read/past-rows.ts'
import { readFile } from '../../../../server/formats/read/read.ts'
import type { Content, Insert } from '../../../../shared/text/delta.ts'
import { normalise } from '../../../../shared/text/lines.ts'
import { anyContent } from '../../../support/content.ts'

const ADA = 'a.adaadaadaadaadaa'
const BO = 'a.bobobobobobobobo'
const POOL = new Map<number, Pair>([
  [0, ['author', ADA]],
  [1, ['author', BO]],
  [2, ['bold', 'true']],
  [3, ['bold', '']],
])

/** Records of a pad with these changesets. */
function recordsOf(changes: readonly (readonly [changeset: string, author: string, time: number])[]) {
  return Object.fromEntries(
    changes.map(([change, author, timestamp], at) => [
      `pad:x:revs:${at}`,
      { changeset: change, meta: { author, timestamp } },
    ]),
  )
}
const CHANGES = [
  ['Z:1>5*0+5$hello', ADA, 1000],
  ['Z:6>1=5*0+1$!', ADA, 1500],
  ['Z:7>0*2=5$', BO, 1600],
  ['Z:7<1=5-1$', BO, 9000],
  ['Z:6>2|1=6*1+2$\nx', ADA, 8000],
] as const

describe('replaying', () => {
  test('F77: changesets keep, take away, bring and mark; what is kept has its author and its time, which never goes back', () => {
    const wrong = 'Z:6>2=5*1|1+1*1+1$\nx'
    const changes = [...CHANGES.slice(0, 4), [wrong, ADA, 8000] as const]
    const found = replayed(recordsOf(changes), 'pad:x', 4, POOL, 'hello\nx\n')
    expect(
      found?.map(({ author, time, runs }) => [author, time, runs.map(({ text }) => text).join('')]),
    ).toEqual([
      [ADA, 1500, 'hello!\n'],
      [BO, 1600, 'hello!\n'],
      [BO, 9000, 'hello\n'],
      [ADA, 9000, 'hello\nx\n'],
    ])
    expect(found?.at(-1)?.runs[0]?.pairs).toEqual([
      ['author', ADA],
      ['bold', 'true'],
    ])
  })

  test.each([
    ['a revision is missing', 6, CHANGES],
    ['a length is wrong', 1, [CHANGES[0], ['Z:9>1=5*0+1$!', ADA, 1]]],
    ['an attribute is not in the pool', 1, [CHANGES[0], ['Z:6>1=5*z+1$!', ADA, 1]]],
    ['more is kept than there is', 1, [CHANGES[0], ['Z:6>1=9*0+1$!', ADA, 1]]],
    ['the bank is too short', 1, [CHANGES[0], ['Z:6>5=5*0+5$!', ADA, 1]]],
    ['the operations are none', 1, [CHANGES[0], ['Z:6>1=5?$!', ADA, 1]]],
    ['it leads elsewhere', 1, [CHANGES[0], ['Z:6>1=5*0+1$?', ADA, 1]]],
    ['there are too many', 20_000, CHANGES],
    ['there is one alone', 0, CHANGES],
  ] as const)('F77: where %s there is no past', (_, head, changes) => {
    expect(replayed(recordsOf(changes), 'pad:x', head, POOL, 'hello!\n')).toBeNull()
  })

  test('F77: of very many the newest and others at even distances are kept', () => {
    const changes = Array.from({ length: 5000 }, (_, at) => {
      const length = (at + 1).toString(36)
      return [
        `Z:${length}>1${at === 0 ? '' : `=${at.toString(36)}`}*${at % 2}+1$x`,
        at % 2 ? BO : ADA,
        at,
      ] as const
    })
    const found = replayed(recordsOf(changes), 'pad:x', 4999, POOL, `${'x'.repeat(5000)}\n`) ?? []
    expect(found).toHaveLength(1000)
    expect(found.at(-1)?.time).toBe(4999)
  })
})

describe('rows', () => {
  test('F77: the change between two contents makes one of the other', () => {
    fc.assert(
      fc.property(anyContent(10), anyContent(10), (one, other) => {
        const doc = new Y.Doc()
        const text = doc.getText('text')
        text.applyDelta(one)
        text.applyDelta(changeOf(one, other) as Insert[])
        expect(normalise(text.toDelta() as Insert[])).toEqual(normalise(other))
      }),
      { numRuns: 200 },
    )
  })

  test('F77: each author writes under one client; what changes nothing is no row', () => {
    const step = (author: string, time: number, words: string) => ({
      author,
      time,
      content: [{ insert: words }],
    })
    const rows = pastRows([
      step(ADA, 1, 'one\n'),
      step(BO, 2, 'one two\n'),
      step(BO, 3, 'one two\n'),
      step(ADA, 4, 'two\n'),
    ])
    expect(rows.map(({ author, time }) => [author, time])).toEqual([
      [ADA, 1],
      [BO, 2],
      [ADA, 4],
    ])
    expect(rows[0]?.client).toBe(rows[2]?.client)
    expect(rows[1]?.client).not.toBe(rows[0]?.client)
    const doc = new Y.Doc()
    for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
    expect(doc.getText('text').toJSON()).toBe('two\n')
  })
})

test('F28, F77: what we write as a past is read as one', () => {
  const texts: Content[] = [
    [
      { insert: 'One', attributes: { author: ADA } },
      { insert: '\n', attributes: { header: 1 } },
    ],
    [
      { insert: 'One', attributes: { author: ADA } },
      { insert: '\n', attributes: { header: 1 } },
      { insert: 'two', attributes: { author: BO, bold: true } },
      { insert: '\n' },
    ],
  ]
  const numbers = numbering()
  const pieces = texts.map((content) => attributedPieces(content, numbers))
  const records: Record<string, unknown> = {}
  pieces.forEach((now, at) => {
    const change = changeset(pieces[at - 1] ?? [{ text: '\n', attribs: '' }], now)
    records[`pad:x:revs:${at}`] = { changeset: change, meta: { author: at === 0 ? ADA : BO, timestamp: at } }
  })
  const newest = pieces.at(-1) ?? []
  const atext = { text: newest.map(({ text }) => text).join(''), attribs: runsOf(newest) }
  records['pad:x'] = { atext, pool: numbers.pool, head: 1, chatHead: -1 }
  const found = readFile(Buffer.from(JSON.stringify(records)), 'x.etherpad', false, true)
  expect('past' in found ? found.past : []).toEqual(
    texts.map((content, at) => ({ author: at === 0 ? ADA : BO, time: at, content: normalise(content) })),
  )
})
