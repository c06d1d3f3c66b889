/** Settings that are a moment: written as people write it, kept so that every page means the same. */
import { expect, test } from '@jest/globals'
import { readField } from '../../../shared/plugin/fields.ts'

const FIELD = { scope: 'server', type: 'text', time: true, default: '', label: 'l' } as const
const read = (value: unknown): unknown => readField(FIELD, value)

test.each([
  ['', ''],
  ['2026-03-14T18:00:00.000Z', '2026-03-14T18:00:00.000Z'],
  ['2026-03-14 18:00 +01:00', '2026-03-14T17:00:00.000Z'],
  ['2026-03-14T18:00:30-02:30', '2026-03-14T20:30:30.000Z'],
])('%j is kept as %j', (given, kept) => {
  expect(read(given)).toBe(kept)
})

test('without a zone it is the zone of who reads it; a day alone is its beginning', () => {
  expect(read('2026-03-14 18:00')).toBe(new Date(2026, 2, 14, 18).toISOString())
  expect(read(' 2026-03-14 ')).toBe(new Date(2026, 2, 14).toISOString())
})

test.each(['tomorrow', '14.3.2026', '2026-13-01', '2026-03-14 25:00', '18:00', 5, true, null])(
  '%j is no time',
  (given) => {
    expect(() => read(given)).toThrow('a time such as 2026-03-14 18:00')
  },
)
