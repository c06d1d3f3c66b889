/** Names of pads: random ones, and what becomes of a typed one. Pure but for the source of chance. */
import { cleanPadName, isPadName } from '../../shared/ids.ts'

const FIRST = 'bdfgklmnprstvz'
const MIDDLE = 'aeiou'
const SYLLABLES = 12
const GROUP = 3

/**
 * A name one can say on the phone and nobody can guess: twelve syllables of 70, 73 bits, in four words.
 * @param random fills an array with random bytes, as `crypto.getRandomValues`
 */
export function randomName(random: (bytes: Uint8Array<ArrayBuffer>) => void): string {
  const syllables: string[] = []
  while (syllables.length < SYLLABLES) {
    const bytes = new Uint8Array(SYLLABLES)
    random(bytes)
    for (const byte of bytes) {
      // 210 is the largest multiple of 70 below 256: every syllable is as likely as any other.
      if (byte >= 210 || syllables.length === SYLLABLES) continue
      const index = byte % 70
      syllables.push((FIRST[Math.floor(index / 5)] ?? '') + (MIDDLE[index % 5] ?? ''))
    }
  }
  const words: string[] = []
  for (let at = 0; at < SYLLABLES; at += GROUP) words.push(syllables.slice(at, at + GROUP).join(''))
  return words.join('-')
}

/** What a typed name leads to. */
export type Typed =
  | { kind: 'empty' }
  | { kind: 'bad' }
  | { kind: 'good'; name: string; /** Not as typed. */ cleaned: boolean }

/** Judges a typed name. */
export function judgeName(typed: string): Typed {
  if (typed.trim() === '') return { kind: 'empty' }
  const name = cleanPadName(typed)
  return isPadName(name) ? { kind: 'good', name, cleaned: name !== typed } : { kind: 'bad' }
}

/** The address of a pad from the start page. */
export function padAddress(name: string): string {
  return `./p/${encodeURIComponent(name)}`
}
