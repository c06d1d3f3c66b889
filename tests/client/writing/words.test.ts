import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const CLIENT = join(import.meta.dirname, '../../../client')
const words = (code: string): Record<string, string> =>
  JSON.parse(readFileSync(join(CLIENT, `locales/writing/${code}.json`), 'utf8')) as Record<string, string>

test('W1: the tools have all their words in English and German, and each is explained', () => {
  expect(Object.keys(words('de'))).toEqual(Object.keys(words('en')))
  expect(Object.keys(words('qqq'))).toEqual(Object.keys(words('en')))
  const places = (text: string | undefined) =>
    [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)
  for (const [key, text] of Object.entries(words('en')))
    expect([key, new Set(places(words('de')[key]))]).toEqual([key, new Set(places(text))])
})

test('W1: every word is used, and every word used exists', () => {
  const source = readdirSync(join(CLIENT, 'writing'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(CLIENT, 'writing', file), 'utf8'))
    .join('\n')
  const built = ['hint.', 'keywords.', 'signs.']
  const quoted = new Set([...source.matchAll(/'([a-z]+(?:\.[A-Za-z0-9]+)+)'/g)].map(([, key]) => key))
  const unused = Object.keys(words('en')).filter(
    (key) => !quoted.has(key) && !built.some((prefix) => key.startsWith(prefix)),
  )
  expect(unused).toEqual([])
  const used = [...source.matchAll(/\bw\(\s*'([^']+)'/g)].map(([, key]) => key ?? '')
  expect(used.filter((key) => !(key in words('en')))).toEqual([])
})
