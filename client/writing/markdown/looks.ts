/** Does a text look like Markdown? Pure, and careful: a sign that people use in plain text as well says little. */

/** Of each kind, how much it says. */
const SIGNS: readonly (readonly [RegExp, number])[] = [
  [/^#{1,6} \S/m, 2],
  [/^```[\w+-]*$/m, 2],
  [/^\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$/m, 2],
  [/^\s*[-*+] \[[ xX]\] \S/m, 2],
  [/\[[^\]\n]+\]\([^)\s]+\)/, 2],
  [/(?:^|[\s(])\*\*\S(?:[^*\n]*\S)?\*\*/m, 2],
  [/^\s*[-*+] \S/m, 1],
  [/^\s*\d+[.)] \S/m, 1],
  [/^> \S/m, 1],
  [/(?:^|\s)`[^`\n]+`/m, 1],
  [/^(?:---|\*\*\*|___)$/m, 1],
]
/** This much of a text is looked at, in UTF-16 units. */
const MOST = 20_000

/** Whether somebody who pastes this may want it formatted. */
export function looksLikeMarkdown(text: string): boolean {
  const start = text.slice(0, MOST)
  let sum = 0
  for (const [sign, says] of SIGNS) if (sign.test(start)) sum += says
  return sum >= 2
}
