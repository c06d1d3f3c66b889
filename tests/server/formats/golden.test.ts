import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { writerOf } from '../../../server/formats/formats.ts'
import { everything } from './sample.ts'
import { sourceOf, textOf } from './sources.ts'

const source = sourceOf(everything, {
  chat: [
    { id: 0, author: 'a.aaaaaaaaaaaaaaaa', name: 'Mira', text: 'Hi <b>', time: 1_699_999_999_000, key: 'k' },
  ],
  people: [{ author: 'a.aaaaaaaaaaaaaaaa', name: 'Mira', colour: '3' }],
})

test.each(['txt', 'html', 'md', 'json', 'etherpad'])(
  'F9: %s of a text with everything is the golden file (WRITE_GOLDEN=1 writes it)',
  (type) => {
    const file = join(import.meta.dirname, 'golden', `everything.${type}.golden`)
    const written = textOf(type, source)
    if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(file, written)
    expect(written).toBe(readFileSync(file, 'utf8'))
  },
)

test('F9: markdown is another name of md, and nothing else is made', () => {
  expect(writerOf('markdown')).toBe(writerOf('md'))
  for (const type of ['doc', 'rtf', 'TXT', '', '__proto__', 'constructor']) expect(writerOf(type)).toBeNull()
})
