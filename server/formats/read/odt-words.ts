/** The words of an OpenDocument text's paragraphs, with their looks, links, notes and pictures. */
import type { HtmlNode } from '../../../shared/text/html-node.ts'
import { pictureIn } from './odt-pictures.ts'
import type { OdtPictures } from './odt-pictures.ts'
import { pointsOf } from './odt-styles.ts'
import type { OdtStyles, Properties } from './odt-styles.ts'
import type { LeftOut } from './types.ts'
import { childOf, elementsOf, textOf } from './xml.ts'
import type { XmlElement } from './xml.ts'

export interface WordParts {
  styles: OdtStyles
  left: LeftOut
  /** Notes that were named, in their order. */
  notes: XmlElement[]
  pictures: OdtPictures
}

const NOT_WORDS =
  /^(?:office:annotation|text:tracked-changes|text:change|text:bookmark|text:sequence-decls|office:forms)/
const MONO =
  /^['"]?(?:mono$|consolas|courier|menlo|monaco|source code|liberation mono|dejavu sans mono|lucida console|cascadia)/i
/** Spaces that one element may stand for. */
const MOST_SPACES = 1000

/** The words in an element; `base` are the properties of the paragraph's own style. */
export function wordsIn(element: XmlElement, reader: WordParts, base: Properties | null): HtmlNode[] {
  const out: HtmlNode[] = []
  for (const child of element.children) {
    if (typeof child === 'string') out.push(child.replace(/[ \t\r\n]+/g, ' '))
    else if (child.name === 'text:s') {
      const count = Number(child.attributes['text:c'] ?? 1)
      out.push(' '.repeat(Number.isInteger(count) && count > 0 ? Math.min(MOST_SPACES, count) : 1))
    } else if (child.name === 'text:tab') out.push('\t')
    else if (child.name === 'text:line-break') out.push({ tag: 'br' })
    else if (child.name === 'text:a') {
      const href = child.attributes['xlink:href'] ?? ''
      const inner = wordsIn(child, reader, null)
      out.push(
        href.startsWith('#')
          ? { tag: 'span', children: inner }
          : { tag: 'a', attributes: { href }, children: inner },
      )
    } else if (child.name === 'text:span') {
      const { text, names } = reader.styles.style('text', child.attributes['text:style-name'])
      out.push(...wrapped(wordsIn(child, reader, null), text, names, reader.styles.plainSize))
    } else if (child.name === 'text:note') {
      reader.notes.push(child)
      out.push({ tag: 'sup', children: [`[${reader.notes.length}]`] })
    } else if (child.name.startsWith('draw:')) {
      out.push(...drawn(child, reader))
    } else if (child.name === 'office:annotation') reader.left.comments += 1
    else if (child.name === 'text:ruby') out.push(textOf(childOf(child, 'text:ruby-base') ?? child))
    else if (!NOT_WORDS.test(child.name)) out.push(...wordsIn(child, reader, null))
  }
  return base === null ? out : wrapped(out, base, [], reader.styles.plainSize)
}

/** A picture, or the lines of a box in the line that it stands in. */
export function drawn(frame: XmlElement, reader: WordParts): HtmlNode[] {
  const picture = pictureIn(frame, reader.pictures)
  if (picture) return [picture]
  const box = childOf(frame, 'draw:text-box')
  if (!box) {
    reader.left.pictures += 1
    return []
  }
  return elementsOf(box)
    .map((one) => (/^text:[ph]$/.test(one.name) ? wordsIn(one, reader, null) : []))
    .filter((line) => line.length > 0)
    .flatMap((line, at) => (at === 0 ? line : [{ tag: 'br' }, ...line]))
}

/** A browser's pixels for a document's plain words. */
const PLAIN_PIXELS = 16

function wrapped(
  nodes: HtmlNode[],
  text: Properties,
  names: readonly string[],
  plainSize: number,
): HtmlNode[] {
  if (nodes.length === 0) return nodes
  const tags: string[] = []
  if (/^(?:bold|[6-9]00)$/.test(text.get('fo:font-weight') ?? '')) tags.push('strong')
  if (/^(?:italic|oblique)$/.test(text.get('fo:font-style') ?? '')) tags.push('em')
  if ((text.get('style:text-underline-style') ?? 'none') !== 'none' && !names.includes('internetlink'))
    tags.push('u')
  if ((text.get('style:text-line-through-style') ?? 'none') !== 'none') tags.push('s')
  const position = text.get('style:text-position') ?? ''
  if (/^(?:sub|-\d)/.test(position)) tags.push('sub')
  else if (/^(?:super|[1-9])/.test(position)) tags.push('sup')
  const code =
    names.some((name) => /^(?:sourcetext|teletype|code)/.test(name)) ||
    MONO.test(text.get('style:font-name') ?? text.get('fo:font-family') ?? '')
  if (code) tags.push('code')
  const css: string[] = []
  const colour = text.get('fo:color') ?? ''
  if (/^#[0-9a-f]{6}$/i.test(colour) && colour !== '#000000' && !names.includes('internetlink'))
    css.push(`color: ${colour.toLowerCase()}`)
  const ground = text.get('fo:background-color') ?? ''
  if (/^#[0-9a-f]{6}$/i.test(ground) && !code && ground.toLowerCase() !== '#ffffff')
    css.push(`background-color: ${ground.toLowerCase()}`)
  let inner =
    css.length > 0 ? [{ tag: 'span', attributes: { style: css.join('; ') }, children: nodes }] : nodes
  const size = pointsOf(text)
  if (size > 0 && size !== plainSize && names.length > 0 && !code)
    inner = [
      {
        tag: 'span',
        attributes: { class: `size-${Math.round((size / plainSize) * PLAIN_PIXELS)}` },
        children: inner,
      },
    ]
  for (const tag of tags) inner = [{ tag, children: inner }]
  return inner
}
