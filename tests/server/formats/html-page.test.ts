/** SPEC-formats F13, F21: what a person may choose for a web page. */
import { expect, test } from '@jest/globals'
import { NO_OPTIONS } from '../../../server/formats/types.ts'
import type { FileOptions } from '../../../server/formats/types.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { sourceOf, textOf } from './sources.ts'

const ADA = 'a.adaadaadaadaadaa'
const content: Content = [
  { insert: 'Station', attributes: { author: ADA } },
  { insert: '\n', attributes: { header: 1 } },
  { insert: 'Deep' },
  { insert: '\n', attributes: { header: 3 } },
  { insert: 'Parts <b>' },
  { insert: '\n', attributes: { header: 2 } },
  { insert: 'Words ' },
  { insert: 'of mine', attributes: { author: ADA, bold: true } },
  { insert: '\na\n\nb' },
  { insert: '\n', attributes: { 'code-block': true } },
  { insert: 'Too deep' },
  { insert: '\n', attributes: { header: 4 } },
]
const page = (options: Partial<FileOptions>): string =>
  textOf(
    'html',
    sourceOf(content, {
      title: 'The <station>',
      lang: 'de',
      people: [{ author: ADA, name: 'Ada <i>', colour: '#3366cc' }],
      options: { ...NO_OPTIONS, ...options },
    }),
  ).replace(/\n/g, '')

test('F21: the contents lead to headings of three levels, nested as they are', () => {
  expect(page({ toc: true })).toContain(
    '<nav aria-labelledby="contents"><h2 id="contents">Inhalt</h2><ul>' +
      '<li><a href="#heading-1">Station</a><ul>' +
      '<li><a href="#heading-2">Deep</a></li><li><a href="#heading-3">Parts &lt;b&gt;</a></li>' +
      '</ul></li></ul></nav>',
  )
  expect(page({ toc: true })).toContain('<h2 id="heading-3">Parts &lt;b&gt;</h2>')
  expect(page({})).not.toContain('id="heading')
})

test('F21: whose words are whose, and who they are at the end', () => {
  const found = page({ authors: true })
  expect(found).toContain(
    '<p>Words <span style="background-color: #d6e0f5"><strong>of mine</strong></span></p>'.replace(
      '#d6e0f5',
      /background-color: (#[0-9a-f]{6})/.exec(found)?.[1] ?? 'none',
    ),
  )
  expect(found).toMatch(
    /<footer><p>Geschrieben von: <span style="[^"]+">Ada &lt;i&gt;<\/span><\/p><\/footer>/,
  )
  expect(page({})).not.toContain('background-color')
})

test('F21: a cover before the text; lines that can be numbered one by one', () => {
  expect(page({ cover: true })).toContain(
    '<header class="cover"><h1>The &lt;station&gt;</h1><p>Stand 3 · 2023-11-14</p></header><main>',
  )
  const numbered = page({ lineNumbers: true })
  expect(numbered).toContain('<main class="numbered">')
  expect(numbered.match(/<span class="line">/g)?.length).toBe(1)
})
