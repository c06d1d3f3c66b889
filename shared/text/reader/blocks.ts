/** Which elements end lines, and the line formats they stand for (SPEC-text P2, P4). */
import type { Attributes, FormatValue } from '../delta.ts'
import { isValidFormat, MAX_INDENT } from '../formats.ts'
import type { Space } from './line-writer.ts'
import { attributeOf, tagOf } from './source.ts'
import type { SourceNode } from './source.ts'
import { isWordQuote, wordHeading } from './word.ts'

/** Elements that begin and end lines. */
export const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main nav p pre search section summary table tbody td ' +
    'tfoot th thead xmp'
  ).split(' '),
)

/** Elements whose content is no text of the document. */
export const SKIPPED: ReadonlySet<string> = new Set(
  (
    'applet area audio button canvas col colgroup datalist embed frame frameset head iframe input link map math meta ' +
    'meter noembed noframes noscript object option param picture progress script select source style svg template ' +
    'textarea title track video'
  ).split(' '),
)

/** How an element's white space counts; undefined: as around it. */
export function spaceOf(tag: string, styles: ReadonlyMap<string, string>): Space | undefined {
  const value = styles.get('white-space') ?? styles.get('white-space-collapse')
  if (value !== undefined)
    return /^(?:pre|break-spaces|preserve)/.test(value) && value !== 'pre-line' ? 'keep' : 'collapse'
  return tag === 'pre' || tag === 'xmp' ? 'keep' : undefined
}

/** Whether an element is a block of code: `pre`, or what code editors put on the clipboard. */
export function isCode(tag: string, styles: ReadonlyMap<string, string>): boolean {
  if (tag === 'pre' || tag === 'xmp') return true
  return (
    tag === 'div' &&
    styles.get('white-space') === 'pre' &&
    /monospace|courier/i.test(styles.get('font-family') ?? '')
  )
}

/** The language a code block names in its class, or in that of the `code` inside. */
export function codeLanguage(node: SourceNode): string | null {
  const candidates = [
    node,
    ...Array.from({ length: Math.min(3, node.childNodes.length) }, (_, at) => node.childNodes[at]),
  ]
  for (const candidate of candidates) {
    if (!candidate) continue
    const name = /(?:^|\s)(?:lang(?:uage)?-|highlight-source-)([\w+#.-]{1,30})/.exec(
      attributeOf(candidate, 'class'),
    )?.[1]
    if (name !== undefined && isValidFormat('code-block', name)) return name.toLowerCase()
  }
  return null
}

/** The line formats inside a block, from those around it. */
export function blockFormats(node: SourceNode, around: Attributes): Attributes {
  const tag = tagOf(node)
  const out: Record<string, FormatValue> = { ...around }
  const level =
    /^h([1-6])$/.exec(tag)?.[1] ??
    (attributeOf(node, 'role') === 'heading' ? attributeOf(node, 'aria-level') : '')
  const header = Number(level) || wordHeading(node)
  if (isValidFormat('header', header)) out['header'] = header
  // A quotation inside another is one that stands further in.
  if (tag === 'blockquote' && around['blockquote'] === true)
    out['indent'] = Math.min(MAX_INDENT, Number(around['indent'] ?? 0) + 1)
  if (tag === 'blockquote' || isWordQuote(node)) out['blockquote'] = true
  const dir = attributeOf(node, 'dir').toLowerCase()
  if (dir === 'rtl') out['direction'] = 'rtl'
  else if (dir === 'ltr') delete out['direction']
  const indent = Number(/(?:^|\s)(?:ql-)?indent-([1-8])(?:\s|$)/.exec(attributeOf(node, 'class'))?.[1] ?? 0)
  if (indent > 0 && tag !== 'li') out['indent'] = indent
  return out
}

/** Whether a list item is a task, and ticked; null when it is an ordinary item. */
export function checkState(node: SourceNode): 'checked' | 'unchecked' | null {
  const said =
    attributeOf(node, 'data-checked') ||
    (attributeOf(node, 'role') === 'checkbox' ? attributeOf(node, 'aria-checked') : '')
  if (said !== '') return said === 'true' ? 'checked' : 'unchecked'
  return boxIn(node, 0)
}

/** A check box before the item's first words. */
function boxIn(node: SourceNode, depth: number): 'checked' | 'unchecked' | null {
  if (depth > 3) return null
  for (let at = 0; at < node.childNodes.length && at < 4; at += 1) {
    const child = node.childNodes[at]
    if (!child) break
    if (child.nodeType === 3 && /\S/.test(child.nodeValue ?? '')) return null
    const tag = tagOf(child)
    if (tag === 'ul' || tag === 'ol') return null
    if (tag === 'input' && attributeOf(child, 'type').toLowerCase() === 'checkbox') {
      return child.getAttribute?.('checked') != null ? 'checked' : 'unchecked'
    }
    const inside = tag === '' ? null : boxIn(child, depth + 1)
    if (inside) return inside
  }
  return null
}
