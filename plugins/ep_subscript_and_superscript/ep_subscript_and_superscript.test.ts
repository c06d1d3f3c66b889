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
let page: PluginEditor | undefined

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
})

test('each button raises or lowers the selection, takes the other off, and is pressed while it holds', async () => {
  page = await pluginEditor({ declaration, client, english }, [{ insert: 'm2\n' }])
  const { select, run, pressed, content, action, editor } = page
  select(2, 3)
  run('sup')
  expect(content()).toEqual([
    { insert: 'm' },
    { insert: '2', attributes: { script: 'super' } },
    { insert: '\n' },
  ])
  expect([pressed('sup'), pressed('sub')]).toEqual([true, false])
  expect(editor.view.dom.querySelector('sup')?.textContent).toBe('2')
  run('sub')
  expect(content()[1]?.attributes).toEqual({ script: 'sub' })
  run('sub')
  expect(content()).toEqual([{ insert: 'm2\n' }])
  expect([action('sup').keys, action('sub').keys]).toEqual(['Mod-.', 'Mod-,'])
})

test('pages and exports have the elements; they are read again, and so are styles of others', () => {
  const content: Insert[] = [
    { insert: 'x' },
    { insert: '2', attributes: { bold: true, script: 'super' } },
    { insert: 'i', attributes: { script: 'sub' } },
    { insert: '\n' },
  ]
  const html = contentToHtml(content, { formats, styles: true })
  expect(html).toBe('<p>x<sup class="script"><strong>2</strong></sup><sub class="script">i</sub></p>\n')
  const read = (text: string): Insert[] =>
    readHtml(new DOMParser().parseFromString(text, 'text/html').body, { formats })
  expect(read(html)).toEqual(content)
  expect(
    read('<p>a<span style="vertical-align:super">b<span style="vertical-align:baseline">c</span></span></p>'),
  ).toEqual([
    { insert: 'a' },
    { insert: 'b', attributes: { script: 'super' } },
    { insert: 'c' },
    { insert: '\n' },
  ])
})
