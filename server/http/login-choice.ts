/** The choice of ways to sign in: which work, which needs no choosing, and the page with all of them. HTML as text. */
import type { Request, Response } from 'express'
import type { Log } from '../log.ts'
import type { Settings } from '../settings/schema.ts'
import { rawPath, wayUp } from './canonical.ts'
import { escapeHtml } from './html.ts'
import { languageOf } from './language.ts'
import type { LoginDesk, Registered } from './login-types.ts'
import { formOf, wordsIn } from './login-forms.ts'
import type { WrongTry } from './login-forms.ts'
import { framePart, isInFrame } from './login-frame.ts'
import { sendPlain } from './login-send.ts'
import { hasButton } from './login-ways.ts'
import { say } from './words.ts'

export interface ChoiceParts {
  settings: Settings
  log: Log
  desk: LoginDesk
}

/** The ways to sign in that work now; what is wrong with others goes to the log. */
export async function ways(desk: LoginDesk, log: Log): Promise<readonly Registered[]> {
  const working: Registered[] = []
  for (const which of desk.list().filter(hasButton)) {
    const trouble = await which.ask(() => which.provider.trouble?.() ?? null).catch(() => 'it failed')
    if (trouble === null) working.push(which)
    else log.warn('nobody can sign in this way', { provider: which.id, trouble })
  }
  return working
}

/** What the page with the choice is made from. */
export interface Choice {
  working: readonly Registered[]
  next: string
  /** A pop-up's note; '' for none. */
  note: string
  /** Without asking it was tried. */
  tried: boolean
  wrong?: WrongTry
}

/** The one that can be tried without asking anybody. */
function silentOf(working: readonly Registered[]): Registered | undefined {
  return working.find(({ provider }) => provider.silent === true && provider.begin !== undefined)
}

/** Where there is nothing to choose: to the only way there is for a pop-up, and where it is `required`, to try it without asking. */
export function wayOfItsOwn(
  working: readonly Registered[],
  { next, note, tried }: Pick<Choice, 'next' | 'note' | 'tried'>,
  required: boolean,
): string | null {
  if (tried) return null
  const [only, ...others] = working
  const begins = only?.provider.begin !== undefined && only.provider.form === undefined
  if (note !== '')
    return begins && others.length === 0
      ? `login/${only.id}?${new URLSearchParams({ next, popup: note }).toString()}`
      : null
  const silent = silentOf(working)
  return silent && required
    ? `login/${silent.id}?${new URLSearchParams({ next, silent: '1' }).toString()}`
    : null
}

/** Sends the page with the choice of ways to sign in. */
export async function sendChoice(
  parts: ChoiceParts,
  request: Request,
  response: Response,
  choice: Choice,
): Promise<void> {
  const { settings, desk } = parts
  const lang = languageOf(request, null)
  const { working, next, note, wrong } = choice
  if (working.length === 0) {
    const { requireAuthentication: required } = settings
    // People come with a token, or have just come: its page must not say that all is lost.
    if (required && desk.list().some(({ provider }) => provider.token !== undefined)) {
      const [heading, message] = [say(lang, 'error.unauthenticated'), say(lang, 'body.unauthenticated')]
      return sendPlain(settings, request, response, 200, { heading, message, more: '' })
    }
    const message = say(lang, required ? 'login.closed' : 'login.none')
    sendPlain(settings, request, response, 503, { heading: say(lang, 'login.noWay'), message, more: '' })
    return
  }
  const up = wayUp(rawPath(request.originalUrl))
  const buttons = working.filter(({ provider }) => provider.begin !== undefined)
  const forms = working
    .filter(({ provider }) => provider.form !== undefined)
    .map((which) => {
      const own = wrong?.id === which.id ? wrong : null
      return formOf(which, { up, lang, next, note, wrong: own, only: buttons.length === 0 })
    })
    .join('\n')
  const guest =
    settings.requireAuthentication || note !== ''
      ? ''
      : `<p><a class="quiet" href="${escapeHtml(up + next || './')}">${escapeHtml(say(lang, 'login.guest'))}</a></p>`
  const signUp =
    settings.accounts.enabled && settings.accounts.signUp
      ? `<p><a class="quiet" href="${escapeHtml(`${up}account/new${queryOf({ next, popup: note })}`)}">${escapeHtml(say(lang, 'account.make'))}</a></p>`
      : ''
  const silent = silentOf(working)
  const more =
    isInFrame(request) && note === ''
      ? framePart({
          up,
          lang,
          next,
          forms: `${forms}\n${signUp}`,
          guest,
          needsPopup: buttons.length > 0,
          note: await desk.popup(request, response),
          silent:
            silent === undefined || choice.tried
              ? ''
              : `login/${silent.id}?${new URLSearchParams({ next, silent: '1' }).toString()}`,
        })
      : [
          '<div data-choice></div>',
          ...buttons.map(({ id, provider }) => {
            const words = say(lang, 'login.with').replace('{{name}}', () => wordsIn(provider.label, lang))
            return `<p><a class="wide" href="${escapeHtml(`${up}login/${id}${queryOf({ next, popup: note })}`)}">${escapeHtml(words)}</a></p>`
          }),
          forms,
          signUp,
          guest,
        ].join('\n')
  const content = {
    heading: say(lang, 'login.title').replace('{{name}}', () => settings.title),
    message: next === '' ? '' : say(lang, 'login.next').replace('{{name}}', () => nameOf(next)),
    more,
  }
  sendPlain(settings, request, response, wrong?.error.status ?? 200, content, note !== '')
}

/** A query of what is not empty, with its `?`. */
function queryOf(values: Record<string, string>): string {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ''))
  return query.size === 0 ? '' : `?${query.toString()}`
}

/** What the page to go on to is called. */
function nameOf(next: string): string {
  return decodeURIComponent(next.split(/[/?]/)[1] ?? '')
}
