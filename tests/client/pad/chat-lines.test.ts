/** Lines of a chat in a page: order, gaps, cap, days (SPEC-pads P5, P6, P17, P19). */
import { describe, expect, test } from '@jest/globals'
import {
  capped,
  dayName,
  daysOf,
  mayGrow,
  MOST_LINES,
  NO_LINES,
  readMessages,
  withArrival,
} from '../../../client/pad/chat-lines.ts'
import type { Lines } from '../../../client/pad/chat-lines.ts'
import type { ChatMessage } from '../../../shared/protocol.ts'

const message = (id: number, more: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  author: 'a.ada',
  name: 'Ada',
  text: `line ${id}`,
  time: new Date(2026, 2, 14, 12).getTime() + id,
  key: `k${id}`,
  ...more,
})
const run = (from: number, to: number): ChatMessage[] =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index))
const ids = ({ list }: Lines): number[] => list.map(({ id }) => id)

describe('arrivals', () => {
  const ten: Lines = { list: run(10, 19), more: true }

  test('P6: new lines follow, also twice and in any order', () => {
    const next = withArrival(ten, { messages: run(18, 21), older: false, more: false })
    expect(ids(next)).toEqual(ids({ list: run(10, 21), more: true }))
    expect(next.more).toBe(true)
  })

  test('P5: older lines stand before, and say whether there are more', () => {
    const next = withArrival(ten, { messages: run(0, 9), older: true, more: false })
    expect([ids(next)[0], next.list.length, next.more]).toEqual([0, 20, false])
    expect(withArrival(next, { messages: [], older: true, more: false })).toEqual(next)
  })

  test('P5: an answer after a gap takes the place of what was there', () => {
    const next = withArrival(ten, { messages: run(60, 69), older: true, more: true })
    expect(ids(next)).toEqual(ids({ list: run(60, 69), more: true }))
    expect(next.more).toBe(true)
    expect(withArrival(next, { messages: run(10, 19), older: true, more: true })).toBe(next)
  })

  test('P5: an empty chat stays empty', () => {
    expect(withArrival(NO_LINES, { messages: [], older: true, more: false })).toEqual(NO_LINES)
  })

  test('P19: a page keeps its newest lines', () => {
    const many: Lines = { list: run(0, MOST_LINES + 9), more: false }
    expect(ids(capped(many))[0]).toBe(10)
    expect(capped(many).more).toBe(true)
    expect(mayGrow({ list: run(1, MOST_LINES - 50), more: true })).toBe(true)
    expect(mayGrow({ list: run(1, MOST_LINES - 49), more: true })).toBe(false)
    expect(mayGrow({ list: run(0, 3), more: false })).toBe(false)
  })
})

describe('days and people', () => {
  test('P17: a day begins at midnight, a block with another person or after a while', () => {
    const noon = new Date(2026, 2, 14, 12).getTime()
    const hour = 3_600_000
    const days = daysOf([
      message(0, { time: noon }),
      message(1, { time: noon + 1000 }),
      message(2, { time: noon + 2000, author: 'a.bo', name: 'Bo' }),
      message(3, { time: noon + hour, author: 'a.bo', name: 'Bo' }),
      message(4, { time: noon + 13 * hour, author: 'a.bo', name: 'Bo' }),
      message(5, { time: noon + 13 * hour + 5, author: 'a.bo', name: 'Robert' }),
    ])
    expect(days.map(({ blocks }) => blocks.map(({ lines }) => lines.map(({ id }) => id)))).toEqual([
      [[0, 1], [2], [3]],
      [[4], [5]],
    ])
  })

  test.each([
    [new Date(2026, 2, 14, 0, 1), 'en', 'Today'],
    [new Date(2026, 2, 13, 23, 59), 'en', 'Yesterday'],
    [new Date(2026, 2, 13, 23, 59), 'de', 'Gestern'],
    [new Date(2026, 2, 12, 12), 'en', 'Thursday, March 12'],
    [new Date(2025, 11, 31, 12), 'de', 'Mittwoch, 31. Dezember 2025'],
  ])('P17: %s in %s is %s', (time, language, name) => {
    expect(dayName(time.getTime(), new Date(2026, 2, 14, 9).getTime(), language)).toBe(name)
  })
})

test('P10: what is no line of a chat is left out', () => {
  const good = message(1)
  expect(
    readMessages([good, null, 5, { ...good, id: '1' }, { ...good, text: undefined }, { ...good, time: NaN }]),
  ).toEqual([good])
  expect(readMessages('x')).toEqual([])
})
