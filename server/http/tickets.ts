/** `POST /ticket`: proof of identity for a browser that may not keep cookies (DESIGN D6). */
import { Router } from 'express'
import { AppError } from '../errors.ts'
import type { Settings } from '../settings/schema.ts'
import { originAllowed } from '../sync/origin.ts'
import type { OriginRules } from '../sync/origin.ts'
import type { Guests } from './guests.ts'

/** Which origins besides the page's own are ours, by the settings. */
export function originRules(settings: Settings): OriginRules {
  const own = settings.publicURL === null ? [] : [new URL(settings.publicURL).origin]
  return {
    trustProxy: settings.trustProxy !== false && settings.trustProxy !== 0,
    allowedOrigins: [
      ...own,
      ...settings.socketIo.allowedOrigins.map((origin) => origin.replace(/\/$/, '').toLowerCase()),
    ],
  }
}

/** The route. The request's body is not read. */
export function ticketRoute(guests: Guests, settings: Settings): Router {
  const router = Router({ strict: true, caseSensitive: true })
  const rules = originRules(settings)
  router.post('/ticket', async (request, response) => {
    if (!originAllowed(request, 'polling', rules))
      throw new AppError('forbidden', 'Tickets are only given to our own pages.')
    response.set('Cache-Control', 'no-store').json({ ticket: await guests.ticket(request) })
  })
  return router
}
