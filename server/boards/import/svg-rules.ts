/** The rules of an SVG's `<style>` (SPEC-board B524): those drawing programs write, for elements, classes and ids. */
import { NotUnderstood } from './not-understood.ts'
import type { SvgNode } from './svg-tree.ts'

export interface StyleRule {
  readonly element: string | null
  readonly classes: readonly string[]
  readonly id: string | null
  readonly properties: ReadonlyMap<string, string>
}

const MOST_RULES = 300
/** Letters of a style sheet; fonts in it may be long. */
const LONGEST = 4_000_000

/** `fill: red; stroke: none` */
export function declarationsOf(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const part of text.split(';')) {
    const at = part.indexOf(':')
    if (at > 0)
      found.set(
        part.slice(0, at).trim().toLowerCase(),
        part
          .slice(at + 1)
          .replace(/!important/, '')
          .trim(),
      )
  }
  return found
}

/** All rules of a file, those that count more behind the others. @throws NotUnderstood for other selectors and at-rules */
export function rulesOf(root: SvgNode): StyleRule[] {
  const rules: StyleRule[] = []
  const visit = (node: SvgNode): void => {
    if (node.name === 'style') rules.push(...readRules(node))
    else for (const child of node.children) if (typeof child !== 'string') visit(child)
  }
  visit(root)
  if (rules.length > MOST_RULES) throw new NotUnderstood('style')
  return rules.sort((a, b) => weight(a) - weight(b))
}

function weight({ element, classes, id }: StyleRule): number {
  return (id === null ? 0 : 10_000) + classes.length * 100 + (element === null ? 0 : 1)
}

function* readRules(node: SvgNode): Generator<StyleRule> {
  const written = node.children.filter((child) => typeof child === 'string').join('')
  if (written.length > LONGEST) throw new NotUnderstood('style')
  const css = withoutComments(written)
  let at = 0
  for (let open = css.indexOf('{'); open >= 0; open = css.indexOf('{', at)) {
    const close = css.indexOf('}', open)
    const body = css.slice(open + 1, close)
    if (close < 0 || body.includes('{')) throw new NotUnderstood('style')
    const selectors = css.slice(at, open).trim()
    at = close + 1
    // Font files are of no use here.
    if (selectors === '@font-face') continue
    const properties = declarationsOf(body)
    for (const selector of selectors.split(',')) yield { ...readSelector(selector.trim()), properties }
  }
  if (css.slice(at).trim() !== '') throw new NotUnderstood('style')
}

function withoutComments(css: string): string {
  let out = ''
  for (let at = 0; ;) {
    const start = css.indexOf('/*', at)
    const end = start < 0 ? -1 : css.indexOf('*/', start + 2)
    if (end < 0) return out + css.slice(at, start < 0 ? undefined : start)
    out += css.slice(at, start)
    at = end + 2
  }
}

function readSelector(text: string): Omit<StyleRule, 'properties'> {
  const [whole, element = '', more = ''] = /^(\*|[A-Za-z][\w-]*)?((?:[.#][\w-]+)*)$/.exec(text) ?? []
  if (whole === undefined || whole === '') throw new NotUnderstood('style')
  const parts = more.match(/[.#][\w-]+/g) ?? []
  const ids = parts.filter((part) => part.startsWith('#'))
  return {
    element: element === '' || element === '*' ? null : element,
    classes: parts.filter((part) => part.startsWith('.')).map((part) => part.slice(1)),
    id: ids[0]?.slice(1) ?? null,
  }
}

export function matches({ element, classes, id }: StyleRule, { name, attributes }: SvgNode): boolean {
  if (element !== null && element !== name) return false
  if (id !== null && id !== attributes['id']) return false
  if (classes.length === 0) return true
  const own = (attributes['class'] ?? '').split(/\s+/)
  return classes.every((one) => own.includes(one))
}
