/**
 * Arithmetic of deltas: apply, compose and transform, exact to the attribute. Attributes of an insert are always the
 * full set; those of a retain are changes, `null` removes. `apply(apply(c, a), b)` equals `apply(c, compose(a, b))`,
 * and transforming keeps both ways equal (SPEC-text: composition, R15).
 */
import type {
  Attributes,
  Content,
  Delta,
  DeltaOp,
  Embed,
  FormatValue,
  Insert,
} from '../../../shared/text/delta.ts'

const NONE: Attributes = Object.freeze({})

/** The length of an operation, in UTF-16 units; an embed counts 1. */
export function opLength(op: DeltaOp): number {
  if ('insert' in op) return typeof op.insert === 'string' ? op.insert.length : 1
  return 'retain' in op ? op.retain : op.delete
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  return typeof a === 'object' && typeof b === 'object' && a !== null && b !== null
    ? JSON.stringify(a) === JSON.stringify(b)
    : false
}

/** What has to be set to come from one set of attributes to another; undefined when nothing. */
export function attributeChange(
  from: Attributes = NONE,
  to: Attributes = NONE,
): Record<string, FormatValue> | undefined {
  if (from === to) return undefined
  let change: Record<string, FormatValue> | undefined
  for (const key of Object.keys(to)) {
    const value = to[key] ?? null
    if (!sameValue(from[key] ?? null, value)) (change ??= {})[key] = value
  }
  for (const key of Object.keys(from)) {
    if ((from[key] ?? null) !== null && (to[key] ?? null) === null) (change ??= {})[key] = null
  }
  return change
}

/** Attributes after a change. */
export function changedAttributes(
  attributes: Attributes | undefined,
  change: Attributes | undefined,
): Attributes | undefined {
  if (!change) return attributes
  const out: Record<string, FormatValue> = {}
  for (const [key, value] of Object.entries({ ...attributes, ...change }))
    if (value !== null) out[key] = value
  return Object.keys(out).length > 0 ? out : undefined
}

/** Builds a delta: joins neighbours, drops what says nothing at its end. */
export class DeltaBuilder {
  readonly #ops: DeltaOp[] = []

  retain(length: number, attributes?: Attributes): void {
    if (length <= 0) return
    const last = this.#ops.at(-1)
    const change = attributes && Object.keys(attributes).length > 0 ? attributes : undefined
    if (last && 'retain' in last && !attributeChangeOfChange(last.attributes, change)) last.retain += length
    else this.#ops.push(change ? { retain: length, attributes: change } : { retain: length })
  }

  delete(length: number): void {
    if (length <= 0) return
    const last = this.#ops.at(-1)
    if (last && 'delete' in last) last.delete += length
    else this.#ops.push({ delete: length })
  }

  insert(insert: string | Embed, attributes?: Attributes): void {
    if (insert === '') return
    const last = this.#ops.at(-1)
    if (
      typeof insert === 'string' &&
      last &&
      'insert' in last &&
      typeof last.insert === 'string' &&
      !attributeChange(last.attributes, attributes)
    ) {
      last.insert += insert
      return
    }
    this.#ops.push(attributes && Object.keys(attributes).length > 0 ? { insert, attributes } : { insert })
  }

  /** Whether the last operation inserted an embed. */
  get endsWithEmbed(): boolean {
    const last = this.#ops.at(-1)
    return last !== undefined && 'insert' in last && typeof last.insert !== 'string'
  }

  push(op: DeltaOp): void {
    if ('insert' in op) this.insert(op.insert, op.attributes)
    else if ('retain' in op) this.retain(op.retain, op.attributes)
    else this.delete(op.delete)
  }

  done(): Delta {
    for (;;) {
      const last = this.#ops.at(-1)
      if (!last || !('retain' in last) || last.attributes) return this.#ops
      this.#ops.pop()
    }
  }
}

function attributeChangeOfChange(a: Attributes | undefined, b: Attributes | undefined): boolean {
  return a !== b && JSON.stringify(a ?? NONE) !== JSON.stringify(b ?? NONE)
}

/** Reads a delta piece by piece; behind its end there is an endless retain. */
export class DeltaReader {
  readonly #ops: readonly DeltaOp[]
  #at = 0
  #offset = 0

  constructor(ops: readonly DeltaOp[]) {
    this.#ops = ops
  }

  get more(): boolean {
    return this.#at < this.#ops.length
  }

  /** The kind of what comes next. */
  get kind(): 'insert' | 'retain' | 'delete' {
    const op = this.#ops[this.#at]
    if (!op || 'retain' in op) return 'retain'
    return 'insert' in op ? 'insert' : 'delete'
  }

  /** How long the rest of the next operation is. */
  get length(): number {
    const op = this.#ops[this.#at]
    return op ? opLength(op) - this.#offset : Number.POSITIVE_INFINITY
  }

  /** The next operation, at most `most` long. */
  take(most = Number.POSITIVE_INFINITY): DeltaOp {
    const op = this.#ops[this.#at]
    if (!op) return { retain: most }
    const offset = this.#offset
    const rest = opLength(op) - offset
    const length = Math.min(rest, most)
    if (length === rest) {
      this.#at += 1
      this.#offset = 0
    } else this.#offset += length
    if ('delete' in op) return { delete: length }
    if ('retain' in op)
      return op.attributes ? { retain: length, attributes: op.attributes } : { retain: length }
    if (typeof op.insert !== 'string') return op
    const insert = op.insert.slice(offset, offset + length)
    return op.attributes ? { insert, attributes: op.attributes } : { insert }
  }
}

/** The one change that does what `a` and then `b` do. */
export function compose(a: Delta, b: Delta): Delta {
  const first = new DeltaReader(a)
  const second = new DeltaReader(b)
  const out = new DeltaBuilder()
  while (first.more || second.more) {
    if (second.kind === 'insert') {
      out.push(second.take())
      continue
    }
    if (first.kind === 'delete') {
      out.push(first.take())
      continue
    }
    const length = Math.min(first.length, second.length)
    const before = first.take(length)
    const after = second.take(length)
    if ('delete' in after) {
      if ('retain' in before) out.delete(length)
    } else if ('retain' in after) {
      if ('insert' in before)
        out.insert(before.insert, changedAttributes(before.attributes, after.attributes))
      else if ('retain' in before) {
        out.retain(
          length,
          after.attributes ? { ...before.attributes, ...after.attributes } : before.attributes,
        )
      }
    }
  }
  return out.done()
}

/**
 * `change` for a text on which `other` was already done. With `otherFirst` the other's inserts at the same place stand
 * before ours and its attributes win.
 */
export function transform(other: Delta, change: Delta, otherFirst: boolean): Delta {
  const theirs = new DeltaReader(other)
  const ours = new DeltaReader(change)
  const out = new DeltaBuilder()
  while (ours.more) {
    if (theirs.kind === 'insert' && (otherFirst || ours.kind !== 'insert')) {
      out.retain(opLength(theirs.take()))
      continue
    }
    if (ours.kind === 'insert') {
      out.push(ours.take())
      continue
    }
    const length = Math.min(theirs.length, ours.length)
    const their = theirs.take(length)
    const our = ours.take(length)
    if ('delete' in their) continue
    if ('delete' in our) out.delete(length)
    else if ('retain' in our) {
      out.retain(
        length,
        otherFirst && 'retain' in their ? without(our.attributes, their.attributes) : our.attributes,
      )
    }
  }
  return out.done()
}

function without(attributes: Attributes | undefined, taken: Attributes | undefined): Attributes | undefined {
  if (!attributes || !taken) return attributes
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => !(key in taken)))
}

/** Where a place of the old text is in the new one; a place at which text is inserted stays before it. */
export function transformPosition(delta: Delta, position: number): number {
  let old = 0
  let now = 0
  for (const op of delta) {
    if (old >= position) break
    if ('insert' in op) now += opLength(op)
    else if ('retain' in op) {
      const length = Math.min(op.retain, position - old)
      old += length
      now += length
    } else old += Math.min(op.delete, position - old)
  }
  return now + Math.max(0, position - old)
}

/** A content after a change. */
export function apply(content: Content, delta: Delta): Insert[] {
  return compose(content, delta).filter((op): op is Insert => 'insert' in op)
}

/** A change of lengths that leads back; good for places only. */
export function inverted(delta: Delta): Delta {
  const out = new DeltaBuilder()
  for (const op of delta) {
    if ('insert' in op) out.delete(opLength(op))
    else if ('retain' in op) out.retain(op.retain)
    else out.insert('\0'.repeat(op.delete))
  }
  return out.done()
}
