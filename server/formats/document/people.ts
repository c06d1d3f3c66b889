/** Whose words are whose, for documents that show it (option `authors`, SPEC-formats F13). */
import { hexOf } from '../../../shared/colour.ts'
import { SYSTEM_AUTHOR } from '../../../shared/ids.ts'
import type { TextFacts } from '../types.ts'

/** A colour for each author; nobody's words and the system's have none. */
export function tintsOf({
  people,
  options,
}: Pick<TextFacts, 'people' | 'options'>): ReadonlyMap<string, string> {
  if (!options.authors) return new Map()
  return new Map(
    people
      .filter(({ author }) => author !== SYSTEM_AUTHOR)
      .map(({ author, colour }) => [author, hexOf(colour)]),
  )
}

/** Who is named at the end. */
export function namedPeople({
  people,
  options,
}: Pick<TextFacts, 'people' | 'options'>): { name: string; colour: string }[] {
  if (!options.authors) return []
  return people
    .filter(({ author }) => author !== SYSTEM_AUTHOR)
    .map(({ name, colour }) => ({ name, colour: hexOf(colour) }))
}
