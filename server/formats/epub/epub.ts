/** Books (SPEC-formats F45): EPUB 3.3, a chapter for each heading of the first two levels. */
import { createHash } from 'node:crypto'
import type { HtmlNode } from '../../../shared/text/html-node.ts'
import { contentsAsLists, hasContents, placesOf } from '../document/contents.ts'
import { DEEPEST_HEADING } from '../document/lines.ts'
import { tintsOf } from '../document/people.ts'
import { dayOf, isoTime, said } from '../document/said.ts'
import { escapeXml } from '../document/xml.ts'
import { zipped } from '../document/zip.ts'
import type { Part } from '../document/zip.ts'
import { htmlBlocks } from '../html.ts'
import { noteNodes } from '../html-pictures.ts'
import type { HtmlExtras } from '../html-pictures.ts'
import { pictureFile, pictureList } from '../document/pictures.ts'
import type { PictureList } from '../document/pictures.ts'
import type { Block, PictureView } from '../tree.ts'
import type { TextSource, Writer } from '../types.ts'
import { walk } from '../walk.ts'
import { STYLE } from './style.ts'
import { xhtml } from './xhtml.ts'
import type { Targets } from './xhtml.ts'

const MIME = 'application/epub+zip'
/** Headings of these levels begin a chapter; down to the second number they are in the table of contents. */
const CHAPTER = 2
const DEEPEST_ENTRY = 3
/** Chapters of a book; what follows stays in the last one. */
const MOST_CHAPTERS = 500

interface Entry {
  level: number
  words: string
  /** File and place. */
  to: string
}

interface Chapter {
  file: string
  nodes: HtmlNode[]
}

/** Blocks in chapters. */
function parted(blocks: readonly Block[]): Block[][] {
  let chapter: Block[] = []
  const chapters = [chapter]
  for (const block of blocks) {
    const level = block.kind === 'paragraph' ? block.heading : 0
    if (level > 0 && level <= CHAPTER && chapter.length > 0 && chapters.length < MOST_CHAPTERS) {
      chapter = []
      chapters.push(chapter)
    }
    chapter.push(block)
  }
  return chapters
}

const fileOf = (chapter: number): string => `text${chapter + 1}.xhtml`

/** Text in chapters, and the headings in it that lead somewhere. */
function chaptersOf(
  blocks: readonly Block[],
  pictures: PictureList,
  tints: HtmlExtras['tints'],
): { chapters: Chapter[]; entries: Entry[]; targets: Targets } {
  const parts = parted(blocks)
  const found = parts.map((part) =>
    placesOf(part, true, hasContents(blocks) ? DEEPEST_HEADING : DEEPEST_ENTRY),
  )
  const headings = found.flat()
  const places = new Map(headings.map(({ block }, at) => [block, `h${at + 1}`]))
  const entries = found.flatMap((own, chapter) =>
    own.map(({ level, words, block }) => ({
      level,
      words,
      to: `${fileOf(chapter)}#${places.get(block) ?? ''}`,
    })),
  )
  const chapters = parts.map((part, at): Chapter => {
    const extras: HtmlExtras = {
      notes: [],
      tints,
      places,
      numbered: false,
      address(picture) {
        pictures.number(picture)
        return `pictures/${pictureFile(picture)}`
      },
    }
    const written = contentsAsLists(part, headings, (_heading, index) => `#h${index + 1}`)
    const nodes = htmlBlocks(written, extras)
    return { file: fileOf(at), nodes: [...nodes, ...noteNodes(extras.notes)] }
  })
  return {
    chapters,
    entries: entries.filter(({ level }) => level <= DEEPEST_ENTRY),
    targets: new Map(entries.map(({ to }, at) => [`#h${at + 1}`, to])),
  }
}

/** A list in lists, by the headings' levels; a level that is left out makes no empty list. */
function entriesXml(entries: readonly Entry[]): string {
  let xml = ''
  const open: number[] = []
  for (const { level, words, to } of entries) {
    while (open.length > 1 && (open.at(-2) ?? 0) >= level) {
      open.pop()
      xml += '</li></ol>'
    }
    if (open.length > 0 && (open.at(-1) ?? 0) >= level) {
      xml += '</li>'
      open[open.length - 1] = level
    } else {
      open.push(level)
      xml += '<ol>'
    }
    xml += `<li><a href="${to}">${escapeXml(words)}</a>`
  }
  return xml + '</li></ol>'.repeat(open.length)
}

function page({ title, lang, rtl }: TextSource, body: string, type = ''): string {
  const language = escapeXml(lang === '' ? 'und' : lang)
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${language}" xml:lang="${language}"${rtl ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8"/>
<title>${escapeXml(title === '' ? 'Inkpad' : title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body${type === '' ? '' : ` epub:type="${type}"`}>
${body}</body>
</html>
`
}

function coverPage(source: TextSource): string {
  const { title, lang, revision, time } = source
  const under = `${said(lang).revision} ${revision} · ${dayOf(time)}`
  return page(
    source,
    `<section class="cover">\n<h1>${escapeXml(title)}</h1>\n<p>${escapeXml(under)}</p>\n</section>\n`,
    'frontmatter',
  )
}

function navPage(source: TextSource, entries: readonly Entry[]): string {
  const { contents } = said(source.lang)
  return page(
    source,
    `<nav epub:type="toc" id="toc">\n<h1>${escapeXml(contents)}</h1>\n${entriesXml(entries)}\n</nav>\n`,
  )
}

/** The same book in each of its revisions. */
function identifier({ shown }: TextSource): string {
  const hash = createHash('sha256').update(`inkpad ${shown}`).digest('hex')
  return `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

function packageXml(source: TextSource, files: readonly string[], pictures: readonly PictureView[]): string {
  const { title, lang, time, options, rtl } = source
  const items = files.map(
    (file) => `<item id="${idOf(file)}" href="${file}" media-type="application/xhtml+xml"/>`,
  )
  for (const [at, picture] of pictures.entries())
    items.push(
      `<item id="picture${at + 1}" href="pictures/${pictureFile(picture)}" media-type="${picture.mime}"/>`,
    )
  const spine = files.map((file) => `<itemref idref="${idOf(file)}"/>`)
  if (options.toc) spine.splice(options.cover ? 1 : 0, 0, '<itemref idref="nav"/>')
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${escapeXml(lang === '' ? 'und' : lang)}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">${identifier(source)}</dc:identifier>
<dc:title>${escapeXml(title === '' ? 'Inkpad' : title)}</dc:title>
<dc:language>${escapeXml(lang === '' ? 'und' : lang)}</dc:language>
<meta property="dcterms:modified">${isoTime(time)}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
${items.join('\n')}
</manifest>
<spine${rtl ? ' page-progression-direction="rtl"' : ''}>
${spine.join('\n')}
</spine>
</package>
`
}

const idOf = (file: string): string => file.replace('.xhtml', '')

const CONTAINER = `<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
`

export const epub: Writer = {
  needs: 'text',
  boards: 'either',
  mime: MIME,
  ending: 'epub',
  write(source: TextSource) {
    const { content, formats, pictures, boards, options } = source
    const list = pictureList()
    const { chapters, entries, targets } = chaptersOf(
      walk(content, { formats, pictures, boards, authors: options.authors }),
      list,
      tintsOf(source),
    )
    const pages: Part[] = chapters.map(({ file, nodes }) => ({
      path: `EPUB/${file}`,
      content: page(source, xhtml(nodes, targets)),
    }))
    if (options.cover) pages.unshift({ path: 'EPUB/cover.xhtml', content: coverPage(source) })
    const files = pages.map(({ path }) => path.slice('EPUB/'.length))
    const title = source.title === '' ? 'Inkpad' : source.title
    const found = entries.length > 0 ? entries : [{ level: 1, words: title, to: 'text1.xhtml' }]
    return zipped([
      { path: 'mimetype', content: MIME, stored: true },
      { path: 'META-INF/container.xml', content: CONTAINER },
      { path: 'EPUB/package.opf', content: packageXml(source, files, list.all) },
      { path: 'EPUB/nav.xhtml', content: navPage(source, found) },
      { path: 'EPUB/style.css', content: STYLE },
      ...pages,
      ...list.all.map((picture) => ({
        path: `EPUB/pictures/${pictureFile(picture)}`,
        content: picture.bytes,
        stored: true,
      })),
    ])
  },
}
