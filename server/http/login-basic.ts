/** Where signing in is required, programs do it for one request: HTTP Basic of an account of the settings file (SPEC-access L118). */
import { createHmac, randomBytes } from 'node:crypto'
import type { Request } from 'express'
import type { Person } from '../../shared/protocol.ts'
import { createTries } from '../admin/tries.ts'
import type { Audit } from '../audit/audit.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Settings } from '../settings/schema.ts'
import { countedAddress } from '../sync/address.ts'
import { basicOf } from './basic.ts'
import type { LoginDesk } from './login-types.ts'
import { originRules } from './tickets.ts'

/** Whom the request's header signs in; null for nobody. @throws AppError `tooFast` */
export type BasicSignIn = (request: Request) => Promise<Person | null>

/** Headers remembered, and ms: a program sends the same one with every request, which is one try. */
const MOST = 1000
const FRESH = 60_000

export function createBasicSignIn(parts: {
  settings: Settings
  desk: Pick<LoginDesk, 'users' | 'once'>
  audit: Pick<Audit, 'record'>
  log: Log
}): BasicSignIn {
  const { settings, desk, audit, log } = parts
  const trusts = originRules(settings).trustProxy
  const tries = createTries()
  const key = randomBytes(32)
  const known = new Map<string, { person: Person | null; until: number }>()

  async function look(request: Request, given: { name: string; password: string }): Promise<Person | null> {
    const which = desk.users()
    const form = which?.provider.form
    if (which === undefined || form === undefined) return null
    const address = countedAddress(request, trusts)
    const keys = [`${address ?? ''} ${given.name.slice(0, 100)}`, ...(address === null ? [] : [address])]
    const wait = tries.wait(keys)
    if (wait > 0)
      throw new AppError('tooFast', `Too many wrong tries. Try again in ${Math.ceil(wait / 1000)} seconds.`)
    const who = await which.ask(() => form.enter(given, request))
    if (who !== null && !('note' in who)) {
      tries.right(keys)
      return desk.once(which, who)
    }
    tries.wrong(keys)
    log.warn('a sign-in was wrong', { provider: which.id })
    const target = (await form.meant?.(given)) ?? ''
    audit.record({ kind: 'failed', request, target, facts: { provider: which.id } })
    return null
  }

  return async (request) => {
    const header = request.get('Authorization')
    const given = settings.requireAuthentication ? basicOf(header) : null
    if (given === null) return null
    const digest = createHmac('sha256', key)
      .update(header ?? '')
      .digest('base64')
    const seen = known.get(digest)
    if (seen !== undefined && seen.until > Date.now()) return seen.person
    const person = await look(request, given)
    known.delete(digest)
    known.set(digest, { person, until: Date.now() + FRESH })
    if (known.size > MOST) for (const [oldest] of known) if (known.delete(oldest)) break
    return person
  }
}
