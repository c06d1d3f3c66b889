/** The door of files and pictures, also for programs that keep no cookies: they give a pad's password, or sign in, by HTTP Basic (SPEC-access L116, L118). */
import type { Request, Response } from 'express'
import type { Access, Entry, Proved } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { Rules } from '../pads/rules.ts'
import type { Settings } from '../settings/schema.ts'
import { countedAddress } from '../sync/address.ts'
import { basicOf } from './basic.ts'
import type { BasicSignIn } from './login-basic.ts'
import { originRules } from './tickets.ts'

export interface FileDoor {
  /** Where a name leads and what it allows, as {@link Access.enter}, with a password that the request brings. @throws AppError */
  enter(name: string, person: Proved | null, request: Request, response: Response): Promise<Entry>
}

const ASK =
  "This pad opens with a password. Open it in the browser first; programs send HTTP Basic, with any name and the pad's password."
const WRONG = "This is not the pad's password."

export function createFileDoor({
  access,
  rules,
  settings,
  signIn,
}: {
  access: Access
  rules: Pick<Rules, 'shown'>
  settings: Settings
  signIn: BasicSignIn
}): FileDoor {
  const trusts = originRules(settings).trustProxy

  async function signedIn(
    name: string,
    error: AppError,
    request: Request,
    response: Response,
  ): Promise<Entry> {
    const person = await signIn(request)
    if (person !== null) return access.enter(name, person)
    if (settings.requireAuthentication) challenge(request, response, 'Name and password of an account')
    throw error
  }

  return {
    async enter(name, person, request, response) {
      try {
        return await access.enter(name, person)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        if (error.code === 'unauthenticated') return signedIn(name, error, request, response)
        if (error.code !== 'needsPassword') throw error
      }
      const password = basicOf(request.get('Authorization'))?.password ?? null
      if (password !== null) {
        const pad = await access.padBehind(name, person)
        const shown =
          pad === null ? null : await rules.shown(pad, person, password, countedAddress(request, trusts))
        if (shown !== null) return access.enter(name, person, shown)
      }
      challenge(request, response, 'Any name, and the password of the pad')
      throw new AppError('needsPassword', password === null ? ASK : WRONG)
    },
  }
}

/** Asks a program for a header; a browser would put its own question for name and password over the page. */
function challenge(request: Request, response: Response, realm: string): void {
  if (!isBrowser(request)) response.set('WWW-Authenticate', `Basic realm="${realm}", charset="UTF-8"`)
}

function isBrowser(request: Request): boolean {
  return request.get('Sec-Fetch-Mode') !== undefined || /Mozilla\//.test(request.get('User-Agent') ?? '')
}
