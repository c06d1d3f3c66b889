/**
 * Words as Markdown (SPEC-formats F22): nothing a person wrote becomes structure, and emphasis stands in stars only where
 * every reader sees it as such, else in elements.
 */

// oxlint-disable-next-line no-control-regex -- these have no place in a text file
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f\u0085\u2028\u2029]/g

/** Control characters, and what some readers take for line ends, become spaces. */
export function withoutControls(text: string): string {
  return text.replace(CONTROL, ' ')
}

/** Signs that may begin something anywhere; `&` only where an entity could stand. */
const SIGNS = /[\\`*_[\]<>~|]|&(?=[#A-Za-z])/g

/** Characters of a line, escaped; `first` at the line's beginning, `last` at its end. */
export function escapeMarkdown(text: string, first: boolean, last: boolean): string {
  let out = withoutControls(text).replace(SIGNS, '\\$&')
  if (first) {
    // What begins a block: headings, quotes, items, numbers, underlines of headings, fences.
    out = out.replace(/^(\s*)([#+\-=:])/, '$1\\$2').replace(/^(\s*\d{1,9})([.)])/, '$1\\$2')
    out = out.replace(/^[ \t]+/, hardSpaces)
  }
  if (last) out = out.replace(/[ \t]+$/, hardSpaces)
  return out
}

function hardSpaces(spaces: string): string {
  return spaces.replace(/\t/g, '    ').replaceAll(' ', '&nbsp;')
}

/** Code in a line: fenced by more backticks than it holds. */
export function codeSpan(text: string): string {
  const plain = withoutControls(text)
  const fence = '`'.repeat(longestRun(plain, '`') + 1)
  const pad = /^`|`$/.test(plain) || (/^ .* $/.test(plain) && plain.trim() !== '') ? ' ' : ''
  return `${fence}${pad}${plain}${pad}${fence}`
}

/** The length of the longest run of a sign. */
export function longestRun(text: string, sign: string): number {
  let most = 0
  let now = 0
  for (const one of text) {
    now = one === sign ? now + 1 : 0
    if (now > most) most = now
  }
  return most
}

/** An address between the brackets of a link. */
export function linkTarget(href: string): string {
  return href
    .replace(/[\s()<>\\`"]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    .replace(/&(?=[#A-Za-z])/g, '&amp;')
}

/** The first character; '' for none. */
export function firstSign(text: string): string {
  return /^./su.exec(text)?.[0] ?? ''
}

/** The last character; '' for none. */
export function lastSign(text: string): string {
  return /.$/su.exec(text.slice(-2))?.[0] ?? ''
}

const SPACE = /^\s$/u
const SIGN = /^[\p{P}\p{S}]$/u

/**
 * Can delimiters stand round `inner` between these neighbours, so that readers see a beginning and an end
 * (CommonMark 6.2, flanking)? `''` is the line's edge.
 */
export function canFlank(before: string, inner: string, after: string): boolean {
  const first = firstSign(inner)
  const last = lastSign(inner)
  if (first === '' || SPACE.test(first) || SPACE.test(last)) return false
  const opens = !SIGN.test(first) || before === '' || SPACE.test(before) || SIGN.test(before)
  const closes = !SIGN.test(last) || after === '' || SPACE.test(after) || SIGN.test(after)
  // Beside another delimiter, or inside an address that readers link by themselves, an element is clearer.
  return opens && closes && !/[*~]$/.test(before)
}
