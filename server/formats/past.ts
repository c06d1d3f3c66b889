/** How a pad's text came to be, in steps that stand for its revisions (SPEC-formats F28). */
import * as Y from 'yjs'
import type { Content } from '../../shared/text/delta.ts'
import type { LogRow } from '../store/store.ts'
import { writtenContent } from './written.ts'

/** Steps a past has. */
const MOST_STEPS = 1000
/** UTF-16 units of all steps' texts together, about a second's work for each 20 million. */
const MOST_UNITS = 40_000_000
/** Ms between two rows of one person from which they are two steps. */
const PAUSE = 2000

/** What one person wrote without a pause. */
export interface Step {
  author: string
  /** Of its last row, ms since 1970. */
  time: number
  updates: readonly Uint8Array[]
}

/** A text as it was at the beginning, and what happened to it. */
export interface Past {
  base: readonly Uint8Array[]
  /** When the text was as `base` makes it. */
  time: number
  steps: readonly Step[]
}

/** A text as it was once. */
export interface PastText {
  author: string
  time: number
  content: Content
}

/** Of rows in their order: at most {@link MOST_STEPS}. */
export function stepsOf(rows: readonly Pick<LogRow, 'author' | 'time' | 'bytes'>[]): readonly Step[] {
  const steps: (Step & { updates: Uint8Array[] })[] = []
  for (const { author, time, bytes } of rows) {
    const last = steps.at(-1)
    if (last && last.author === author && time - last.time < PAUSE) {
      last.updates.push(bytes)
      last.time = time
    } else steps.push({ author, time, updates: [bytes] })
  }
  return joined(steps, MOST_STEPS)
}

/** At most so many steps; neighbours are joined, as many everywhere, and count as the last one's. */
function joined(steps: readonly Step[], most: number): readonly Step[] {
  if (steps.length <= most) return steps
  const each = Math.ceil(steps.length / most)
  const out: Step[] = []
  for (let at = 0; at < steps.length; at += each) {
    const some = steps.slice(at, at + each)
    const last = some.at(-1)
    if (last) out.push({ ...last, updates: some.flatMap(({ updates }) => updates) })
  }
  return out
}

/** The texts of a past one after the other; each is made when it is asked for. `units`: length of the newest. */
export function* textsOf(
  past: Past,
  clients: ReadonlyMap<number, string>,
  units: number,
): Generator<PastText, void> {
  const doc = new Y.Doc()
  const apply = (updates: readonly Uint8Array[]): void =>
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
  const content = (): Content => writtenContent(doc.getText('text'), (client) => clients.get(client))
  try {
    apply(past.base)
    if (past.base.length > 0) yield { author: '', time: past.time, content: content() }
    for (const step of joined(past.steps, Math.max(1, Math.floor(MOST_UNITS / Math.max(1, units))))) {
      apply(step.updates)
      yield { author: step.author, time: step.time, content: content() }
    }
  } finally {
    doc.destroy()
  }
}
