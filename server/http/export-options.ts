/** What a person chooses for a document, from the query of its address (SPEC-formats F13). */
import type { FileOptions } from '../formats/types.ts'

/** BCP 47, as far as files need it: a language, and perhaps a script or a country. */
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$/

/** The options; what is wrong, or nothing we know, counts for nothing. `lang` is null when none is named. */
export function optionsOf(query: Readonly<Record<string, unknown>>): FileOptions & { lang: string | null } {
  const on = (name: string): boolean => query[name] === '1' || query[name] === 'true'
  const lang = query['language']
  return {
    paper: query['paper'] === 'letter' ? 'letter' : 'a4',
    toc: on('toc'),
    authors: on('authors'),
    lineNumbers: on('lineNumbers'),
    cover: on('cover'),
    lang: typeof lang === 'string' && LANGUAGE.test(lang) ? lang : null,
  }
}
