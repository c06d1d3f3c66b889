/** Web pages (SPEC-formats F21): the blocks with what a person chose around them. */
import { escapeHtml, htmlText } from '../../shared/text/html-node.ts'
import type { HtmlElement, HtmlNode } from '../../shared/text/html-node.ts'
import { contentsAsLists, placesOf } from './document/contents.ts'
import { mixed } from './document/colour.ts'
import { namedPeople, tintsOf } from './document/people.ts'
import { dayOf, said } from './document/said.ts'
import { htmlBlocks } from './html.ts'
import { inPage, noteNodes } from './html-pictures.ts'
import type { HtmlExtras } from './html-pictures.ts'
import type { TextSource, Writer } from './types.ts'
import { walk } from './walk.ts'

/** Headings down to this level are in the contents. */
const DEEPEST_ENTRY = 3

/** For reading on a screen and on paper; without it everything can be read all the same. */
const STYLE = `body { max-width: 44em; margin: 2em auto; padding: 0 1em; font: 1em/1.5 system-ui, sans-serif; overflow-wrap: break-word }
p { margin: 0; white-space: pre-wrap }
ul.tasks { list-style: none; padding-inline-start: 1.5em }
pre { padding: .75em 1em; border: 1px solid; border-radius: 6px; white-space: pre-wrap }
blockquote { margin-inline: 0; padding-inline-start: 1em; border-inline-start: 3px solid }
table { border-collapse: collapse; margin: .75em 0 }
th, td { border: 1px solid #b9c2d3; padding: .25em .6em; text-align: start; vertical-align: top }
th { background: #f1f2f5 }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1em 0 .4em }`

/** Numbers of lines stand beside them, at the side where the page begins, and are never copied with them. */
const numbers = (side: 'left' | 'right', other: 'left' | 'right'): string => `
.numbered { position: relative; counter-reset: line; padding-${side}: 3rem }
.numbered :is(p, h1, h2, h3, h4, h5, h6, li, .line)::before { counter-increment: line; content: counter(line); position: absolute; ${side}: 0; width: 2rem; text-align: ${other}; font: .75rem/1.5rem system-ui, sans-serif; opacity: .6; user-select: none }
.numbered li > :is(h1, h2, h3, h4, h5, h6)::before, .numbered li:has(> pre)::before { counter-increment: none; content: none }`
const AUTHORS = `
footer { margin-top: 2em }`
const COVER = `
.cover { padding: 30vh 0; text-align: center; break-after: page }`

interface Entry {
  level: number
  words: string
  id: string
}

/** A list in lists, by the headings' levels; a level that is left out makes no empty list. */
function contentsList(entries: readonly Entry[]): HtmlElement {
  const items: HtmlNode[] = []
  for (let at = 0; at < entries.length;) {
    const [first, ...later] = entries.slice(at)
    if (!first) break
    const end = later.findIndex(({ level }) => level <= first.level)
    const under = end < 0 ? later : later.slice(0, end)
    const link: HtmlElement = { tag: 'a', attributes: { href: `#${first.id}` }, children: [first.words] }
    items.push({ tag: 'li', children: under.length > 0 ? [link, contentsList(under)] : [link] })
    at += 1 + under.length
  }
  return { tag: 'ul', children: items }
}

function front(source: TextSource, entries: readonly Entry[]): HtmlNode[] {
  const { title, lang, revision, time, options } = source
  const words = said(lang)
  const out: HtmlNode[] = []
  if (options.cover)
    out.push({
      tag: 'header',
      attributes: { class: 'cover' },
      children: [
        { tag: 'h1', children: [title] },
        { tag: 'p', children: [`${words.revision} ${revision} · ${dayOf(time)}`] },
      ],
    })
  if (entries.length > 0)
    out.push({
      tag: 'nav',
      attributes: { 'aria-labelledby': 'contents' },
      children: [
        { tag: 'h2', attributes: { id: 'contents' }, children: [words.contents] },
        contentsList(entries),
      ],
    })
  return out
}

/** Who wrote, each on the ground that their words have. */
function authors(source: TextSource): HtmlNode[] {
  const people = namedPeople(source)
  const { authors: writtenBy, nobody } = said(source.lang)
  if (people.length === 0) return []
  const names = people.flatMap(({ name, colour }, at): HtmlNode[] => [
    ...(at > 0 ? [', '] : []),
    { tag: 'span', attributes: { style: `background-color: ${mixed(colour)}` }, children: [name || nobody] },
  ])
  return [{ tag: 'footer', children: [{ tag: 'p', children: [`${writtenBy}: `, ...names] }] }]
}

export const html: Writer = {
  needs: 'text',
  boards: 'either',
  mime: 'text/html; charset=utf-8',
  ending: 'html',
  write(source: TextSource) {
    const { title, lang, rtl, content, formats, pictures, boards, options } = source
    const tree = walk(content, { formats, pictures, boards, authors: options.authors })
    const headings = placesOf(tree, options.toc, DEEPEST_ENTRY)
    const id = (at: number): string => `heading-${at + 1}`
    const extras: HtmlExtras = {
      address: inPage,
      places: new Map(headings.map(({ block }, at) => [block, id(at)])),
      notes: [],
      tints: tintsOf(source),
      numbered: options.lineNumbers,
    }
    const blocks = contentsAsLists(tree, headings, (_heading, at) => `#${id(at)}`)
    const nodes = htmlBlocks(blocks, extras)
    const entries = headings.map(({ level, words }, at) => ({ level, words, id: id(at) }))
    const first = options.toc ? entries.filter(({ level }) => level <= DEEPEST_ENTRY) : []
    const text = htmlText([...nodes, ...noteNodes(extras.notes)])
    const style = [
      STYLE,
      options.lineNumbers && rtl ? numbers('right', 'left') : '',
      options.lineNumbers && !rtl ? numbers('left', 'right') : '',
      options.authors ? AUTHORS : '',
      options.cover ? COVER : '',
    ].join('')
    const attributes = `${lang === '' ? '' : ` lang="${escapeHtml(lang)}"`}${rtl ? ' dir="rtl"' : ''}`
    return `<!DOCTYPE html>
<html${attributes}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="generator" content="Inkpad">
<title>${escapeHtml(title)}</title>
<style>
${style}
</style>
</head>
<body>
${htmlText(front(source, first))}<main${options.lineNumbers ? ' class="numbered"' : ''}>
${text}</main>
${htmlText(authors(source))}</body>
</html>
`
  },
}
