/** Characters with their names, read from their lists. Pure. */
import { fitting } from '../match.ts'

/** A character, what it is called, and by what else it is found. */
export interface Sign {
  sign: string
  name: string
  further: string
}

export interface SignGroup {
  id: string
  signs: readonly Sign[]
}

/** A list's groups; names are German where the language is, else English, and both are found. */
export function signGroups(list: string, language: string): SignGroup[] {
  const groups: { id: string; signs: Sign[] }[] = []
  for (const line of list.split('\n')) {
    if (line.startsWith('#')) groups.push({ id: line.slice(1), signs: [] })
    else {
      const [, sign = '', english = '', german = ''] = /^(\S+) ([^;]*);(.*)$/.exec(line) ?? []
      const own = language === 'de' ? german : english
      groups.at(-1)?.signs.push({ sign, name: own, further: own === german ? english : german })
    }
  }
  return groups
}

/** Those that fit, the best first. */
export function findSigns(groups: readonly SignGroup[], typed: string): Sign[] {
  return fitting(
    typed,
    groups.flatMap(({ signs }) => signs),
    ({ name, further }) => [name, further],
  )
}
