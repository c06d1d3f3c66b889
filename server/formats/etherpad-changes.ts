/**
 * Etherpad's changesets from one text to the next (reference: Etherpad's easysync notes): `Z:` the old length, `>` or `<`
 * and the difference, operations, `$` and the characters that are new. Numbers are written to base 36.
 */
import { runsOf } from './etherpad-text.ts'
import type { Piece } from './etherpad-text.ts'
import { sameEnds, unitsOf } from './same-ends.ts'

/** The newline every text ends with: at least it is kept. */
const END = 1

/** Null when nothing differs. What stands before the first difference and behind the last one is kept. */
export function changeset(before: readonly Piece[], after: readonly Piece[]): string | null {
  const looks = new Map<string, number>()
  const [one, other] = [unitsOf(looked(before), looks), unitsOf(looked(after), looks)]
  const { head, tail } = sameEnds(one, other, END)
  const gone = cut(before, head, one.length - tail)
  const come = cut(after, head, other.length - tail)
  if (gone.length === 0 && come.length === 0) return null
  const plain = (pieces: readonly Piece[]): Piece[] => pieces.map(({ text }) => ({ text, attribs: '' }))
  const grown = other.length - one.length
  const size = `${grown < 0 ? '<' : '>'}${Math.abs(grown).toString(36)}`
  const ops = runsOf(plain(cut(before, 0, head)), '=') + runsOf(plain(gone), '-') + runsOf(come)
  return `Z:${one.length.toString(36)}${size}${ops}$${come.map(({ text }) => text).join('')}`
}

const looked = (pieces: readonly Piece[]): { text: string; look: string }[] =>
  pieces.map(({ text, attribs }) => ({ text, look: attribs }))

/** The pieces between two places. */
function cut(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const out: Piece[] = []
  let at = 0
  for (const { text, attribs } of pieces) {
    const part = text.slice(Math.max(0, from - at), Math.max(0, to - at))
    if (part !== '') out.push({ text: part, attribs })
    at += text.length
    if (at >= to) break
  }
  return out
}
