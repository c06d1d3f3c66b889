/** What stands for typed signs. Pure: they look at the words before the cursor and nothing else. */

/** The last `length` characters, the one typed included, become `sign`. */
export interface Rule {
  length: number
  sign: string
}

export interface RuleOptions {
  dashes: boolean
  quotes: boolean
  /** The language's code, such as `de` or `pt-br`. */
  language: string
}

/** Opening and closing double marks, then single ones. */
type Marks = readonly [string, string, string, string]

const ENGLISH: Marks = ['“', '”', '‘', '’']
const GERMAN: Marks = ['„', '“', '‚', '‘']
const BY_LANGUAGE: Readonly<Record<string, Marks>> = {
  de: GERMAN,
  bg: GERMAN,
  cs: GERMAN,
  sk: GERMAN,
  sl: GERMAN,
  lt: GERMAN,
  is: GERMAN,
  da: ['”', '”', '’', '’'],
  fi: ['”', '”', '’', '’'],
  sv: ['”', '”', '’', '’'],
  hu: ['„', '”', '’', '’'],
  pl: ['„', '”', '‚', '’'],
  ro: ['„', '”', '‚', '’'],
  hr: ['„', '”', '‚', '’'],
  nl: ['“', '”', '‘', '’'],
  fr: ['«\u202f', '\u202f»', '‹\u202f', '\u202f›'],
  it: ['«', '»', '“', '”'],
  es: ['«', '»', '“', '”'],
  pt: ENGLISH,
  nb: ['«', '»', '‘', '’'],
  no: ['«', '»', '‘', '’'],
  ru: ['«', '»', '„', '“'],
  uk: ['«', '»', '„', '“'],
  el: ['«', '»', '“', '”'],
}

/** Behind these, and at the beginning of a line, a mark opens. */
const BEFORE = /(?:^|[\s([{–—/\u202f])$/
const LETTER = /[\p{L}\p{N}]$/u

/** The rule that the last character fulfils. @param before the line up to the cursor, that character included */
export function ruleFor(before: string, options: RuleOptions): Rule | null {
  const typed = before.at(-1) ?? ''
  const ahead = before.slice(0, -1)
  if (options.quotes && (typed === '"' || typed === "'")) return quote(typed, ahead, options.language)
  return options.dashes ? dash(typed, before, ahead) : null
}

function quote(typed: string, ahead: string, language: string): Rule {
  const [code = ''] = language.toLowerCase().split('-')
  const [open, close, openOne, closeOne] = BY_LANGUAGE[code] ?? ENGLISH
  const inside = (mark: string, end: string): boolean => mark !== end && ahead.endsWith(mark)
  const opens = BEFORE.test(ahead) || inside(open, close) || inside(openOne, closeOne)
  if (typed === '"') return { length: 1, sign: opens ? open : close }
  if (opens) return { length: 1, sign: openOne }
  // Within a word, and after one where no such quotation is open, it leaves something out.
  const begun = ahead.lastIndexOf(openOne.trim()) > ahead.lastIndexOf(closeOne.trim())
  return { length: 1, sign: begun && openOne !== closeOne ? closeOne : '’' }
}

function dash(typed: string, before: string, ahead: string): Rule | null {
  if (typed === '.') return /(?:^|[^.])\.\.\.$/.test(before) ? { length: 3, sign: '…' } : null
  if (typed === '>') return /(?:^|[^-<])->$/.test(before) ? { length: 2, sign: '→' } : null
  if (!/[^-]--$/.test(ahead)) return null
  // Two dashes between blanks part a thought; between letters they are the long one.
  if (typed === ' ') return /\s--$/.test(ahead) ? { length: 3, sign: '– ' } : null
  return LETTER.test(typed) && LETTER.test(ahead.slice(0, -2)) ? { length: 3, sign: `—${typed}` } : null
}
