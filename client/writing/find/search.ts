/** Finding in texts: pure, so that it runs in the page for plain words and in a worker for patterns (SPEC-writing W3). */

/** What somebody looks for. */
export interface Query {
  words: string
  /** Capitals count. */
  exact: boolean
  /** Only whole words. */
  whole: boolean
  /** `words` is a regular expression. */
  pattern: boolean
}

/** A place in one of the texts, in UTF-16 units, and what is to stand there instead. */
export interface Hit {
  text: number
  from: number
  to: number
  with?: string
}

/** What was found; `more`: there is more than was asked for. */
export interface Found {
  hits: Hit[]
  more: boolean
}

const LETTER = String.raw`[\p{L}\p{N}\p{M}_]`

/** The expression of a query; null for none, or for a pattern that is none. */
export function expressionOf({ words, exact, whole, pattern }: Query): RegExp | null {
  if (words === '') return null
  const own = pattern ? `(?:${words})` : words.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
  const source = whole ? `(?<!${LETTER})${own}(?!${LETTER})` : own
  try {
    return new RegExp(source, exact ? 'gu' : 'giu')
  } catch {
    return null
  }
}

/**
 * All places in order, at most `most`. With `instead` each says what is to stand there: for patterns with `$1`, `$&`,
 * `$<name>` filled in. Places without a character are none.
 */
export function findIn(texts: readonly string[], query: Query, most: number, instead?: string): Found {
  const expression = expressionOf(query)
  const hits: Hit[] = []
  if (!expression) return { hits, more: false }
  for (const [text, words] of texts.entries()) {
    for (const match of words.matchAll(expression)) {
      const [whole] = match
      if (whole === '') continue
      if (hits.length === most) return { hits, more: true }
      const hit: Hit = { text, from: match.index, to: match.index + whole.length }
      if (instead !== undefined) hit.with = query.pattern ? filled(instead, match) : instead
      hits.push(hit)
    }
  }
  return { hits, more: false }
}

/** What stands for a match. */
function filled(instead: string, match: RegExpMatchArray): string {
  return instead.replaceAll(/\$(?:\$|&|(\d{1,2})|<([^>]*)>)|\\([nt\\])/g, (sign, number, name, escape) => {
    if (sign === '$$') return '$'
    if (sign === '$&') return match[0]
    if (escape !== undefined) return escape === 't' ? '\t' : escape === 'n' ? ' ' : '\\'
    if (number !== undefined) return Number(number) < match.length ? (match[Number(number)] ?? '') : sign
    return match.groups?.[String(name)] ?? ''
  })
}
