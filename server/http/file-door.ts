/** The door of files and pictures, also for programs that keep no cookies: they give a pad's password as HTTP Basic (SPEC-access L116). */
import type { Request, Response } from 'express'
import type { Access, Entry, Proved } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { Rules } from '../pads/rules.ts'
import type { Settings } from '../settings/schema.ts'
import { countedAddress } from '../sync/address.ts'
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
}: {
  access: Access
  rules: Pick<Rules, 'shown'>
  settings: Settings
}): FileDoor {
  const trusts = originRules(settings).trustProxy
  return {
    async enter(name, person, request, response) {
      try {
        return await access.enter(name, person)
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'needsPassword') throw error
      }
      const password = passwordIn(request)
      if (password !== null) {
        const pad = await access.padBehind(name, person)
        const shown =
          pad === null ? null : await rules.shown(pad, person, password, countedAddress(request, trusts))
        if (shown !== null) return access.enter(name, person, shown)
      }
      // A browser would put its own question for name and password over the page.
      if (!isBrowser(request))
        response.set(
          'WWW-Authenticate',
          'Basic realm="Any name, and the password of the pad", charset="UTF-8"',
        )
      throw new AppError('needsPassword', password === null ? ASK : WRONG)
    },
  }
}

/** The password of HTTP Basic, whatever name stands before it; null for none. */
function passwordIn(request: Request): string | null {
  const encoded = /^Basic\s+([\w+/=-]{1,2000})$/i.exec(request.get('Authorization') ?? '')?.[1]
  const text = Buffer.from(encoded ?? '', 'base64').toString()
  const colon = text.indexOf(':')
  return encoded === undefined || colon < 0 ? null : text.slice(colon + 1)
}

function isBrowser(request: Request): boolean {
  return request.get('Sec-Fetch-Mode') !== undefined || /Mozilla\//.test(request.get('User-Agent') ?? '')
}
