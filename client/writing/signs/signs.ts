/** Characters with their names, read from their lists. Pure. */
import { fitting } from '../match.ts'

/** A character, what it is called, and by what else it is found. */
export interface Sign {
  sign: string
  name: string
  further: string
  /** There are ones in colours of skin ({@link inTone}). */
  skin: boolean
}

export interface SignGroup {
  id: string
  signs: readonly Sign[]
}

/** Those found at most. */
const MOST_FOUND = 120
/** Letters that give an emoji a colour of skin, from light to dark. */
const TONES = ['', '\u{1f3fb}', '\u{1f3fc}', '\u{1f3fd}', '\u{1f3fe}', '\u{1f3ff}'] as const

/** How many colours of skin there are, the one that is none among them. */
export const TONE_COUNT = TONES.length

/**
 * A group's signs: `SIGN NAME|TAGS;NAME|TAGS` in English and German, with `+` before those that have colours of skin. Names
 * are German where the language is, else English, and both are found.
 */
export function signsOf(lines: readonly string[], language: string): Sign[] {
  return lines.flatMap((line) => {
    const [, skin = '', sign = '', english = '', german = ''] = /^(\+?)(\S+) ([^;]*);(.*)$/.exec(line) ?? []
    if (sign === '') return []
    const [own, other] = language === 'de' ? [german, english] : [english, german]
    const [name = '', ...tags] = own.split('|')
    return [{ sign, name, further: `${tags.join(' ')} ${other.replace('|', ' ')}`.trim(), skin: skin !== '' }]
  })
}

/** The groups of a list whose groups begin with `#`. */
export function signGroups(list: string, language: string): SignGroup[] {
  return list
    .split(/^#/m)
    .filter((part) => part !== '')
    .map((part) => {
      const [id = '', ...lines] = part.split('\n')
      return { id, signs: signsOf(lines, language) }
    })
}

/** Those that fit, the best first. */
export function findSigns(groups: readonly SignGroup[], typed: string): Sign[] {
  const all = groups.flatMap(({ signs }) => signs)
  return fitting(typed, all, ({ name, further }) => [name, further]).slice(0, MOST_FOUND)
}

/** A sign in a colour of skin, from 1 to 5; as it is where it has none. */
export function inTone({ sign, skin }: Pick<Sign, 'sign' | 'skin'>, tone: number): string {
  const letter = TONES[tone]
  if (!skin || letter === undefined || letter === '') return sign
  const [first = '', ...rest] = Array.from(sign)
  return [first, letter, ...rest.filter((one, at) => at > 0 || one !== '\ufe0f')].join('')
}
