/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import { setLanguage } from '../../../client/i18n.ts'
import { pluginWords } from '../../../client/plugins/words.ts'
import { until } from '../../support/wait.ts'

afterEach(() => setLanguage('en'))

const english = {
  hello: 'Hello {{name}}',
  only: 'Only here',
  n: '{[plural(n) one: 1 word, other: {{n}} words]}',
}

test('a plugin speaks the language in use, and English where that has no words', async () => {
  const words = pluginWords(
    english,
    () => Promise.resolve({ hello: 'Hallo {{name}}', only: '' }),
    () => undefined,
  )
  expect(words.t('hello', { name: 'Ada' })).toBe('Hello Ada')
  expect(words.t('n', { n: 3 })).toBe('3 words')
  await setLanguage('de')
  await until('German', () => words.t('hello', { name: 'Ada' }) === 'Hallo Ada')
  expect(words.t('only')).toBe('Only here')
  expect(words.t('missing.key')).toBe('missing.key')
  expect([words.has('only'), words.has('missing.key'), words.has('toString')]).toEqual([true, false, false])
  await setLanguage('en')
  await until('English', () => words.t('hello', { name: 'Ada' }) === 'Hello Ada')
  words.stop()
})

test('words that come after another language was chosen are not shown', async () => {
  let give: (words: Record<string, string>) => void = () => undefined
  const words = pluginWords(
    english,
    () => new Promise((resolve) => (give = resolve)),
    () => undefined,
  )
  await setLanguage('de')
  await setLanguage('en')
  give({ only: 'Nur hier' })
  await Promise.resolve()
  expect(words.t('only')).toBe('Only here')
  words.stop()
})

test('words that cannot be fetched are told and English stays', async () => {
  const told: unknown[] = []
  const words = pluginWords(
    english,
    () => Promise.reject(new Error('offline')),
    (error) => told.push(error),
  )
  await setLanguage('de')
  await until('told', () => told.length === 1)
  expect(words.t('only')).toBe('Only here')
  words.stop()
})
