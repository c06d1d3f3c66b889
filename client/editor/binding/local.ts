/**
 * What was done to the document as a change of the text (rules R3 to R9): hunks from the steps, compared only inside.
 */
import { Fragment } from 'prosemirror-model'
import type { Node } from 'prosemirror-model'
import type { StepMap } from 'prosemirror-transform'
import type { Attributes, Delta, DeltaOp, Embed, Insert } from '../../../shared/text/delta.ts'
import { isInlineKey, isLineKey } from '../../../shared/text/formats.ts'
import type { Formats } from '../../../shared/text/formats.ts'
import { contentOfNodes, nodesOf } from '../content.ts'
import type { TableSource } from '../content.ts'
import { formatsOf } from '../schema.ts'
import { offsetOf } from './blocks.ts'
import type { Region } from './blocks.ts'
import { DeltaBuilder, DeltaReader, apply, attributeChange } from './delta.ts'
import { flatOf, sameStretch, snapped, trimmed } from './flat.ts'
import type { Flat } from './flat.ts'
import { hunksOf } from './hunks.ts'
import type { Hunk } from './hunks.ts'
import { closed, onlyInTables, touchedRegions } from './touched.ts'
import type { Shown } from './touched.ts'

/** Rules that can be switched off, only so that the tests can show that they would notice. */
export interface Rules {
  /** R4: no boundary inside a surrogate pair. */
  snap: boolean
  /** R5: a newline typed at a line's end goes behind the old one. */
  enter: boolean
  /** R6: joining deletes the first line's newline. */
  join: boolean
  /** T6: a block embed comes with its newline. */
  block: boolean
}

export const ALL_RULES: Rules = { snap: true, enter: true, join: true, block: true }

/** A local change. */
export interface LocalChange {
  delta: Delta
  /** Blocks of the new document that must become other blocks so that it shows the changed text; usually undefined. */
  repair: { region: Region; blocks: readonly Node[] } | undefined
  /** The length of the text that the old document shows. */
  textLength: number
}

/** The change from one document to another by steps with these maps; undefined when the text stays as it is. */
export function localChange(
  before: Node,
  after: Node,
  maps: readonly StepMap[],
  rules: Rules = ALL_RULES,
): LocalChange | undefined {
  return changeBetween({ node: before, start: 0 }, { node: after, start: 0 }, () => hunksOf(maps), rules)
}

/** {@link localChange} of one text among several; the hunks are those of the whole document. */
export function changeBetween(
  before: Shown,
  after: Shown,
  hunksBetween: () => readonly Hunk[],
  rules: Rules,
): LocalChange | undefined {
  const regions = touchedRegions(before, after)
  if (!regions) return undefined
  const [old, now, textLength] = regions
  if (onlyInTables(old.blocks, now.blocks)) return undefined
  const schema = before.node.type.schema
  const formats = formatsOf(schema)
  const a = flatOf(contentOfNodes(Fragment.from(old.blocks)))
  const wanted = closed(now, after.node)
  const b = flatOf(wellFormed(contentOfNodes(Fragment.from(wanted.blocks)), rules))
  const hunks = textHunks(old, a, wanted, b, hunksBetween(), rules)
  const delta = deltaOf(a, b, hunks, formats, rules)
  const content = apply(a.content, delta)
  const whole = now.from === 0 && now.to === after.node.childCount
  const blocks = content.length > 0 || whole ? nodesOf(schema, content, tablesAmong(wanted.blocks)) : []
  const repair = sameBlocks(blocks, now.blocks) ? undefined : { region: now, blocks }
  if (delta.length === 0 && !repair) return undefined
  return {
    delta: shifted(delta, old.offset),
    repair,
    textLength,
  }
}

/** Tables that are shown already stay the nodes they are. */
export function tablesAmong(blocks: readonly Node[], made?: TableSource): TableSource | undefined {
  const tables = blocks.filter((block) => block.type.name === 'table')
  if (tables.length === 0) return made
  return (embed) => tables.find((table) => table.attrs['embed'] === embed) ?? made?.(embed)
}

function shifted(delta: Delta, offset: number): Delta {
  if (delta.length === 0) return delta
  const out = new DeltaBuilder()
  out.retain(offset)
  for (const op of delta) out.push(op)
  return out.done()
}

/** Whether two rows of blocks are equal. */
export function sameBlocks(a: readonly Node[], b: readonly Node[]): boolean {
  return a.length === b.length && a.every((block, index) => block === b[index] || block.eq(b[index] as Node))
}

/** Text without line ends inside a line and without halves of characters; lengths stay. */
function wellFormed(content: Insert[], rules: Rules): Insert[] {
  if (!rules.snap) return content
  const out: Insert[] = []
  for (const part of content) {
    const last = out.at(-1)
    if (
      last &&
      typeof part.insert === 'string' &&
      typeof last.insert === 'string' &&
      /[\ud800-\udbff]$/.test(last.insert) &&
      /^[\udc00-\udfff]/.test(part.insert)
    ) {
      last.insert += part.insert.slice(0, 1)
      const rest = part.insert.slice(1)
      if (rest !== '') out.push({ ...part, insert: rest })
    } else out.push({ ...part })
  }
  for (const part of out) {
    if (typeof part.insert === 'string') part.insert = part.insert.replace(/\p{Surrogate}/gu, '\ufffd')
  }
  return out
}

/** The hunks as places in the two flat regions, as small as they can be. */
function textHunks(old: Region, a: Flat, now: Region, b: Flat, hunks: readonly Hunk[], rules: Rules): Hunk[] {
  const fit = rules.snap ? snapped : (_a: Flat, _b: Flat, hunk: Hunk): Hunk => hunk
  const out: Hunk[] = []
  let last: Hunk = { a0: 0, a1: 0, b0: 0, b1: 0 }
  const wholeRegion = (): Hunk[] => {
    const hunk = { a0: 0, a1: a.text.length, b0: 0, b1: b.text.length }
    return [fit(a, b, trimmed(a, b, hunk))]
  }
  for (const hunk of hunks) {
    const rough = {
      a0: offsetOf(old, hunk.a0),
      a1: offsetOf(old, hunk.a1),
      b0: offsetOf(now, hunk.b0),
      b1: offsetOf(now, hunk.b1),
    }
    const exact = fit(a, b, trimmed(a, b, rough))
    const gap = exact.a0 - last.a1
    if (gap < 0 || gap !== exact.b0 - last.b1 || !sameStretch(a, last.a1, b, last.b1, gap))
      return wholeRegion()
    out.push(exact)
    last = exact
  }
  const gap = a.text.length - last.a1
  if (gap !== b.text.length - last.b1 || !sameStretch(a, last.a1, b, last.b1, gap)) return wholeRegion()
  return out
}

/** The change of the region's text. */
function deltaOf(a: Flat, b: Flat, hunks: readonly Hunk[], formats: Formats, rules: Rules): Delta {
  const out = new DeltaBuilder()
  const old = new DeltaReader(a.content)
  const now = new DeltaReader(b.content)
  let at = 0
  const keep = (length: number): void => {
    at += length
    for (let rest = length; rest > 0;) {
      const size = Math.min(rest, old.length, now.length)
      out.retain(size, attributeChange(attributesOfOp(old.take(size)), attributesOfOp(now.take(size))))
      rest -= size
    }
  }
  const drop = (length: number): void => {
    at += length
    for (let rest = length; rest > 0;) {
      const size = Math.min(rest, old.length)
      old.take(size)
      rest -= size
    }
    out.delete(length)
  }
  const add = (length: number): void => {
    for (let rest = length; rest > 0;) {
      const op = now.take(Math.min(rest, now.length))
      if (!('insert' in op)) return
      addInsert(out, op.insert, op.attributes, formats, rules)
      rest -= typeof op.insert === 'string' ? op.insert.length : 1
    }
  }
  for (const [index, { a0, a1, b0, b1 }] of hunks.entries()) {
    keep(a0 - at)
    const next = hunks[index + 1]
    const beforeNewline = a.text[a1] === '\n' && (!next || next.a0 > a1)
    if (rules.enter && beforeNewline && b1 > b0 && b.text[b0] === '\n') {
      drop(a1 - a0)
      keep(1)
      add(b1 - b0)
    } else if (!rules.join && beforeNewline && b1 === b0 && a.text[a0] === '\n') {
      keep(1)
      drop(a1 - a0)
    } else {
      drop(a1 - a0)
      add(b1 - b0)
    }
  }
  keep(a.text.length - at)
  return out.done()
}

function attributesOfOp(op: DeltaOp): Attributes | undefined {
  return 'delete' in op ? undefined : op.attributes
}

/** Writes an insert with no inline key on a newline and no line key on text (R8). */
function addInsert(
  out: DeltaBuilder,
  insert: string | Embed,
  attributes: Attributes | undefined,
  formats: Formats,
  rules: Rules,
): void {
  if (typeof insert !== 'string') {
    out.insert(
      insert,
      filtered(attributes, (key) => !isLineKey(key, formats)),
    )
    return
  }
  for (const piece of insert.split(/(\n)/)) {
    if (piece === '\n') {
      if (rules.block || !out.endsWithEmbed)
        out.insert(
          piece,
          filtered(attributes, (key) => !isInlineKey(key, formats)),
        )
    } else if (piece !== '')
      out.insert(
        piece,
        filtered(attributes, (key) => !isLineKey(key, formats)),
      )
  }
}

function filtered(
  attributes: Attributes | undefined,
  keep: (key: string) => boolean,
): Attributes | undefined {
  if (!attributes) return undefined
  const kept = Object.entries(attributes).filter(([key]) => keep(key))
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}
