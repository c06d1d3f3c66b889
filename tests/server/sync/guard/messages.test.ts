import { describe, expect, test } from '@jest/globals'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { readAwareness } from '../../../../server/sync/guard/awareness.ts'
import { GuardError } from '../../../../server/sync/guard/errors.ts'
import { scanStateVector } from '../../../../server/sync/guard/vector.ts'
import { bytesOf, varUints } from '../../../support/updates.ts'

const LIMITS = { entries: 100, state: 2048 }

function awareness(...entries: [client: number, clock: number, json: string][]): Uint8Array {
  return bytesOf((encoder) => {
    encoding.writeVarUint(encoder, entries.length)
    for (const [client, clock, json] of entries) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, json)
    }
  })
}

function reasonOf(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    if (error instanceof GuardError) return { reason: error.reason }
    throw error
  }
}

describe('scanStateVector', () => {
  test('G22: the vector of a document passes', () => {
    const doc = new Y.Doc()
    expect(scanStateVector(Y.encodeStateVector(doc), 10)).toBe(0)
    doc.getText('text').insert(0, 'a')
    expect(scanStateVector(Y.encodeStateVector(doc), 10)).toBe(1)
  })

  const rows: [rule: string, bytes: Uint8Array, reason: string][] = [
    ['G22: no bytes', new Uint8Array(), 'truncated'],
    ['G22: more entries than bytes', varUints(1_000_000, 1, 1), 'count'],
    ['G22: more entries than the cap', varUints(11, ...Array<number>(22).fill(1)), 'count'],
    ['G22: an entry cut off', varUints(1, 5), 'count'],
    ['G22: something after the end', varUints(1, 5, 5, 5), 'trailing'],
    ['G22: a client id over 32 bits', varUints(1, 2 ** 33, 5), 'client'],
    ['G22: a clock over 2^31', varUints(1, 5, 2 ** 40), 'clock'],
  ]
  for (const [rule, bytes, reason] of rows) {
    test(rule, () => expect(reasonOf(() => scanStateVector(bytes, 10))).toEqual({ reason }))
  }
})

describe('readAwareness', () => {
  test('G23: what y-protocols writes is read, and nothing is parsed', () => {
    const doc = new Y.Doc()
    const states = new Awareness(doc)
    states.setLocalState({ user: { name: 'Zoë 😀' } })
    const entries = readAwareness(encodeAwarenessUpdate(states, [doc.clientID]), LIMITS)
    states.destroy()
    expect(entries).toEqual([{ client: doc.clientID, clock: 1, json: '{"user":{"name":"Zoë 😀"}}' }])
    expect(readAwareness(awareness([1, 0, 'no JSON {']), LIMITS)[0]?.json).toBe('no JSON {')
    expect(readAwareness(awareness(), LIMITS)).toEqual([])
  })

  const rows: [rule: string, bytes: Uint8Array, reason: string][] = [
    ['G23: 100 000 clients claimed', varUints(100_000, 1, 1, 0), 'count'],
    [
      'G23: more clients than the cap',
      awareness(...Array.from({ length: 101 }, (_, i): [number, number, string] => [i, 1, '{}'])),
      'count',
    ],
    ['G23: a state over its cap', awareness([1, 1, 'x'.repeat(3000)]), 'length'],
    ['G23: a state cut off', awareness([1, 1, '{"a":1}']).subarray(0, -1), 'truncated'],
    ['G23: something after the end', Uint8Array.of(...awareness([1, 1, '{}']), 0), 'trailing'],
    ['G23: a client id over 32 bits', awareness([2 ** 32, 1, '{}']), 'client'],
    ['G23: a state that is no UTF-8', Uint8Array.of(1, 1, 1, 1, 0xff), 'utf8'],
  ]
  for (const [rule, bytes, reason] of rows) {
    test(rule, () => expect(reasonOf(() => readAwareness(bytes, LIMITS))).toEqual({ reason }))
  }
})
