/** Files made to harm: each is refused with its reason, or gives harmless text. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { afterAll, describe, expect, test } from '@jest/globals'
import { createImporter, importThreads } from '../../../../server/formats/importer.ts'
import { readFile } from '../../../../server/formats/read/read.ts'
import { Refusal } from '../../../../server/formats/read/refusal.ts'
import { openZip, ZIP_LIMITS } from '../../../../server/formats/read/zip.ts'
import { coreFormats } from '../../../../shared/text/formats.ts'
import { pluginFormats } from '../rich.ts'
import { docxOf, zipOf } from './archives.ts'
import { hostileFiles } from './hostile-files.ts'

const importer = createImporter({ formats: () => pluginFormats })
afterAll(() => importer.close())

/** Why it is refused; what it says otherwise. */
async function fate(bytes: Buffer, name: string): Promise<string> {
  try {
    const { content } = await importer.read(bytes, name, true)
    return JSON.stringify(content)
  } catch (error) {
    if (error instanceof Refusal) return error.reason
    throw error
  }
}

const p = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`
const zeros = Buffer.alloc(30_000_000)
const deep = (tag: string, depth: number): string => `<${tag}>`.repeat(depth)

describe('archives', () => {
  const hostile: readonly (readonly [string, Buffer, string])[] = [
    [
      'a bomb that says how large it is',
      docxOf(p('x'), [{ name: 'word/styles.xml', content: zeros }]),
      'tooLarge',
    ],
    [
      'a bomb that lies about its size',
      docxOf(p('x'), [{ name: 'word/styles.xml', content: zeros, size: 1000 }]),
      'tooLarge',
    ],
    [
      'many parts of a size that one may have',
      zipOf([
        { name: '[Content_Types].xml', content: 'x' },
        ...Array.from({ length: 3 }, (_, at) => ({ name: `${at}`, content: 'x', size: 60_000_000 })),
      ]),
      'tooLarge',
    ],
    [
      'more parts than any document has',
      zipOf(Array.from({ length: 2001 }, (_, at) => ({ name: `${at}`, content: '' }))),
      'tooLarge',
    ],
    ['a name that climbs out', docxOf(p('x'), [{ name: '../../etc/cron.d/x', content: 'x' }]), 'damaged'],
    ['a name from the root', docxOf(p('x'), [{ name: '/etc/passwd', content: 'x' }]), 'damaged'],
    ['a name of another system', docxOf(p('x'), [{ name: 'C:\\x', content: 'x' }]), 'damaged'],
    ['a name with a zero in it', docxOf(p('x'), [{ name: 'a\0b', content: 'x' }]), 'damaged'],
    [
      'two parts of one name',
      docxOf(p('x'), [
        { name: 'a', content: 'x' },
        { name: 'a', content: 'y' },
      ]),
      'damaged',
    ],
    ['a part behind a password', docxOf(p('x'), [{ name: 'a', content: 'x', flags: 1 }]), 'locked'],
    ['a packing nobody knows', zipOf([{ name: '[Content_Types].xml', content: 'x', method: 99 }]), 'damaged'],
    ['only the beginning', docxOf(p('x')).subarray(0, 200), 'damaged'],
    ['nothing of interest', zipOf([{ name: 'a.txt', content: 'x' }]), 'unknown'],
    [
      'a Word document with programs',
      zipOf([
        {
          name: '[Content_Types].xml',
          content:
            '<Types xmlns="x"><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
        },
        { name: 'word/document.xml', content: '<x/>' },
      ]),
      'macros',
    ],
    [
      'a spreadsheet',
      zipOf([
        {
          name: '[Content_Types].xml',
          content:
            '<Types xmlns="x"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        },
      ]),
      'unknown',
    ],
    [
      'an OpenDocument with programs',
      zipOf([
        { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', method: 0 },
        { name: 'Basic/Standard/Module1.xba', content: 'x' },
        { name: 'content.xml', content: '<x/>' },
      ]),
      'macros',
    ],
    [
      'a book whose pages climb out',
      zipOf([
        {
          name: 'META-INF/container.xml',
          content: '<container><rootfile full-path="../../../etc/passwd"/></container>',
        },
      ]),
      'damaged',
    ],
  ]
  test.each(hostile)('F61: %s is refused', async (_what, bytes, reason) => {
    expect(await fate(bytes, 'x.docx')).toBe(reason)
  })

  test('F61: of a bomb nothing, or no more than it says, is unpacked before it is refused', () => {
    const bomb = zipOf([{ name: 'a', content: zeros }])
    expect(() => openZip(bomb)).toThrow(Refusal)
    const large = Buffer.alloc(100_000_000)
    const liar = openZip(zipOf([{ name: 'a', content: large, size: 1000 }]))
    const costOf = (work: () => void): number => {
      const began = process.cpuUsage()
      work()
      const { user, system } = process.cpuUsage(began)
      return user + system
    }
    const packed = deflateRawSync(large)
    const whole = costOf(() => inflateRawSync(packed))
    let refusal: unknown
    const refused = costOf(() => {
      try {
        liar.part('a')
      } catch (error) {
        refusal = error
      }
    })
    expect(refusal).toMatchObject({ reason: 'tooLarge' })
    expect(refused).toBeLessThan(whole / 4)
  })

  test('F61: a directory may point anywhere and nothing outside of the file is read', () => {
    const good = docxOf(p('x'))
    for (let at = good.length - 120; at < good.length; at += 1) {
      const bad = Buffer.from(good)
      bad[at] = 0xff
      try {
        const archive = openZip(bad)
        for (const name of archive.names) archive.part(name)
      } catch (error) {
        if (!(error instanceof RangeError)) expect(error).toBeInstanceOf(Refusal)
      }
    }
    expect(ZIP_LIMITS.all).toBeLessThan(200_000_000)
  })
})

describe('markup', () => {
  const billion = `<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${String.fromCharCode(98 + at)} "${`&${String.fromCharCode(97 + at)};`.repeat(10)}">`).join('')}]>`
  test.each([
    ['entities of entities', docxOf(p('&j;'), [], billion), 'damaged'],
    [
      'an entity that is a file',
      docxOf(p('&f;'), [], '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
      'damaged',
    ],
    [
      'a document type from elsewhere',
      docxOf(p('x'), [], '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">'),
      'damaged',
    ],
    ['elements in elements in elements', docxOf(deep('w:p', 5000)), 'tooLarge'],
    ['XML that ends in the middle', docxOf('<w:p>'), 'damaged'],
    ['a million paragraphs', docxOf('<w:p/>'.repeat(1_000_000)), 'tooLarge'],
  ])('F62: %s: refused', async (_what, bytes, reason) => {
    expect(await fate(bytes, 'x.docx')).toBe(reason)
  })

  test.each([
    ['deeply nested HTML', Buffer.from(`${deep('div', 50_000)}words${'</div>'.repeat(50_000)}`)],
    ['a file of opening tags', Buffer.from(deep('b', 200_000))],
    ['lists in lists in lists of Markdown', Buffer.from('> '.repeat(20_000) + 'words')],
    ['brackets of Markdown', Buffer.from('['.repeat(50_000) + 'words')],
    ['stars of Markdown', Buffer.from('*a **a '.repeat(20_000))],
  ])('F60: %s: read or refused, and the next file is read', async (what, bytes) => {
    expect(await fate(bytes, what.includes('Markdown') ? 'x.md' : 'x.html')).not.toBe('')
    expect(await fate(Buffer.from('fine'), 'x.txt')).toContain('fine')
  })

  test('F64: nothing of what runs, and no address that runs, comes through any reader', async () => {
    const vectors = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '<svg onload=alert(1)><a xlink:href="javascript:alert(1)">t</a></svg>',
      '<a href="javascript:alert(1)">t</a>',
      '<a href=" java\tscript:alert(1)">t</a>',
      '<a href="data:text/html,<script>alert(1)</script>">t</a>',
      '<a href="vbscript:x">t</a>',
      '<iframe src="javascript:alert(1)"></iframe>',
      '<math><mi xlink:href="javascript:alert(1)">t</mi></math>',
      '<p style="color: expression(alert(1))">t</p>',
      '<p style="background-image: url(javascript:alert(1))">t</p>',
      '<p style="color: red; behavior: url(x)">t</p>',
      '<style>@import "http://evil.example/"</style>',
      '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
      '<template><script>alert(1)</script></template>',
      '<form action="javascript:alert(1)"><button>t</button></form>',
    ]
    const allowed = new Set([
      ...coreFormats.inline.keys(),
      ...coreFormats.line.keys(),
      'color',
      'background',
      'align',
      'size',
      'script',
    ])
    for (const vector of vectors)
      for (const name of ['x.html', 'x.md']) {
        const read = readFile(Buffer.from(`<p>before</p>\n\n${vector}\n\n<p>after</p>`), name, true)
        expect(JSON.stringify(read)).not.toMatch(/"(?:on\w+|src|srcset|action|formaction|xlink:href)":/)
        const { content } = await importer.read(Buffer.from(`<p>before</p>${vector}<p>after</p>`), name, true)
        for (const { attributes = {} } of content) {
          for (const key of Object.keys(attributes)) expect(allowed).toContain(key)
          expect(attributes['link']).toBeUndefined()
          expect(JSON.stringify(attributes)).not.toMatch(/url\(|expression|javascript/)
        }
      }
  })

  test('F66: an address that runs is no link in documents either', async () => {
    const bytes = docxOf(
      '<w:p><w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="a"><w:r><w:t>one</w:t></w:r></w:hyperlink><w:fldSimple w:instr="HYPERLINK &quot;javascript:alert(1)&quot;"><w:r><w:t>two</w:t></w:r></w:fldSimple></w:p>',
      [
        {
          name: 'word/_rels/document.xml.rels',
          content:
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="javascript:alert(1)" TargetMode="External"/></Relationships>',
        },
      ],
    )
    expect(await fate(bytes, 'x.docx')).toBe('[{"insert":"onetwo\\n"}]')
  })
})

describe('other kinds', () => {
  const etherpad = (records: unknown): Buffer => Buffer.from(JSON.stringify(records))
  const pad = (more: Record<string, unknown> = {}) => ({
    atext: { text: 'x\n', attribs: '|1+2' },
    pool: { numToAttrib: {}, nextNum: 0 },
    chatHead: -1,
    ...more,
  })
  test.each([
    ['records of two pads', etherpad({ 'pad:a': pad(), 'pad:b': pad() }), 'damaged'],
    ["another pad's revisions", etherpad({ 'pad:a': pad(), 'pad:b:revs:0': {} }), 'damaged'],
    [
      'runs longer than the text',
      etherpad({ 'pad:a': pad({ atext: { text: 'x\n', attribs: '|1+zzzz' } }) }),
      'damaged',
    ],
    [
      'an attribute of no pool',
      etherpad({ 'pad:a': pad({ atext: { text: 'x\n', attribs: '*5|1+2' } }) }),
      'damaged',
    ],
    [
      'a chat that says it is endless',
      etherpad({ 'pad:a': pad({ chatHead: 1e300 }) }),
      '[{"insert":"x\\n"}]',
    ],
    ['JSON in JSON in JSON', Buffer.from('['.repeat(200_000)), 'damaged'],
    ['JSON of something else', Buffer.from('{"a":1}'), 'unknown'],
  ])('F70: %s', async (_what, bytes, outcome) => {
    expect(await fate(bytes, 'x.etherpad')).toBe(outcome)
  })

  test('F69: names that mean something to JavaScript stay names, and objects stay out of attributes', async () => {
    const text =
      '{"format":"inkpad","version":1,"people":[],"chat":[],"text":[{"insert":"a","attributes":{"__proto__":{"x":1},"constructor":"y","bold":true,"comment-1":true,"link":"javascript:1","deep":{"a":1}}},{"insert":{"__proto__":null}},{"insert":{"a":1,"b":2}},{"insert":{"table":{}}},{"insert":7},null,{"insert":"\\n"}]}'
    expect(await fate(Buffer.from(text), 'x.json')).toBe(
      '[{"insert":"a","attributes":{"bold":true,"constructor":"y"}},{"insert":"\\n"}]',
    )
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  test.each([
    [
      'an old Word document',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      'converter',
    ],
    ['RTF', Buffer.from('{\\rtf1 x}'), 'converter'],
    ['a PDF', Buffer.from('%PDF-1.7 x'), 'converter'],
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
      'unknown',
    ],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['only spaces', Buffer.from('  \n \n'), 'empty'],
    ['more text than a pad takes', Buffer.alloc(11_000_000, 'a'), 'tooLarge'],
    ['more lines than a text has', Buffer.from('w\n'.repeat(200_001)), 'tooLarge'],
  ])('F60: %s is told apart by what it is, not by its name', async (_what, bytes, reason) => {
    expect(await fate(bytes, 'x.txt')).toBe(reason)
  })

  test('F60: nothing is fetched, whatever a file refers to', async () => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const html = `<link rel=stylesheet href="${at}"><img src="${at}" srcset="${at} 2x"><p style="background: url(${at})">x</p><iframe src="${at}"></iframe><a href="${at}">x</a>`
    await fate(Buffer.from(html), 'x.html')
    await fate(Buffer.from(`![x](${at}) [y](${at})`), 'x.md')
    await fate(
      docxOf(`<w:p><w:r><w:t>x</w:t><w:drawing><a r:link="${at}" xmlns:r="r"/></w:drawing></w:r></w:p>`),
      'x.docx',
    )
    // Those of every other kind are among the files of the long run (tests/server/http/hostile-imports.full.test.ts).
    const telling = hostileFiles(at).filter(({ bytes }) => bytes.length < 100_000 && bytes.includes(at))
    expect(new Set(telling.map(({ name }) => name)).size).toBeGreaterThan(1)
    for (const { bytes, name } of telling) await fate(bytes, name)
    await new Promise((resolve) => server.close(resolve))
    expect(asked).toBe(0)
  })

  test('F60: a file that takes too long is given up with its thread, and the next one is read', async () => {
    const slow = createImporter({ formats: () => coreFormats, threads: importThreads(1) })
    await expect(slow.read(Buffer.from('*a **a '.repeat(50_000)), 'x.md', true)).rejects.toMatchObject({
      reason: 'tooLong',
    })
    await slow.close()
    expect(await fate(Buffer.from('fine'), 'x.txt')).toContain('fine')
  })

  test('F60: a file that takes too much memory is given up with its thread', async () => {
    const small = createImporter({ formats: () => coreFormats, threads: importThreads(60_000, 16) })
    await expect(
      small.read(
        docxOf(Array.from({ length: 100_000 }, (_, at) => p(`${at * 7919}`)).join('')),
        'x.docx',
        true,
      ),
    ).rejects.toMatchObject({
      reason: 'tooLong',
    })
    await small.close()
  })
})
