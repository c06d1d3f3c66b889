import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { admit } from '../../../../server/sync/guard/admit.ts'
import { applyGuarded } from '../../../../server/sync/guard/apply.ts'
import { GuardError } from '../../../../server/sync/guard/errors.ts'
import { BOARD_LIMITS, TEXT_LIMITS } from '../../../../server/sync/guard/limits.ts'
import type { GuardLimits } from '../../../../server/sync/guard/limits.ts'
import { scanUpdate } from '../../../../server/sync/guard/scan.ts'
import { findWrongShape } from '../../../../server/sync/guard/shapes.ts'
import { documentView } from '../../../../server/sync/guard/view.ts'
import { boardCorpus, mutate, randomOf, textCorpus } from './mutants.ts'
import type { Corpus, Random } from './mutants.ts'

/** Mutants a run; `FUZZ_ROUNDS=100000` for a long one, `FUZZ_SEED` to see one again. */
const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 4000)
const SEED = Number(
  process.env['FUZZ_SEED'] ?? (process.env['FUZZ_ROUNDS'] === undefined ? 20_261_128 : Date.now() % 2 ** 31),
)
const OPTIONS = { clientsPerDocument: 20_000, freshPerUpdate: 256 }

/** A kind of document, and what it shows. */
interface Kind {
  limits: GuardLimits
  corpus(random: Random): Corpus
  open(): Y.Doc
  show(doc: Y.Doc): unknown
  /** Adds something and takes everything away. */
  empty(doc: Y.Doc): void
}

const TEXT: Kind = {
  limits: TEXT_LIMITS,
  corpus: textCorpus,
  open() {
    const doc = new Y.Doc()
    doc.getText('text')
    return doc
  },
  show(doc) {
    const text = doc.getText('text')
    const delta = text.toDelta() as { insert: unknown }[]
    const lengths = delta.map((op) => (typeof op.insert === 'string' ? op.insert.length : 1))
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(text.length)
    return delta
  },
  empty(doc) {
    const text = doc.getText('text')
    text.insert(0, 'more')
    text.delete(0, text.length)
  },
}

const BOARD: Kind = {
  limits: BOARD_LIMITS,
  corpus: boardCorpus,
  open() {
    const doc = new Y.Doc()
    for (const name of ['shapes', 'assets', 'settings']) doc.getMap(name)
    doc.getArray('votes')
    return doc
  },
  show: (doc) => doc.toJSON(),
  empty(doc) {
    const shapes = doc.getMap('shapes')
    shapes.set('more', new Y.Map([['h', 1]]))
    shapes.clear()
  },
}

function rebuilt(kind: Kind, ...updates: readonly Uint8Array[]): Y.Doc {
  const doc = kind.open()
  for (const bytes of updates) Y.applyUpdate(doc, bytes)
  return doc
}

/** What a document shows, as one string; the keys of a map have no order. */
function pictureOf(kind: Kind, doc: Y.Doc): string {
  return JSON.stringify(kind.show(doc), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

/** Whether an applied mutant left a document that works: it shows, saves, loads, is the same for all and takes more edits. */
function expectAlive(kind: Kind, doc: Y.Doc, base: Uint8Array, heard: readonly Uint8Array[]): void {
  const shown = pictureOf(kind, doc)
  const copy = rebuilt(kind, Y.encodeStateAsUpdate(doc))
  const others = [copy, rebuilt(kind, base, ...heard), rebuilt(kind, Y.mergeUpdates([base, ...heard]))]
  for (const other of others) expect(pictureOf(kind, other)).toBe(shown)
  let edits = 0
  copy.on('update', () => edits++)
  kind.empty(copy)
  expect(edits).toBe(2)
}

/** Sends mutants through the guard, and counts what became of them. */
function fuzz(kind: Kind, random: Random): Record<'refused' | 'held' | 'known' | 'applied', number> {
  const counts = { refused: 0, held: 0, known: 0, applied: 0 }
  for (let round = 0; round < ROUNDS;) {
    const { base, updates } = kind.corpus(random)
    let doc = rebuilt(kind, base)
    let before = Y.encodeStateAsUpdate(doc)
    for (let i = 0; i < 400 && round < ROUNDS; i++, round++) {
      const source = updates[random(updates.length)] ?? base
      const other = updates[random(updates.length)] ?? base
      const bytes = mutate(source, other, random)
      try {
        const scan = scanUpdate(bytes, kind.limits)
        const view = documentView(
          doc,
          () => undefined,
          () => false,
        )
        // Everybody's new clocks count as the author's: identity is not what is tried here.
        const admission = admit(scan, { ...view, owner: () => 'a.two' }, 'a.two', OPTIONS)
        if (admission.verdict !== 'apply') {
          counts[admission.verdict === 'known' ? 'known' : 'held']++
          continue
        }
        const heard: Uint8Array[] = []
        doc.on('update', (update: Uint8Array) => heard.push(update))
        const result = applyGuarded(doc, bytes, 'a.two', { scan, limits: kind.limits })
        // Found after applying, by design. Anything else is a hole in the guard.
        if (!result.ok) expect(['content', 'nesting', 'order']).toContain(result.reason)
        if (!result.ok || (kind === BOARD && findWrongShape(doc, scan) !== undefined)) counts.refused++
        else {
          counts.applied++
          expectAlive(kind, doc, base, heard)
        }
        doc = rebuilt(kind, base)
        before = Y.encodeStateAsUpdate(doc)
      } catch (error) {
        if (!(error instanceof GuardError)) throw error
        counts.refused++
      }
    }
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
  }
  return counts
}

describe('the guard and mutants', () => {
  test.each([
    ['text', TEXT],
    ['board', BOARD],
  ])(
    `G21: a mutant is refused, or applied whole and without harm, in a %s (seed ${SEED})`,
    (_name, kind) => {
      const counts = fuzz(kind, randomOf(SEED))
      expect(counts.refused).toBeGreaterThan(counts.applied)
      expect(counts.applied).toBeGreaterThan(0)
      if (process.env['FUZZ_ROUNDS']) console.log(counts)
    },
    3_600_000,
  )
})
