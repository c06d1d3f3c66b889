/** The page of somebody who is signed in, with the ways out; and the page after signing out. HTML as text. */
import type { Request } from 'express'
import type { Held, Sessions } from '../access/sessions.ts'
import { wayTo } from './account-parts.ts'
import { escapeHtml } from './html.ts'
import { languageOf } from './language.ts'
import { browserIn } from './login-forms.ts'
import type { PlainContent } from './login-send.ts'
import { say } from './words.ts'
import type { Word } from './words.ts'

/** Browsers shown of one person. */
const SHOWN = 50

/** Who is signed in, in which browsers, and the ways out of each; `own`: by an account of ours, which has a page. */
export async function accountPage(
  sessions: Pick<Sessions, 'of'>,
  request: Request,
  held: Held,
  own = false,
): Promise<PlainContent> {
  const lang = languageOf(request, null)
  const { name } = held.facts
  const rows = await sessions.of(held.account.id)
  const date = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  const button = (word: Word, field: string, kind: string, more = ''): string =>
    `<form method="post" action="logout">${field}<button class="${kind}"${more}>${escapeHtml(say(lang, word))}</button></form>`
  const hidden = (key: string, value: string): string =>
    `<input type="hidden" name="${key}" value="${escapeHtml(value)}">`
  const items = rows.slice(0, SHOWN).map(({ hash, about, seen }) => {
    const words = [browserIn(about) || say(lang, 'login.browser'), `${date.format(seen)} UTC`]
    const label = ` aria-label="${escapeHtml(`${say(lang, 'login.out')}: ${words.join(', ')}`)}"`
    const way =
      hash === held.session.hash
        ? `<strong>${escapeHtml(say(lang, 'login.thisOne'))}</strong>`
        : button('login.out', hidden('session', hash), 'quiet', label)
    return `<li><span>${words.map(escapeHtml).join('<br>')}</span> ${way}</li>`
  })
  return {
    heading: say(lang, name === '' ? 'login.inNameless' : 'login.in').replace('{{name}}', () => name),
    message: '',
    more: `<h2>${escapeHtml(say(lang, 'login.browsers'))}</h2>
<ul>
${items.join('\n')}
</ul>
${button('login.out', '', '')}
${own ? wayTo(lang, 'account', 'account.way') : ''}
${rows.length > 1 ? button('login.outEverywhere', hidden('everywhere', '1'), 'quiet') : ''}`,
  }
}

/** `to` is the provider's own way out. */
export function outPage(request: Request, to: string | null): PlainContent {
  const lang = languageOf(request, null)
  const way =
    to === null
      ? ''
      : `<p><a class="wide" href="${escapeHtml(to)}">${escapeHtml(say(lang, 'login.outThere'))}</a></p>`
  return {
    heading: say(lang, 'login.isOut'),
    message: say(lang, to === null ? 'login.isOutBody' : 'login.stillThere'),
    more: way,
  }
}
