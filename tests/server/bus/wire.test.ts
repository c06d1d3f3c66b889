/** Messages and frames of the bus by themselves (docs/SPEC-bus.md). */
import { expect, test } from '@jest/globals'
import * as encoding from 'lib0/encoding'
import { Peers } from '../../../server/bus/peers.ts'
import type { BusMessage, HereEntry } from '../../../server/bus/types.ts'
import { encodeMessage, MOST, open, seal } from '../../../server/bus/wire.ts'
import { createDice } from '../../support/dice.ts'

const KEY = Buffer.alloc(32, 1)
const person = { author: `a.${'x'.repeat(16)}`, name: 'Ada ☕', colour: '#a1b2c3' }

const ALL: readonly BusMessage[] = [
  { kind: 'wrote', document: 'p/näme ☕', to: 2 ** 40 },
  { kind: 'gone', document: 'b/x' },
  { kind: 'pad', pad: 'x' },
  { kind: 'people' },
  { kind: 'group', group: 'g.0123456789abcdef' },
  { kind: 'notice' },
  { kind: 'plugins' },
  { kind: 'ask', document: 'p/x' },
  { kind: 'here', document: 'p/x', entries: [] },
  {
    kind: 'here',
    document: 'p/x',
    entries: [
      { client: 2 ** 32 - 1, person, state: '{"cursor":null}', said: 1_800_000_000_000 },
      { client: 1, person: { ...person, name: '' }, state: 'null', said: 0 },
    ],
  },
  { kind: 'ink', document: 'b/x', client: 7, bytes: Uint8Array.of(102, 1, 255) },
  {
    kind: 'event',
    document: 'p/x',
    to: '',
    event: { type: 'plugin', plugin: 'ep_x', name: 'n', from: person, payload: { a: [1, 'ü'] } },
  },
  { kind: 'bye' },
]

test('BU10: every message comes out of a frame as it went in, with who said it and its number', () => {
  const frame = seal(KEY, 'node', 300, ALL.map(encodeMessage))
  expect(open(KEY, frame)).toEqual({ node: 'node', seq: 300, messages: ALL })
  expect(open(KEY, seal(KEY, 'node', 1, []))).toEqual({ node: 'node', seq: 1, messages: [] })
})

test('BU11: with another key, a byte changed, cut or added anywhere, a frame is foreign', () => {
  const frame = seal(KEY, 'node', 1, ALL.slice(0, 3).map(encodeMessage))
  expect(open(Buffer.alloc(32, 2), frame)).toBe('foreign')
  for (let at = 0; at < frame.length; at++) {
    const other = Buffer.from(frame)
    other[at] = (other[at] ?? 0) ^ 1
    expect([at, open(KEY, other)]).toEqual([at, 'foreign'])
    expect([at, open(KEY, frame.subarray(0, at))]).toEqual([at, 'foreign'])
  }
  expect(open(KEY, Buffer.concat([frame, Buffer.of(0)]))).toBe('foreign')
  expect(open(KEY, Buffer.alloc(MOST.frame + MOST.message + 1))).toBe('foreign')
})

test('BU12: what is sealed and no message, or beyond a limit, is malformed, and the whole frame with it', () => {
  const here = (change: Partial<HereEntry>) =>
    encodeMessage({
      kind: 'here',
      document: 'p/x',
      entries: [{ client: 1, person, state: 'null', said: 1, ...change }],
    })
  const wrong: Uint8Array[] = [
    Uint8Array.of(200, 1),
    Uint8Array.of(0),
    Uint8Array.of(7, 50, 65),
    encodeMessage({ kind: 'pad', pad: 'x'.repeat(201) }),
    encodeMessage({ kind: 'ink', document: 'b/x', client: 1, bytes: new Uint8Array(5000) }),
    here({ person: { ...person, author: 'nobody' } }),
    here({ person: { ...person, colour: 'red;' } }),
    here({ person: { ...person, name: 'x'.repeat(65) } }),
    here({ state: 'x'.repeat(5000) }),
    event('{"type":"level","level":"own"}'),
    event('{"type":"chat"}'),
    event('no json'),
    event('null'),
  ]
  for (const [index, bytes] of wrong.entries())
    expect([index, open(KEY, seal(KEY, 'node', 1, [encodeMessage({ kind: 'people' }), bytes]))]).toEqual([
      index,
      'malformed',
    ])
})

test('BU12: random bytes under the right seal never throw', () => {
  const dice = createDice(20_261_128)
  const roll = (below: number) => dice.int(below)
  const base = ALL.map(encodeMessage)
  for (let round = 0; round < 3000; round++) {
    const bytes = Uint8Array.from(base[roll(base.length)] ?? [])
    for (let changes = roll(4); changes >= 0; changes--) bytes[roll(bytes.length)] = roll(256)
    const frame = open(KEY, seal(KEY, 'node', round, [bytes]))
    if (typeof frame !== 'string') expect(frame.messages.every(({ kind }) => kind.length > 0)).toBe(true)
  }
})

test('BU5, BU6, BU11: servers are known by what they say: new, next, with a gap, again, silent, back; and not too many', () => {
  let now = 0
  const peers = new Peers(() => now)
  expect(peers.note('a', 5)).toBe('new')
  expect(peers.note('a', 6)).toBe('next')
  expect(peers.note('a', 9)).toBe('gap')
  expect([peers.note('a', 9), peers.note('a', 3)]).toEqual(['old', 'old'])
  now = 4000
  expect(peers.note('b', 1)).toBe('new')
  expect(peers.count).toBe(2)
  now = 5001
  expect(peers.sweep()).toEqual(['a'])
  expect([peers.sweep(), peers.count]).toEqual([[], 1])
  expect(peers.note('a', 9)).toBe('old')
  expect(peers.note('a', 10)).toBe('new')
  expect([peers.leave('a'), peers.leave('a'), peers.leave('c')]).toEqual([true, false, false])
  for (let index = 0; index < 62; index++) expect(peers.note(`n${index}`, 1)).toBe('new')
  expect(peers.note('one more', 1)).toBe('tooMany')
  now = 100_000
  peers.sweep()
  peers.sweep()
  expect([peers.count, peers.note('one more', 1)]).toEqual([0, 'new'])
})

function event(text: string): Uint8Array {
  const out = encoding.createEncoder()
  encoding.writeVarUint(out, 10)
  for (const part of ['p/x', '', text]) encoding.writeVarString(out, part)
  return encoding.toUint8Array(out)
}
