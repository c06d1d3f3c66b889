/** @jest-environment jsdom */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { editAnnouncer, GATHER, QUIET } from '../../../client/pad/announce-edits.ts'
import { fadeRule } from '../../../client/pad/author-colours.ts'

describe('what others change', () => {
  beforeEach(() => {
    jest.useFakeTimers()
  })
  afterEach(() => {
    jest.useRealTimers()
  })

  test('D12: screen readers hear who changed which line, gathered and then quiet for a while', () => {
    const said: string[] = []
    const edits = editAnnouncer((message) => said.push(message))
    edits.changed(['Mira'])
    edits.at(4)
    edits.changed(['Jonas', 'Mira'])
    jest.advanceTimersByTime(GATHER)
    expect(said).toEqual(['Mira and Jonas changed line 4'])
    edits.changed(['Mira'])
    edits.at(9)
    jest.advanceTimersByTime(QUIET - 1)
    expect(said).toHaveLength(1)
    jest.advanceTimersByTime(1)
    expect(said[1]).toBe('Mira changed line 9')
  })

  test('D12: many people are not named one by one, and nothing is said after the end', () => {
    const said: string[] = []
    const edits = editAnnouncer((message) => said.push(message))
    edits.changed(['A', 'B', 'C', 'D', 'E'])
    jest.advanceTimersByTime(GATHER)
    expect(said).toEqual(['Several people changed line 1'])
    edits.changed(['A'])
    edits.stop()
    jest.advanceTimersByTime(QUIET + GATHER)
    expect(said).toHaveLength(1)
  })
})

describe('fadeInactiveAuthorColors', () => {
  test('D12: words of those who are here keep their colour; nothing foreign gets into the rule', () => {
    expect(fadeRule(['a.x', 'a."]{}'])).toContain(':not([data-author="a.x"])')
    expect(fadeRule(['a."]{}'])).not.toContain('"]{}')
    expect(fadeRule(Array.from({ length: 101 }, (_, at) => `a.${at}`))).toBe('')
  })
})
