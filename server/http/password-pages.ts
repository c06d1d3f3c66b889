/** The page that asks for a pad's password, and what takes it (SPEC-access L105, L106). */
import express, { Router } from 'express'
import type { Request, Response } from 'express'
import { isLinkId, isPadName } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol.ts'
import { RULE_LIMITS } from '../../shared/rule.ts'
import type { PassNotes } from '../access/pass-notes.ts'
import { cleanNext } from '../access/login-state.ts'
import type { Access, People } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { Rules } from '../pads/rules.ts'
import type { Settings } from '../settings/schema.ts'
import { countedAddress } from '../sync/address.ts'
import { originAllowed } from '../sync/origin.ts'
import { rawPath, rawQuery, wayUp } from './canonical.ts'
import type { Guests } from './guests.ts'
import { escapeHtml } from './html.ts'
import { languageOf } from './language.ts'
import { choiceOf } from './login-desk.ts'
import type { LoginDesk } from './login-desk.ts'
import { fieldOf } from './login-forms.ts'
import { sendPlain } from './login-send.ts'
import { PASSWORD_SCRIPT } from './password-script.ts'
import { originRules } from './tickets.ts'
import { say, sayError } from './words.ts'

export interface PasswordParts {
  settings: Settings
  access: Access
  people: Pick<People, 'identify' | 'people'>
  guests: Pick<Guests, 'known' | 'welcome'>
  desk: Pick<LoginDesk, 'page'>
  rules: Pick<Rules, 'tryPassword' | 'knows'>
  notes: PassNotes
}

/** Bytes of the form. */
const FORM_LIMIT = 8 * 1024

/** `p/NAME/password`, and the script of its page. */
export function passwordRoutes(parts: PasswordParts): Router {
  const { settings, people, guests, rules, notes } = parts
  const router = Router({ strict: true, caseSensitive: true })
  const origins = originRules(settings)
  const trusts = settings.trustProxy !== false && settings.trustProxy !== 0
  const form = express.urlencoded({ extended: false, limit: FORM_LIMIT })

  router.get('/password.js', (_request, response) => {
    response.type('text/javascript').set('Cache-Control', `public, max-age=${settings.maxAge}`)
    response.send(PASSWORD_SCRIPT)
  })

  router.get('/p/:pad/password', async (request: Request<{ pad: string }>, response) => {
    const { pad } = request.params
    if (!isPadName(pad) && !isLinkId(pad))
      throw new AppError('notFound', 'The address leads to nothing we have.')
    await askPassword(parts, pad, request, response, { next: `p/${encodeURIComponent(pad)}` })
  })

  router.post('/p/:pad/password', form, async (request: Request<{ pad: string }>, response) => {
    if (!originAllowed(request, 'polling', origins))
      throw new AppError('forbidden', 'This is open to our own pages only.')
    const name = request.params.pad
    const body: unknown = request.body
    const [password, ticket] = [fieldOf(body, 'password'), fieldOf(body, 'ticket')]
    const tried = fieldOf(body, 'tried') === '1'
    const next = nextOf(name, fieldOf(body, 'next'))
    const byCookie = await guests.known(request, response)
    const person = byCookie ?? (ticket === '' ? null : await people.identify({ ticket }))
    const again = (error: AppError | null): Promise<void> =>
      askPassword(parts, name, request, response, { next, error, tried: true })
    // Without a proof of who it is nothing can be remembered.
    if (person === null) return again(tried ? null : new AppError('unauthenticated', NO_PROOF))
    const pad = await padOf(parts.access, name, person)
    try {
      const right =
        tried && password === ''
          ? await rules.knows(pad, person)
          : await rules.tryPassword(pad, person, password, countedAddress(request, trusts))
      if (!right) return await again(tried && password === '' ? null : new AppError('forbidden', WRONG))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'tooFast') throw error
      return again(error)
    }
    const note = byCookie === null ? await notes.make(name, person.author) : ''
    const up = wayUp(rawPath(request.originalUrl))
    response
      .status(303)
      .set({ Location: up + withNote(next, note), 'Cache-Control': 'no-store' })
      .end()
  })
  return router
}

const WRONG = 'This is not the password.'
const NO_PROOF = 'Please allow cookies or scripts here, so that the password need not be asked for each time.'

/** Where the form leads: to this pad or its board and nowhere else. */
function nextOf(name: string, wish: string): string {
  const pad = `p/${encodeURIComponent(name)}`
  const next = cleanNext(wish)
  return next === pad || next.startsWith(`${pad}/board`) || next.startsWith(`${pad}?`) ? next : pad
}

function withNote(next: string, note: string): string {
  const [path = '', query = ''] = next.split('?')
  const values = new URLSearchParams(query)
  values.delete('pass')
  if (note !== '') values.set('pass', note)
  return values.size === 0 ? path : `${path}?${values.toString()}`
}

/** The pad behind a name, also for who may not open it yet. */
async function padOf(access: Access, name: string, person: Person): Promise<string> {
  const pad = await access.padBehind(name, person)
  if (pad === null) throw new AppError('notFound', 'There is no pad of this name.')
  return pad
}

interface Asking {
  /** A path below our root to go on to. */
  next: string
  error?: AppError | null
  /** A ticket was tried already. */
  tried?: boolean
}

/** Sends the page with the form. */
export async function askPassword(
  parts: Pick<PasswordParts, 'settings' | 'guests' | 'desk'>,
  name: string,
  request: Request,
  response: Response,
  { next, error = null, tried = false }: Asking,
): Promise<void> {
  const lang = languageOf(request, null)
  const up = wayUp(rawPath(request.originalUrl))
  const known = await parts.guests.known(request, response)
  if (known === null) await parts.guests.welcome(request, response, [])
  const login = await parts.desk.page(request)
  const problem =
    error === null
      ? ''
      : `<p role="alert" class="wrong" id="wrong">${escapeHtml(sayError(lang, error).message)}</p>\n`
  const signIn =
    login.can && login.as === null
      ? `\n<p><a class="quiet" href="${escapeHtml(up + choiceOf(next, false))}">${escapeHtml(say(lang, 'password.signIn'))}</a></p>`
      : ''
  const facts = [known === null ? '' : ' data-known="1"', tried ? ' data-tried="1"' : ''].join('')
  sendPlain(parts.settings, request, response, error?.code === 'tooFast' ? 429 : 401, {
    heading: say(lang, 'error.needsPassword'),
    message: say(lang, 'body.needsPassword'),
    more: `<form method="post" action="${escapeHtml(`${up}p/${encodeURIComponent(name)}/password`)}" data-password data-up="${escapeHtml(up)}"${facts}>
${problem}<p><label for="password">${escapeHtml(say(lang, 'login.password'))}</label>
<input id="password" name="password" type="password" maxlength="${RULE_LIMITS.password.most}" autocomplete="current-password" required autofocus${error === null ? '' : ' aria-invalid="true" aria-describedby="wrong"'}></p>
<input type="hidden" name="next" value="${escapeHtml(next)}">
<input type="hidden" name="ticket" value="">
<input type="hidden" name="tried" value="">
<button>${escapeHtml(say(lang, 'password.open'))}</button>
</form>${signIn}
<script src="${up}password.js"></script>`,
  })
}

/** Where the page that asks leads on to: the address that was asked for, without an old note. */
export function nextAfter(name: string, board: boolean, request: Request): string {
  const query = rawQuery(request.originalUrl)
  return withNote(`p/${encodeURIComponent(name)}${board ? '/board' : ''}${query}`, '')
}
