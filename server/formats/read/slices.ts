/**
 * Nodes in slices, so that the server can read them between other things (SPEC-formats F71): cut only behind lines that
 * are no items, which end all lists and their counting, and what is only wrapped round everything is taken off.
 */
import type { HtmlElement, HtmlNode } from '../../../shared/text/html-node.ts'

/** Nodes in a slice, about. */
const SIZE = 1500
/** Elements round everything that say nothing of the text. */
const WRAPPERS: ReadonlySet<string> = new Set('body div main article section'.split(' '))
const LINES: ReadonlySet<string> = new Set('p h1 h2 h3 h4 h5 h6'.split(' '))

export function slicesOf(nodes: readonly HtmlNode[], size = SIZE): HtmlNode[][] {
  const slices: HtmlNode[][] = []
  let slice: HtmlNode[] = []
  let count = 0
  for (const node of unwrapped(nodes)) {
    slice.push(node)
    count += countOf(node)
    if (count >= size && isLine(node)) {
      slices.push(slice)
      slice = []
      count = 0
    }
  }
  if (slice.length > 0) slices.push(slice)
  return slices
}

/** Whether a node is a line for sure: one without words may be nothing. */
function isLine(node: HtmlNode): boolean {
  if (typeof node === 'string' || !LINES.has(node.tag)) return false
  const { hidden, style = '' } = node.attributes ?? {}
  if (hidden !== undefined || /display|mso-/i.test(style)) return false
  return (node.children ?? []).some(hasWords)
}

function hasWords(node: HtmlNode): boolean {
  if (typeof node === 'string') return /[^\s\u200b]/.test(node)
  return node.tag === 'br' || (node.children ?? []).some(hasWords)
}

function unwrapped(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  let inner = nodes
  for (let only = onlyWrapper(inner); only !== null; only = onlyWrapper(inner)) inner = only.children ?? []
  return inner
}

/** The one element, when it is there for no more than holding the others. */
function onlyWrapper(nodes: readonly HtmlNode[]): HtmlElement | null {
  const found = nodes.filter((node) => typeof node !== 'string' || node.trim() !== '')
  const [only] = found
  if (found.length !== 1 || only === undefined || typeof only === 'string' || !WRAPPERS.has(only.tag))
    return null
  return Object.keys(only.attributes ?? {}).length === 0 ? only : null
}

function countOf(node: HtmlNode): number {
  if (typeof node === 'string') return 1
  let count = 1
  for (const child of node.children ?? []) count += countOf(child)
  return count
}
