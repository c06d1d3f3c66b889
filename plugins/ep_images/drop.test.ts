/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { until } from '../../tests/support/wait.ts'
import { client } from './client.tsx'
import english from './locales/en.json' with { type: 'json' }
import { declaration } from './shared.ts'

let page: PluginEditor | undefined

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
})

/** What screen readers are told; every toast is among it. */
const said = (): (string | null)[] =>
  [...document.querySelectorAll('[role=log] > p')].map(({ textContent }) => textContent)

/** Drops this on the text; whether the browser's own way was refused. */
function drop({ editor }: PluginEditor, data: Record<string, string>): boolean {
  const dataTransfer = { types: Object.keys(data), getData: (type: string) => data[type] ?? '', files: [] }
  const event = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), { dataTransfer })
  editor.view.dom.dispatchEvent(event)
  return event.defaultPrevented
}

test.each([
  ['undescribed, its address beside it', '<meta charset="utf-8"><img src="https://a.example/oak.png">'],
  ['described, in a link', '<a href="https://a.example"><img src="https://a.example/o" alt="An oak"></a>'],
])(
  'I9: a dragged picture that gave nothing but its address leaves nothing in the text, and says what to do: %s',
  async (_which, html) => {
    const it = (page = await pluginEditor({ declaration, client, english }, [{ insert: 'before\n' }]))
    const before = said().length
    expect(drop(it, { 'text/html': html, 'text/plain': 'https://a.example/oak.png' })).toBe(true)
    await until('a sentence', () => said().length > before)
    expect(said().at(-1)).toBe(english.onlyAddress)
    expect(it.content()).toEqual([{ insert: 'before\n' }])
  },
)
