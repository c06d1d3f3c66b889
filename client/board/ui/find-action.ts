/** Finding an action by a few letters. Pure. */

export interface Findable {
  readonly id: string
  readonly label: string
}

/** Those that hold all words of the query, the best first: a label that begins so, a word in it that does, any place. */
export function findActions<T extends Findable>(actions: readonly T[], query: string): T[] {
  const words = plain(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...actions]
  return actions
    .flatMap((action) => {
      const label = plain(action.label)
      const ranks = words.map((word) => rank(label, word))
      return ranks.includes(0) ? [] : [{ action, rank: ranks.reduce((sum, one) => sum + one, 0) }]
    })
    .sort((a, b) => b.rank - a.rank)
    .map(({ action }) => action)
}

function rank(label: string, word: string): number {
  if (label.startsWith(word)) return 3
  const at = label.indexOf(word)
  if (at < 0) return 0
  return /[\s(/-]/.test(label.charAt(at - 1)) ? 2 : 1
}

/** Without case and accents. */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase()
}
