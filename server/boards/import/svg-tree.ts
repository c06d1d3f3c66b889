/**
 * SVG as a tree, read by a strict parser that knows no entities but XML's own (SPEC-board B524), and back into text with
 * nothing in it that runs or leads out of the file.
 */
import { SaxesParser } from 'saxes'
import { ImportFault } from './fault.ts'

export interface SvgNode {
  /** Without a prefix. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (SvgNode | string)[]
}

const MOST_NODES = 60_000
const DEEPEST = 64

/** @throws ImportFault `unreadable` for what is no SVG, `unsafe` for a document type with declarations, `large` */
export function parseSvg(text: string): SvgNode {
  const parser = new SaxesParser()
  const stack: SvgNode[] = []
  let root: SvgNode | null = null
  let nodes = 0
  const count = (): void => {
    if (++nodes > MOST_NODES) throw new ImportFault('large')
  }
  parser.on('error', () => {
    throw new ImportFault('unreadable')
  })
  parser.on('doctype', (doctype) => {
    // Declarations are how entities multiply and how files outside are read.
    if (/[[<]|SYSTEM\s*["'](?!http:\/\/www\.w3\.org\/)/i.test(doctype)) throw new ImportFault('unsafe')
  })
  parser.on('opentag', ({ name, attributes }) => {
    count()
    if (stack.length >= DEEPEST) throw new ImportFault('large')
    const plain: Record<string, string> = Object.create(null) as Record<string, string>
    for (const [key, value] of Object.entries(attributes)) plain[local(key)] = value
    const node: SvgNode = { name: local(name), attributes: plain, children: [] }
    stack.at(-1)?.children.push(node)
    root ??= node
    stack.push(node)
  })
  parser.on('closetag', () => void stack.pop())
  const onText = (words: string): void => {
    if (words === '') return
    count()
    stack.at(-1)?.children.push(words)
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.write(text).close()
  const found: SvgNode | null = root
  if (found === null || (found as SvgNode).name !== 'svg') throw new ImportFault('unreadable')
  return found
}

/** `svg:rect` is `rect`, `xlink:href` is `href`; `xml:space` stays. */
function local(name: string): string {
  const at = name.indexOf(':')
  return at < 0 || name.startsWith('xml:') || name.startsWith('xmlns') ? name : name.slice(at + 1)
}

const DROPPED = new Set([
  'script',
  'foreignObject',
  'iframe',
  'animate',
  'animateMotion',
  'animateTransform',
  'set',
  'handler',
])
const RASTER = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*$/

/** The tree as text for a rasteriser: no scripts, no addresses but of parts of itself and of raster pictures in it. */
export function safeSvg(node: SvgNode, root = true): string {
  if (DROPPED.has(node.name) || !/^[A-Za-z][\w-]*$/.test(node.name)) return ''
  let out = `<${node.name}`
  if (root) out += ' xmlns="http://www.w3.org/2000/svg"'
  for (const [name, value] of Object.entries(node.attributes)) {
    if (!/^(?:xml:space|[A-Za-z][\w-]*)$/.test(name) || name.startsWith('xmlns') || /^on/i.test(name))
      continue
    if (name === 'href' && !value.startsWith('#') && !RASTER.test(value)) continue
    if (!['d', 'points', 'href'].includes(name) && (value.length > LONGEST || leadsOut(value))) continue
    out += ` ${name}="${escaped(value)}"`
  }
  out += '>'
  for (const child of node.children) {
    if (typeof child !== 'string') out += safeSvg(child, false)
    else if (node.name !== 'style' || isPlainStyle(child)) out += escaped(child)
  }
  return `${out}</${node.name}>`
}

/** Letters of an attribute, or of a style sheet. */
const LONGEST = 100_000

function isPlainStyle(css: string): boolean {
  return css.length <= LONGEST && !leadsOut(css) && !/@import|\\/i.test(css)
}

/** `url(...)` of anything but a part of the file. */
function leadsOut(value: string): boolean {
  return [...value.matchAll(/url\s*\(\s*['"]?\s*(.)/gi)].some(([, first]) => first !== '#')
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
