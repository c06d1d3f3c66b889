/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import type { Insert } from '../../shared/text/delta.ts'
import { contentToHtml } from '../../shared/text/html.ts'
import { labelOf, pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { client } from './client.tsx'
import english from './locales/en.json' with { type: 'json' }
import { declaration } from './shared.ts'

let page: PluginEditor | undefined

afterEach(() => {
  expect(page?.logged).toEqual([])
  page?.close()
  page = undefined
})

const open = async (...content: Insert[]): Promise<PluginEditor> =>
  (page = await pluginEditor({ declaration, client, english }, content))

test('there are six levels in the choice of line styles, each with its key and its name', async () => {
  const { action } = await open({ insert: 'a\n' })
  const actions = [1, 2, 3, 4, 5, 6].map((level) => action(`heading${level}`))
  expect(actions.map(({ keys, place, section }) => [keys, place, section])).toEqual(
    [1, 2, 3, 4, 5, 6].map((level) => [`Mod-Alt-${level}`, ['style'], 'headings']),
  )
  expect(actions.map((one) => labelOf(one))).toEqual([1, 2, 3, 4, 5, 6].map((level) => `Heading ${level}`))
})

test('all selected lines become headings, and text when they are that already; the pressed state says so', async () => {
  const { select, run, pressed, content } = await open({ insert: 'one\ntwo\n' })
  select(1, 8)
  run('heading4')
  expect(content()).toEqual([
    { insert: 'one' },
    { insert: '\n', attributes: { header: 4 } },
    { insert: 'two' },
    { insert: '\n', attributes: { header: 4 } },
  ])
  expect([pressed('heading4'), pressed('heading3')]).toEqual([true, false])
  run('heading4')
  expect(content()).toEqual([{ insert: 'one\ntwo\n' }])
  expect(pressed('heading4')).toBe(false)
})

test('items of lists become headings and stay items, also in what is exported; code stops being code', async () => {
  const { select, run, content } = await open(
    { insert: 'item' },
    { insert: '\n', attributes: { list: 'ordered', indent: 1 } },
    { insert: 'code' },
    { insert: '\n', attributes: { 'code-block': true } },
  )
  select(2, 9)
  run('heading2')
  expect(content()).toEqual([
    { insert: 'item' },
    { insert: '\n', attributes: { header: 2, indent: 1, list: 'ordered' } },
    { insert: 'code' },
    { insert: '\n', attributes: { header: 2 } },
  ])
  expect(contentToHtml(content()).replaceAll('\n', '')).toBe('<ol><li><h2>item</h2></li></ol><h2>code</h2>')
})

test('lines of code may stand in a list', async () => {
  const { select, run, content } = await open(
    { insert: 'item' },
    { insert: '\n', attributes: { list: 'bullet', header: 2 } },
  )
  select(2)
  run('codeblock')
  expect(content().at(-1)?.attributes).toEqual({ 'code-block': true, list: 'bullet' })
  run('heading1')
  expect(content().at(-1)?.attributes).toEqual({ header: 1, list: 'bullet' })
})
