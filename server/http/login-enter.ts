/** Forms to sign in with, in one step or more; wrong tries are slowed down and recorded (SPEC-access L41, AC24). */
import express, { Router } from 'express'
import type { Request, Response } from 'express'
import type { LoginField, LoginIdentity, LoginStep } from '../../shared/plugin/login.ts'
import { createTries } from '../admin/tries.ts'
import { cleanNext, outdated } from '../access/login-state.ts'
import type { Audit } from '../audit/audit.ts'
import { AppError } from '../errors.ts'
import { countedAddress } from '../sync/address.ts'
import { asAppError } from './errors.ts'
import { languageOf } from './language.ts'
import { sendChoice, ways } from './login-choice.ts'
import type { ChoiceParts } from './login-choice.ts'
import { fieldOf, stepForm, VALUE_LIMIT, wordsIn } from './login-forms.ts'
import { sendPlain } from './login-send.ts'
import type { Registered } from './login-types.ts'
import { say } from './words.ts'

export interface EnterParts extends ChoiceParts {
  audit: Pick<Audit, 'record'>
  /** @throws AppError `forbidden` for pages of other sites */
  ownPagesOnly: (request: Request) => void
  /** @throws AppError `notFound` */
  named: (params: { plugin: string; id: string }) => Registered
}

/** Bytes of a form. */
const FORM_LIMIT = 16 * 1024

/** Where a form leads, and for which pop-up it stands. */
interface Place {
  next: string
  note: string
  frame: string
}

export function enterRoutes(parts: EnterParts): Router {
  const { settings, desk, audit, log } = parts
  const router = Router({ strict: true, caseSensitive: true })
  const trusts = settings.trustProxy !== false && settings.trustProxy !== 0
  const tries = createTries()

  /** Whom `ask` finds, unless there were too many wrong tries under these keys. */
  async function tried(
    request: Request,
    which: Registered,
    key: string,
    meant: () => string | Promise<string>,
    ask: () => Promise<LoginIdentity | LoginStep | null>,
  ): Promise<LoginIdentity | LoginStep> {
    const address = countedAddress(request, trusts)
    const keys = [`${which.id} ${address ?? ''} ${key}`, ...(address === null ? [] : [address])]
    const wait = tries.wait(keys)
    if (wait > 0)
      throw new AppError('tooFast', `Too many wrong tries. Try again in ${Math.ceil(wait / 1000)} seconds.`)
    try {
      const who = await which.ask(ask)
      if (who === null) throw new AppError('unauthenticated', 'What was typed is not right.')
      tries.right(keys)
      return who
    } catch (error) {
      if (asAppError(error).code === 'unauthenticated') {
        tries.wrong(keys)
        log.warn('a sign-in was wrong', { provider: which.id })
        audit.record({ kind: 'failed', request, target: await meant(), facts: { provider: which.id } })
      }
      throw error
    }
  }

  function sendStep(
    request: Request,
    response: Response,
    which: Registered,
    step: LoginStep,
    place: Place,
    error: AppError | null,
  ): void {
    const lang = languageOf(request, null)
    const content = {
      heading: say(lang, 'login.title').replace('{{name}}', () => settings.title),
      message: wordsIn(step.about, lang),
      more: stepForm(which, step, { ...place, lang, error, request }),
    }
    sendPlain(settings, request, response, error?.status ?? 200, content, place.note !== '')
  }

  router.post(
    '/login/:plugin/:id',
    express.urlencoded({ extended: false, limit: FORM_LIMIT }),
    async (request, response) => {
      parts.ownPagesOnly(request)
      const which = parts.named(request.params)
      const { form } = which.provider
      if (form === undefined) throw new AppError('notFound', 'There is no such way to sign in here.')
      const body: unknown = request.body
      const note = fieldOf(body, 'popup')
      const place = { next: cleanNext(fieldOf(body, 'next')), note, frame: await desk.frameOf(note) }
      const go = async (who: LoginIdentity | LoginStep): Promise<void> => {
        if ('note' in who) sendStep(request, response, which, who, place, null)
        else await desk.signIn(request, response, which, who, place)
      }
      const stepNote = fieldOf(body, 'step')
      const { steps } = form
      if (stepNote !== '' && steps !== undefined) {
        const step = await which.ask(() => steps.read(stepNote))
        if (step === null) throw outdated('its step was taken already, or is too old')
        const values = valuesOf(step.fields, body)
        const known = () => step.meant ?? ''
        try {
          await go(await tried(request, which, known(), known, () => steps.goOn(stepNote, values, request)))
        } catch (error) {
          const met = expected(error, response)
          const still = await which.ask(() => steps.read(stepNote))
          if (still === null) throw met
          sendStep(request, response, which, still, place, met)
        }
        return
      }
      const values = valuesOf(form.fields, body)
      const first = (values[form.fields[0]?.name ?? ''] ?? '').slice(0, 100)
      try {
        const meant = () => form.meant?.(values) ?? ''
        await go(await tried(request, which, first, meant, () => form.enter(values, request)))
      } catch (error) {
        await sendChoice(parts, request, response, {
          working: await ways(desk, log),
          next: place.next,
          note,
          tried: true,
          wrong: { id: which.id, error: expected(error, response), values },
        })
      }
    },
  )
  return router
}

/** What somebody can do something about. @throws all else */
function expected(error: unknown, response: Response): AppError {
  const known = asAppError(error)
  if (known.status >= 500 || response.headersSent) throw error
  return known
}

function valuesOf(fields: readonly LoginField[], body: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.map(({ name }) => [name, fieldOf(body, name).slice(0, VALUE_LIMIT)]))
}
