/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import type { Insert } from '../../shared/text/delta.ts'
import { coreFormats, extendFormats } from '../../shared/text/formats.ts'
import { contentToHtml } from '../../shared/text/html.ts'
import { readHtml } from '../../shared/text/reader/html-reader.ts'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { client } from './client.tsx'
import english from './locales/en.json' with { type: 'json' }
import { declaration } from './shared.ts'

const formats = extendFormats(coreFormats, declaration.formats ?? {})
const BUTTONS = ['alignLeft', 'alignCenter', 'alignRight', 'alignJustify']
let page: PluginEditor | undefined

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
})

const open = async (...content: Insert[]): Promise<PluginEditor> =>
  (page = await pluginEditor({ declaration, client, english }, content))
const read = (html: string): Insert[] => {
  const box = new DOMParser().parseFromString(html, 'text/html').body
  return readHtml(box, { formats })
}

test('a button aligns all selected lines, items of lists too, and is pressed then; again gives them back', async () => {
  const { select, run, pressed, content, editor } = await open(
    { insert: 'one\nitem' },
    { insert: '\n', attributes: { list: 'bullet' } },
  )
  select(1, 8)
  run('alignCenter')
  expect(content()).toEqual([
    { insert: 'one' },
    { insert: '\n', attributes: { align: 'center' } },
    { insert: 'item' },
    { insert: '\n', attributes: { align: 'center', list: 'bullet' } },
  ])
  expect(BUTTONS.map((id) => pressed(id))).toEqual([false, true, false, false])
  expect([...editor.view.dom.querySelectorAll('.line')].map(({ className }) => className)).toEqual([
    'line align-center',
    'line align-center',
  ])
  run('alignCenter')
  expect(content()).toEqual([{ insert: 'one\nitem' }, { insert: '\n', attributes: { list: 'bullet' } }])
})

test('lines nobody aligned are at the side their words begin at; where lines differ no button is pressed', async () => {
  const { select, pressed } = await open(
    { insert: '12 words\n' },
    { insert: 'שלום\n' },
    { insert: 'turned' },
    { insert: '\n', attributes: { direction: 'rtl' } },
  )
  const now = (): (boolean | undefined)[] => BUTTONS.map((id) => pressed(id))
  select(2)
  expect(now()).toEqual([true, false, false, false])
  select(12)
  expect(now()).toEqual([false, false, true, false])
  select(18)
  expect(now()).toEqual([false, false, true, false])
  select(2, 12)
  expect(now()).toEqual([false, false, false, false])
})

test('left and right are stored as they were chosen, whichever way the line runs', async () => {
  const { select, run, content } = await open({ insert: 'שלום\n' })
  select(2)
  run('alignLeft')
  expect(content().at(-1)?.attributes).toEqual({ align: 'left' })
})

test('pages get a class, exports the style as well; both are read again, in lists too', () => {
  const content: Insert[] = [
    { insert: 'a' },
    { insert: '\n', attributes: { align: 'left' } },
    { insert: 'b' },
    { insert: '\n', attributes: { align: 'right', header: 2 } },
    { insert: 'c' },
    { insert: '\n', attributes: { align: 'justify', list: 'ordered' } },
  ]
  const html = contentToHtml(content, { formats })
  expect(html.replaceAll('\n', '')).toBe(
    '<p class="align-left">a</p><h2 class="align-right">b</h2><ol><li class="align-justify">c</li></ol>',
  )
  expect(read(html)).toEqual(content)
  const exported = contentToHtml(content, { formats, styles: true })
  expect(exported).toContain('<h2 class="align-right" style="text-align: right">')
  expect(read(exported)).toEqual(content)
})

test('foreign pages: styles, attributes, <center>, classes of Quill; what is at the left anyway says nothing', () => {
  expect(
    read(
      '<p style="text-align:center">a</p><p align="RIGHT">b</p><center>c</center><p class="ql-align-justify">d</p>' +
        '<div style="text-align:right"><p style="text-align:left">e</p></div><p style="text-align:middle">f</p>',
    ).flatMap(({ attributes }) => attributes?.['align'] ?? []),
  ).toEqual(['center', 'right', 'center', 'justify'])
})
