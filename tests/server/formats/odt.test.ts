import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { wordsXml } from '../../../server/formats/odt/spans.ts'
import { NO_OPTIONS } from '../../../server/formats/types.ts'
import type { FileOptions } from '../../../server/formats/types.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { anyContent } from '../../support/content.ts'
import { archiveText, faults, partsOf } from './archives.ts'
import { PEOPLE, pluginFormats, rich } from './rich.ts'
import { everything } from './sample.ts'
import { bytesOf, sourceOf } from './sources.ts'

const made = (content: Content, options: Partial<FileOptions> = {}, rtl = false): Uint8Array<ArrayBuffer> =>
  bytesOf(
    'odt',
    sourceOf(content, {
      formats: pluginFormats,
      options: { ...NO_OPTIONS, ...options },
      people: PEOPLE,
      rtl,
    }),
  )
const part = (content: Content, path = 'content.xml', options: Partial<FileOptions> = {}): string =>
  partsOf(made(content, options)).get(path) ?? ''
const ALL = { toc: true, authors: true, lineNumbers: true, cover: true } as const

test('F44: odt of a text with everything is the golden file (WRITE_GOLDEN=1 writes it)', () => {
  const file = join(import.meta.dirname, 'golden/everything.odt.golden')
  const text = archiveText(made([...everything, ...rich], ALL))
  if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
})

test('F10, F44: the same bytes each time, and what the file is stands uncompressed at its beginning', () => {
  const bytes = Buffer.from(made(everything, ALL))
  expect(bytes.compare(made(structuredClone(everything), ALL))).toBe(0)
  expect(bytes.subarray(30, 77).toString()).toBe('mimetypeapplication/vnd.oasis.opendocument.text')
})

test('F44: whatever the text, every part is well-formed and every style that is used is there', () => {
  fc.assert(
    fc.property(anyContent(20), fc.string({ unit: 'binary' }), fc.boolean(), (random, text, rtl) => {
      const parts = partsOf(made([...random, { insert: `${text}\n` }], ALL, rtl))
      for (const [path, xml] of parts)
        if (path !== 'mimetype') expect([path, faults(xml)]).toEqual([path, []])
      const xml = `${parts.get('content.xml')}${parts.get('styles.xml')}`
      const known = new Set([...xml.matchAll(/ style:name="([^"]+)"/g)].map(([, name]) => name))
      for (const [, name] of xml.matchAll(
        /(?:text|parent|next|visited)-?s?t?y?l?e?-?(?:style)?-name="([^"]+)"/g,
      ))
        expect(known).toContain(name)
      for (const [, name] of xml.matchAll(/text:style-(?:name|override)="([^"]+)"/g))
        expect(known).toContain(name)
    }),
    { numRuns: 60 },
  )
})

test('F40: colours, grounds, sizes, heights, sides, directions', () => {
  const xml = part(rich)
  expect(xml).toContain('fo:color="#b3261e"')
  expect(xml).toContain('fo:background-color="#fff0a3"')
  expect(xml).toContain('fo:font-size="16.5pt"')
  expect(xml).toContain('style:text-position="sub 58%"')
  expect(xml).toContain('fo:text-align="justify"')
  expect(xml).toContain('fo:text-align="right" style:writing-mode="rl-tb"')
})

test('F44: lists are nested, begin anew, jump where the text does; a ticked task has another box', () => {
  const xml = part(everything)
  expect(xml).toContain(
    '<text:p text:style-name="List_20_Contents">one</text:p><text:list text:style-name="Numbers"><text:list-item>',
  )
  expect(xml).toContain('<text:list-item text:start-value="4">')
  expect(xml).toContain('<text:list-item text:start-value="9">')
  expect(xml).toContain('<text:list-item text:style-override="Done_20_Tasks">')
  const deep = part([{ insert: 'x' }, { insert: '\n', attributes: { list: 'bullet', indent: 2 } }])
  expect(deep.match(/<text:list /g)).toHaveLength(3)
})

test('F13: options: paper, contents with places, whose words, numbers of lines, a title page', () => {
  expect(part(everything)).not.toMatch(/table-of-content|Written by|Front/)
  expect(part(everything, 'styles.xml')).toContain('fo:page-width="21cm"')
  const xml = part([...everything, ...rich], 'content.xml', ALL)
  expect(xml).toContain('xlink:href="#contents2"')
  expect(xml).toContain('<text:bookmark text:name="contents2"/>')
  expect(xml).toContain('style:master-page-name="Front"')
  expect(xml).toContain('Mira &amp; &lt;co&gt;')
  const styles = part(everything, 'styles.xml', { ...ALL, paper: 'letter' })
  expect(styles).toContain('fo:page-width="21.59cm"')
  expect(styles).toContain('text:number-lines="true" text:offset')
})

test.each([
  ['a  b', true, true, 'a <text:s/>b'],
  [' a', true, true, '<text:s/>a'],
  [' a', false, true, ' a'],
  ['a   ', true, true, 'a <text:s text:c="2"/>'],
  ['a ', true, true, 'a<text:s/>'],
  ['a ', true, false, 'a '],
  [' ', false, false, ' '],
  ['a\tb', true, true, 'a<text:tab/>b'],
  ['\t  a', true, true, '<text:tab/><text:s text:c="2"/>a'],
  ['<&>', true, true, '&lt;&amp;&gt;'],
])('F44: of %j (start %s, end %s) no space is lost', (text, start, end, xml) => {
  expect(wordsXml(text, start, end)).toBe(xml)
})
