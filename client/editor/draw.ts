/**
 * How lines, marks and embeds become DOM in the editor. Headings are real headings and lines real paragraphs for screen
 * readers; list markers and numbers are drawn by the style sheet from `data-` attributes (numbers: commands/numbers.ts).
 * Nothing here writes a value into the page that it did not check: links and colours pass their allow-lists.
 */
import type { DOMOutputSpec, Node } from 'prosemirror-model'
import type { Attributes, FormatValue } from '../../shared/text/delta.ts'
import { drawingOf } from '../../shared/text/drawing.ts'
import { embedKind } from '../../shared/text/formats.ts'
import type { Formats, InlineFormat } from '../../shared/text/formats.ts'
import { jsonObject } from '../../shared/text/json.ts'
import { safeLink } from '../../shared/text/links.ts'

const FLAG_ELEMENT: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
}

let tasks = 0

/** Draws lines with the core's formats and those of the table that say how they look. */
export function lineDrawer(formats: Formats): (node: Node) => DOMOutputSpec {
  const drawn = [...formats.line.values()].filter((format) => format.draw)
  return (node) => {
    const looks: Look = { tag: '', class: 'line', attributes: {}, style: '' }
    for (const format of drawn) {
      const drawing = drawingOf(format, (node.attrs[format.name] as FormatValue | undefined) ?? null)
      if (!drawing) continue
      const { class: name, ...attributes } = drawing.attributes
      if (drawing.tag !== '') looks.tag = drawing.tag
      if (name !== undefined) looks.class += ` ${name}`
      if (drawing.style !== '') looks.style += `${drawing.style}; `
      Object.assign(looks.attributes, attributes)
    }
    return lineToDOM(node, looks)
  }
}

/** What formats of the table give to a line's element. */
interface Look {
  tag: string
  class: string
  attributes: Record<string, string>
  style: string
}

/** The DOM of a line. ProseMirror sets `style` through the CSSOM, which the page's policy allows. */
function lineToDOM(node: Node, looks: Look): DOMOutputSpec {
  const { header, list, indent, direction, blockquote, start } = node.attrs
  const code: unknown = node.attrs['code-block']
  const attrs: Record<string, string> = {
    ...looks.attributes,
    class: looks.class,
    dir: typeof direction === 'string' ? direction : 'auto',
  }
  if (looks.style !== '') attrs['style'] = looks.style
  if (typeof list === 'string') attrs['data-list'] = list
  if (typeof indent === 'number') attrs['data-indent'] = String(indent)
  if (typeof start === 'number') attrs['data-start'] = String(start)
  if (blockquote === true) attrs['data-quote'] = ''
  if (code !== null && code !== undefined) {
    attrs['data-code'] = typeof code === 'string' ? code : ''
    attrs['spellcheck'] = 'false'
  }
  const tag = typeof header === 'number' ? `h${header}` : looks.tag || 'p'
  if (list !== 'checked' && list !== 'unchecked') return [tag, attrs, 0]
  const id = `task-${(tasks += 1)}`
  const box = {
    class: 'check',
    role: 'checkbox',
    'aria-checked': String(list === 'checked'),
    'aria-labelledby': id,
    contenteditable: 'false',
  }
  return [tag, attrs, ['span', box], ['span', { class: 'task', id }, 0]]
}

/** The DOM of a mark whose format says how it looks. */
export function drawnMark(format: InlineFormat, value: FormatValue): DOMOutputSpec {
  const drawing = drawingOf(format, value)
  if (!drawing) return ['span', 0]
  const { tag, attributes, style } = drawing
  return [tag || 'span', style === '' ? attributes : { ...attributes, style }, 0]
}

/** The DOM of a mark of the core's with one value; what is not to be seen is a span. */
export function markToDOM(name: string, value: FormatValue): DOMOutputSpec {
  const element = FLAG_ELEMENT[name]
  if (element) return [element, 0]
  if (name === 'link') {
    const href = safeLink(value)
    return href === null
      ? ['span', { class: 'link-refused' }, 0]
      : ['a', { href, rel: 'noopener noreferrer nofollow', target: '_blank' }, 0]
  }
  return ['span', 0]
}

/** The DOM of the threads (comments, suggestions) on a text; their keys separated by spaces. */
export function threadsToDOM(threads: Attributes): DOMOutputSpec {
  const keys = Object.keys(threads)
  const classes = new Set(keys.map((key) => (key.startsWith('comment-') ? 'commented' : 'suggested')))
  return ['span', { class: [...classes].join(' '), 'data-threads': keys.join(' ') }, 0]
}

/** The DOM of a block embed: a divider, or a labelled placeholder until a plugin's node view draws the kind. */
export function blockToDOM(node: Node): DOMOutputSpec {
  const kind = embedKind(jsonObject(String(node.attrs['embed'])))
  const attrs = { class: 'block', 'data-kind': kind }
  return kind === 'divider'
    ? ['div', attrs, ['hr']]
    : ['div', attrs, ['span', { class: 'placeholder' }, kind || '?']]
}

/** The DOM of an inline embed: a labelled placeholder until a plugin's node view draws the kind. */
export function embedToDOM(node: Node): DOMOutputSpec {
  const kind = embedKind(jsonObject(String(node.attrs['embed'])))
  return ['span', { class: 'embed placeholder', 'data-kind': kind }, kind || '?']
}
