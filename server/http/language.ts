/** The language a page comes in: what the page will choose too (`client/i18n.ts`), so that nothing changes under the eyes. */
import type { Request } from 'express'
import { chooseLanguage, languageCookie } from '../../shared/languages.ts'

/** Asked for in the query, else `byDefault` (a setting), else kept in the cookie, else the browser's, else English. */
export function languageOf(request: Request, byDefault: string | null): string {
  const { lang } = request.query
  const asked: unknown = Array.isArray(lang) ? lang[0] : lang
  return chooseLanguage([
    typeof asked === 'string' ? asked : null,
    byDefault,
    languageCookie(request.headers.cookie ?? ''),
    ...request.acceptsLanguages(),
  ])
}
