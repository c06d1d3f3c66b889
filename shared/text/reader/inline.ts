/** Inline formats from elements and styles (SPEC-text P3). */
import type { Attributes, FormatValue } from '../delta.ts'
import { safeLink } from '../links.ts'
import { attributeOf, tagOf } from './source.ts'
import type { SourceNode } from './source.ts'

const ELEMENTS: Readonly<Record<string, Attributes>> = {
  b: { bold: true },
  strong: { bold: true },
  i: { italic: true },
  em: { italic: true },
  cite: { italic: true },
  dfn: { italic: true },
  var: { italic: true },
  u: { underline: true },
  ins: { underline: true },
  s: { strike: true },
  strike: { strike: true },
  del: { strike: true },
  code: { code: true },
  kbd: { code: true },
  samp: { code: true },
  tt: { code: true },
}

/** The formats inside an element, from those around it. */
export function inlineFormats(
  node: SourceNode,
  styles: ReadonlyMap<string, string>,
  around: Attributes,
): Attributes {
  const tag = tagOf(node)
  const out: Record<string, FormatValue> = { ...around, ...ELEMENTS[tag] }
  if (tag === 'a') {
    const href = safeLink(attributeOf(node, 'href'))
    if (href !== null) {
      out['link'] = href
      if (around['underline'] !== true) delete out['underline']
    }
  }
  weight(out, styles.get('font-weight'))
  const slant = styles.get('font-style')
  if (slant) set(out, 'italic', /italic|oblique/.test(slant))
  const lines = `${styles.get('text-decoration') ?? ''} ${styles.get('text-decoration-line') ?? ''}`
  // A link is underlined anyway; the sources say so on every link.
  if (/underline/.test(lines) && out['link'] === undefined) out['underline'] = true
  if (/line-through/.test(lines)) out['strike'] = true
  if (/none/.test(lines)) delete out['underline']
  return out
}

function weight(out: Record<string, FormatValue>, value: string | undefined): void {
  if (!value) return
  if (/^(?:bold|bolder)/.test(value)) set(out, 'bold', true)
  else if (/^(?:normal|lighter)/.test(value)) set(out, 'bold', false)
  else if (/^\d/.test(value)) set(out, 'bold', Number.parseInt(value, 10) >= 600)
}

function set(out: Record<string, FormatValue>, key: string, on: boolean): void {
  if (on) out[key] = true
  else delete out[key]
}
