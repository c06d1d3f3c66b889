import { expect, test } from '@jest/globals'
import * as Y from 'yjs'
import {
  closedRound,
  countVotes,
  meetingOf,
  readRound,
  readTimer,
  roundValue,
  timerValue,
  vote,
  votesOf,
} from '../../../shared/board/model/meeting.ts'
import type { Round } from '../../../shared/board/model/meeting.ts'
import { MOST_SELECTED, boardPresenceValue, readBoardPresence } from '../../../shared/board/presence.ts'
import { LIMITS } from '../../../shared/protocol.ts'

const round: Round = { id: 'r1', votes: 3, hidden: true, results: null }
const ann = `a.${'A'.repeat(16)}`
const bo = `a.${'B'.repeat(16)}`

test('B421: a timer that runs, one that stands still, and what is none', () => {
  const timer = { length: 300_000, end: 1_800_000_000_000, rest: 0 }
  expect(readTimer(timerValue(timer))).toEqual(timer)
  const still = { length: 300_000, end: null, rest: 12_345 }
  expect(readTimer(timerValue(still))).toEqual(still)
  for (const wrong of [
    null,
    5,
    {},
    { l: 1, e: null, r: -1 },
    { l: 1e9, e: null, r: 1 },
    { l: 1.5, e: 1, r: 1 },
  ])
    expect(readTimer(wrong)).toBeNull()
})

test('B422: a round has one to twenty votes; its results are votes by shape', () => {
  for (const one of [round, { ...round, results: { s1: 2, 'x-9': 1 } }])
    expect(readRound(roundValue(one))).toEqual(one)
  const good = roundValue(round)
  for (const wrong of [
    { ...good, n: 0 },
    { ...good, n: 21 },
    { ...good, i: 'a b' },
    { ...good, r: [] },
    { ...good, h: 1 },
  ])
    expect(readRound(wrong)).toBeNull()
})

test('B422: votes of other rounds, and more than one has, do not count; a closed round keeps its results', () => {
  const roots = meetingOf(new Y.Doc())
  vote(roots, round, ann, ['s1', 's1', 's2', 's3'])
  roots.votes.set(bo, ['r0', 's1'])
  expect(votesOf(roots, round, ann)).toEqual(['s1', 's1', 's2'])
  expect(Object.fromEntries(countVotes(roots, round))).toEqual({ s1: 2, s2: 1 })
  const closed = closedRound(roots, round)
  vote(roots, round, ann, [])
  expect(Object.fromEntries(countVotes(roots, closed))).toEqual({ s1: 2, s2: 1 })
  expect(countVotes(roots, round).size).toBe(0)
})

test('B424: of two who vote at once both votes stand; of two starts of a round one', () => {
  const [one, two] = [new Y.Doc(), new Y.Doc()]
  vote(meetingOf(one), round, ann, ['s1'])
  vote(meetingOf(two), round, bo, ['s1'])
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two))
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one))
  for (const doc of [one, two]) expect(countVotes(meetingOf(doc), round).get('s1')).toBe(2)
})

test('B404: where somebody is fits in a presence, and strangers say nothing that is shown', () => {
  const place = {
    at: { x: -1234.567, y: 9_999_999.99 },
    selection: Array.from({ length: 100 }, (_, i) => `shape${i}`.padEnd(32, 'x')),
    seen: [1, 2, 300.5, 200] as const,
    held: { left: -1_234_567.891, top: -0.5, right: 9_999_999.994, bottom: 9_999_999.994 },
  }
  const value = boardPresenceValue(place)
  expect(JSON.stringify({ board: value }).length).toBeLessThan(LIMITS.awareness)
  expect(readBoardPresence(value)).toEqual({
    at: { x: -1234.57, y: 9_999_999.99 },
    selection: place.selection.slice(0, MOST_SELECTED),
    seen: [1, 2, 300.5, 200],
    held: { left: -1_234_567.89, top: -0.5, right: 9_999_999.99, bottom: 9_999_999.99 },
  })
  expect(boardPresenceValue({ ...place, held: null })).not.toHaveProperty('held')
  expect(readBoardPresence(undefined)).toBeNull()
  const nothing = { at: null, selection: [], seen: null, held: null }
  for (const wrong of [
    {},
    { at: ['1', 2], sel: 'x', seen: [1, 2, 3] },
    { at: [Infinity, 0], sel: [{}], seen: [0, 0, 0, 1] },
    { held: [0, 0, 1] },
    { held: [1, 0, 0, 1] },
    { held: [0, 0, NaN, 1] },
    { held: [0, 0, 1e9, 1] },
    { held: { left: 0, top: 0, right: 1, bottom: 1 } },
  ])
    expect(readBoardPresence(wrong)).toEqual(nothing)
})
