/** What stands in the pages of signing in: forms with their fields, words of providers, names of browsers. HTML as text. */
import type { Request } from 'express'
import type { LoginField, LoginStep, LoginWords } from '../../shared/plugin/login.ts'
import type { AppError } from '../errors.ts'
import { rawPath, wayUp } from './canonical.ts'
import { escapeHtml } from './html.ts'
import type { Registered } from './login-desk.ts'
import { say, sayError } from './words.ts'

/** Characters of what stands in a field. */
export const VALUE_LIMIT = 1000

/** What somebody typed that was not right. */
export interface WrongTry {
  id: string
  error: AppError
  values: Readonly<Record<string, string>>
}

/** The form of a provider that asks on our page. */
export function formOf(
  { id, provider }: Registered,
  place: { up: string; lang: string; next: string; note: string; wrong: WrongTry | null; only: boolean },
): string {
  const { up, lang, next, note, wrong, only } = place
  const fields = provider.form?.fields ?? []
  const key = id.replaceAll(/[^\w]/g, '-')
  const alert = wrong
    ? `<p role="alert" class="wrong">${escapeHtml(sayError(lang, wrong.error).message)}</p>\n`
    : ''
  const rows = fields.map((field, at) =>
    fieldRow(field, `${key}-${at}`, lang, wrong?.values[field.name] ?? ''),
  )
  return `<form method="post" action="${escapeHtml(`${up}login/${id}`)}">
<h2>${escapeHtml(wordsIn(provider.label, lang))}</h2>
${alert}${rows.join('\n')}
<input type="hidden" name="next" value="${escapeHtml(next)}">
<input type="hidden" name="popup" value="${escapeHtml(note)}">
<button${only ? '' : ' class="plain"'}>${escapeHtml(say(lang, 'login.enter'))}</button>
</form>`
}

/** The form of a further step. */
export function stepForm(
  { id }: Registered,
  step: LoginStep,
  place: { lang: string; next: string; note: string; error: AppError | null; request: Request },
): string {
  const { lang, next, note, error } = place
  const up = wayUp(rawPath(place.request.originalUrl))
  const alert = error
    ? `<p role="alert" class="wrong">${escapeHtml(sayError(lang, error).message)}</p>\n`
    : ''
  const rows = step.fields.map((field, at) => fieldRow(field, `step-${at}`, lang, '', at === 0))
  return `<form method="post" action="${escapeHtml(`${up}login/${id}`)}">
${alert}${rows.join('\n')}
<input type="hidden" name="step" value="${escapeHtml(step.note)}">
<input type="hidden" name="next" value="${escapeHtml(next)}">
<input type="hidden" name="popup" value="${escapeHtml(note)}">
<button>${escapeHtml(say(lang, 'login.enter'))}</button>
</form>`
}

/** A field with its label. */
export function fieldRow(field: LoginField, id: string, lang: string, value: string, first = false): string {
  const attributes = [
    `id="${escapeHtml(id)}"`,
    `name="${escapeHtml(field.name)}"`,
    `maxlength="${VALUE_LIMIT}"`,
    ...(field.secret === true ? ['type="password"'] : [`value="${escapeHtml(value)}"`]),
    ...(field.autocomplete === undefined ? [] : [`autocomplete="${escapeHtml(field.autocomplete)}"`]),
    ...(field.autocomplete === 'one-time-code' ? ['autocapitalize="none"', 'spellcheck="false"'] : []),
    ...(field.optional === true ? [] : ['required']),
    ...(first ? ['autofocus'] : []),
  ]
  return `<p><label for="${escapeHtml(id)}">${escapeHtml(wordsIn(field.label, lang))}</label>\n<input ${attributes.join(' ')}></p>`
}

/** A provider's words in a language. */
export function wordsIn(words: LoginWords, lang: string): string {
  return (typeof words === 'function' ? words(lang) : words).slice(0, 200)
}

/** A browser and its system in a few words; '' for one nobody knows. */
export function browserIn(about: string): string {
  const value: unknown = JSON.parse(about)
  const agent = typeof value === 'object' && value !== null ? String(Reflect.get(value, 'browser') ?? '') : ''
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(agent)?.[1] ?? ''
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1] ?? ''
  return [browser.replace('Edg', 'Edge').replace('OPR', 'Opera'), system]
    .filter((word) => word !== '')
    .join(', ')
}

/** A field of a form or a query as text; '' for none, `'1'` for JSON's true. */
export function fieldOf(body: unknown, name: string): string {
  const value: unknown =
    typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? Reflect.get(body, name) : ''
  return typeof value === 'string' ? value : value === true ? '1' : ''
}
