/**
 * What a meeting leaves in a board's document (SPEC-board B420 to B424): a timer, a round of votes, and each person's votes
 * under their own author id, so that nobody's can be written by anybody else.
 */
import type * as Y from 'yjs'
import { isAuthorId } from '../../ids.ts'
import { isShapeId } from '../ids.ts'
import { isPlainObject } from './keys.ts'

/** Roots: `timer` and `round` stand in the first, votes by author in the second. */
export const MEETING = 'meeting'
export const VOTES = 'votes'

/** Votes one person can have in a round. */
export const MOST_VOTES = 20
/** Shapes whose results are kept. */
const MOST_RESULTS = 500
/** Ms; a day. */
export const LONGEST_TIMER = 86_400_000

/** Ms. It runs while `end` (since 1970, by the server's clock) is not null; else `rest` are left. */
export interface Timer {
  readonly length: number
  readonly end: number | null
  readonly rest: number
}

export interface Round {
  readonly id: string
  /** Votes each person has. */
  readonly votes: number
  /** What others voted is not shown before the end. */
  readonly hidden: boolean
  /** Null while it lasts; afterwards votes by shape. */
  readonly results: Readonly<Record<string, number>> | null
}

const isWithin = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most

export function readTimer(value: unknown): Timer | null {
  if (!isPlainObject(value)) return null
  const { l, e, r } = value
  if (!isWithin(l, 1, LONGEST_TIMER) || !isWithin(r, 0, LONGEST_TIMER)) return null
  if (e !== null && !isWithin(e, 0, Number.MAX_SAFE_INTEGER)) return null
  return { length: l, end: e, rest: r }
}

export function timerValue({ length, end, rest }: Timer): Record<string, unknown> {
  return { l: length, e: end, r: rest }
}

export function readRound(value: unknown): Round | null {
  if (!isPlainObject(value)) return null
  const { i, n, h, r } = value
  if (!isShapeId(i) || !isWithin(n, 1, MOST_VOTES) || typeof h !== 'boolean') return null
  if (r !== null && !isResults(r)) return null
  return { id: i, votes: n, hidden: h, results: r }
}

function isResults(value: unknown): value is Readonly<Record<string, number>> {
  if (!isPlainObject(value)) return false
  const entries = Object.entries(value)
  return (
    entries.length <= MOST_RESULTS &&
    entries.every(([id, count]) => isShapeId(id) && isWithin(count, 1, 1_000_000))
  )
}

export function roundValue({ id, votes, hidden, results }: Round): Record<string, unknown> {
  return { i: id, n: votes, h: hidden, r: results }
}

/** What is right for an entry of {@link MEETING}; other names are for later versions. */
export function isMeetingEntry(name: string, value: unknown): boolean | undefined {
  if (name === 'timer') return value === null || readTimer(value) !== null
  if (name === 'round') return value === null || readRound(value) !== null
  return undefined
}

/** What is right for an entry of {@link VOTES}: the round's id, then a shape for each vote. */
export function isVote(author: string, value: unknown): value is readonly string[] {
  return (
    isAuthorId(author) &&
    Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= MOST_VOTES + 1 &&
    value.every((id) => isShapeId(id))
  )
}

export interface MeetingRoots {
  readonly meeting: Y.Map<unknown>
  readonly votes: Y.Map<unknown>
}

export function meetingOf(doc: Y.Doc): MeetingRoots {
  return { meeting: doc.getMap(MEETING), votes: doc.getMap(VOTES) }
}

/** One person's votes in a round, a shape as often as it has votes. */
export function votesOf({ votes }: MeetingRoots, round: Round, author: string): readonly string[] {
  const value = votes.get(author)
  return isVote(author, value) && value[0] === round.id ? value.slice(1, round.votes + 1) : []
}

/** Votes by shape, of everybody. */
export function countVotes(roots: MeetingRoots, round: Round): ReadonlyMap<string, number> {
  if (round.results) return new Map(Object.entries(round.results))
  const counts = new Map<string, number>()
  for (const author of roots.votes.keys())
    for (const shape of votesOf(roots, round, author)) counts.set(shape, (counts.get(shape) ?? 0) + 1)
  return counts
}

/** Gives a person's votes of a round; more than they have are left out. */
export function vote(roots: MeetingRoots, round: Round, author: string, shapes: readonly string[]): void {
  roots.votes.set(author, [round.id, ...shapes.slice(0, round.votes)])
}

/** The round with its results, those with most votes where there are too many. */
export function closedRound(roots: MeetingRoots, round: Round): Round {
  const counts = [...countVotes(roots, round)].sort(([, a], [, b]) => b - a).slice(0, MOST_RESULTS)
  return { ...round, results: Object.fromEntries(counts) }
}
