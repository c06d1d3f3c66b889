/** Parts of an SVG that use one another (SPEC-board B524): how much there is once all is put in its place. */
import { ImportFault } from './fault.ts'
import type { SvgNode } from './svg-tree.ts'

/** Elements of a file with everything that is used again counted each time; what a rasteriser still draws in a moment. */
const MOST_DRAWN = 40_000

/** Elements by their ids; the first one counts. */
export function partsOf(root: SvgNode): Map<string, SvgNode> {
  const parts = new Map<string, SvgNode>()
  const index = (node: SvgNode): void => {
    const { id } = node.attributes
    if (id !== undefined && !parts.has(id)) parts.set(id, node)
    for (const child of node.children) if (typeof child !== 'string') index(child)
  }
  index(root)
  return parts
}

/** @throws ImportFault `unsafe` for parts that hold themselves, `large` for more than can be drawn */
export function checkUses(root: SvgNode, parts: ReadonlyMap<string, SvgNode>): void {
  const counts = new Map<SvgNode, number>()
  const open = new Set<SvgNode>()
  const count = (node: SvgNode): number => {
    const known = counts.get(node)
    if (known !== undefined) return known
    if (open.has(node)) throw new ImportFault('unsafe')
    open.add(node)
    let sum = 1
    for (const child of node.children) if (typeof child !== 'string') sum += count(child)
    for (const id of usedBy(node)) {
      const part = parts.get(id)
      if (part) sum += count(part)
    }
    if (sum > MOST_DRAWN) throw new ImportFault('large')
    open.delete(node)
    counts.set(node, sum)
    return sum
  }
  count(root)
}

/** Ids of parts that an element draws, or is painted, cut or marked with. */
function* usedBy({ attributes }: SvgNode): Generator<string> {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'href' && value.startsWith('#')) yield value.slice(1)
    for (const [, id = ''] of value.matchAll(/url\(\s*['"]?#([^'")]+)/g)) yield id
  }
}
