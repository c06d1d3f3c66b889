/** What the forms of the account's page have in common: who asks, how they are answered, what is recorded (SPEC-access AC30 to AC36). */
import express from 'express'
import type { Request, Response, Router } from 'express'
import type { Held } from '../access/sessions.ts'
import type { AccountRoom } from '../accounts/room.ts'
import type { User } from '../accounts/user.ts'
import type { Audit } from '../audit/audit.ts'
import { AppError } from '../errors.ts'
import type { Settings } from '../settings/schema.ts'
import { originAllowed } from '../sync/origin.ts'
import { rawPath, wayUp } from './canonical.ts'
import { asAppError } from './errors.ts'
import { languageOf } from './language.ts'
import { fieldOf, VALUE_LIMIT } from './login-forms.ts'
import { sendPlain } from './login-send.ts'
import type { PlainContent } from './login-send.ts'
import type { LoginDesk } from './login-types.ts'
import { NOBODY } from './security.ts'
import { originRules } from './tickets.ts'
import type { Word } from './words.ts'

export interface AccountPageParts {
  settings: Settings
  desk: LoginDesk
  audit: Pick<Audit, 'record'>
  room: AccountRoom
}

/** Bytes of a form. */
const FORM_LIMIT = 16 * 1024

/** Somebody with an account of ours, in this browser. */
export interface Owner {
  held: Held
  user: User
}

/** What a page says besides: what is done, or what went wrong with which form. */
export interface Note {
  done?: Word
  wrong?: { form: string; error: AppError }
}

/** Where an answer goes: its request, its language, and the way up to our root. */
export interface Asked {
  request: Request
  response: Response
  lang: string
  up: string
}

/** Makes a page of what somebody asked for. */
export type PageOf = (asked: Asked, owner: Owner, note: Note) => Promise<PlainContent>

export interface AccountHouse extends AccountPageParts {
  /** @throws AppError `forbidden` for pages of other sites */
  ownPagesOnly(request: Request): void
  /** Sends a page that nobody frames. */
  send(asked: Asked, content: PlainContent, status?: number): void
  /** `GET account/PATH`, or `account` for ''. Who is signed in by nothing of ours is led to sign in. */
  page(path: string, page: PageOf): void
  /**
   * `POST account/NAME`; `act` gives what is done, or null when it sent a page of its own. What is done, and what is wrong with it,
   * stands in `page`.
   */
  form(
    name: string,
    page: PageOf,
    act: (owner: Owner, values: (field: string) => string, asked: Asked) => Promise<Word | null>,
  ): void
  /** Something changed with an account. */
  record(owner: Owner, request: Request, did: string): void
  /** Something changed that lets people in: it is recorded, and other browsers are signed out. */
  changed(owner: Owner, request: Request, did: string): Promise<void>
}

export function createAccountHouse(router: Router, parts: AccountPageParts): AccountHouse {
  const { settings, desk, audit, room } = parts
  // No page of others may lay itself over these.
  const alone = { ...settings, embedding: { ...settings.embedding, frameAncestors: NOBODY } }
  const rules = originRules(settings)
  const body = express.urlencoded({ extended: false, limit: FORM_LIMIT })

  async function ownerOf(request: Request): Promise<Owner | null> {
    const held = await desk.holder(request)
    if (held === null || held.account.provider !== room.provider) return null
    const user = await room.find(held.account.subject)
    return user === null ? null : { held, user }
  }

  function askedOf(request: Request, response: Response): Asked {
    return { request, response, lang: languageOf(request, null), up: wayUp(rawPath(request.originalUrl)) }
  }

  function send({ request, response }: Asked, content: PlainContent, status = 200): void {
    sendPlain(alone, request, response, status, content)
  }

  function ownPagesOnly(request: Request): void {
    if (!originAllowed(request, 'polling', rules))
      throw new AppError('forbidden', 'This is open to our own pages only.')
  }

  function record({ user, held }: Owner, request: Request, did: string): void {
    const { author } = held.account
    audit.record({ kind: 'account', who: user.name, id: author, request, target: user.name, facts: { did } })
  }

  return {
    ...parts,
    ownPagesOnly,
    send,
    page(path, page) {
      router.get(path === '' ? '/account' : `/account/${path}`, async (request, response) => {
        const owner = await ownerOf(request)
        const asked = askedOf(request, response)
        if (owner !== null) send(asked, await page(asked, owner, {}))
        else
          response
            .status(303)
            .set({ Location: `${asked.up}login`, 'Cache-Control': 'no-store' })
            .end()
      })
    },
    form(name, page, act) {
      router.post(`/account/${name}`, body, async (request, response) => {
        ownPagesOnly(request)
        const owner = await ownerOf(request)
        if (owner === null) throw new AppError('unauthenticated', 'Please sign in.')
        const asked = askedOf(request, response)
        const values = (field: string): string => fieldOf(request.body, field).slice(0, VALUE_LIMIT)
        try {
          const done = await act(owner, values, asked)
          if (done === null) return
          const user = await room.find(owner.user.id)
          if (user !== null) send(asked, await page(asked, { ...owner, user }, { done }))
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
          const note: Note = { wrong: { form: name, error: known } }
          send(asked, await page(asked, owner, note), known.status)
        }
      })
    },
    record,
    async changed(owner, request, did) {
      await room.endOthers(owner.user.id, owner.held.session.hash)
      record(owner, request, did)
    },
  }
}
