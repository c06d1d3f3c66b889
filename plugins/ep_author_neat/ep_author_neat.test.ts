/** @jest-environment jsdom */
import { afterEach, beforeAll, expect, test } from '@jest/globals'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { client } from './client.tsx'
import english from './locales/en.json' with { type: 'json' }
import { linesOfNames, mainAuthor, runStarts } from './runs.ts'
import { declaration } from './shared.ts'

let page: PluginEditor | undefined

beforeAll(() => {
  // jsdom measures nothing, so nothing is ever observed to change.
  globalThis.ResizeObserver = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  }
})

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
})

test('a line is whose who wrote most of it; the first of equals', () => {
  expect(mainAuthor([])).toBeNull()
  expect(
    mainAuthor([
      { author: 'a', length: 3 },
      { author: 'b', length: 4 },
      { author: 'a', length: 2 },
    ]),
  ).toBe('a')
  expect(
    mainAuthor([
      { author: 'b', length: 2 },
      { author: 'a', length: 2 },
    ]),
  ).toBe('b')
})

test('a run begins where a line is somebody else’s; empty lines and nobody’s end none', () => {
  expect(runStarts(['a', 'a', null, 'a', 'b', null, 'a'], null)).toEqual([0, 4, 6])
  expect(runStarts(['a', 'b'], 'a')).toEqual([1])
  expect(runStarts([null, null], 'a')).toEqual([])
})

test('a name has the lines there are until the next one, two at least and six at most', () => {
  expect(linesOfNames([0, 28, 84, 1000], 14)).toEqual([2, 4, 6, 6])
  expect(linesOfNames([0, 10], 14)).toEqual([2, 6])
})

test('there is one more view of authors, and a layer for names beside the text that goes with the plugin', async () => {
  page = await pluginEditor({ declaration, client, english }, [{ insert: 'a\n' }])
  const { model, editor } = page
  expect(model.parts.authorViews.parts.value.map(({ value }) => [value.id, value.label()])).toEqual([
    ['neat', 'Underline'],
  ])
  const layer = (): Element | null => document.querySelector('.neat-names')
  expect(layer()?.getAttribute('aria-hidden')).toBe('true')
  expect(layer()?.nextElementSibling).toBe(editor.view.dom)
  editor.setPlugins([])
  expect(layer()).toBeNull()
})
