/**
 * A change of the text as the smallest steps on the document (rule R11). The target of each touched region is read from
 * its changed content; direct steps lead there, and what they miss is replaced block by block.
 */
import { Fragment, Mark, Slice } from 'prosemirror-model'
import type { Node } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import { AddMarkStep, RemoveMarkStep, ReplaceStep } from 'prosemirror-transform'
import type { Delta, DeltaOp } from '../../../shared/text/delta.ts'
import { contentOfNodes, nodesOf } from '../content.ts'
import type { TableSource } from '../content.ts'
import { before as startOfPlace, placeOf, textSizeAt } from './blocks.ts'
import type { Place, Region } from './blocks.ts'
import { DeltaBuilder, apply, opLength, transformPosition } from './delta.ts'
import type { Hunk } from './hunks.ts'
import { sameBlocks, tablesAmong } from './local.ts'
import { containerOf, placeAt, positionOf } from './places.ts'
import type { Container } from './places.ts'

/** What one call did. */
export interface RemoteResult {
  /** Regions whose blocks had to be replaced as a whole. */
  rebuilt: number
  /** Regions reached by direct steps. */
  direct: number
}

/**
 * Adds the steps for a change of a text to a transaction whose document shows the text before it. `name` is the text's,
 * that of a cell or '' for the text itself; `tables` makes the nodes of tables that came.
 */
export function applyRemote(tr: Transaction, delta: Delta, name = '', tables?: TableSource): RemoteResult {
  const before = tr.doc
  const container = containerOf(before, name)
  if (!container) return { rebuilt: 0, direct: 0 }
  const old = container.node
  const { selection, storedMarks } = tr
  const done = tr.steps.length
  const result = { rebuilt: 0, direct: 0 }
  for (const { region, ops } of changedRegions(container, delta).reverse()) {
    const content = apply(contentOfNodes(Fragment.from(region.blocks)), ops)
    const whole = region.blocks.length === old.childCount
    const source = tablesAmong(region.blocks, tables)
    const target = content.length > 0 || whole ? nodesOf(old.type.schema, content, source) : []
    for (const block of target) block.check()
    const tail = blocksIn(tr.doc, container).length - region.to
    const now = (): readonly Node[] => {
      const all = blocksIn(tr.doc, container)
      return all.slice(region.from, all.length - tail)
    }
    if (replaceHunks(tr, region, target, ops) && settle(tr, region, now, target)) result.direct += 1
    else {
      replaceDocument(tr, { ...region, blocks: now() }, target)
      result.rebuilt += 1
    }
  }
  if (tr.steps.length === done) return result
  if (selection instanceof TextSelection) {
    const place = (pos: number): number => {
      const mapping = tr.mapping.slice(done)
      if (result.rebuilt === 0) return mapping.map(pos, -1)
      const at = placeAt(before, pos)
      const offset = at.name === name ? transformPosition(delta, at.offset) : at.offset
      return positionOf(tr.doc, { name: at.name, offset }) ?? mapping.map(pos, -1)
    }
    const anchor = tr.doc.resolve(place(selection.anchor))
    const head = selection.empty ? anchor : tr.doc.resolve(place(selection.head))
    const wanted = TextSelection.between(anchor, head)
    if (!wanted.eq(tr.selection)) tr.setSelection(wanted)
  }
  if (storedMarks) tr.setStoredMarks(storedMarks)
  return result
}

/** A stretch of blocks and what changes in it, counted from its start. */
interface ChangedRegion {
  region: Region
  ops: DeltaOp[]
}

/** The blocks a change touches, with the characters on either side of it, in order and apart from each other. */
function changedRegions({ node, start }: Container, delta: Delta): ChangedRegion[] {
  const out: ChangedRegion[] = []
  let index = 0
  let pos = start
  let offset = 0
  let blocks: Node[] = []
  let builder = new DeltaBuilder()
  let consumed = 0
  let at = 0
  const all = node.children
  const advance = (): Node | null => {
    const block = all[index]
    if (!block) return null
    pos += block.nodeSize
    offset += textSizeAt(all, index)
    index += 1
    return block
  }
  const flush = (): void => {
    const current = out.at(-1)
    if (!current) return
    current.region = { ...current.region, to: index, blocks }
    current.ops = [...builder.done()]
  }
  for (const op of delta) {
    const length = 'insert' in op ? 0 : opLength(op)
    if (!('retain' in op) || op.attributes) {
      if (out.length === 0 || at - 1 >= offset) {
        flush()
        const near = at
        const before = (): boolean => index < all.length - 1 && offset + textSizeAt(all, index) < near
        while (before()) advance()
        out.push({ region: { from: index, to: index, pos, offset, blocks: [] }, ops: [] })
        blocks = []
        builder = new DeltaBuilder()
        consumed = offset
      }
      const reach = at + length + 1
      const more = (): Node | null => (blocks.length === 0 || offset < reach ? advance() : null)
      for (let block = more(); block; block = more()) blocks.push(block)
      builder.retain(at - consumed)
      builder.push(op)
      consumed = at + length
    }
    at += length
  }
  flush()
  return out
}

/** Where inserts and deletions are, before and after. */
function hunksOfDelta(ops: readonly DeltaOp[]): Hunk[] {
  const hunks: Hunk[] = []
  let a = 0
  let b = 0
  for (const op of ops) {
    if ('retain' in op) {
      a += op.retain
      b += op.retain
      continue
    }
    let hunk = hunks.at(-1)
    if (!hunk || hunk.a1 !== a || hunk.b1 !== b) hunks.push((hunk = { a0: a, a1: a, b0: b, b1: b }))
    if ('insert' in op) b += opLength(op)
    else a += op.delete
    hunk.a1 = a
    hunk.b1 = b
  }
  return hunks
}

/** Replaces in the document what the text replaced, last first; false when a hunk has no such place. */
function replaceHunks(
  tr: Transaction,
  region: Region,
  target: readonly Node[],
  ops: readonly DeltaOp[],
): boolean {
  const hunks = hunksOfDelta(ops).reverse()
  if (hunks.length === 0) return true
  if (target.length === 0) return false
  const doc = tr.doc.type.create(null, target)
  const goal: Region = { from: 0, to: target.length, pos: 0, offset: 0, blocks: target }
  for (const { a0, a1, b0, b1 } of hunks) {
    const a = [placeOf(region, a0), placeOf(region, a1)] as const
    const b = [placeOf(goal, b0), placeOf(goal, b1)] as const
    if (!a[0] || !a[1] || !b[0] || !b[1]) return false
    const whole = a[0].edge && a[1].edge && b[0].edge && b[1].edge
    const start = pair(a[0], b[0], whole)
    const end = pair(a[1], b[1], whole)
    if (!start || !end || start[0] > end[0] || start[1] > end[1]) return false
    if (tr.maybeStep(new ReplaceStep(start[0], end[0], doc.slice(start[1], end[1]))).failed) return false
  }
  return true
}

/** Two places at the same depth: both as they are, or both before their blocks. */
function pair(a: Place, b: Place, whole: boolean): [number, number] | undefined {
  if (a.depth === b.depth && !whole) return [a.pos, b.pos]
  return a.edge && b.edge ? [startOfPlace(a), startOfPlace(b)] : undefined
}

/** The blocks a container has now; it stays where it is while something changes in it. */
function blocksIn(doc: Node, { start }: Container): readonly Node[] {
  return (start === 0 ? doc : doc.nodeAt(start - 1))?.children ?? []
}

/** Sets the attributes and marks in which the blocks still differ; false when more than that differs. */
function settle(
  tr: Transaction,
  region: Region,
  now: () => readonly Node[],
  target: readonly Node[],
): boolean {
  const blocks = now()
  if (blocks.length !== target.length) return false
  let pos = region.pos
  for (const [index, goal] of target.entries()) {
    const block = blocks[index]
    if (!block || block.type !== goal.type || block.nodeSize !== goal.nodeSize) return false
    if (!block.eq(goal)) {
      for (const name of Object.keys(goal.attrs)) {
        if (block.attrs[name] !== goal.attrs[name]) tr.setNodeAttribute(pos, name, goal.attrs[name])
      }
      if (block.isTextblock && !settleMarks(tr, pos + 1, block, goal)) return false
    }
    pos += goal.nodeSize
  }
  return sameBlocks(now(), target)
}

function settleMarks(tr: Transaction, start: number, block: Node, goal: Node): boolean {
  const spans = (node: Node): Span[] =>
    node.children.map((child, index) => ({ child, at: startOf(node, index) }))
  const old = spans(block)
  const wanted = spans(goal)
  let i = 0
  let j = 0
  for (let at = 0; at < goal.content.size;) {
    const from = old[i]
    const to = wanted[j]
    if (!from || !to || from.child.type !== to.child.type) return false
    const fromEnd = from.at + from.child.nodeSize
    const toEnd = to.at + to.child.nodeSize
    const end = Math.min(fromEnd, toEnd)
    const piece = (span: Span): string | undefined => span.child.text?.slice(at - span.at, end - span.at)
    if (from.child.isText ? piece(from) !== piece(to) : from.child.attrs['embed'] !== to.child.attrs['embed'])
      return false
    if (!Mark.sameSet(from.child.marks, to.child.marks)) {
      for (const mark of from.child.marks) {
        if (!mark.isInSet(to.child.marks)) tr.step(new RemoveMarkStep(start + at, start + end, mark))
      }
      for (const mark of to.child.marks) {
        if (!mark.isInSet(from.child.marks)) tr.step(new AddMarkStep(start + at, start + end, mark))
      }
    }
    at = end
    if (end === fromEnd) i += 1
    if (end === toEnd) j += 1
  }
  return true
}

interface Span {
  child: Node
  at: number
}

function startOf(node: Node, index: number): number {
  let at = 0
  for (let i = 0; i < index; i += 1) at += node.child(i).nodeSize
  return at
}

/** Makes the blocks of a region other blocks; equal ones at its ends stay, and so do equal ends of a single line. */
export function replaceDocument(tr: Transaction, region: Region, target: readonly Node[]): void {
  const blocks = region.blocks
  const least = Math.min(blocks.length, target.length)
  const same = (a: Node | undefined, b: Node | undefined): boolean =>
    a !== undefined && b !== undefined && a.eq(b)
  let head = 0
  while (head < least && same(blocks[head], target[head])) head += 1
  let end = 0
  while (end < least - head && same(blocks[blocks.length - 1 - end], target[target.length - 1 - end]))
    end += 1
  if (head + end === blocks.length && blocks.length === target.length) return
  const size = (nodes: readonly Node[]): number => nodes.reduce((sum, node) => sum + node.nodeSize, 0)
  const from = region.pos + size(blocks.slice(0, head))
  const old = blocks.slice(head, blocks.length - end)
  const now = target.slice(head, target.length - end)
  if (old.length === now.length && old.every((block, index) => onlyAttributes(block, now[index]))) {
    let pos = from
    for (const [index, block] of old.entries()) {
      for (const [name, value] of Object.entries(now[index]?.attrs ?? {})) {
        if (block.attrs[name] !== value) tr.setNodeAttribute(pos, name, value)
      }
      pos += block.nodeSize
    }
    return
  }
  tr.step(new ReplaceStep(from, from + size(old), new Slice(Fragment.from(now), 0, 0)))
}

function onlyAttributes(a: Node, b: Node | undefined): boolean {
  return b !== undefined && a.type === b.type && a.content.eq(b.content)
}
