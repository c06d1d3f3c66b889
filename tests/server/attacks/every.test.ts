/** Each attack of groups A and B of our security goals is a test that names it: this one finds them all. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const root = join(import.meta.dirname, '../../..')

/** The goals' own numbers. */
const ATTACKS = [
  ...Array.from({ length: 12 }, (_, index) => `A${index + 1}`),
  ...Array.from({ length: 7 }, (_, index) => `B${index + 1}`),
]

test('House: every attack of groups A and B has a test whose title names it', () => {
  const named = new Set<string>()
  for (const folder of ['tests', 'plugins'])
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!entry.endsWith('.test.ts')) continue
      const text = readFileSync(join(root, folder, entry), 'utf8')
      for (const [, list = ''] of text.matchAll(/['"`]Attack ([AB]\d+(?:, [AB]\d+)*): /g))
        for (const number of list.split(', ')) named.add(number)
    }
  expect(ATTACKS.filter((number) => !named.has(number))).toEqual([])
})
