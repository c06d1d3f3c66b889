/** @jest-environment jsdom */
import { afterEach, expect, jest, test } from '@jest/globals'
import type { Insert } from '../../shared/text/delta.ts'
import { contentToHtml } from '../../shared/text/html.ts'
import { readHtml } from '../../shared/text/reader/html-reader.ts'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { findAddresses } from './addresses.ts'
import { client } from './client.tsx'
import english from './locales/en.json' with { type: 'json' }
import { declaration } from './shared.ts'

let page: PluginEditor | undefined

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
  localStorage.clear()
  jest.restoreAllMocks()
})

const open = async (...content: Insert[]): Promise<PluginEditor> =>
  (page = await pluginEditor({ declaration, client, english }, content))
const linked = (href: string, insert = href): Insert => ({ insert, attributes: { link: href } })

test.each([
  ['see https://example.org/a?b=c#d now', 'https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['(http://example.org/x_(y))', 'http://example.org/x_(y)', 'http://example.org/x_(y)'],
  ['„https://example.org/ä“.', 'https://example.org/ä', 'https://example.org/ä'],
  ['Go to www.example.org, then', 'www.example.org', 'https://www.example.org'],
  ['ada@example.org!', 'ada@example.org', 'mailto:ada@example.org'],
  ['mailto:ada@example.org', 'mailto:ada@example.org', 'mailto:ada@example.org'],
  ['http://localhost:9001/p/x', 'http://localhost:9001/p/x', 'http://localhost:9001/p/x'],
])('in %j stands the address %j', (text, words, href) => {
  const found = findAddresses(text)
  expect(found.map(({ from, to }) => text.slice(from, to))).toEqual([words])
  expect(found[0]?.href).toBe(href)
})

test.each([
  'https://',
  'http:// x',
  'www.',
  'www.x',
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'xhttps://example.org',
  'example.org',
  '@ada',
  '1.2.3',
])('%j holds no address', (text) => {
  expect(findAddresses(text)).toEqual([])
})

test('a long text without an address is searched quickly enough to count: once', () => {
  const text = `${'a.'.repeat(40_000)}@`
  expect(findAddresses(text)).toEqual([])
  expect(findAddresses('https://a.b '.repeat(2000))).toHaveLength(500)
})

test('a blank makes a link of the address before it, and undo leaves the address', async () => {
  const { select, type, content, editor } = await open({ insert: '\n' })
  select(1)
  type('see https://example.org/x, and')
  expect(content()).toEqual([{ insert: 'see ' }, linked('https://example.org/x'), { insert: ', and\n' }])
  editor.undo()
  editor.undo()
  expect(content()).toEqual([{ insert: 'see https://example.org/x, \n' }])
})

test('a new line makes one too', async () => {
  const { select, type, press, content } = await open({ insert: '\n' })
  select(1)
  type('www.example.org')
  press('Enter')
  expect(content()).toEqual([linked('https://www.example.org', 'www.example.org'), { insert: '\n\n' }])
})

test('not in code, not over another link, not when switched off', async () => {
  const { select, type, content, model, padSettings } = await open(
    { insert: '\n', attributes: { 'code-block': true } },
    { insert: 'https://a.example', attributes: { link: 'https://b.example' } },
    { insert: '\n' },
    { insert: '\n' },
  )
  select(1)
  type('https://example.org ')
  select(40)
  type(' ')
  expect(content().filter(({ attributes }) => attributes?.['link'] === 'https://b.example')).toHaveLength(1)
  padSettings.value = {
    ...padSettings.value,
    enforce: true,
    plugins: { ep_embedded_hyperlinks2: { autoLink: false } },
  }
  expect(model.mayWrite.value).toBe(true)
  select(editorEnd())
  type('https://example.org ')
  expect(content().filter(({ attributes }) => attributes?.['link'] === 'https://example.org')).toEqual([])

  function editorEnd(): number {
    return (page?.editor.state.doc.content.size ?? 1) - 1
  }
})

test('addresses in pasted text are links, in the step of the paste; what was there stays', async () => {
  const { select, content, editor } = await open({ insert: 'https://old.example \n' })
  select(21)
  const { state, view } = editor
  view.dispatch(state.tr.insertText('a https://example.org/ b').setMeta('paste', true))
  expect(content()).toEqual([
    { insert: 'https://old.example a ' },
    linked('https://example.org/'),
    { insert: ' b\n' },
  ])
  editor.undo()
  expect(content()).toEqual([{ insert: 'https://old.example \n' }])
})

test('the link at the cursor is opened, without a way back to the pad; elsewhere there is nothing to open', async () => {
  const { select, run, action, editor } = await open(
    { insert: 'a ' },
    linked('https://example.org/', 'link'),
    linked('javascript:alert(1)', 'bad'),
    { insert: '\n' },
  )
  const opened = jest.spyOn(window, 'open').mockReturnValue(null)
  const enabled = (): boolean | undefined => action('openLink').enabled?.(editor.state)
  select(2)
  expect(enabled()).toBe(false)
  select(9)
  expect(enabled()).toBe(false)
  select(4)
  expect(enabled()).toBe(true)
  run('openLink')
  expect(opened.mock.calls).toEqual([['https://example.org/', '_blank', 'noopener,noreferrer']])
})

test('the link at the cursor is taken off whole, of a selection all of them; the words stay', async () => {
  const { select, run, content } = await open(
    linked('https://a.example', 'one'),
    { insert: 'bold', attributes: { link: 'https://a.example', bold: true } },
    { insert: ' ' },
    linked('https://b.example', 'two'),
    { insert: '\n' },
  )
  select(8)
  run('unlink')
  expect(content()).toEqual([
    { insert: 'one' },
    { insert: 'bold', attributes: { bold: true } },
    { insert: ' ' },
    linked('https://b.example', 'two'),
    { insert: '\n' },
  ])
  select(1, 12)
  run('unlink')
  expect(content().some(({ attributes }) => attributes?.['link'] !== undefined)).toBe(false)
})

test('links survive export and import, bold ones too; a wrong address is never written', () => {
  const content: Insert[] = [
    { insert: 'b', attributes: { link: 'https://example.org/?a=1&b="2"', bold: true } },
    linked('mailto:ada@example.org', 'mail'),
    { insert: '\n', attributes: { list: 'bullet' } },
  ]
  const html = contentToHtml(content, { styles: true })
  const box = new DOMParser().parseFromString(html, 'text/html').body
  expect(readHtml(box)).toEqual(content)
  expect(contentToHtml([linked('javascript:alert(1)', 'x'), { insert: '\n' }])).not.toContain('href')
})
