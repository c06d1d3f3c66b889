import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { attributedText } from '../../../server/formats/etherpad-text.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { richFormats } from '../../support/formats.ts'
import { anyContent } from '../../support/content.ts'
import { sourceOf, textOf } from './sources.ts'

interface Op {
  attribs: string
  lines: number
  chars: number
}

/** Runs as Etherpad's notes describe them: `*a` attributes, `|L` newlines, `+C` characters, all to base 36. */
function opsOf(text: string): Op[] {
  const ops = [...text.matchAll(/((?:\*[0-9a-z]+)*)(?:\|([0-9a-z]+))?\+([0-9a-z]+)/g)]
  expect(ops.map(([whole]) => whole).join('')).toBe(text)
  return ops.map(([, attribs = '', lines = '0', chars = '']) => ({
    attribs,
    lines: Number.parseInt(lines, 36),
    chars: Number.parseInt(chars, 36),
  }))
}

/** What Etherpad checks of runs over a text: they cover it, end where their newlines say, and are joined. */
function checkRuns(text: string, runs: string, most: number): void {
  let at = 0
  let before: Op | undefined
  for (const op of opsOf(runs)) {
    const piece = text.slice(at, at + op.chars)
    expect(piece).toHaveLength(op.chars)
    expect(piece.split('\n').length - 1).toBe(op.lines)
    if (op.lines > 0) expect(piece.endsWith('\n')).toBe(true)
    if (before?.attribs === op.attribs) expect([before.lines > 0, op.lines]).toEqual([true, 0])
    for (const [, number = ''] of op.attribs.matchAll(/\*([0-9a-z]+)/g))
      expect(Number.parseInt(number, 36)).toBeLessThan(most)
    before = op
    at += op.chars
  }
  expect(at).toBe(text.length)
}

describe('F26', () => {
  test('one changeset makes the text from an empty pad, its runs joined as Etherpad wants them', () => {
    fc.assert(
      fc.property(anyContent(25), (content) => {
        const { text, attribs, pool, changeset } = attributedText(content)
        const [, grown = '', ops = '', bank = ''] = /^Z:1>([0-9a-z]+)([^$]*)\$(.*)$/s.exec(changeset) ?? []
        expect(`${bank}\n`).toBe(text)
        expect(Number.parseInt(grown, 36)).toBe(bank.length)
        checkRuns(bank, ops, pool.nextNum)
        checkRuns(text, attribs, pool.nextNum)
        expect(Object.keys(pool.numToAttrib)).toHaveLength(pool.nextNum)
      }),
      { numRuns: 200 },
    )
  })

  test('names are those of Etherpad and the plugins people have; a refused address is no link', () => {
    const content: Content = [
      {
        insert: 'x',
        attributes: { strike: true, link: 'https://a.org/', color: 'red', script: 'super', author: 'a.1' },
      },
      { insert: 'y', attributes: { link: 'javascript:alert(1)', author: '' } },
      { insert: '\n', attributes: { list: 'ordered', indent: 1, align: 'center' } },
    ]
    const { text, pool } = attributedText(content, richFormats)
    expect(text).toBe('*xy\n')
    expect(Object.values(pool.numToAttrib).map((pair) => pair.join(' '))).toEqual([
      'align center',
      'author a.1',
      'insertorder first',
      'list number2',
      'lmkr 1',
      'start 1',
      'color red',
      'strikethrough true',
      'sup true',
      'url https://a.org/',
    ])
  })

  test('records name the pad in their keys, and nothing of ownership is among them', () => {
    const file = textOf(
      'etherpad',
      sourceOf([{ insert: 'a\n' }], {
        shown: 'a:b',
        chat: [{ id: 5, author: 'a.x', name: 'X', text: 'hi', time: 1, key: 'k' }],
        people: [{ author: 'a.xxxxxxxxxxxxxxxx', name: '', colour: '#123456' }],
      }),
    )
    const records = JSON.parse(file) as Record<string, unknown>
    expect(Object.keys(records)).toEqual([
      'pad:a_b',
      'pad:a_b:revs:0',
      'pad:a_b:chat:0',
      'globalAuthor:a.xxxxxxxxxxxxxxxx',
    ])
    expect(records['pad:a_b']).toMatchObject({ head: 0, chatHead: 0, publicStatus: false })
    expect(records['globalAuthor:a.xxxxxxxxxxxxxxxx']).toMatchObject({ colorId: '#123456', padIDs: 'a_b' })
  })
})
