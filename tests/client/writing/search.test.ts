import { expect, test } from '@jest/globals'
import { expressionOf, findIn } from '../../../client/writing/find/search.ts'
import type { Query } from '../../../client/writing/find/search.ts'

const query = (words: string, more: Partial<Query> = {}): Query => ({
  words,
  exact: false,
  whole: false,
  pattern: false,
  ...more,
})
const places = (texts: string[], wanted: Query, most = 100) =>
  findIn(texts, wanted, most).hits.map(({ text, from, to }) => [text, from, to])

test('W3: signs of patterns are only signs; capitals count when asked for', () => {
  expect(places(['a.b a+b (A.B)'], query('a.b'))).toEqual([
    [0, 0, 3],
    [0, 9, 12],
  ])
  expect(places(['a.b (A.B)'], query('A.B', { exact: true }))).toEqual([[0, 5, 8]])
  expect(places(['x-y [z] \\ $'], query('-y [z] \\ $'))).toEqual([[0, 1, 11]])
  expect(places(['STRASSE straße'], query('strasse'))).toEqual([[0, 0, 7]])
})

test('W3: whole words in every script', () => {
  expect(places(['cat catalogue concat Cat_ cat'], query('cat', { whole: true }))).toEqual([
    [0, 0, 3],
    [0, 26, 29],
  ])
  expect(places(['für fürs'], query('für', { whole: true }))).toEqual([[0, 0, 3]])
  expect(places(['кот котик'], query('кот', { whole: true }))).toEqual([[0, 0, 3]])
})

test('W3: patterns; what matches nothing is no place; a wrong one is none', () => {
  expect(places(['a1 b22', 'c'], query(String.raw`\w\d+`, { pattern: true }))).toEqual([
    [0, 0, 2],
    [0, 3, 6],
  ])
  expect(places(['abc'], query('x*', { pattern: true }))).toEqual([])
  expect(expressionOf(query('(', { pattern: true }))).toBeNull()
  expect(places(['(x'], query('('))).toEqual([[0, 0, 1]])
})

test('W3: no more than asked for, and it says so', () => {
  expect(findIn(['aaaa', 'aaaa'], query('a'), 5)).toMatchObject({ more: true })
  expect(findIn(['aaaa', 'aaaa'], query('a'), 5).hits).toHaveLength(5)
  expect(findIn(['aaaa'], query('a'), 4).more).toBe(false)
})

test('W4: groups are filled in for patterns only', () => {
  const swap = query(String.raw`(?<first>\w+) (\w+)`, { pattern: true })
  expect(findIn(['ada bo'], swap, 9, '$2, $<first> $$ $& $7').hits[0]?.with).toBe('bo, ada $ ada bo $7')
  expect(findIn(['ada bo'], query('ada'), 9, '$1 $&').hits[0]?.with).toBe('$1 $&')
})
