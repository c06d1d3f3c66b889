import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { NO_OPTIONS } from '../../../server/formats/types.ts'
import type { FileOptions } from '../../../server/formats/types.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { anyContent } from '../../support/content.ts'
import { faults, partsOf } from './archives.ts'
import { pluginFormats, rich } from './rich.ts'
import { everything } from './sample.ts'
import { bytesOf, sourceOf } from './sources.ts'

const made = (content: Content, options: Partial<FileOptions> = {}): Uint8Array<ArrayBuffer> =>
  bytesOf('epub', sourceOf(content, { formats: pluginFormats, options: { ...NO_OPTIONS, ...options } }))
const headings = (...levels: number[]): Content =>
  levels.flatMap((header) => [{ insert: `${header}` }, { insert: '\n', attributes: { header } }])

test('F10, F45: the same bytes each time, and what the file is stands uncompressed at its beginning', () => {
  const bytes = Buffer.from(made(everything))
  expect(bytes.compare(made(structuredClone(everything)))).toBe(0)
  expect(bytes.subarray(30, 58).toString()).toBe('mimetypeapplication/epub+zip')
})

test('F45: whatever the text, every part is well-formed, and all that is listed is there', () => {
  fc.assert(
    fc.property(anyContent(20), fc.string({ unit: 'binary' }), (random, text) => {
      const parts = partsOf(made([...random, { insert: `${text}\n` }], { cover: true, toc: true }))
      for (const [path, xml] of parts)
        if (/\.(xhtml|opf|xml)$/.test(path)) expect([path, faults(xml)]).toEqual([path, []])
      const listed = [...(parts.get('EPUB/package.opf') ?? '').matchAll(/<item [^>]*href="([^"]+)"/g)]
      expect(listed.map(([, href]) => `EPUB/${href}`).sort()).toEqual(
        [...parts.keys()].filter((path) => path.startsWith('EPUB/') && !path.endsWith('.opf')).sort(),
      )
      for (const [, file = '', id = ''] of (parts.get('EPUB/nav.xhtml') ?? '').matchAll(
        /href="([^"#]+)#([^"]+)"/g,
      ))
        expect(parts.get(`EPUB/${file}`)).toContain(`id="${id}"`)
    }),
    { numRuns: 60 },
  )
})

test('F45: chapters begin at headings of the first two levels; contents are nested by level, whatever is left out', () => {
  const parts = partsOf(made(headings(1, 2, 3, 4, 2, 3, 1, 3, 2)))
  expect([...parts.keys()].filter((path) => path.includes('text'))).toHaveLength(5)
  const list = (parts.get('EPUB/nav.xhtml') ?? '').replace(/<a [^>]*>|<\/a>/g, '')
  expect(list).toContain(
    '<ol><li>1<ol><li>2<ol><li>3</li></ol></li><li>2<ol><li>3</li></ol></li></ol></li><li>1<ol><li>3</li><li>2</li></ol></li></ol>',
  )
})

test('F45: links lead out of a book, or are none; a book without headings has itself in its contents', () => {
  const parts = partsOf(
    made([
      { insert: 'out', attributes: { link: 'https://example.org/a b' } },
      { insert: 'in', attributes: { link: 'other' } },
      { insert: 'bad', attributes: { link: 'https://[' } },
      { insert: '\n' },
    ]),
  )
  const text = parts.get('EPUB/text1.xhtml') ?? ''
  expect(text).toContain(
    '<a href="https://example.org/a%20b" rel="noopener noreferrer nofollow">out</a>inbad',
  )
  expect(parts.get('EPUB/nav.xhtml')).toContain('<ol><li><a href="text1.xhtml">weather</a></li></ol>')
})

test('F40, F45: what formats draw is there; nothing is loaded from elsewhere', () => {
  const all = [...partsOf(made([...everything, ...rich], { cover: true })).values()].join('')
  expect(all).toContain('color: #b3261e')
  expect(all).toContain('<sub class="script">2</sub>')
  expect(all).toContain('<input type="checkbox" disabled="disabled" checked="checked"/>')
  expect(all).toContain('Revision 3 · 2023-11-14')
  expect(all).not.toMatch(/src=|@import|url\(/)
})
