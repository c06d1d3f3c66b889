import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const CLIENT = join(import.meta.dirname, '../../../client')
const words = (code: string): Record<string, string> =>
  JSON.parse(readFileSync(join(CLIENT, `locales/sharing/${code}.json`), 'utf8')) as Record<string, string>

test('L107: sharing has all its words in English and German, and each is explained', () => {
  expect(Object.keys(words('de'))).toEqual(Object.keys(words('en')))
  expect(Object.keys(words('qqq'))).toEqual(Object.keys(words('en')))
  const places = (text: string | undefined) =>
    [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)
  for (const [key, text] of Object.entries(words('en')).filter(([one]) => one !== '@metadata'))
    expect([key, new Set(places(words('de')[key]))]).toEqual([key, new Set(places(text))])
})

test('L107, L114: every word is used', () => {
  const source = ['pad', 'my-pads']
    .flatMap((folder) =>
      readdirSync(join(CLIENT, folder), { encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file))
        .map((file) => readFileSync(join(CLIENT, folder, file), 'utf8')),
    )
    .join('\n')
  const unused = Object.keys(words('en')).filter(
    (key) => key !== '@metadata' && !key.startsWith('level.') && !source.includes(`'${key}'`),
  )
  expect(unused).toEqual([])
})
