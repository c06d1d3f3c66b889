/** More than two hundred files that are broken or made to harm, of every kind that is read, with what becomes of each. */
import type { Reason } from '../../../../server/formats/read/refusal.ts'
import { pngFile } from '../../../support/picture-files.ts'
import { docxOf, zipOf } from './archives.ts'
import type { ZipPart } from './archives.ts'

export interface HostileFile {
  /** What it tries. */
  what: string
  name: string
  bytes: Buffer
  /** Why it is refused; `read` for one that gives harmless text. */
  fate: Reason | 'read'
}

type Row = readonly [what: string, content: string | Buffer, fate: HostileFile['fate']]

const OFFICE =
  ['office', 'style', 'text', 'table', 'drawing', 'meta']
    .map(
      (name) =>
        `xmlns:${name === 'drawing' ? 'draw' : name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
    )
    .join(' ') + ' xmlns:xlink="http://www.w3.org/1999/xlink"'

/** Documents of one kind, by what their text consists of. */
interface Kind {
  name: string
  /** The part with the text. */
  main: string
  paragraph: string
  /** The text's part, whole; `before` stands before its root. */
  xml: (inner: string, before?: string) => string
  /** An archive whose text's part is this. */
  of: (main: Buffer | string | null, more?: readonly ZipPart[]) => Buffer
}

const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const part = (name: string, content: Buffer | string | null): ZipPart[] =>
  content === null ? [] : [{ name, content }]

const KINDS: readonly Kind[] = [
  {
    name: 'docx',
    main: 'word/document.xml',
    paragraph: '<w:p><w:r><w:t>words</w:t></w:r></w:p>',
    xml: (inner, before = '') => `${before}<w:document ${W}><w:body>${inner}</w:body></w:document>`,
    of: (main, more = []) =>
      zipOf([{ name: '[Content_Types].xml', content: TYPES }, ...part('word/document.xml', main), ...more]),
  },
  {
    name: 'odt',
    main: 'content.xml',
    paragraph: '<text:p>words</text:p>',
    xml: (inner, before = '') =>
      `${before}<office:document-content ${OFFICE}><office:body><office:text>${inner}</office:text></office:body></office:document-content>`,
    of: (main, more = []) =>
      zipOf([
        { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', method: 0 },
        ...part('content.xml', main),
        ...more,
      ]),
  },
  {
    name: 'epub',
    main: 'book.opf',
    paragraph: '',
    xml: (inner, before = '') =>
      `${before}<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>${inner}</manifest><spine><itemref idref="a"/></spine></package>`,
    of: (main, more = []) =>
      zipOf([
        { name: 'mimetype', content: 'application/epub+zip', method: 0 },
        {
          name: 'META-INF/container.xml',
          content: '<container><rootfile full-path="book.opf"/></container>',
        },
        ...part('book.opf', main),
        ...(more.some(({ name }) => name === 'a.xhtml')
          ? []
          : [{ name: 'a.xhtml', content: '<p>words</p>' }]),
        ...more,
      ]),
  },
]

/** What bytes of a good archive become. */
function changed(bytes: Buffer, change: (bytes: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes)
  change(copy)
  return copy
}
const endOf = (bytes: Buffer): number => bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
const directoryOf = (bytes: Buffer): number => bytes.readUInt32LE(endOf(bytes) + 16)

/** Nine levels of ten. */
const BILLION = `<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${String.fromCharCode(98 + at)} "${`&${String.fromCharCode(97 + at)};`.repeat(10)}">`).join('')}]>`
const zeros = (length: number): Buffer => Buffer.alloc(length)

/** What can be wrong with any archive of a document. */
function archived({ xml, of, paragraph, main }: Kind, at: string): Row[] {
  const good = xml(paragraph)
  const whole = of(good)
  const extra = (more: ZipPart): Buffer => of(good, [more])
  return [
    ['a bomb that says how large it is', extra({ name: 'x', content: zeros(20_000_000) }), 'tooLarge'],
    [
      'a bomb that lies about its size',
      of(null, [{ name: main, content: zeros(20_000_000), size: 900 }]),
      'tooLarge',
    ],
    ['a part larger than any', extra({ name: 'x', content: 'x', size: 64_000_001 }), 'tooLarge'],
    [
      'parts that are too large together',
      of(
        good,
        [1, 2, 3].map((one) => ({ name: `${one}`, content: 'x', size: 60_000_000, method: 0 })),
      ),
      'tooLarge',
    ],
    [
      'more parts than any document has',
      of(
        good,
        Array.from({ length: 2001 }, (_, n) => ({ name: `${n}`, content: '' })),
      ),
      'tooLarge',
    ],
    ['a name that climbs out', extra({ name: '../../../etc/cron.d/x', content: 'x' }), 'damaged'],
    ['a name that climbs out in the middle', extra({ name: 'word/../../x', content: 'x' }), 'damaged'],
    ['a name from the root', extra({ name: '/etc/passwd', content: 'x' }), 'damaged'],
    ['a name of a drive', extra({ name: 'C:\\windows\\x', content: 'x' }), 'damaged'],
    ['a name with backslashes', extra({ name: '..\\..\\x', content: 'x' }), 'damaged'],
    ['a name with a zero', extra({ name: 'a\0.png', content: 'x' }), 'damaged'],
    ['an endless name', extra({ name: 'x'.repeat(5000), content: 'x' }), 'damaged'],
    ['the text twice', of(good, [{ name: main, content: good }]), 'damaged'],
    ['a part behind a password', extra({ name: 'x', content: 'x', flags: 1 }), 'locked'],
    ['a packing nobody knows', of(null, [{ name: main, content: good, method: 99 }]), 'damaged'],
    [
      'packed bytes that are none',
      of(null, [{ name: main, content: Buffer.from('no deflate'), method: 8.5 }]),
      'damaged',
    ],
    ['only its beginning', whole.subarray(0, 120), 'damaged'],
    ['no end', whole.subarray(0, endOf(whole)), 'damaged'],
    [
      'a directory that is elsewhere',
      changed(whole, (bytes) => bytes.writeUInt32LE(0x7fffffff, endOf(bytes) + 16)),
      'damaged',
    ],
    [
      'more entries than it has',
      changed(whole, (bytes) => bytes.writeUInt16LE(900, endOf(bytes) + 10)),
      'damaged',
    ],
    [
      'a part that is elsewhere',
      changed(whole, (bytes) => {
        for (let next = directoryOf(bytes); bytes.readUInt32LE(next) === 0x02014b50;) {
          bytes.writeUInt32LE(0x7ffffff0, next + 42)
          next += 46 + bytes.readUInt16LE(next + 28)
        }
      }),
      'damaged',
    ],
    ['a comment that holds another end', Buffer.concat([whole, whole.subarray(endOf(whole))]), 'read'],
    [
      'an archive in an archive',
      extra({ name: 'inner.zip', content: zipOf([{ name: 'x', content: zeros(1_000_000) }]) }),
      'read',
    ],
    ['no text', of(null), 'damaged'],
    ['an empty text', of(''), 'damaged'],
    ['a text that is no XML', of('words'), 'damaged'],
    ['a text that is bytes', of(Buffer.from([0xff, 0xfe, 0, 0xd8, 0x3c])), 'damaged'],
    ['half of its XML', of(good.slice(0, good.length - 20)), 'damaged'],
    ['entities of entities', of(xml(`${paragraph}&j;`, BILLION)), 'damaged'],
    [
      'an entity that is a file',
      of(xml('&f;', '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>')),
      'damaged',
    ],
    [
      'an entity from elsewhere',
      of(xml('&f;', `<!DOCTYPE x [<!ENTITY f SYSTEM "${at}entity">]>`)),
      'damaged',
    ],
    ['a document type from elsewhere', of(xml(paragraph, `<!DOCTYPE x SYSTEM "${at}x.dtd">`)), 'damaged'],
    [
      'parameters of a document type',
      of(xml(paragraph, `<!DOCTYPE x [<!ENTITY % p SYSTEM "${at}p"> %p;]>`)),
      'damaged',
    ],
    [
      'a style sheet from elsewhere',
      of(xml(paragraph, `<?xml-stylesheet href="${at}x.xsl" type="text/xsl"?>`)),
      'read',
    ],
    [
      'an inclusion',
      of(
        xml(`${paragraph}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>`),
      ),
      'read',
    ],
    ['elements in elements', of(xml('<x>'.repeat(3000) + '</x>'.repeat(3000))), 'tooLarge'],
    ['more elements than any text has', of(xml('<x/><y></y>'.repeat(310_000))), 'tooLarge'],
    ['a namespace that is not there', of(xml('<nobody:x/>')), 'damaged'],
    ['an attribute twice', of(xml('<x a="1" a="2"/>')), 'damaged'],
  ]
}

const R =
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
const relations = (inner: string): ZipPart => ({
  name: 'word/_rels/document.xml.rels',
  content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`,
})
const relation = (type: string, target: string, mode = ''): ZipPart =>
  relations(
    `<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"${mode === '' ? '' : ` TargetMode="${mode}"`}/>`,
  )
const picture = `<w:p><w:r><w:t>words</w:t><w:drawing ${R}><wp:inline><x r:embed="a"/><a:blip xmlns:a="a" r:embed="a"/></wp:inline></w:drawing></w:r></w:p>`
const linked = `<w:p><w:hyperlink ${R} r:id="a"><w:r><w:t>words</w:t></w:r></w:hyperlink></w:p>`
const WORDS = '<w:p><w:r><w:t>words</w:t></w:r></w:p>'
const macro = (type: string): Buffer =>
  zipOf([
    {
      name: '[Content_Types].xml',
      content: `<Types xmlns="x"><Override PartName="/word/document.xml" ContentType="application/vnd.${type}"/></Types>`,
    },
    { name: 'word/document.xml', content: '<x/>' },
  ])
/** A picture that says it is larger than any that is drawn. */
const hugePixels = changed(pngFile(4, 4), (bytes) => {
  bytes.writeUInt32BE(60_000, 16)
  bytes.writeUInt32BE(60_000, 20)
})
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'

function wordFiles(at: string): Row[] {
  return [
    ['programs of Word', macro('ms-word.document.macroEnabled.main+xml'), 'macros'],
    ['a template with programs', macro('ms-word.template.macroEnabledTemplate.main+xml'), 'macros'],
    ['a project of programs', docxOf(WORDS, [{ name: 'word/vbaProject.bin', content: 'x' }]), 'read'],
    ['a spreadsheet', macro('openxmlformats-officedocument.spreadsheetml.sheet.main+xml'), 'unknown'],
    ['slides', macro('openxmlformats-officedocument.presentationml.presentation.main+xml'), 'unknown'],
    [
      'an embedded program',
      docxOf(WORDS, [{ name: 'word/embeddings/oleObject1.bin', content: 'MZ' }]),
      'read',
    ],
    ['controls', docxOf(WORDS, [{ name: 'word/activeX/activeX1.xml', content: '<x/>' }]), 'read'],
    ['a picture from elsewhere', docxOf(picture, [relation('image', `${at}x.png`, 'External')]), 'read'],
    [
      'a picture that is a file',
      docxOf(picture, [relation('image', 'file:///etc/passwd', 'External')]),
      'read',
    ],
    ['a picture that climbs out', docxOf(picture, [relation('image', '../../../../etc/passwd')]), 'read'],
    [
      'a picture with a script',
      docxOf(picture, [relation('image', 'media/a.svg'), { name: 'word/media/a.svg', content: SVG }]),
      'read',
    ],
    [
      'a picture of too many pixels',
      docxOf(picture, [relation('image', 'media/a.png'), { name: 'word/media/a.png', content: hugePixels }]),
      'read',
    ],
    [
      'a picture that is none',
      docxOf(picture, [relation('image', 'media/a.png'), { name: 'word/media/a.png', content: 'MZ' }]),
      'read',
    ],
    ['a link that runs', docxOf(linked, [relation('hyperlink', 'javascript:alert(1)', 'External')]), 'read'],
    [
      'a link with an entity that runs',
      docxOf(linked, [relation('hyperlink', '&#106;ava&#9;script:alert(1)', 'External')]),
      'read',
    ],
    ['a link to a share', docxOf(linked, [relation('hyperlink', '\\\\evil.example\\x', 'External')]), 'read'],
    [
      'a template from elsewhere',
      docxOf(WORDS, [relation('attachedTemplate', `${at}x.dotm`, 'External')]),
      'read',
    ],
    [
      'a field that includes a file',
      docxOf(
        `${WORDS}<w:p><w:fldSimple w:instr="INCLUDETEXT &quot;/etc/passwd&quot;"><w:r><w:t>shown</w:t></w:r></w:fldSimple></w:p>`,
      ),
      'read',
    ],
    [
      'a field that starts a program',
      docxOf(
        `${WORDS}<w:p><w:fldSimple w:instr="DDEAUTO c:\\\\x\\\\cmd.exe"><w:r><w:t>shown</w:t></w:r></w:fldSimple></w:p>`,
      ),
      'read',
    ],
    [
      'a field that is a link that runs',
      docxOf(
        '<w:p><w:fldSimple w:instr="HYPERLINK &quot;javascript:alert(1)&quot;"><w:r><w:t>words</w:t></w:r></w:fldSimple></w:p>',
      ),
      'read',
    ],
    [
      'fields that never end',
      docxOf(
        `<w:p>${'<w:r><w:fldChar w:fldCharType="begin"/></w:r>'.repeat(3000)}<w:r><w:t>words</w:t></w:r></w:p>${WORDS}`,
      ),
      'read',
    ],
    [
      'a style that is based on itself',
      docxOf(`<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>words</w:t></w:r></w:p>`, [
        {
          name: 'word/styles.xml',
          content: `<w:styles ${W}><w:style w:styleId="a"><w:name w:val="a"/><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>`,
        },
      ]),
      'read',
    ],
    [
      'lists deeper than any',
      docxOf(
        `<w:p><w:pPr><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>words</w:t></w:r></w:p>`,
        [
          {
            name: 'word/numbering.xml',
            content: `<w:numbering ${W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="99999999"><w:start w:val="1e99"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`,
          },
        ],
      ),
      'read',
    ],
    [
      'a table of very many columns',
      docxOf(
        `${WORDS}<w:tbl><w:tr>${`<w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc>`.repeat(2000)}</w:tr></w:tbl>`,
      ),
      'read',
    ],
    [
      'tables in tables',
      docxOf(`${'<w:tbl><w:tr><w:tc>'.repeat(60)}${WORDS}${'</w:tc></w:tr></w:tbl>'.repeat(60)}`),
      'read',
    ],
    [
      'a name of a style that is code',
      docxOf(`<w:p><w:pPr><w:pStyle w:val="__proto__"/></w:pPr><w:r><w:t>words</w:t></w:r></w:p>`, [
        {
          name: 'word/styles.xml',
          content: `<w:styles ${W}><w:style w:styleId="__proto__"><w:name w:val="constructor"/></w:style></w:styles>`,
        },
      ]),
      'read',
    ],
    [
      'words that only reviewers see',
      docxOf('<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>'),
      'empty',
    ],
  ]
}

const openText = (inner: string, more: readonly ZipPart[] = []): Buffer =>
  zipOf([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', method: 0 },
    {
      name: 'content.xml',
      content: `<office:document-content ${OFFICE}><office:body><office:text>${inner}</office:text></office:body></office:document-content>`,
    },
    ...more,
  ])
const frame = (href: string): string =>
  `<text:p>words<draw:frame><draw:image xlink:href="${href}"/></draw:frame></text:p>`

function openFiles(at: string): Row[] {
  return [
    [
      'programs in Basic',
      openText('<text:p>words</text:p>', [{ name: 'Basic/Standard/Module1.xba', content: 'x' }]),
      'macros',
    ],
    [
      'programs in Python',
      openText('<text:p>words</text:p>', [{ name: 'Scripts/python/x.py', content: 'x' }]),
      'macros',
    ],
    [
      'a document behind a password',
      openText('<text:p>words</text:p>', [
        { name: 'META-INF/manifest.xml', content: '<manifest:encryption-data/>' },
      ]),
      'locked',
    ],
    [
      'a drawing',
      zipOf([
        {
          name: 'content.xml',
          content: `<office:document-content ${OFFICE}><office:body><office:drawing/></office:body></office:document-content>`,
        },
      ]),
      'unknown',
    ],
    ['a picture from elsewhere', openText(frame(`${at}x.png`)), 'read'],
    ['a picture that is a file', openText(frame('file:///etc/passwd')), 'read'],
    ['a picture that climbs out', openText(frame('../../../etc/passwd')), 'read'],
    [
      'a picture of too many pixels',
      openText(frame('Pictures/a.png'), [{ name: 'Pictures/a.png', content: hugePixels }]),
      'read',
    ],
    [
      'an object from elsewhere',
      openText(`<text:p>words<draw:frame><draw:object xlink:href="${at}x"/></draw:frame></text:p>`),
      'read',
    ],
    [
      'a section from elsewhere',
      openText(
        `<text:section><text:section-source xlink:href="${at}x.odt"/><text:p>words</text:p></text:section>`,
      ),
      'read',
    ],
    [
      'a link that runs',
      openText('<text:p><text:a xlink:href="javascript:alert(1)">words</text:a></text:p>'),
      'read',
    ],
    [
      'a link to a program',
      openText('<text:p><text:a xlink:href="vnd.sun.star.script:x?language=Basic">words</text:a></text:p>'),
      'read',
    ],
    [
      'events',
      openText(
        '<text:p><text:a xlink:href="#x"><office:event-listeners><x/></office:event-listeners>words</text:a></text:p>',
      ),
      'read',
    ],
    [
      'a million spaces in one element',
      openText('<text:p>words<text:s text:c="999999999"/>more</text:p>'),
      'read',
    ],
    [
      'lists in lists',
      openText(
        `${'<text:list><text:list-item>'.repeat(100)}<text:p>words</text:p>${'</text:list-item></text:list>'.repeat(100)}`,
      ),
      'read',
    ],
    [
      'numbers of items beyond all',
      openText(
        '<text:list><text:list-item text:start-value="1e308"><text:p>words</text:p></text:list-item></text:list>',
      ),
      'read',
    ],
    [
      'cells repeated a billion times',
      openText(
        '<text:p>words</text:p><table:table><table:table-row table:number-rows-repeated="999999999"><table:table-cell table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell></table:table-row></table:table>',
      ),
      'read',
    ],
    ['a heading of level 99999999', openText('<text:h text:outline-level="99999999">words</text:h>'), 'read'],
    [
      'careless XML that claims to be AbiWord’s',
      openText('<text:p>words</text:h></text:q>', [
        { name: 'meta.xml', content: '<x><meta:generator>AbiWord/9' },
      ]),
      'read',
    ],
    [
      'careless XML as deep as it gets',
      openText('<text:p>'.repeat(3000), [{ name: 'meta.xml', content: '<x><meta:generator>AbiWord/9' }]),
      'tooLarge',
    ],
  ]
}

const KIND_OF_BOOK: Kind | undefined = KINDS[2]
function bookFiles(at: string): Row[] {
  if (!KIND_OF_BOOK) return []
  const { of, xml } = KIND_OF_BOOK
  const page = (content: string): Buffer => of(xml(''), [{ name: 'a.xhtml', content }])
  return [
    [
      'a container that leads out',
      zipOf([
        {
          name: 'META-INF/container.xml',
          content: '<container><rootfile full-path="../../../etc/passwd"/></container>',
        },
      ]),
      'damaged',
    ],
    ['no container', zipOf([{ name: 'mimetype', content: 'application/epub+zip', method: 0 }]), 'damaged'],
    [
      'pages that lead out',
      of(
        '<package><manifest><item id="a" href="../../../etc/passwd" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
      ),
      'damaged',
    ],
    [
      'pages from elsewhere',
      of(
        `<package><manifest><item id="a" href="${at}a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`,
      ),
      'damaged',
    ],
    [
      'one page a thousand times',
      of(
        `<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine>${'<itemref idref="a"/>'.repeat(1000)}</spine></package>`,
      ),
      'read',
    ],
    ['a page that runs', page('<script>alert(1)</script><p onclick="alert(1)">words</p>'), 'read'],
    ['a page with a frame', page(`<iframe src="${at}x"></iframe><p>words</p>`), 'read'],
    [
      'a page that loads',
      page(`<link rel="stylesheet" href="${at}x.css"/><img src="${at}x.png"/><p>words</p>`),
      'read',
    ],
  ]
}

/** Each stands between words, which come through; nothing of it does. */
function htmlVectors(at: string): string[] {
  return [
    '<script>alert(1)</script>',
    `<script src="${at}x.js"></script>`,
    '<img src=x onerror=alert(1)>',
    `<img src="${at}x.png" srcset="${at}y.png 2x" loading=eager>`,
    '<svg onload=alert(1)><a xlink:href="javascript:alert(1)"><text>t</text></a></svg>',
    '<svg><script>alert(1)</script><foreignObject><p onclick=alert(1)>t</p></foreignObject></svg>',
    '<svg><animate attributeName=href values=javascript:alert(1)></svg>',
    '<math><mi xlink:href="javascript:alert(1)">t</mi></math>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<a href="javascript:alert(1)">t</a>',
    '<a href="&#106;&#97;vascript:alert(1)">t</a>',
    '<a href=" java\tscript:alert(1)">t</a>',
    '<a href="\u0001javascript:alert(1)">t</a>',
    '<a href="JaVaScRiPt:alert(1)">t</a>',
    '<a href="data:text/html,<script>alert(1)</script>">t</a>',
    '<a href="vbscript:msgbox(1)">t</a>',
    '<a href="file:///etc/passwd">t</a>',
    '<a href="blob:https://x.example/1">t</a>',
    '<a href="https://user:pass@evil.example/">t</a>',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    `<object data="${at}x"><param name=src value="${at}y"></object>`,
    `<embed src="${at}x">`,
    '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">t</button></form>',
    '<input autofocus onfocus=alert(1)>',
    '<details open ontoggle=alert(1)>t</details>',
    '<video><source onerror=alert(1)></video>',
    `<audio src="${at}x.mp3" autoplay></audio>`,
    '<p style="background: url(javascript:alert(1))">t</p>',
    '<p style="color: expression(alert(1))">t</p>',
    '<p style="color: red; behavior: url(x.htc); -moz-binding: url(x.xml)">t</p>',
    `<style>@import "${at}x.css"; body { background: url(${at}y.png) }</style>`,
    `<link rel=stylesheet href="${at}x.css"><link rel=preload as=script href="${at}x.js">`,
    `<meta http-equiv=refresh content="0; url=${at}x">`,
    `<base href="${at}">`,
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<template><script>alert(1)</script></template>',
    '<!--[if IE]><script>alert(1)</script><![endif]-->',
    '<![CDATA[<script>alert(1)</script>]]>',
    '<p data-picture="x" data-kind="<b>" class="cm-note ProseMirror" id="app" contenteditable>t</p>',
    '<table background="javascript:alert(1)"><tr><td background="javascript:alert(1)">t</td></tr></table>',
    '<p title="a" onmouseover="alert(1)" tabindex=1 autofocus>t</p>',
    '<xss style="animation-name: x" onanimationstart=alert(1)>t</xss>',
    '<p is="x-y" slot="z" part="w" popover>t</p>',
    '<select><style></select><img src=x onerror=alert(1)></style>',
    '<textarea></p><img src=x onerror=alert(1)></textarea>',
    '<title><img src=x onerror=alert(1)></title>',
    '<marquee onstart=alert(1)>t</marquee>',
  ]
}

function htmlFiles(at: string): Row[] {
  return [
    ...htmlVectors(at).map((vector): Row => [
      `HTML: ${vector.slice(0, 40)}`,
      `<!doctype html><p>before</p>${vector}<p>after</p>`,
      'read',
    ]),
    ['elements in elements of HTML', `<!doctype html>${'<div>'.repeat(20_000)}words`, 'read'],
    ['more elements than any page has', `<!doctype html>${'<i></i>'.repeat(260_000)}words`, 'tooLarge'],
    ['an attribute of a megabyte', `<!doctype html><p class="${'x'.repeat(1_000_000)}">words</p>`, 'read'],
    [
      'very many attributes',
      `<!doctype html><p ${Array.from({ length: 20_000 }, (_, n) => `a${n}=1`).join(' ')}>words</p>`,
      'read',
    ],
    ['a page without words', '<!doctype html><script>alert(1)</script>', 'empty'],
    ['a page larger than any', `<!doctype html>${' '.repeat(10_000_001)}`, 'tooLarge'],
    [
      'a table of a million columns',
      `<!doctype html><table><tr><td colspan=1000000 rowspan=1000000>words</td></tr></table>`,
      'read',
    ],
    [
      'a picture of too many pixels',
      `<!doctype html><p>words<img src="data:image/png;base64,${hugePixels.toString('base64')}">`,
      'read',
    ],
    [
      'a picture with a script',
      `<!doctype html><p>words<img src="data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}">`,
      'read',
    ],
    ['a zero in a tag', '<!doctype html><p>words</p><scr\0ipt>alert(1)</scr\0ipt>', 'unknown'],
    [
      'UTF-16 with a script',
      Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from('<!doctype html><p>words</p><script>alert(1)</script>', 'utf16le'),
      ]),
      'read',
    ],
  ]
}

function markdownFiles(at: string): Row[] {
  return [
    ['HTML in Markdown', 'words <img src=x onerror=alert(1)> <script>alert(1)</script>', 'read'],
    [
      'a block of HTML in Markdown',
      'words\n\n<script>\nalert(1)\n</script>\n\n<iframe src="javascript:alert(1)"></iframe>\n',
      'read',
    ],
    ['a link of Markdown that runs', 'words [t](javascript:alert(1))', 'read'],
    ['a link of Markdown in entities', 'words [t](&#106;avascript:alert(1))', 'read'],
    ['a named link of Markdown that runs', 'words [t][a]\n\n[a]: javascript:alert(1)\n', 'read'],
    ['a bare address that runs', 'words <javascript:alert(1)>', 'read'],
    ['a picture of Markdown', `words ![x](${at}x.png)`, 'read'],
    ['a picture of Markdown that is a file', 'words ![x](file:///etc/passwd)', 'read'],
    ['quotations in quotations', `${'> '.repeat(5000)}words`, 'empty'],
    [
      'lists in lists of Markdown',
      Array.from({ length: 200 }, (_, n) => `${'  '.repeat(n)}- words`).join('\n'),
      'read',
    ],
    ['brackets', `words ${'['.repeat(20_000)}`, 'read'],
    ['stars', '*a **a '.repeat(2000), 'read'],
    ['ticks', `words ${Array.from({ length: 400 }, (_, n) => '`'.repeat(n)).join(' ')}`, 'read'],
    ['names of links that refer to each other', `words [a]\n\n${'[a]: /x\n'.repeat(5000)}`, 'read'],
    [
      'a table of Markdown with very many columns',
      `|${'a|'.repeat(5000)}\n|${'-|'.repeat(5000)}\n|b|\n\nwords`,
      'read',
    ],
    ['front matter that is code', '---\na: !!js/function "alert(1)"\n---\nwords', 'read'],
  ]
}

const pad = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  atext: { text: 'words\n', attribs: '|1+6' },
  pool: { numToAttrib: {}, nextNum: 0 },
  head: 0,
  chatHead: -1,
  ...more,
})
const records = (more: Record<string, unknown>, own: Record<string, unknown> = {}): string =>
  JSON.stringify({ 'pad:a': pad(own), ...more })

function etherpadFiles(): Row[] {
  return [
    ['records of two pads', records({ 'pad:b': pad() }), 'damaged'],
    ['records of another pad', records({ 'pad:b:revs:0': {} }), 'damaged'],
    ['a pad without a text', JSON.stringify({ 'pad:a': { pool: {} } }), 'damaged'],
    ['a pad that is a list', JSON.stringify({ 'pad:a': [] }), 'damaged'],
    ['a text that is a number', records({}, { atext: { text: 7, attribs: '' } }), 'damaged'],
    ['runs longer than the text', records({}, { atext: { text: 'x\n', attribs: '|1+zzzz' } }), 'damaged'],
    ['runs shorter than the text', records({}, { atext: { text: 'words\n', attribs: '|1+2' } }), 'damaged'],
    ['runs that are no runs', records({}, { atext: { text: 'words\n', attribs: '<script>' } }), 'damaged'],
    ['runs that take away', records({}, { atext: { text: 'words\n', attribs: '|1-6' } }), 'damaged'],
    ['an attribute of no pool', records({}, { atext: { text: 'words\n', attribs: '*5|1+6' } }), 'damaged'],
    ['a pool that is none', records({}, { pool: 7 }), 'read'],
    [
      'an address that runs',
      records(
        {},
        {
          atext: { text: 'words\n', attribs: '*0+5|1+1' },
          pool: { numToAttrib: { 0: ['url', 'javascript:alert(1)'] }, nextNum: 1 },
        },
      ),
      'read',
    ],
    [
      'a colour that loads',
      records(
        {},
        {
          atext: { text: 'words\n', attribs: '*0+5|1+1' },
          pool: { numToAttrib: { 0: ['color', 'url(x)'] }, nextNum: 1 },
        },
      ),
      'read',
    ],
    [
      'names of attributes that are code',
      records(
        {},
        {
          atext: { text: 'words\n', attribs: '*0*1+5|1+1' },
          pool: { numToAttrib: { 0: ['__proto__', 'x'], 1: ['constructor', 'x'] }, nextNum: 2 },
        },
      ),
      'read',
    ],
    [
      'an author who is somebody here',
      records(
        { 'globalAuthor:a.inkpad0000server': { name: 'Root' } },
        {
          atext: { text: 'words\n', attribs: '*0+5|1+1' },
          pool: { numToAttrib: { 0: ['author', 'a.inkpad0000server'] }, nextNum: 1 },
        },
      ),
      'read',
    ],
    [
      'a name with a script',
      records(
        { 'globalAuthor:a.x': { name: '<img src=x onerror=alert(1)>', colorId: 'url(x)' } },
        {
          atext: { text: 'words\n', attribs: '*0+5|1+1' },
          pool: { numToAttrib: { 0: ['author', 'a.x'] }, nextNum: 1 },
        },
      ),
      'read',
    ],
    ['a chat that says it is endless', records({}, { chatHead: 1e300 }), 'read'],
    [
      'a chat with a script',
      records(
        { 'pad:a:chat:0': { text: '<script>alert(1)</script>', userId: '"><b>', time: 'x' } },
        { chatHead: 0 },
      ),
      'read',
    ],
    [
      'settings, owners and tokens',
      records(
        {
          'pad:a:deletionToken': { hash: 'x' },
          'sessionstorage:x': {},
          'token2author:t.x': 'a.x',
          'pad2readonly:a': 'r.x',
        },
        { publicStatus: true, padSettings: { enforceSettings: true }, ownerId: 'a.x', passwordHash: 'x' },
      ),
      'read',
    ],
    ['revisions that say they are endless', records({}, { head: 1e300 }), 'read'],
    ['a revision that does not fit', records({ 'pad:a:revs:0': { changeset: 'Z:zzz>1+1$x' } }), 'read'],
    ['JSON in JSON in JSON', '['.repeat(200_000), 'damaged'],
    ['objects in objects', '{"a":'.repeat(100_000), 'damaged'],
    ['half of a file', records({}).slice(0, 40), 'damaged'],
    ['JSON of something else', '{"a":1}', 'unknown'],
    ['nothing at all', 'null', 'unknown'],
  ]
}

function jsonFiles(): Row[] {
  const own = (text: unknown, more: Record<string, unknown> = {}): string =>
    JSON.stringify({
      format: 'inkpad',
      version: 1,
      pad: 'admin',
      revision: 9,
      people: [],
      chat: [],
      text,
      ...more,
    })
  const words = { insert: 'words\n' }
  return [
    [
      'names that mean something',
      '{"format":"inkpad","version":1,"people":[],"chat":[],"text":[{"insert":"words","attributes":{"__proto__":{"x":1},"constructor":"y"}},{"insert":"\\n"}]}',
      'read',
    ],
    [
      'an address that runs',
      own([{ insert: 'words', attributes: { link: 'javascript:alert(1)' } }, { insert: '\n' }]),
      'read',
    ],
    [
      'objects as attributes',
      own([{ insert: 'words', attributes: { bold: { html: '<b>' }, color: ['x'] } }, { insert: '\n' }]),
      'read',
    ],
    ['an embed of two kinds', own([words, { insert: { a: 1, b: 2 } }]), 'read'],
    ['an embed larger than any', own([words, { insert: { image: 'x'.repeat(100_000) } }]), 'read'],
    [
      'an embed that is a script',
      own([
        words,
        { insert: { image: { src: 'javascript:alert(1)', onerror: 'alert(1)' } } },
        { insert: '\n' },
      ]),
      'read',
    ],
    ['a table that is none', own([words, { insert: { table: { rows: 1e9 } } }]), 'read'],
    [
      'a table of very many cells',
      own([
        words,
        { insert: { table: { columns: Array.from({ length: 3000 }, () => ({})), rows: [{ cells: [] }] } } },
      ]),
      'read',
    ],
    ['operations that keep', own([{ retain: 1e9 }, words]), 'read'],
    ['operations that delete', own([{ delete: 1e9 }, words]), 'read'],
    ['inserts that are nothing', own([null, 7, 'x', [], {}, words]), 'read'],
    ['a text that is an object', own({ ops: [words] }), 'damaged'],
    ['a text that is no list', own('words'), 'damaged'],
    ['no text', own(undefined), 'damaged'],
    ['another version', own([words], { version: 99 }), 'unknown'],
    [
      'owners and settings',
      own([words], { owner: 'a.x', settings: { permissions: 'open' }, token: 't.x', id: 'p/admin' }),
      'read',
    ],
    [
      'people who are somebody',
      own([words], { people: [{ author: 'a.inkpad0000server', name: 'Root', colour: '1' }, null, 7] }),
      'read',
    ],
    ['a chat that is none', own([words], { chat: [null, 7, { text: {} }] }), 'read'],
    [
      'threads of another pad',
      own([{ insert: 'words', attributes: { 'comment-1': true, 'suggest-1': true } }, { insert: '\n' }]),
      'read',
    ],
    [
      'more pieces than any text has',
      `{"format":"inkpad","version":1,"text":[${'{"insert":"a"},'.repeat(400_001)}{"insert":"\\n"}]}`,
      'tooLarge',
    ],
    [
      'numbers beyond all',
      own([{ insert: 'words' }, { insert: '\n', attributes: { indent: 1e308, header: -1 } }]),
      'read',
    ],
    ['halves of signs', own([{ insert: 'words \ud800\n' }]), 'read'],
    [
      'a delta with an address that runs',
      JSON.stringify([{ insert: 'words', attributes: { link: 'vbscript:x' } }, { insert: '\n' }]),
      'read',
    ],
  ]
}

function textFiles(): Row[] {
  return [
    ['bytes of a program', Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(400)]), 'unknown'],
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
      'unknown',
    ],
    [
      'an old Word document',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      'converter',
    ],
    ['RTF', '{\\rtf1 {\\object\\objdata 4d5a}}', 'converter'],
    [
      'a PDF with a program',
      '%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>',
      'converter',
    ],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['only spaces', ' \n \t \n', 'empty'],
    ['only a mark of order', Buffer.from([0xef, 0xbb, 0xbf]), 'empty'],
    ['more text than a pad takes', Buffer.alloc(10_000_001, 'a'), 'tooLarge'],
    [
      'half of UTF-16',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('words', 'utf16le'), Buffer.from([0x3d])]),
      'read',
    ],
    ['broken UTF-8', Buffer.concat([Buffer.from('words '), Buffer.from([0xc3, 0x28, 0xf0, 0x9f])]), 'read'],
    ['signs that turn words round', 'words \u202e\u2066 exe.txt', 'read'],
    ['words that are HTML', 'words <script>alert(1)</script>', 'read'],
    [
      'lines of every kind of end',
      `${'words of a longer line '.repeat(9)}\r\rmore\r\n\u2028x\u2029\u0085\v\f`,
      'read',
    ],
    ['a million lines', 'w\n'.repeat(1_000_000), 'tooLarge'],
    ['very many lines of one letter', 'w\n'.repeat(100_000), 'read'],
  ]
}

/** All of them; `at` is an address on this machine where somebody listens. */
export function hostileFiles(at: string): HostileFile[] {
  const of = (name: string, rows: readonly Row[]): HostileFile[] =>
    rows.map(([what, content, fate]) => ({
      what: `${name}: ${what}`,
      name: `x.${name}`,
      bytes: Buffer.from(content),
      fate,
    }))
  return [
    ...KINDS.flatMap((kind) => of(kind.name, archived(kind, at))),
    ...of('docx', wordFiles(at)),
    ...of('odt', openFiles(at)),
    ...of('epub', bookFiles(at)),
    ...of('html', htmlFiles(at)),
    ...of('md', markdownFiles(at)),
    ...of('etherpad', etherpadFiles()),
    ...of('json', jsonFiles()),
    ...of('txt', textFiles()),
    // What a file says it is does not count.
    ...of('docx', [
      ['a web page by another name', '<!doctype html><script>alert(1)</script>words', 'damaged'],
    ]),
    ...of('pdf', [['text by another name', 'words', 'damaged']]),
    ...of('txt', [['a Word document by another name', docxOf(WORDS), 'read']]),
    ...of('png', [
      ['a page by another name', '<!doctype html><p>words</p><script>alert(1)</script>', 'read'],
    ]),
  ]
}
