/** Routes of plugins: `plugin/NAME/...`, and `NAME/...` as Etherpad's have them, as each plugin's server half answers it. */
import express, { Router } from 'express'
import type { NextFunction, Request, Response } from 'express'
import { isPluginName } from '../../shared/plugin.ts'
import { AppError } from '../errors.ts'
import { StoreDown } from '../store/store.ts'
import { originAllowed } from '../sync/origin.ts'
import type { OriginRules } from '../sync/origin.ts'
import type { Registrations } from './registrations.ts'

/** Bytes of a JSON body. */
const BODY_LIMIT = 1024 * 1024

/** A plugin whose routes are on. */
export interface Routed {
  readonly registrations: Registrations
  failed(error: unknown): void
}

/** Answers `/plugin/NAME/...`. Other sites' pages may not write with a person's cookies. */
export function pluginRoutes(plugin: (name: string) => Routed | null, origins: OriginRules): Router {
  const router = Router({ strict: true, caseSensitive: true })
  const json = express.json({ limit: BODY_LIMIT })
  const form = express.urlencoded({ extended: false, limit: BODY_LIMIT })
  router.use(['/plugin/:name', '/:name'], (request, response, next) => {
    const name = String(request.params['name'])
    const found = isPluginName(name) ? plugin(name) : null
    if (found === null) return next()
    if (!['GET', 'HEAD'].includes(request.method) && !originAllowed(request, 'polling', origins))
      return next(new AppError('forbidden', 'This is open to our own pages only.'))
    response.set('Cache-Control', 'no-store')
    const read = request.is('application/x-www-form-urlencoded') === false ? json : form
    read(request, response, (error: unknown) => {
      if (error === undefined) answer(found, request, response, next)
      else next(error)
    })
  })
  return router
}

function answer(plugin: Routed, request: Request, response: Response, next: NextFunction): void {
  plugin.registrations.routes(request, response, (error: unknown) => {
    if (error === undefined || error === 'router' || error === 'route') return next()
    if (!isAnswer(error)) plugin.failed(error)
    next(error)
  })
}

/** An error that says what is wrong with the request, as Express' own do, is an answer and no failure. */
export function isAnswer(error: unknown): boolean {
  if (error instanceof StoreDown) return true
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : 500
  return typeof status === 'number' && status >= 400 && status < 500
}
