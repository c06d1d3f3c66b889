/** The examples of the CommonMark specification: read as it says, and the same after going out and coming back. */
import { createRequire } from 'node:module'
import { expect, test } from '@jest/globals'
import { sourceOf as nodesAsSource } from '../../../../server/formats/importer.ts'
import { htmlNodes } from '../../../../server/formats/read/html.ts'
import { markdownNodes } from '../../../../server/formats/read/markdown.ts'
import type { HtmlNode } from '../../../../shared/text/html-node.ts'
import type { Insert } from '../../../../shared/text/delta.ts'
import { normalise } from '../../../../shared/text/lines.ts'
import { readHtml } from '../../../../shared/text/reader/html-reader.ts'
import { sourceOf, textOf } from '../sources.ts'

const { tests: examples } = createRequire(import.meta.url)('commonmark-spec') as {
  tests: readonly { markdown: string; html: string; number: number }[]
}
const content = (nodes: HtmlNode[]): Insert[] => normalise(readHtml(nodesAsSource(nodes)))
const read = (markdown: string): Insert[] => content(markdownNodes(markdown).nodes)
const tabs = (text: string): string => text.replaceAll('→', '\t')

/** Two paragraphs have an empty line between them with us (F65), which the specification's HTML does not say. */
const closed = (inserts: readonly Insert[]): string =>
  JSON.stringify(
    inserts.map(({ insert, attributes }) => ({
      insert: typeof insert === 'string' ? insert.replace(/\n{2,}/g, '\n') : insert,
      attributes,
    })),
  )

test('F65: all examples are read as the content that the HTML of the specification is', () => {
  const other = examples
    .filter(({ markdown, html }) => {
      const wanted = closed(content(htmlNodes(tabs(html)).nodes))
      return closed(read(tabs(markdown))) !== wanted
    })
    .map(({ number }) => number)
  expect(examples.length).toBe(652)
  // Front matter is none of the text; bare addresses are links for GitHub and for us.
  expect(other).toEqual([98, 602, 608, 611, 612])
})

/**
 * What F24 says is lost does not count: how far text is indented that is no quotation, numbers beyond a million, and marks
 * of spaces, which nobody sees. Addresses count as what they lead to.
 */
function kept(inserts: readonly Insert[]): string {
  const out: string[] = []
  for (const { insert, attributes = {} } of inserts) {
    if (typeof insert !== 'string') {
      out.push(JSON.stringify(insert))
      continue
    }
    const { indent, start, link, ...rest } = attributes
    const list =
      rest['list'] === undefined
        ? {}
        : { indent: indent ?? 0, start: Number(start ?? 0) > 999_999 ? 0 : (start ?? 0) }
    const href =
      typeof link === 'string'
        ? { link: decodeURI(link).replaceAll('%28', '(').replaceAll('%29', ')').replaceAll('%60', '`') }
        : {}
    const quoted = rest['blockquote'] === true ? { indent: indent ?? 0 } : {}
    const marks = JSON.stringify({ ...rest, ...quoted, ...list, ...href })
    for (const letter of insert) out.push(/[^\S\n]/.test(letter) ? ' ' : `${letter} ${marks}`)
  }
  return out.join('|')
}

test('F22, F65: what was read, written and read again is the same for more of them than with other writers', () => {
  const moved: number[] = []
  for (const { markdown, number } of examples) {
    const once = read(tabs(markdown))
    if (kept(read(textOf('md', sourceOf(once)))) !== kept(once)) moved.push(number)
  }
  // Code that begins with a no-break space or is nothing else; prosemirror-markdown moves 13.
  expect(moved).toEqual([333, 334])
})
