import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { packChunk, unpackChunk } from '../../../server/store/chunk.ts'
import { seal, unseal } from '../../../server/store/seal.ts'
import { StoreDamage } from '../../../server/store/store.ts'

const rowsOf = fc
  .record({
    first: fc.integer({ min: 1, max: 2 ** 40 }),
    rows: fc.array(
      fc.record({
        author: fc.constantFrom('a.ada', 'a.bob', 'a.日本', ''),
        time: fc.integer({ min: 0, max: 2 ** 45 }),
        bytes: fc.uint8Array({ maxLength: 40 }),
      }),
      { minLength: 1, maxLength: 60 },
    ),
  })
  .map(({ first, rows }) => rows.map((row, index) => ({ document: 5, seq: first + index, ...row })))

describe('chunks', () => {
  test('ST43: every row comes out of a chunk as it went in', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, async (rows) => {
        const chunk = await packChunk(rows)
        expect(chunk).toMatchObject({ from: rows[0]?.seq, to: rows.at(-1)?.seq, timeTo: rows.at(-1)?.time })
        const again = await unpackChunk(5, chunk.bytes)
        expect(again).toEqual(rows)
      }),
      { numRuns: 60 },
    )
    await expect(packChunk([])).rejects.toThrow(RangeError)
  })

  test('ST43: a chunk with any bit changed is damage or harmless, cut off anywhere it is damage', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({
      document: 5,
      seq: index + 1,
      author: 'a.ada',
      time: 1000 + index,
      bytes: new Uint8Array(20).fill(index),
    }))
    const { bytes } = await packChunk(rows)
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      const outcome = await unpackChunk(5, changed).catch((error: unknown) => error)
      if (!(outcome instanceof StoreDamage)) expect(outcome).toEqual(rows)
      await expect(unpackChunk(5, bytes.subarray(0, at))).rejects.toThrow(StoreDamage)
    }
  })

  test('ST44: sealed bytes come back, small, random or repetitive', async () => {
    for (const content of [
      new Uint8Array(),
      new Uint8Array([1]),
      crypto.getRandomValues(new Uint8Array(5000)),
      new Uint8Array(100_000).fill(5),
    ]) {
      const sealed = await seal(content)
      expect(sealed.length).toBeLessThanOrEqual(content.length + 6)
      expect(Buffer.compare(await unseal(sealed), content)).toBe(0)
    }
  })
})
