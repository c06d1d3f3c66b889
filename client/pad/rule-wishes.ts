/** What an owner wished of a pad's rule and the server has not told of yet (SPEC-access L119). */
import type { PadRule } from '../../shared/rule.ts'

export interface RuleWishes {
  wish(rule: PadRule): void
  /** The rule to show when the server tells of this one. */
  told(rule: PadRule): PadRule
  /** The server refused one, or could not hear it: what stands is what it said. */
  drop(): void
}

/** Wishes remembered at most; the server takes fewer at once. */
const MOST = 50

export function createRuleWishes(): RuleWishes {
  let open: PadRule[] = []
  return {
    wish(rule) {
      open = [...open, rule].slice(-MOST)
    },
    told(rule) {
      const text = canonical(rule)
      const at = open.findIndex((one) => canonical(one) === text)
      // What nobody here wished is somebody else's word, on which the next wish builds.
      open = at === -1 ? [] : open.slice(at + 1)
      return open.at(-1) ?? rule
    },
    drop() {
      open = []
    },
  }
}

/** The same text for the same rule. */
function canonical({ people, groups, ...more }: PadRule): string {
  const sorted = (given: Readonly<Record<string, string>>): unknown =>
    Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([
    sorted({ ...more, readLink: String(more.readLink) }),
    sorted(people),
    sorted(groups),
  ])
}
