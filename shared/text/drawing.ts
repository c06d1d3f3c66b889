/**
 * What a format asks to be drawn, checked (SPEC-text T10, T11): only elements, classes, `data-` names and CSS that can do
 * no harm come through, whoever gave them. Editor, pages and exports draw from this.
 */
import type { FormatValue } from './delta.ts'
import type { Drawing, InlineFormat, LineFormat } from './formats.ts'

/** A checked drawing. */
export interface CheckedDrawing {
  /** The element; '' when none was named, or one that is not allowed. */
  tag: string
  /** `class` and `data-` attributes. */
  attributes: Readonly<Record<string, string>>
  /** CSS declarations as text, for where the plugin's style sheet is. */
  style: string
  /** The same for where it is not: exports and the clipboard. */
  plain: string
}

const INLINE_TAGS: ReadonlySet<string> = new Set(
  'abbr b big cite del dfn em i ins kbd mark q s samp small span strong sub sup u var'.split(' '),
)
const LINE_TAGS: ReadonlySet<string> = new Set('address div h1 h2 h3 h4 h5 h6 p'.split(' '))
/** Names under which the editor itself keeps things. */
const TAKEN: ReadonlySet<string> = new Set(['inkpad', 'kind', 'threads'])
const MOST_NAMES = 16
const LONGEST = 200

/** What a format draws for a value; null for nothing. A format that throws draws nothing. */
export function drawingOf(format: InlineFormat | LineFormat, value: FormatValue): CheckedDrawing | null {
  if (!format.draw || value === null) return null
  try {
    const drawing = format.draw(value)
    return drawing && checked(drawing, 'many' in format ? INLINE_TAGS : LINE_TAGS)
  } catch {
    return null
  }
}

/** Whether a value can stand in a CSS declaration without ending it or fetching anything. */
export function isSafeCssValue(value: string): boolean {
  if (value.length === 0 || value.length > LONGEST) return false
  // oxlint-disable-next-line no-control-regex -- these have no place in CSS
  if (/[;{}<>\\@!\u0000-\u001f\u007f]|\/\*|(?:url|src|image|image-set|element|expression)\s*\(/i.test(value))
    return false
  const bare = value.replace(/"[^"]*"|'[^']*'/g, '')
  return !/["']/.test(bare) && balanced(bare)
}

function balanced(text: string): boolean {
  let depth = 0
  for (const sign of text) {
    if (sign === '(') depth += 1
    else if (sign === ')') depth -= 1
    if (depth < 0) return false
  }
  return depth === 0
}

function checked(drawing: Drawing, tags: ReadonlySet<string>): CheckedDrawing {
  const attributes: Record<string, string> = {}
  const classes = (drawing.class ?? '').split(' ', MOST_NAMES).filter((name) => /^[\w-]{1,100}$/.test(name))
  if (classes.length > 0) attributes['class'] = classes.join(' ')
  for (const [name, value] of Object.entries(drawing.data ?? {}).slice(0, MOST_NAMES)) {
    if (/^[a-z][a-z0-9-]{0,60}$/.test(name) && !TAKEN.has(name))
      attributes[`data-${name}`] = value.slice(0, LONGEST)
  }
  const style = cssText(drawing.style)
  return {
    tag: drawing.tag !== undefined && tags.has(drawing.tag) ? drawing.tag : '',
    attributes,
    style,
    plain: drawing.plain ? cssText(drawing.plain) : style,
  }
}

function cssText(style: Drawing['style'] = {}): string {
  return Object.entries(style)
    .slice(0, MOST_NAMES)
    .filter(([name, value]) => /^(?:--)?[a-z][a-z0-9-]{0,60}$/.test(name) && isSafeCssValue(value))
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ')
}
