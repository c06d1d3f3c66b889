/** What pages of accounts of our own are made of. HTML as text; what comes in is escaped here. */
import type { AppError } from '../errors.ts'
import { escapeHtml } from './html.ts'
import { fieldRow } from './login-forms.ts'
import { say, sayError } from './words.ts'
import type { Word } from './words.ts'

/** A field of a form. */
export interface AccountField {
  name: string
  label: Word
  kind: 'text' | 'current' | 'new' | 'code' | 'name' | 'shown'
  value?: string
  first?: boolean
}

const AUTOCOMPLETE = {
  text: 'off',
  current: 'current-password',
  new: 'new-password',
  code: 'one-time-code',
  name: 'username',
  shown: 'nickname',
} as const

/** The password as it is, and a code of the second factor. */
export const CURRENT: AccountField = { name: 'current', label: 'account.current', kind: 'current' }
export const CODE: AccountField = { name: 'code', label: 'account.codeOr', kind: 'code' }

/** A form with its heading; `wrong` is what went wrong with it. */
export function accountForm(
  lang: string,
  form: {
    action: string
    heading?: Word
    about?: string
    fields: readonly AccountField[]
    hidden?: Readonly<Record<string, string>>
    /** Something to choose besides. */
    check?: { name: string; label: Word }
    button: Word
    quiet?: boolean
    /** What it does cannot be taken back. */
    grave?: boolean
    /** Another thing that the same fields can do. */
    other?: { action: string; button: Word }
    wrong?: AppError | null
  },
): string {
  const { action, heading, about, fields, hidden = {}, check, button, other, wrong = null } = form
  const look = form.grave === true ? ' class="grave"' : form.quiet === true ? ' class="plain"' : ''
  const key = action.replaceAll(/\W/g, '-')
  const rows = fields.map(({ name, label, kind, value = '', first = false }) =>
    fieldRow(
      {
        name,
        label: say(lang, label),
        autocomplete: AUTOCOMPLETE[kind],
        secret: kind === 'current' || kind === 'new',
        optional: kind === 'shown',
      },
      `${key}-${name}`,
      lang,
      value,
      first,
    ),
  )
  return [
    `<form method="post" action="${escapeHtml(action)}">`,
    heading === undefined ? '' : `<h2>${escapeHtml(say(lang, heading))}</h2>`,
    about === undefined ? '' : `<p>${escapeHtml(about)}</p>`,
    wrong === null ? '' : `<p role="alert" class="wrong">${escapeHtml(sayError(lang, wrong).message)}</p>`,
    ...rows,
    check === undefined
      ? ''
      : `<p class="check"><input type="checkbox" id="${key}-${check.name}" name="${check.name}" value="1"> <label for="${key}-${check.name}">${escapeHtml(say(lang, check.label))}</label></p>`,
    ...Object.entries(hidden).map(
      ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
    ),
    `<button${look}>${escapeHtml(say(lang, button))}</button>`,
    other === undefined
      ? ''
      : `<button class="quiet" formaction="${escapeHtml(other.action)}">${escapeHtml(say(lang, other.button))}</button>`,
    '</form>',
  ]
    .filter((line) => line !== '')
    .join('\n')
}

/** A sentence that something is done. */
export function doneLine(lang: string, word: Word): string {
  return `<p role="status" class="done">${escapeHtml(say(lang, word))}</p>`
}

/** A way to another page; `quiet` looks like a link. */
export function wayTo(lang: string, href: string, word: Word, quiet = true): string {
  return `<p><a class="${quiet ? 'quiet' : 'wide'}" href="${escapeHtml(href)}">${escapeHtml(say(lang, word))}</a></p>`
}

/** What is to be known before something is done. */
export function factList(facts: readonly string[]): string {
  return `<ul class="facts">\n${facts.map((fact) => `<li>${escapeHtml(fact)}</li>`).join('\n')}\n</ul>`
}

/** Recovery codes, to be copied or printed. */
export function codeList(codes: readonly string[]): string {
  return `<ul class="codes">\n${codes.map((code) => `<li><code>${escapeHtml(code)}</code></li>`).join('\n')}\n</ul>`
}
