import { expect, test } from '@jest/globals'
import {
  askedOf,
  rulesAskedOf,
  rulesToldBy,
  tableNames,
  tableOf,
  toldBy,
} from '../../../server/formats/portable.ts'
import { walk } from '../../../server/formats/walk.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { coreFormats, extendFormats, flagFormat, valueFormat } from '../../../shared/text/formats.ts'
import { richFormats } from '../../support/formats.ts'
import { everything } from './sample.ts'

const coloured: Content = [
  ...everything,
  { insert: 'red', attributes: { color: '#aa0000', script: 'super', size: 20 } },
  { insert: 'odd', attributes: { color: 'javascript:1', glow: true } },
  { insert: '\n', attributes: { align: 'center' } },
]

test('F14: a table that travelled as data makes the same tree as the one with the functions', () => {
  const names = structuredClone(tableNames(richFormats))
  const asked = structuredClone(askedOf(coloured, names))
  const table = tableOf(names, structuredClone(toldBy(richFormats, asked)))
  expect(walk(coloured, { formats: table })).toEqual(walk(coloured, { formats: richFormats }))
  expect(JSON.stringify(walk(coloured, { formats: table }))).toContain('#aa0000')
})

test('F14: of the core alone nothing is asked', () => {
  expect(askedOf(coloured, tableNames(coreFormats))).toEqual([])
})

test('F14: a value is asked once however often it stands, and a format that throws draws nothing', () => {
  let calls = 0
  const formats = extendFormats(coreFormats, {
    inline: [
      { ...valueFormat('glow', () => true), draw: () => ((calls += 1), { tag: 'mark' }) },
      {
        ...flagFormat('bad'),
        draw() {
          throw new Error('no')
        },
      },
    ],
  })
  const content: Content = [
    ...Array.from({ length: 50 }, (_, at) => ({
      insert: `${at}`,
      attributes: { glow: at % 2, bad: true },
    })),
    { insert: '\n' },
  ]
  const told = toldBy(formats, askedOf(content, tableNames(formats)))
  expect(calls).toBe(2)
  expect(told).toEqual([
    { name: 'glow', value: 0, drawing: { tag: 'mark' } },
    { name: 'bad', value: true, drawing: null },
    { name: 'glow', value: 1, drawing: { tag: 'mark' } },
  ])
})

test('F14, F15: rules for files travel too; each value is asked once, and one that throws says nothing', () => {
  let calls = 0
  const formats = extendFormats(coreFormats, {
    blocks: ['poll'],
    line: [{ name: 'callout', validate: () => true }],
    exports: {
      poll: { embed: (value) => ((calls += 1), [{ insert: `${String(value)}?` }]) },
      bad: {
        embed() {
          throw new Error('no')
        },
      },
      callout: { format: () => ({ blockquote: true }) },
    },
  })
  const content: Content = [
    { insert: { poll: 'tea' } },
    { insert: '\n' },
    { insert: { poll: 'tea' } },
    { insert: '\n' },
    { insert: { bad: 1 } },
    { insert: '\n', attributes: { callout: true } },
  ]
  const names = structuredClone(tableNames(formats))
  const rules = structuredClone(rulesToldBy(formats, structuredClone(rulesAskedOf(content, names))))
  expect(calls).toBe(1)
  const told = structuredClone(toldBy(formats, askedOf(content, names)))
  const travelled = walk(content, { formats: tableOf(names, told, rules) })
  expect(JSON.stringify(travelled)).toContain('tea?')
  expect(travelled.map(({ kind }) => kind)).toEqual(['paragraph', 'paragraph', 'quote'])
  expect(rulesAskedOf(content, tableNames(coreFormats))).toEqual([])
})
