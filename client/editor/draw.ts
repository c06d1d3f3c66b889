/**
 * How lines, marks and embeds become DOM in the editor. Headings are real headings and lines real paragraphs for screen
 * readers; list markers and numbers are drawn by the style sheet from `data-` attributes (numbers: commands/numbers.ts).
 * Nothing here writes a value into the page that it did not check: links and colours pass their allow-lists.
 */
import type { DOMOutputSpec, Node } from 'prosemirror-model'
import type { Attributes, FormatValue } from '../../shared/text/delta.ts'
import { embedKind } from '../../shared/text/formats.ts'
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

/** The DOM of a line. */
export function lineToDOM(node: Node): DOMOutputSpec {
  const { header, list, indent, align, direction, blockquote, start } = node.attrs
  const code: unknown = node.attrs['code-block']
  const attrs: Record<string, string> = {
    class: 'line',
    dir: typeof direction === 'string' ? direction : 'auto',
  }
  if (typeof list === 'string') attrs['data-list'] = list
  if (typeof indent === 'number') attrs['data-indent'] = String(indent)
  if (typeof align === 'string') attrs['data-align'] = align
  if (typeof start === 'number') attrs['data-start'] = String(start)
  if (blockquote === true) attrs['data-quote'] = ''
  if (code !== null && code !== undefined) {
    attrs['data-code'] = typeof code === 'string' ? code : ''
    attrs['spellcheck'] = 'false'
  }
  const tag = typeof header === 'number' ? `h${header}` : 'p'
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

/** The DOM of a mark with one value. */
export function markToDOM(name: string, value: FormatValue): DOMOutputSpec {
  const element = FLAG_ELEMENT[name]
  if (element) return [element, 0]
  if (name === 'link') {
    const href = safeLink(value)
    return href === null
      ? ['span', { class: 'link-refused' }, 0]
      : ['a', { href, rel: 'noopener noreferrer nofollow', target: '_blank' }, 0]
  }
  if (name === 'script') return [value === 'sub' ? 'sub' : 'sup', 0]
  return ['span', { class: `format-${name.replace(/[^\w-]/g, '')}`, 'data-value': String(value) }, 0]
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
