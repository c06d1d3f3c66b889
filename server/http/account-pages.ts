/** `account`: password, second factor and recovery codes of somebody with an account of ours; `account/new`: making one (SPEC-access AC30 to AC34). */
import express, { Router } from 'express'
import type { Request, Response } from 'express'
import type { Held } from '../access/sessions.ts'
import type { AccountRoom } from '../accounts/room.ts'
import { qrSvg } from '../accounts/qr.ts'
import { otpauth } from '../accounts/totp.ts'
import type { User } from '../accounts/user.ts'
import type { Audit } from '../audit/audit.ts'
import { AppError } from '../errors.ts'
import type { Settings } from '../settings/schema.ts'
import { originAllowed } from '../sync/origin.ts'
import { accountForm, codeList, doneLine, wayTo } from './account-parts.ts'
import { signUpRoutes } from './account-sign-up.ts'
import { rawPath, wayUp } from './canonical.ts'
import { asAppError } from './errors.ts'
import { escapeHtml } from './html.ts'
import { languageOf } from './language.ts'
import { fieldOf, VALUE_LIMIT } from './login-forms.ts'
import { sendPlain } from './login-send.ts'
import type { LoginDesk } from './login-types.ts'
import { originRules } from './tickets.ts'
import { say } from './words.ts'
import type { Word } from './words.ts'

export interface AccountPageParts {
  settings: Settings
  desk: LoginDesk
  audit: Pick<Audit, 'record'>
  room: AccountRoom
}

const FORM_LIMIT = 16 * 1024

/** Somebody with an account of ours, in this browser. */
interface Owner {
  held: Held
  user: User
}

/** What the page says besides: what is done, or what went wrong with which form. */
interface Note {
  done?: Word
  wrong?: { form: string; error: AppError }
}

export function accountRoutes(parts: AccountPageParts): Router {
  const { settings, desk, audit, room } = parts
  // No page of others may lay itself over these.
  const alone = { ...settings, embedding: { ...settings.embedding, frameAncestors: [] } }
  const router = Router({ strict: true, caseSensitive: true })
  const rules = originRules(settings)
  const body = express.urlencoded({ extended: false, limit: FORM_LIMIT })
  const ownPagesOnly = (request: Request): void => {
    if (!originAllowed(request, 'polling', rules))
      throw new AppError('forbidden', 'This is open to our own pages only.')
  }

  async function ownerOf(request: Request): Promise<Owner | null> {
    const held = await desk.holder(request)
    if (held === null || held.account.provider !== room.provider) return null
    const user = await room.find(held.account.subject)
    return user === null ? null : { held, user }
  }

  function send(request: Request, response: Response, owner: Owner, note: Note = {}): void {
    const lang = languageOf(request, null)
    const content = {
      heading: say(lang, 'account.title'),
      message: owner.user.name,
      more: page(lang, wayUp(rawPath(request.originalUrl)), owner.user, note),
    }
    sendPlain(alone, request, response, note.wrong?.error.status ?? 200, content)
  }

  /** A form of the page; `act` gives what is done, or sends a page of its own. */
  function form(
    name: string,
    act: (
      owner: Owner,
      values: (field: string) => string,
      request: Request,
      response: Response,
    ) => Promise<Word | null>,
  ): void {
    router.post(`/account/${name}`, body, async (request, response) => {
      ownPagesOnly(request)
      const owner = await ownerOf(request)
      if (owner === null) throw new AppError('unauthenticated', 'Please sign in.')
      const values = (field: string): string => fieldOf(request.body, field).slice(0, VALUE_LIMIT)
      try {
        const done = await act(owner, values, request, response)
        if (done === null) return
        const user = await room.find(owner.user.id)
        if (user !== null) send(request, response, { ...owner, user }, { done })
      } catch (error) {
        const known = asAppError(error)
        if (known.status >= 500 || response.headersSent) throw error
        if (known.code === 'unauthenticated')
          audit.record({
            kind: 'failed',
            request,
            target: owner.user.name,
            facts: { provider: room.provider },
          })
        send(request, response, owner, { wrong: { form: name, error: known } })
      }
    })
  }

  /** Something changed that lets people in: other browsers are signed out. */
  async function changed({ user, held }: Owner, request: Request, did: string): Promise<void> {
    await room.endOthers(user.id, held.session.hash)
    audit.record({
      kind: 'account',
      who: user.name,
      id: held.account.author,
      request,
      target: user.name,
      facts: { did },
    })
  }

  function sendCodes(request: Request, response: Response, codes: readonly string[]): void {
    const lang = languageOf(request, null)
    const up = wayUp(rawPath(request.originalUrl))
    sendPlain(alone, request, response, 200, {
      heading: say(lang, 'account.codes'),
      message: say(lang, 'account.codesAbout'),
      more: `${codeList(codes)}\n${wayTo(lang, `${up}account`, 'account.codesKept', false)}`,
    })
  }

  function sendSetUp(
    request: Request,
    response: Response,
    { user }: Owner,
    note: string,
    secret: string,
    wrong: AppError | null,
  ): void {
    const lang = languageOf(request, null)
    const up = wayUp(rawPath(request.originalUrl))
    const picture = qrSvg(otpauth(secret, user.name, settings.title), escapeHtml(say(lang, 'account.qr')))
    const key = (secret.match(/.{4}/g) ?? []).join(' ')
    sendPlain(alone, request, response, wrong?.status ?? 200, {
      heading: say(lang, 'account.setUp'),
      message: say(lang, 'account.scan'),
      more: [
        picture,
        `<p>${escapeHtml(say(lang, 'account.key'))}<br><code class="key">${key}</code></p>`,
        accountForm(lang, {
          action: `${up}account/factor/confirm`,
          fields: [{ name: 'code', label: 'account.code', kind: 'code', first: true }],
          hidden: { step: note },
          button: 'account.confirm',
          wrong,
        }),
        wayTo(lang, `${up}account`, 'account.back'),
      ].join('\n'),
    })
  }

  router.use(signUpRoutes({ ...parts, ownPagesOnly }))

  router.get('/account', async (request, response) => {
    const owner = await ownerOf(request)
    if (owner === null) response.status(303).set({ Location: 'login', 'Cache-Control': 'no-store' }).end()
    else send(request, response, owner)
  })

  form('password', async (owner, values, request) => {
    const { user } = owner
    await room.prove(user.id, values('current'))
    if (values('new') !== values('again'))
      throw new AppError('badRequest', 'The two new passwords are not the same.')
    await room.setPassword(user.id, values('new'), false)
    await changed(owner, request, 'password')
    return 'account.passwordDone'
  })

  form('factor', async (owner, values, request, response) => {
    const { id, version } = owner.user
    await room.prove(id, values('current'))
    const secret = room.newFactor()
    const note = await room.notes.make({ kind: 'factor', id, version, secret })
    sendSetUp(request, response, owner, note, secret, null)
    return null
  })

  form('factor/confirm', async (owner, values, request, response) => {
    const note = await room.notes.read(values('step'))
    const { id, version } = owner.user
    if (note?.kind !== 'factor' || note.id !== id || note.version !== version)
      throw new AppError('badRequest', 'This took too long, or was done already; please begin it again.')
    try {
      const codes = await room.setFactor(id, note.secret, values('code'))
      await changed(owner, request, 'second factor on')
      sendCodes(request, response, codes)
    } catch (error) {
      const known = asAppError(error)
      if (known.code !== 'unauthenticated' && known.code !== 'tooFast') throw error
      sendSetUp(request, response, owner, values('step'), note.secret, known)
    }
    return null
  })

  form('recovery', async (owner, values, request, response) => {
    await room.prove(owner.user.id, values('current'))
    await room.takeCode(owner.user.id, values('code'))
    const codes = await room.newRecovery(owner.user.id)
    await changed(owner, request, 'recovery codes')
    sendCodes(request, response, codes)
    return null
  })

  form('factor/off', async (owner, values, request) => {
    await room.prove(owner.user.id, values('current'))
    await room.takeCode(owner.user.id, values('code'))
    await room.dropFactor(owner.user.id)
    await changed(owner, request, 'second factor off')
    return 'account.factorOff'
  })
  return router
}

function page(lang: string, up: string, { proof }: User, { done, wrong }: Note): string {
  const wrongOf = (form: string): AppError | null => (wrong?.form === form ? wrong.error : null)
  const current = { name: 'current', label: 'account.current', kind: 'current' } as const
  const code = { name: 'code', label: 'account.codeOr', kind: 'code' } as const
  const factor =
    proof.factor === null
      ? [
          accountForm(lang, {
            action: `${up}account/factor`,
            heading: 'account.factor',
            about: say(lang, 'account.factorAbout'),
            fields: [current],
            button: 'account.setUp',
            quiet: true,
            wrong: wrongOf('factor') ?? wrongOf('factor/confirm'),
          }),
        ]
      : [
          accountForm(lang, {
            action: `${up}account/recovery`,
            heading: 'account.factorOn',
            about: say(lang, 'account.left').replace('{{n}}', () => String(proof.recovery.length)),
            fields: [current, code],
            button: 'account.newCodes',
            quiet: true,
            other: { action: `${up}account/factor/off`, button: 'account.turnOffNow' },
            wrong: wrongOf('recovery') ?? wrongOf('factor/off'),
          }),
        ]
  return [
    ...(done === undefined ? [] : [doneLine(lang, done)]),
    accountForm(lang, {
      action: `${up}account/password`,
      heading: 'account.change',
      fields: [
        current,
        { name: 'new', label: 'account.new', kind: 'new' },
        { name: 'again', label: 'account.again', kind: 'new' },
      ],
      button: 'account.changeNow',
      wrong: wrongOf('password'),
    }),
    ...factor,
    wayTo(lang, `${up}login`, 'account.browsers'),
  ].join('\n')
}
