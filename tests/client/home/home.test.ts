/** @jest-environment jsdom */
import { beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isPadName } from '../../../shared/ids.ts'
import { judgeName, padAddress, randomName } from '../../../client/home/names.ts'
import { MOST_RECENT, forgetPad, readRecent, recentPads, rememberPad } from '../../../client/home/recent.ts'
import { timeAgo } from '../../../client/home/time-ago.ts'

describe('names of pads', () => {
  test('a random name can be said and is a pad name', () => {
    const names = new Set<string>()
    for (let at = 0; at < 200; at += 1) {
      const name = randomName((bytes) => crypto.getRandomValues(bytes))
      expect(name).toMatch(/^([bdfgklmnprstvz][aeiou]){3}(-([bdfgklmnprstvz][aeiou]){3}){3}$/)
      expect(isPadName(name)).toBe(true)
      names.add(name)
    }
    expect(names.size).toBe(200)
  })

  test('bytes that would favour some syllables are thrown away', () => {
    let calls = 0
    const name = randomName((bytes) => {
      bytes.fill(calls === 0 ? 255 : 0)
      calls += 1
    })
    expect(calls).toBe(2)
    expect(name).toBe('bababa-bababa-bababa-bababa')
  })

  test('a typed name is cleaned, and says when it was', () => {
    expect(judgeName('Weather station')).toEqual({ kind: 'good', name: 'Weather_station', cleaned: true })
    expect(judgeName('notes')).toEqual({ kind: 'good', name: 'notes', cleaned: false })
    expect(judgeName('  ')).toEqual({ kind: 'empty' })
    for (const typed of ['a/b', '..', 'x$y', 'what?', 'x'.repeat(51)])
      expect(judgeName(typed).kind).toBe('bad')
  })

  test('what is good is always a pad name, and its address stays below ./p/', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const judged = judgeName(typed)
        if (judged.kind !== 'good') return
        expect(isPadName(judged.name)).toBe(true)
        const url = new URL(padAddress(judged.name), 'https://host/prefix/')
        expect(url.pathname).toMatch(/^\/prefix\/p\/[^/]+$/)
        expect(decodeURIComponent(url.pathname.slice('/prefix/p/'.length))).toBe(judged.name)
        expect(url.search + url.hash).toBe('')
      }),
    )
  })
})

describe('recent pads', () => {
  beforeEach(() => localStorage.clear())

  test('the latest comes first, each pad once, no more than a dozen', () => {
    for (let at = 0; at < 20; at += 1) rememberPad(`pad${at}`, at)
    rememberPad('pad15', 100)
    const pads = recentPads()
    expect(pads).toHaveLength(MOST_RECENT)
    expect(pads.slice(0, 3).map(({ name }) => name)).toEqual(['pad15', 'pad19', 'pad18'])
  })

  test('one can be taken off', () => {
    rememberPad('a', 1)
    rememberPad('b', 2)
    expect(forgetPad('b')).toEqual([{ name: 'a', time: 1 }])
    expect(recentPads()).toEqual([{ name: 'a', time: 1 }])
  })

  test('what others wrote there is checked', () => {
    expect(
      readRecent([
        { name: '../admin', time: 1 },
        { name: 'ok', time: 2 },
        { name: 'x', time: 'now' },
        null,
        5,
      ]),
    ).toEqual([{ name: 'ok', time: 2 }])
    localStorage.setItem('inkpad.recent', '{broken')
    expect(recentPads()).toEqual([])
  })
})

describe('time ago', () => {
  const now = new Date(2026, 2, 14, 12, 0).getTime()
  const hours = 3_600_000

  test.each([
    [now - 10_000, 'now'],
    [now - 4 * 60_000, '4 minutes ago'],
    [now - 3 * hours, '3 hours ago'],
    [now - 24 * hours, 'Yesterday'],
    [now - 3 * 24 * hours, 'Wednesday'],
    [now - 30 * 24 * hours, 'February 12'],
    [now - 400 * 24 * hours, 'February 7, 2025'],
    [now + 60_000, 'now'],
  ])('%i', (time, text) => {
    expect(timeAgo(time, now, 'en')).toBe(text)
  })
})
