/**
 * Etherpad's changesets from one text to the next (reference: Etherpad's easysync notes): `Z:` the old length, `>` or `<`
 * and the difference, operations, `$` and the characters that are new. Numbers are written to base 36.
 */
import { runsOf } from './etherpad-text.ts'
import type { Piece } from './etherpad-text.ts'

/** The newline every text ends with: at least it is kept. */
const END = 1

/** Null when nothing differs. What stands before the first difference and behind the last one is kept. */
export function changeset(before: readonly Piece[], after: readonly Piece[]): string | null {
  const [old, now] = [lengthOf(before), lengthOf(after)]
  const head = Math.min(same(before, after, charsOf), old - END, now - END)
  const tail = Math.min(same(before, after, charsFromEnd), old - head, now - head)
  const start = head - (isHalf(before, head) || isHalf(after, head) ? 1 : 0)
  const end = tail - (isHalf(before, old - tail) || isHalf(after, now - tail) ? 1 : 0)
  const gone = cut(before, start, old - end)
  const come = cut(after, start, now - end)
  if (gone.length === 0 && come.length === 0) return null
  const plain = (pieces: readonly Piece[]): Piece[] => pieces.map(({ text }) => ({ text, attribs: '' }))
  const grown = now - old
  const size = `${grown < 0 ? '<' : '>'}${Math.abs(grown).toString(36)}`
  const ops = runsOf(plain(cut(before, 0, start)), '=') + runsOf(plain(gone), '-') + runsOf(come)
  return `Z:${old.toString(36)}${size}${ops}$${come.map(({ text }) => text).join('')}`
}

const lengthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { text }) => sum + text.length, 0)

/** Whether a character of two units would be divided here. */
function isHalf(pieces: readonly Piece[], at: number): boolean {
  const [piece] = cut(pieces, at, at + 1)
  return piece !== undefined && /^[\udc00-\udfff]/.test(piece.text)
}

type Units = (pieces: readonly Piece[]) => Generator<readonly [unit: number, attribs: string], void>

/** How many units are the same, with the same attributes. */
function same(one: readonly Piece[], other: readonly Piece[], units: Units): number {
  let count = 0
  const others = units(other)
  for (const [unit, attribs] of units(one)) {
    const next = others.next().value
    if (!next || next[0] !== unit || next[1] !== attribs) break
    count += 1
  }
  return count
}

function* charsOf(pieces: readonly Piece[]): ReturnType<Units> {
  for (const { text, attribs } of pieces)
    for (let at = 0; at < text.length; at += 1) yield [text.charCodeAt(at), attribs]
}

function* charsFromEnd(pieces: readonly Piece[]): ReturnType<Units> {
  for (let index = pieces.length - 1; index >= 0; index -= 1) {
    const { text, attribs } = pieces[index] ?? { text: '', attribs: '' }
    for (let at = text.length - 1; at >= 0; at -= 1) yield [text.charCodeAt(at), attribs]
  }
}

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
