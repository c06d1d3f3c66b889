import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { createJoiner, splitMessage } from '../../../client/net/parts.ts'

describe('parts', () => {
  test('C15: any messages of any size come out as they went in, whatever the size of a part', () => {
    const message = fc
      .uint8Array({ minLength: 1, maxLength: 200 })
      .map((bytes) => (bytes[0] === 103 ? bytes.fill(1, 0, 1) : bytes))
    fc.assert(
      fc.property(fc.array(message), fc.integer({ min: 3, max: 64 }), (messages, size) => {
        const joiner = createJoiner()
        const out = messages
          .flatMap((one) => splitMessage(one, size))
          .map((frame) => {
            expect(frame.length).toBeLessThanOrEqual(size)
            return joiner.take(frame)
          })
          .filter((whole) => whole !== null)
        expect(out.map((bytes) => [...bytes])).toEqual(messages.map((bytes) => [...bytes]))
      }),
    )
  })

  test('S4: the last piece says 0, those before it 1', () => {
    expect(splitMessage(new Uint8Array(10), 6).map((frame) => [frame[0], frame[1], frame.length])).toEqual([
      [103, 1, 6],
      [103, 1, 6],
      [103, 0, 4],
    ])
  })

  test('C15: parts without end are refused, and the joiner goes on with the next message', () => {
    const joiner = createJoiner(10)
    joiner.take(Uint8Array.of(103, 1, ...new Uint8Array(8)))
    expect(() => joiner.take(Uint8Array.of(103, 1, 1, 2, 3))).toThrow(RangeError)
    expect(joiner.take(Uint8Array.of(0, 1))).toEqual(Uint8Array.of(0, 1))
  })
})
