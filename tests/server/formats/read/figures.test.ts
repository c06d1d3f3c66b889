/** Pictures at their sides and with their captions, from Word, LibreOffice, web pages and ourselves (SPEC-formats F81). */
import { createHash } from 'node:crypto'
import { afterAll, describe, expect, test } from '@jest/globals'
import { createImporter, sourceOf as nodesAsSource } from '../../../../server/formats/importer.ts'
import { readFile } from '../../../../server/formats/read/read.ts'
import { coreFormats, extendFormats } from '../../../../shared/text/formats.ts'
import type { Formats } from '../../../../shared/text/formats.ts'
import type { Insert } from '../../../../shared/text/delta.ts'
import { readHtml } from '../../../../shared/text/reader/html-reader.ts'
import { pngFile } from '../../../support/picture-files.ts'
import { pluginFormats } from '../rich.ts'
import { bytesOf, sourceOf } from '../sources.ts'
import { docxOf, zipOf } from './archives.ts'

const PNG = pngFile(200, 100)
const KEY = createHash('sha256').update(PNG).digest('base64url')

/** What a file says of a picture is all there is of it. */
const formats = extendFormats(pluginFormats, {
  exports: {
    image: {
      picture: (value) => ({
        caption: '',
        side: null,
        part: null,
        width: 200,
        height: 100,
        alt: '',
        ...(value as { key: string }),
      }),
    },
  },
  imports: {
    image: ({ tag, attribute }) => {
      const [key] = attribute('data-picture').split(' ')
      if (tag !== 'img' || key === '') return undefined
      const facts = {
        side: attribute('data-align'),
        caption: attribute('data-caption'),
        show: attribute('data-show'),
      }
      return { key, ...Object.fromEntries(Object.entries(facts).filter(([, one]) => one !== '')) }
    },
  },
})

/** Lines as words; a picture is what is said of it. */
function lines(content: readonly Insert[]): string {
  return content
    .map(({ insert, attributes }) => {
      if (typeof insert === 'string')
        return insert === '\n' && attributes?.['align'] ? `:${String(attributes['align'])}\n` : insert
      const { key, ...facts } = insert['image'] as Record<string, string>
      return `[${key === KEY ? '' : 'another '}${JSON.stringify(facts)}]`
    })
    .join('')
}
function read(bytes: Buffer, name: string, table: Formats = formats): string {
  const found = readFile(bytes, name, false)
  return 'nodes' in found ? lines(readHtml(nodesAsSource(found.nodes), { formats: table })) : ''
}

const ROOM = 9026
const EMU = 9525
const NAMES =
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const blip = '<a:graphic><a:graphicData><a:blip r:embed="p1"/></a:graphicData></a:graphic>'
const inline = (wide = 200): string =>
  `<w:r><w:drawing ${NAMES}><wp:inline><wp:extent cx="${wide * EMU}" cy="1"/>${blip}</wp:inline></w:drawing></w:r>`
const anchor = (place: string): string =>
  `<w:r><w:drawing ${NAMES}><wp:anchor><wp:positionH relativeFrom="column">${place}</wp:positionH><wp:extent cx="${200 * EMU}" cy="1"/>${blip}</wp:anchor></w:drawing></w:r>`
const t = (words: string): string => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`
const p = (inner: string, properties = ''): string => `<w:p><w:pPr>${properties}</w:pPr>${inner}</w:p>`
const CAPTION = '<w:pStyle w:val="Cap"/>'
const word = (body: string): Buffer =>
  docxOf(
    `${body}<w:sectPr><w:pgSz w:w="${ROOM + 2880}"/><w:pgMar w:left="1440" w:right="1440"/></w:sectPr>`,
    [
      { name: 'word/media/a.png', content: PNG },
      {
        name: 'word/_rels/document.xml.rels',
        content:
          '<Relationships xmlns="x"><Relationship Id="p1" Type="http://x/image" Target="media/a.png"/></Relationships>',
      },
      {
        name: 'word/styles.xml',
        content:
          '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style></w:styles>',
      },
    ],
  )
const SEQ =
  '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> SEQ Figure \\* ARABIC </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'

/** As newer Word and LibreOffice write it, with the older way beside it. */
const box = (inner: string): string =>
  `<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice><w:drawing ${NAMES}><wp:anchor><wp:positionH><wp:align>right</wp:align></wp:positionH><w:txbxContent>${inner}</w:txbxContent></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${inner}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`

describe('F66, F81: of Word', () => {
  test.each([
    ['in a line', p(t('see ') + inline() + t(' here')), 'see [{}] here\n'],
    ['alone', p(inline()), '[{}]\n'],
    ['alone in the middle', p(inline(), '<w:jc w:val="center"/>'), '[{"side":"center"}]\n'],
    ['words beside it keep their own side', p(t('a') + inline(), '<w:jc w:val="center"/>'), 'a[{}]:center\n'],
    ['with words below', p(inline()) + p(t('An oak'), CAPTION), '[{"caption":"An oak"}]\n'],
    [
      'with counted words below',
      p(inline(), '<w:jc w:val="right"/>') + p(t('Figure ') + SEQ + t(': An  oak'), CAPTION),
      '[{"side":"right","caption":"An oak"}]\n',
    ],
    [
      'with simply counted words',
      p(inline()) +
        p(
          `${t('Abbildung ')}<w:fldSimple w:instr=" SEQ Abbildung ">${t('1')}</w:fldSimple>${t(' – Eiche')}`,
          CAPTION,
        ),
      '[{"caption":"Eiche"}]\n',
    ],
    [
      'a caption of something else stays whole',
      p(t('words')) + p(t('Table ') + SEQ + t(': numbers'), CAPTION),
      'words\nTable 7: numbers\n',
    ],
    [
      'a second caption stays',
      p(inline()) + p(t('One'), CAPTION) + p(t('Two'), CAPTION),
      '[{"caption":"One"}]\nTwo\n',
    ],
    [
      'a caption longer than any stays a line',
      p(inline()) + p(t('x'.repeat(501)), CAPTION),
      `[{}]\n${'x'.repeat(501)}\n`,
    ],
    ['at the left of words', p(anchor('<wp:align>left</wp:align>') + t('flow')), '[{"side":"left"}]flow\n'],
    [
      'at a place on the right',
      p(anchor(`<wp:posOffset>${400 * EMU}</wp:posOffset>`) + t('flow')),
      '[{"side":"right"}]flow\n',
    ],
    [
      'in a frame',
      p(inline(), '<w:framePr w:xAlign="right"/>') + p(t('Oak'), CAPTION),
      '[{"side":"right","caption":"Oak"}]\n',
    ],
    [
      'in a box with its words',
      p(box(p(inline()) + p(t('Figure ') + SEQ + t(': Oak'), CAPTION)) + t('flow')),
      '[{"side":"right","caption":"Oak"}]flow\n',
    ],
    ['words in a box', p(t('before') + box(p(t('one')) + p(t('two')))), 'beforeone\ntwo\n'],
    ['a picture in a box', p(box(p(inline()))), '[{"side":"right"}]\n'],
    ['at half the width', p(inline(301)), '[{"show":"50"}]\n'],
    ['as wide as the text', p(inline(602)), '[{"show":"100"}]\n'],
  ])('%s', (_, body, wanted) => {
    expect(read(word(body), 'x.docx')).toBe(wanted)
  })
})

const OFFICE = ['office', 'style', 'text', 'drawing', 'svg-compatible', 'xsl-fo-compatible']
  .map(
    (name) =>
      `xmlns:${{ drawing: 'draw', 'svg-compatible': 'svg', 'xsl-fo-compatible': 'fo' }[name] ?? name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
  )
  .join(' ')
const odt = (body: string): Buffer =>
  zipOf([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', method: 0 },
    { name: 'Pictures/a.png', content: PNG },
    {
      name: 'styles.xml',
      content: `<office:document-styles ${OFFICE}><office:styles><style:style style:name="Caption" style:family="paragraph"/></office:styles><office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="20cm" fo:margin-left="2cm" fo:margin-right="2cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"/></office:master-styles></office:document-styles>`,
    },
    {
      name: 'content.xml',
      content: `<office:document-content ${OFFICE} xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles><style:style style:name="mid" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style><style:style style:name="R" style:family="graphic"><style:graphic-properties style:horizontal-pos="right"/></style:style><style:style style:name="X" style:family="graphic"><style:graphic-properties style:horizontal-pos="from-left"/></style:style></office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    },
  ])
const frame = (more = 'text:anchor-type="as-char"', wide = '5.29cm'): string =>
  `<draw:frame ${more} svg:width="${wide}"><draw:image xlink:href="Pictures/a.png"/></draw:frame>`
const op = (inner: string, style = 'Standard'): string =>
  `<text:p text:style-name="${style}">${inner}</text:p>`

describe('F67, F81: of LibreOffice', () => {
  test.each([
    ['in a line', op(`see ${frame()} here`), 'see [{}] here\n'],
    ['alone in the middle', op(frame(), 'mid'), '[{"side":"center"}]\n'],
    [
      'at the right of words',
      op(`${frame('text:anchor-type="char" draw:style-name="R"')}flow`),
      '[{"side":"right"}]flow\n',
    ],
    [
      'at a place',
      op(`${frame('text:anchor-type="paragraph" draw:style-name="X" svg:x="0.1cm"')}flow`),
      '[{"side":"left"}]flow\n',
    ],
    ['at half the width', op(frame('text:anchor-type="as-char"', '8cm')), '[{"show":"50"}]\n'],
    [
      'words in a box',
      op(
        `before<draw:frame text:anchor-type="paragraph"><draw:text-box>${op('one')}${op('two')}</draw:text-box></draw:frame>`,
      ),
      'beforeone\ntwo\n',
    ],
    [
      'with words below',
      op(frame()) + op('Figure <text:sequence>3</text:sequence>: An <text:span>oak</text:span>', 'Caption'),
      '[{"caption":"An oak"}]\n',
    ],
    [
      'in a box with its words',
      op(
        `<draw:frame text:anchor-type="paragraph" draw:style-name="R"><draw:text-box>${op(`${frame()}Illustration <text:sequence>1</text:sequence>: An oak`, 'Caption')}</draw:text-box></draw:frame>flow`,
      ),
      '[{"side":"right","caption":"An oak"}]flow\n',
    ],
    [
      'a caption of something else stays whole',
      op('words') + op('Table <text:sequence>1</text:sequence>: numbers', 'Caption'),
      'words\nTable 1: numbers\n',
    ],
  ])('%s', (_, body, wanted) => {
    expect(read(odt(body), 'x.odt')).toBe(wanted)
  })
})

const img = (more = ''): string => `<img ${more} src="PICTURE">`
const page = (body: string): Buffer =>
  Buffer.from(
    `<!doctype html>${body}`.replaceAll('PICTURE', `data:image/png;base64,${PNG.toString('base64')}`),
  )

describe('F64, F81: of web pages', () => {
  test.each([
    [`<p>see ${img()} here</p>`, 'see [{}] here\n'],
    [
      `<figure>${img()}<figcaption>An <b>oak</b>\n tree</figcaption></figure>`,
      '[{"caption":"An oak tree"}]\n',
    ],
    [
      `<figure style="text-align: center"><a href="https://example.org/">${img()}</a></figure>`,
      '[{"side":"center"}]\n',
    ],
    [
      `<figure class="wp-block-image alignright">${img()}<figcaption>Oak</figcaption></figure>`,
      '[{"side":"right","caption":"Oak"}]\n',
    ],
    [`<p>${img('align=left')}flow</p>`, '[{"side":"left"}]flow\n'],
    [`<p>${img('style="float:right"')}flow</p>`, '[{"side":"right"}]flow\n'],
    [`<p style="text-align:center">${img()}</p>`, '[{"side":"center"}]:center\n'],
    [`<center>${img()}</center>`, '[{"side":"center"}]\n'],
    [`<p>${img('style="display: block; margin: 0 auto"')}</p>`, '[{"side":"center"}]\n'],
    [`<figure>${img()}${img()}<figcaption>Two</figcaption></figure>`, '[{}][{}]\nTwo\n'],
    ['<figure><pre>code</pre><figcaption>A list</figcaption></figure>', 'code\nA list\n'],
  ])('%s', (body, wanted) => {
    expect(read(page(body), 'x.html')).toBe(wanted)
  })
})

test('F67: sizes of LibreOffice are relative to the size of plain words', () => {
  const sized = (size: string): string =>
    `<style:style style:name="S${size}" style:family="text"><style:text-properties fo:font-size="${size}"/></style:style>`
  const body = op(
    '<text:span text:style-name="S12pt">plain</text:span> <text:span text:style-name="S18pt">large</text:span>',
  )
  const file = zipOf([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', method: 0 },
    {
      name: 'content.xml',
      content: `<office:document-content ${OFFICE}><office:automatic-styles>${sized('12pt')}${sized('18pt')}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    },
  ])
  const found = readFile(file, 'x.odt', false)
  expect('nodes' in found ? readHtml(nodesAsSource(found.nodes), { formats }) : []).toEqual([
    { insert: 'plain ' },
    { insert: 'large', attributes: { size: 24 } },
    { insert: '\n' },
  ])
})

test.each(['docx', 'odt', 'html', 'epub'])(
  'F81: what we write as %s comes back with its side, its width and its caption',
  (type) => {
    const one = (more: object): Insert[] => [{ insert: { image: { key: KEY, ...more } } }, { insert: '\n' }]
    const content = [
      ...one({ side: 'left', caption: 'An oak' }),
      { insert: 'between\n' },
      ...one({ side: 'right' }),
      ...one({ side: 'center', caption: 'Again', part: 0.5 }),
    ]
    const pictures = new Map([[KEY, { mime: 'image/png', bytes: PNG }]])
    const file = Buffer.from(bytesOf(type, sourceOf(content, { formats, pictures })))
    expect(read(file, `x.${type}`)).toBe(
      '[{"side":"left","caption":"An oak"}]\nbetween\n[{"side":"right"}]\n[{"side":"center","caption":"Again","show":"50"}]\n',
    )
  },
)

describe('F81: without a plugin that shows pictures', () => {
  const importer = createImporter({ formats: () => coreFormats })
  afterAll(() => importer.close())

  test.each([
    ['docx', word(p(inline()) + p(t('Figure 1: An oak'), CAPTION))],
    ['html', page(`<figure>${img()}<figcaption>Figure 1: An oak</figcaption></figure>`)],
  ])('captions of %s are lines, and the pictures are counted', async (type, bytes) => {
    const { content, left, pictures } = await importer.read(bytes, `x.${type}`, false)
    expect([lines(content).trim(), left.pictures, pictures]).toEqual(['Figure 1: An oak', 1, []])
  })
})
