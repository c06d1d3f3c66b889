/** @jest-environment jsdom */
import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from '@jest/globals'
import { render } from 'preact'
import type { Insert } from '../../shared/text/delta.ts'
import { coreFormats, extendFormats, isValidFormat } from '../../shared/text/formats.ts'
import { contentToHtml } from '../../shared/text/html.ts'
import { readHtml } from '../../shared/text/reader/html-reader.ts'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { client } from './client.tsx'
import english from './locales/en.json' with { type: 'json' }
import { declaration, SIZES } from './shared.ts'

const formats = extendFormats(coreFormats, declaration.formats ?? {})
let page: PluginEditor | undefined

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
  document.body.replaceChildren()
})

test('the sizes of Etherpad’s plugin can be chosen; the present one is marked, and the normal one takes it off', async () => {
  page = await pluginEditor({ declaration, client, english }, [{ insert: 'words\n' }])
  const { select, content, pressed, action } = page
  const choose = (name: string): void => {
    const place = document.createElement('div')
    document.body.append(place)
    render(
      action('fontSize').pick?.(() => render(null, place)),
      place,
    )
    const options = [...place.querySelectorAll<HTMLElement>('[role=radio]')]
    expect(options.map(({ textContent }) => textContent)).toEqual([...SIZES.map(String), 'Normal'])
    options.find(({ textContent }) => textContent === name)?.click()
    expect(place.childElementCount).toBe(0)
  }
  select(1, 6)
  choose('24')
  expect(content()).toEqual([{ insert: 'words', attributes: { size: 24 } }, { insert: '\n' }])
  expect(pressed('fontSize')).toBe(true)
  choose('Normal')
  expect(content()).toEqual([{ insert: 'words\n' }])
  expect(pressed('fontSize')).toBe(false)
})

test('numbers, pixels and the names of Quill are sizes; nothing else is', () => {
  const right = (value: never): boolean => isValidFormat('size', value, formats)
  for (const value of [1, 12, 400, '12', '12px', 'small', 'huge']) expect(right(value as never)).toBe(true)
  for (const value of [0, 401, 1.5, true, '', '1e3', '12pt', 'toString', '12px;x', 'constructor'])
    expect(right(value as never)).toBe(false)
})

test('pages get classes, exports pixels; both are read again, others’ sizes are not', () => {
  const content: Insert[] = [
    { insert: 'a', attributes: { size: 24 } },
    { insert: 'b', attributes: { size: 'huge' } },
    { insert: '\n' },
  ]
  const html = contentToHtml(content, { formats })
  expect(html).toBe('<p><span class="size size-24">a</span><span class="size size-huge">b</span></p>\n')
  const exported = contentToHtml(content, { formats, styles: true })
  expect(exported).toContain('class="size size-24" style="font-size: 24px"')
  const read = (text: string): Insert[] =>
    readHtml(new DOMParser().parseFromString(text, 'text/html').body, { formats })
  expect(read(html)).toEqual(content)
  expect(read(exported)).toEqual(content)
  expect(read('<p><span class="font-size:30">x</span><span style="font-size:11pt">y</span></p>')).toEqual([
    { insert: 'x', attributes: { size: 30 } },
    { insert: 'y' },
    { insert: '\n' },
  ])
})

test('the style sheet knows every size that can be chosen', () => {
  const css = readFileSync(new URL('style.css', import.meta.url), 'utf8')
  for (const size of SIZES) expect(css).toMatch(new RegExp(`\\.size-${size} \\{\\s*--size: ${size / 16}rem;`))
})
