/** The door of the HTTP API, `api/VERSION/FUNCTION`, with Etherpad's envelope and codes (SPEC-groups G20 to G24). */
import express, { Router } from 'express'
import type { NextFunction, Request, Response } from 'express'
import type { Audit } from '../../audit/audit.ts'
import { AppError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { Bucket } from '../../sync/limits.ts'
import { asAppError } from '../errors.ts'
import { isIn, isVersion, VERSIONS } from './functions.ts'
import type { ApiFunctions } from './functions.ts'
import type { ApiKey } from './key.ts'
import { parametersOf, textOf } from './parameters.ts'
import type { Parameters } from './parameters.ts'

export interface ApiParts {
  functions: ApiFunctions
  /** Null: the API is closed. */
  key: () => ApiKey | null
  /** Whether the key may stand in an address, as most callers of Etherpad's send it. */
  keyInQuery: boolean
  log: Log
  audit: Pick<Audit, 'record'>
}

/** Bytes of a body. */
const MOST = 1024 * 1024
/** Refusals a second and at once that are noted; all are answered. */
const NOTED = { rate: 0.2, burst: 60 }
/** Etherpad's codes, with the HTTP status each goes with. */
const CODES = {
  ok: [0, 200],
  wrong: [1, 200],
  internal: [2, 500],
  unknown: [3, 404],
  refused: [4, 401],
} as const

export function apiRoutes(parts: ApiParts): Router {
  const { functions, key, log, audit } = parts
  const noted = new Bucket(NOTED.rate, NOTED.burst, Date.now())
  const router = Router({ strict: true, caseSensitive: true })
  const bodies = [
    express.urlencoded({ extended: false, limit: MOST }),
    express.json({ limit: MOST, strict: true }),
  ]

  function say(
    response: Response,
    [code, status]: readonly [number, number],
    message: string,
    data: unknown = null,
  ): void {
    response.status(status).set('Cache-Control', 'no-store').json({ code, message, data })
  }

  /** Is the key there, in one of the places Etherpad takes it from? */
  function isCaller(request: Request, parameters: Parameters): boolean {
    const right = key()
    if (right === null) return false
    if (!parts.keyInQuery && ['apikey', 'api_key'].some((name) => name in request.query)) return false
    const given = [
      textOf(parameters, 'apikey'),
      textOf(parameters, 'api_key'),
      request.get('apikey') ?? '',
      request.get('api_key') ?? '',
      request.get('authorization') ?? '',
    ]
    return given.some((one) => one !== '' && right.fits(one))
  }

  async function answer(
    request: Request<{ version: string; name: string }>,
    response: Response,
    next: NextFunction,
  ): Promise<void> {
    const { version, name } = request.params
    if (!isVersion(version)) return next()
    const found = functions.get(name)
    if (found === undefined || !isIn(found, version)) return say(response, CODES.unknown, 'no such function')
    let parameters: Parameters
    try {
      parameters = parametersOf(request)
    } catch (error) {
      return say(response, CODES.wrong, asAppError(error).message)
    }
    if (!isCaller(request, parameters)) {
      // Whoever knocks without end must not wash away what else happened.
      if (noted.take(1, Date.now())) {
        log.warn('a call of the API without the right key was refused', { function: name })
        audit.record({ kind: 'failed', request, target: name, facts: { provider: 'api' } })
      }
      return say(response, CODES.refused, 'no or wrong API Key')
    }
    try {
      say(response, CODES.ok, 'ok', await found.run(parameters))
    } catch (error) {
      const known = asAppError(error)
      if (known.status < 500) return say(response, CODES.wrong, known.message)
      log.error('a call of the API failed', { function: name, error: String(error) })
      say(response, CODES.internal, 'internal error')
    }
  }

  router.get('/api', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ currentVersion: VERSIONS.at(-1) })
  })
  router.get('/api/:version/:name', answer)
  router.post('/api/:version/:name', bodies, answer)
  router.use('/api', (error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const known = asAppError(error)
    if (response.headersSent || !(known instanceof AppError) || known.status >= 500) return next(error)
    say(response, CODES.wrong, known.message)
  })
  return router
}
