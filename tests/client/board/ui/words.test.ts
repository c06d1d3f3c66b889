/** @jest-environment jsdom */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { fetchWords, followLanguage, say, sayAny, sayTitle } from '../../../../client/board/words.ts'
import { setLanguage, useOwnWords } from '../../../../client/i18n.ts'

const BOARD = join(import.meta.dirname, '../../../../client/board')
const locale = (code: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(BOARD, 'locales', `${code}.json`), 'utf8')) as Record<string, unknown>
const keysOf = (code: string) => Object.keys(locale(code)).filter((key) => key !== '@metadata')
const places = (text: unknown) =>
  new Set([...String(text).matchAll(/\{\{(\w+)\}\}|plural\((\w+)\)/g)].map((m) => m[1] ?? m[2]))

afterEach(async () => {
  useOwnWords({})
  await setLanguage('en')
  await fetchWords('en')
})

describe('the words of the board', () => {
  test('every message is explained, German is complete, and both have the same places', () => {
    expect(new Set(keysOf('qqq'))).toEqual(new Set(keysOf('en')))
    expect(new Set(keysOf('de'))).toEqual(new Set(keysOf('en')))
    const [en, de] = [locale('en'), locale('de')]
    for (const key of keysOf('en')) expect([key, places(de[key])]).toEqual([key, places(en[key])])
  })

  test('every message is used, and every key used exists', () => {
    const sources = readdirSync(BOARD, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(join(BOARD, file), 'utf8'))
      .join('\n')
    const quoted = new Set([...sources.matchAll(/'(board(?:\.[A-Za-z0-9]+)+)'/g)].map((match) => match[1]))
    expect(keysOf('en').filter((key) => !quoted.has(key))).toEqual([])
    const known = new Set(keysOf('en'))
    expect([...quoted].filter((key) => key !== undefined && !known.has(key))).toEqual([])
  })

  test('they follow the page’s language; the administrator’s words count more; a title has no dots', async () => {
    const words = followLanguage()
    await words.ready
    expect(say('board.tool.pen')).toBe('Pen')
    expect([say('board.templates'), sayTitle('board.templates')]).toEqual(['Templates…', 'Templates'])
    await fetchWords('de')
    expect(say('board.tool.pen')).toBe('Stift')
    useOwnWords({ de: { 'board.tool.pen': 'Feder' } })
    expect(say('board.tool.pen')).toBe('Feder')
    expect(sayAny('no.such.key')).toBe('no.such.key')
    expect(sayAny('@metadata')).toBe('@metadata')
    words.stop()
  })
})
