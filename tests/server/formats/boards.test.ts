/** Boards and tables of contents in files (SPEC-formats F19, F29), header cells and pictures at a side. */
import { describe, expect, test } from '@jest/globals'
import { unzipSync } from 'fflate'
import { createFonts } from '../../../server/boards/export/fonts.ts'
import { figureOf } from '../../../server/boards/export/figure.ts'
import { fontFolder } from '../../../server/boards/export/font-files.ts'
import { revisionAt } from '../../../server/boards/export/figures.ts'
import { sceneOf } from '../../../server/boards/export/scene.ts'
import { boardsOf } from '../../../server/formats/drawings.ts'
import { readShownBoard } from '../../../shared/text/shown-board.ts'
import { pngFile } from '../../support/picture-files.ts'
import { faults, partsOf } from './archives.ts'
import { boardsFor, figuresFor, galleryBoard, galleryFormats, gallerySource, KEY } from './gallery.ts'
import { bytesOf, sourceOf, textOf } from './sources.ts'

const PNG = pngFile(240, 160)
const source = (type: string) => gallerySource(type, PNG)
const OPTIONS = {
  scale: 1,
  transparent: false,
  theme: 'light',
  whole: false,
  within: null,
} as const

describe('F19: the board', () => {
  test.each(['docx', 'odt'])(
    '%s holds vectors and a picture of each part, and is the same each time',
    async (type) => {
      const file = bytesOf(type, await source(type))
      expect(Buffer.compare(file, bytesOf(type, await source(type)))).toBe(0)
      const paths = Object.keys(unzipSync(file)).filter((path) => path.includes('board-'))
      const folder = type === 'docx' ? 'word/media' : 'Pictures'
      expect(paths).toEqual(
        [1, 2].flatMap((at) => [`${folder}/board-${at}.png`, `${folder}/board-${at}.svg`]),
      )
      const parts = partsOf(file)
      for (const [path, text] of parts)
        if (/\.(xml|rels|svg)$/.test(path)) expect([path, faults(text)]).toEqual([path, []])
      expect(parts.get(`${folder}/board-1.svg`)).toMatch(
        /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="422" height="262"/,
      )
    },
  )

  test('docx names the vectors behind the picture, odt before it, both say what is written there', async () => {
    const word = partsOf(bytesOf('docx', await source('docx')))
    const body = word.get('word/document.xml') ?? ''
    expect(body).toMatch(
      /<a:blip r:embed="image2"><a:extLst><a:ext uri="\{96DAC541-7B7A-43D3-8B79-37D633B846F1\}"><asvg:svgBlip [^>]*r:embed="vector2"\/>/,
    )
    expect(body).toContain('descr="Board Plan: Measure &amp; send Station"')
    expect(word.get('word/_rels/document.xml.rels')).toContain('Id="vector2"')
    expect(word.get('[Content_Types].xml')).toContain('Extension="svg" ContentType="image/svg+xml"')
    const open = partsOf(bytesOf('odt', await source('odt')))
    expect(open.get('content.xml')).toMatch(/board-1\.svg"[^>]*\/><draw:image [^>]*board-1\.png"/)
    expect(open.get('META-INF/manifest.xml')).toContain('Pictures/board-1.svg')
  })

  test('html, md, epub and pdf have the vectors alone, txt the words', async () => {
    expect(textOf('html', await source('html'))).toMatch(
      /<img src="data:image\/svg\+xml;base64,[^"]+" alt="Board Plan: /,
    )
    expect(textOf('md', await source('md'))).toContain('[picture-board-1]: data:image/svg+xml;base64,')
    const book = partsOf(bytesOf('epub', await source('epub')))
    expect(book.get('EPUB/package.opf')).toContain('href="pictures/board-1.svg" media-type="image/svg+xml"')
    expect(textOf('pdf', await source('pdf')).split('\n', 1)[0]).toContain('["board-1.svg",')
    expect(textOf('txt', await source('txt'))).toContain('\n[Board Plan: Measure & send Station]\n')
  })

  test('letters are paths, nothing leads anywhere, and what is too large is a picture alone', () => {
    const scene = sceneOf(galleryBoard(), { ...OPTIONS, only: 'frame1' })
    if (scene === null) throw new Error('no frame')
    const fonts = createFonts(fontFolder())
    const whole = figureOf(scene, new Map(), fonts, 'either')
    expect(new TextDecoder().decode(whole?.vector ?? new Uint8Array())).not.toMatch(/<text|<a /)
    expect(whole?.raster).toBeNull()
    const large = figureOf(scene, new Map(), fonts, 'either', 1000)
    expect(large?.vector).toBeNull()
    expect(
      Buffer.from(large?.raster ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
    const words = figureOf(scene, new Map(), fonts, 'words')
    expect([words?.vector, words?.raster, words?.name]).toEqual([null, null, 'Plan'])
  })

  test('a part that is not there is the name of its kind; so is all of it while the plugin is off', async () => {
    const content = [{ insert: { board: { shape: 'gone' } } }, { insert: '\n' }]
    const boards = await boardsOf(figuresFor(galleryBoard()), 'notes', [{ kind: 'shape', id: 'gone' }], {
      until: null,
      form: 'words',
      lang: 'de',
    })
    expect(boards.size).toBe(0)
    expect(textOf('txt', sourceOf(content, { formats: galleryFormats, boards }))).toBe('[board]\n')
    expect(textOf('txt', sourceOf(content, { boards: await boardsFor('txt') }))).toBe('[board]\n')
  })

  test.each([null, 7, {}, { kind: 'shape', id: '<b>' }, { kind: 'view', x: 0, y: 0, width: 0, height: 1 }])(
    'a rule that says %j says nothing',
    (value) => expect(readShownBoard(value)).toBeNull(),
  )

  test('F6: a board of a time is its newest revision of then', async () => {
    const times = [10, 20, 20, 30]
    const store = {
      rows: async (_document: number, after: number) =>
        times.slice(after, after + 1).map((time) => ({
          document: 1,
          seq: after + 1,
          author: '',
          time,
          bytes: new Uint8Array(),
          clients: [],
        })),
    }
    const found = await Promise.all(
      [5, 10, 25, 99].map((time) => revisionAt(store, { id: 1, head: 4 }, time)),
    )
    expect(found).toEqual([0, 1, 3, 4])
  })
})

describe('F29: a table of contents in the text', () => {
  test('docx has a field with entries that lead to their headings, odt an index', async () => {
    const body = partsOf(bytesOf('docx', await source('docx'))).get('word/document.xml') ?? ''
    expect(body).toContain('TOC \\o "1-6" \\h \\z \\u')
    expect(body).toMatch(
      /<w:pStyle w:val="TOC2"\/><\/w:pPr><w:hyperlink w:anchor="_Toc000002"[^>]*>.*Pictures at a side/,
    )
    expect(body).toContain('<w:bookmarkStart w:id="2" w:name="_Toc000002"/>')
    const open = partsOf(bytesOf('odt', await source('odt'))).get('content.xml') ?? ''
    expect(open).toMatch(/<text:table-of-content text:name="Contents1".*xlink:href="#contents2"/)
    expect(open).toContain('<text:bookmark text:name="contents2"/>')
  })

  test('html and epub lead to headings wherever they are, md as GitHub names them, txt lists them', async () => {
    const page = textOf('html', await source('html'))
    expect(page).toMatch(/<li><a href="#heading-1">The weather station<\/a>\s*<ul>/)
    expect(page).toContain('<h2 id="heading-2">Pictures at a side</h2>')
    const book = partsOf(bytesOf('epub', await source('epub')))
    expect(book.get('EPUB/text1.xhtml')).toContain('<a href="text2.xhtml#h2">Pictures at a side</a>')
    expect(book.get('EPUB/text2.xhtml')).toContain('<h2 id="h2">')
    expect(textOf('md', await source('md'))).toContain('  - [Pictures at a side](#pictures-at-a-side)')
    expect(textOf('txt', await source('txt'))).toContain(
      '\t* The weather station\n\t\t* Pictures at a side\n',
    )
  })

  test('without headings there is none', () => {
    const content = [{ insert: { contents: true } }, { insert: '\nwords\n' }]
    expect(textOf('txt', sourceOf(content, { formats: galleryFormats }))).toBe('words\n')
    const parts = partsOf(bytesOf('docx', sourceOf(content, { formats: galleryFormats })))
    expect(parts.get('word/document.xml')).not.toContain('instrText')
  })
})

describe('F17, F43: figures and header cells', () => {
  test('docx: a picture at a side is anchored, with its caption in one frame; one too wide is not', async () => {
    const body = partsOf(bytesOf('docx', await source('docx'))).get('word/document.xml') ?? ''
    expect(body.match(/<w:framePr [^>]*w:wrap="around"[^>]*w:xAlign="left"/g)).toHaveLength(2)
    expect(body.match(/<wp:anchor .*?<wp:align>right<\/wp:align>.*?<wp:wrapSquare/g)).toHaveLength(1)
    expect(body.match(/SEQ Figure \\\* ARABIC/g)).toHaveLength(3)
  })

  test('odt: the same with frames', async () => {
    const body = partsOf(bytesOf('odt', await source('odt'))).get('content.xml') ?? ''
    expect(body).toMatch(/draw:style-name="Picture_20_left" text:anchor-type="paragraph"[^>]*><draw:text-box/)
    expect(body).toMatch(/draw:style-name="Picture_20_right" text:anchor-type="paragraph"[^>]*><draw:image/)
    expect(body.match(/<text:sequence /g)).toHaveLength(3)
    expect(body).toContain('<text:sequence-decl text:display-outline-level="0" text:name="Figure"/>')
  })

  test('no word of a header cell is bold by itself: its style is', async () => {
    const word = partsOf(bytesOf('docx', await source('docx')))
    const cell = /<w:tc>(?:(?!<\/w:tc>).)*Monday.*?<\/w:tc>/.exec(word.get('word/document.xml') ?? '')?.[0]
    expect(cell).toContain('<w:t xml:space="preserve">Monday</w:t>')
    expect(cell).not.toContain('<w:b/>')
    expect(word.get('word/styles.xml')).toContain('<w:tblStylePr w:type="firstCol"><w:rPr><w:b/>')
    const open = partsOf(bytesOf('odt', await source('odt'))).get('content.xml')
    expect(open).toContain('<text:p text:style-name="Table_20_Heading">Monday</text:p>')
  })
})

test('F17: the picture of the gallery is one file', async () => {
  const paths = Object.keys(unzipSync(bytesOf('docx', await source('docx'))))
  expect(paths.filter((path) => path.includes(KEY))).toEqual([`word/media/${KEY}.png`])
})

test('F40: notes and figures of a pad from right to left stand as its lines do', async () => {
  const rtl = async (type: string) => bytesOf(type, await gallerySource(type, PNG, { rtl: true }))
  const notes = partsOf(await rtl('docx')).get('word/footnotes.xml') ?? ''
  expect(notes.match(/<w:bidi\/>/g)).toHaveLength(1)
  expect(notes).toMatch(/<w:rtl\/><\/w:rPr><w:t xml:space="preserve">נראה/)
  const open = partsOf(await rtl('odt')).get('content.xml') ?? ''
  expect(open).toContain('text:style-name="Footnote_20_LTR">Seen by Mira')
  expect(open).toContain('text:style-name="Footnote">נראה')
  expect(open).toMatch(
    /Quotations"><style:paragraph-properties[^>]*fo:border-left="none" fo:border-right="2.2pt/,
  )
  const data = new TextDecoder().decode(await rtl('pdf'))
  expect(data).toContain('"caption":"The hill & its station","side":"right"')
})
