/** Makes a table another one in few steps: rows and cells that are in both stay the nodes they are (SPEC-tables TV2). */
import { Fragment, Slice } from 'prosemirror-model'
import type { Node } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import { ReplaceStep } from 'prosemirror-transform'

/** `now` stands at `pos`; both are tables, or rows or cells of the same id. */
export function settleTable(tr: Transaction, pos: number, now: Node, goal: Node): void {
  if (now === goal) return
  for (const [name, value] of Object.entries(goal.attrs))
    if (now.attrs[name] !== value) tr.setNodeAttribute(pos, name, value)
  if (now.content === goal.content || now.content.eq(goal.content)) return
  if (now.type.name === 'cell') {
    replace(tr, pos + 1, now.children, goal.children)
    return
  }
  const old = now.children
  const wanted = goal.children
  const least = Math.min(old.length, wanted.length)
  let head = 0
  while (head < least && same(old[head], wanted[head])) head += 1
  let tail = 0
  while (tail < least - head && same(old[old.length - 1 - tail], wanted[wanted.length - 1 - tail])) tail += 1
  // From the last to the first, so that places before stay what they are.
  const starts: number[] = []
  let at = pos + 1
  for (const node of old) {
    starts.push(at)
    at += node.nodeSize
  }
  const settle = (index: number, other: number): void => {
    const [node, better, start] = [old[index], wanted[other], starts[index]]
    if (node && better && start !== undefined) settleTable(tr, start, node, better)
  }
  for (let back = 1; back <= tail; back += 1) settle(old.length - back, wanted.length - back)
  const middle = [old.slice(head, old.length - tail), wanted.slice(head, wanted.length - tail)] as const
  if (middle[0].length > 0 || middle[1].length > 0) replace(tr, starts[head] ?? at, middle[0], middle[1])
  for (let index = head - 1; index >= 0; index -= 1) settle(index, index)
}

function same(a: Node | undefined, b: Node | undefined): boolean {
  return a !== undefined && b !== undefined && a.attrs['id'] === b.attrs['id']
}

function replace(tr: Transaction, from: number, old: readonly Node[], now: readonly Node[]): void {
  const size = old.reduce((sum, node) => sum + node.nodeSize, 0)
  tr.step(new ReplaceStep(from, from + size, new Slice(Fragment.from([...now]), 0, 0)))
}
