/** @jest-environment jsdom */
import { afterEach, expect, jest, test } from '@jest/globals'
import { render } from 'preact'
import { createSchema } from '../../client/editor/schema.ts'
import { docOf } from '../../client/editor/content.ts'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { client } from './client.tsx'
import { Counter } from './count.ts'
import english from './locales/en.json' with { type: 'json' }
import { declaration } from './shared.ts'

let page: PluginEditor | undefined

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
  jest.useRealTimers()
})

test.each([
  ['', 0, 0, 0],
  ['one two', 2, 7, 6],
  ["it's well-made, isn't it?", 4, 25, 22],
  ['Größe über alles', 3, 16, 14],
  ['👩‍👩‍👧‍👦 é', 1, 3, 2],
  ['   ', 0, 3, 0],
])('%j has %d words, %d characters, %d without spaces', (text, words, characters, withoutSpaces) => {
  expect(new Counter('en').text(text)).toMatchObject({ words, characters, withoutSpaces })
})

test('words without spaces between them are counted by the language', () => {
  expect(new Counter('ja').text('私は学生です').words).toBeGreaterThan(2)
  expect(new Counter('th').text('ฉันรักภาษาไทย').words).toBeGreaterThan(2)
})

test('a line is counted once, however often the text is', () => {
  const doc = docOf(createSchema(), [{ insert: 'one two\nthree\n\n' }])
  const counter = new Counter('en')
  const counting = jest.spyOn(counter, 'text')
  expect(counter.document(doc)).toEqual({ words: 3, characters: 12, withoutSpaces: 11, lines: 2 })
  counter.document(doc)
  expect(counting).toHaveBeenCalledTimes(3)
})

test('of lines that are partly selected only the selected part counts', () => {
  const doc = docOf(createSchema(), [{ insert: 'one two\nthree four\nfive\n' }])
  expect(new Counter('en').document(doc, 5, 15)).toMatchObject({ words: 2, lines: 2 })
})

async function foot(): Promise<() => string> {
  page = await pluginEditor({ declaration, client, english }, [{ insert: 'one two three\n' }])
  const place = document.createElement('div')
  return () => {
    const [part] = page?.model.parts.feet.parts.value ?? []
    render(part?.value() ?? null, place)
    return [...place.querySelectorAll('span')].map((span) => span.textContent).join(', ')
  }
}

test('the foot says what is in the text, and of the selection while there is one', async () => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] })
  const words = await foot()
  expect(words()).toBe('3 words, 13 characters, 1 min to read')
  page?.select(1, 8)
  expect(words()).toBe('3 words, 13 characters, 1 min to read')
  jest.advanceTimersByTime(300)
  expect(words()).toBe('2 words selected, 7 characters, 1 min to read')
  page?.select(1)
  jest.advanceTimersByTime(300)
  expect(words()).toBe('3 words, 13 characters, 1 min to read')
})
