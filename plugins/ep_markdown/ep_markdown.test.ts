/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import type { Attributes, Insert } from '../../shared/text/delta.ts'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { client } from './client.tsx'
import english from './locales/en.json' with { type: 'json' }
import { inlineRule } from './rules.ts'
import { declaration } from './shared.ts'

let page: PluginEditor | undefined

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
  localStorage.clear()
})

async function open(...content: Insert[]): Promise<PluginEditor> {
  page = await pluginEditor(
    { declaration, client, english },
    content.length > 0 ? content : [{ insert: '\n' }],
  )
  page.select(1)
  return page
}

const LINES: [typed: string, formats: Attributes][] = [
  ['# ', { header: 1 }],
  ['###### ', { header: 6 }],
  ['- ', { list: 'bullet' }],
  ['* ', { list: 'bullet' }],
  ['+ ', { list: 'bullet' }],
  ['1. ', { list: 'ordered' }],
  ['1) ', { list: 'ordered' }],
  ['[] ', { list: 'unchecked' }],
  ['[ ] ', { list: 'unchecked' }],
  ['[x] ', { list: 'checked' }],
  ['> ', { blockquote: true }],
  ['``` ', { 'code-block': true }],
  ['```c++ ', { 'code-block': 'c++' }],
]

test.each(LINES)(
  '%j makes the line %j; undo and Backspace each give the signs back',
  async (typed, formats) => {
    const { type, press, content, editor } = await open()
    type(typed)
    type('x')
    expect(content()).toEqual([{ insert: 'x' }, { insert: '\n', attributes: formats }])
    editor.undo()
    editor.undo()
    expect(content()).toEqual([{ insert: `${typed}\n` }])
    page?.select(1 + typed.length)
    editor.redo()
    expect(content()).toEqual([{ insert: '\n', attributes: formats }])
    editor.undo()

    editor.view.dispatch(editor.state.tr.delete(1, 1 + typed.length))
    type(typed)
    expect(press('Backspace')).toBe(true)
    expect(content()).toEqual([{ insert: `${typed}\n` }])
    expect(editor.state.selection.from).toBe(1 + typed.length)
  },
)

test('three dashes make a divider with a line to go on in, and are given back', async () => {
  const { type, press, content, editor } = await open({ insert: '\nbelow\n' })
  type('---')
  type('x')
  const divided = [{ insert: { divider: true } }, { insert: '\nx\nbelow\n' }]
  expect(content()).toEqual(divided)
  editor.undo()
  editor.undo()
  expect(content()).toEqual([{ insert: '---\nbelow\n' }])
  editor.view.dispatch(editor.state.tr.delete(1, 4))
  type('---')
  press('Backspace')
  expect(content()).toEqual([{ insert: '---\nbelow\n' }])
  expect(editor.state.selection.from).toBe(4)
})

test.each([
  ['bullet', '- '],
  ['ordered', '12. '],
  ['unchecked', '[ ] '],
])(
  'in a list of kind %s an item may be begun with %j again; Backspace gives it back',
  async (list, typed) => {
    const { type, press, content } = await open({ insert: '\n', attributes: { list } })
    type(typed)
    expect(content()).toEqual([{ insert: '\n', attributes: { list } }])
    press('Backspace')
    expect(content()).toEqual([{ insert: typed }, { insert: '\n', attributes: { list } }])
  },
)

test('a fence and a new line make code', async () => {
  const { type, press, content } = await open()
  type('```js')
  press('Enter')
  type('# x')
  expect(content()).toEqual([{ insert: '# x' }, { insert: '\n', attributes: { 'code-block': 'js' } }])
})

test('signs before words work, items of lists become headings and stay items, `- [ ] ` is a task', async () => {
  const { type, select, content, editor } = await open({ insert: 'words\n' })
  type('## ')
  select(editor.state.doc.content.size - 1)
  expect(content()).toEqual([{ insert: 'words' }, { insert: '\n', attributes: { header: 2 } }])
  select(1)
  type('- ')
  type('[ ] ')
  expect(content()).toEqual([
    { insert: 'words' },
    { insert: '\n', attributes: { header: 2, list: 'unchecked' } },
  ])
})

test.each([
  ['**b**', 'b', { bold: true }],
  ['__two words__', 'two words', { bold: true }],
  ['*i*', 'i', { italic: true }],
  ['_i_', 'i', { italic: true }],
  ['`a*b`', 'a*b', { code: true }],
  ['~~s~~', 's', { strike: true }],
] satisfies [string, string, Attributes][])(
  '%j formats %j; what follows is plain; undo and Backspace each give the signs back',
  async (typed, words, attributes) => {
    const { type, press, content, editor } = await open({ insert: 'a \n' })
    page?.select(3)
    type(typed)
    type('.')
    const formatted = [{ insert: 'a ' }, { insert: words, attributes }, { insert: '.\n' }]
    expect(content()).toEqual(formatted)
    editor.undo()
    editor.undo()
    expect(content()).toEqual([{ insert: `a ${typed}\n` }])
    editor.view.dispatch(editor.state.tr.delete(3, 3 + typed.length))
    type(typed)
    press('Backspace')
    type('.')
    expect(content()).toEqual([{ insert: `a ${typed}.\n` }])
  },
)

test.each(['2*3*', 'snake_case_', '** b**', '**b **', '****', '\\*i*', '**b*', '***b**', 'a/_b_', '``'])(
  '%j is no format',
  (typed) => {
    expect(inlineRule(typed)).toBeNull()
  },
)

test('formats within the words stay', async () => {
  const { type, content } = await open(
    { insert: '*a' },
    { insert: 'b', attributes: { bold: true } },
    { insert: '\n' },
  )
  page?.select(4)
  type('*')
  expect(content()).toEqual([
    { insert: 'a', attributes: { italic: true } },
    { insert: 'b', attributes: { bold: true, italic: true } },
    { insert: '\n' },
  ])
})

test('code keeps its signs, lines of it and words of it', async () => {
  const { type, content } = await open(
    { insert: '\n', attributes: { 'code-block': true } },
    { insert: '*x', attributes: { code: true } },
    { insert: '\n' },
  )
  type('# **a** ---')
  page?.select(16)
  type('*')
  expect(content()).toEqual([
    { insert: '# **a** ---' },
    { insert: '\n', attributes: { 'code-block': true } },
    { insert: '*x*', attributes: { code: true } },
    { insert: '\n' },
  ])
})

test("others' changes meanwhile move what Backspace gives back; one's own moves end it", async () => {
  const { type, press, content, session, editor } = await open({ insert: 'first\n\n' })
  const text = session.doc.getText('text')
  page?.select(8)
  type('# ')
  text.insert(0, 'the ')
  expect(press('Backspace')).toBe(true)
  expect(content()).toEqual([{ insert: 'the first\n# \n' }])
  editor.view.dispatch(editor.state.tr.delete(12, 14))
  type('# ')
  page?.select(1)
  page?.select(12)
  press('Backspace')
  // What Backspace does at the beginning of any line.
  expect(content()).toEqual([{ insert: 'the first\n' }])
})

test('nothing happens when somebody switched it off', async () => {
  const { type, content, padSettings } = await open()
  padSettings.value = { ...padSettings.value, enforce: true, plugins: { ep_markdown: { shortcuts: false } } }
  type('# **a**')
  expect(content()).toEqual([{ insert: '# **a**\n' }])
})

test('the view of signs is a mark on the text for the style sheet, and writes nothing', async () => {
  const { run, pressed, content, model } = await open(
    { insert: 'b', attributes: { bold: true } },
    { insert: '\n' },
  )
  const attributes = (): object =>
    Object.assign({}, ...model.parts.attributes.parts.value.map(({ value }) => value()))
  expect(attributes()).toEqual({})
  run('showMarkdown')
  expect(attributes()).toEqual({ 'data-markdown': '' })
  expect(pressed('showMarkdown')).toBe(true)
  expect(content()).toEqual([{ insert: 'b', attributes: { bold: true } }, { insert: '\n' }])
  run('showMarkdown')
  expect(attributes()).toEqual({})
})
