/** How a browser comes by a session of a group: `auth_session`, as other systems link to it (SPEC-groups G13). */
import { Router } from 'express'
import type { Request, Response } from 'express'
import { cleanPadName, isPadName, isReadOnlyId } from '../../shared/ids.ts'
import { cookieLine, valuesIn } from '../access/cookies.ts'
import { AppError } from '../errors.ts'
import { isGroupId, sessionIdsIn } from '../groups/ids.ts'
import type { Settings } from '../settings/schema.ts'
import { rawPath, rawQuery, wayUp } from './canonical.ts'
import { frameOf } from './guests.ts'
import { fieldOf } from './login-forms.ts'

/** Parameters that are for us and not for the pad's page. */
const OURS = ['sessionID', 'padName', 'groupID', 'auth_session']
/** Sessions a browser keeps. */
const MOST = 20

/** `GET /auth_session?sessionID=&padName=[&groupID=]`, and `?auth_session=` of a pad. Which of them are good is asked where pads open. */
export function groupSessionRoutes(settings: Settings): Router {
  const router = Router({ strict: true, caseSensitive: true })

  function keep(request: Request, response: Response, given: string): void {
    const ids = sessionIdsIn(given)
    if (ids.length === 0) return
    const had = valuesIn(request.headers.cookie, settings.cookie.prefix, 'sessionID').flatMap(sessionIdsIn)
    const all = [...new Set([...ids, ...had])].slice(0, MOST)
    const frame = frameOf(request, settings.publicURL, settings.cookie.prefix)
    // Until the browser is closed, as Etherpad's callers have it; how long it opens anything its group says.
    response.append('Set-Cookie', cookieLine('sessionID', all.join('%2C'), settings.cookie, frame, null))
  }

  function goTo(request: Request, response: Response, to: string): void {
    const rest = withoutOurs(rawQuery(request.originalUrl))
    response
      .status(302)
      .set({ Location: `${wayUp(rawPath(request.originalUrl))}${to}${rest}`, 'Cache-Control': 'no-store' })
      .end()
  }

  router.get('/auth_session', (request, response) => {
    const group = fieldOf(request.query, 'groupID')
    const name = fieldOf(request.query, 'padName')
    const whole = isGroupId(group) && !name.includes('$') ? `${group}$${name}` : name
    const pad = isReadOnlyId(whole) ? whole : cleanPadName(whole)
    if (!isPadName(pad) && !isReadOnlyId(pad)) throw new AppError('badPadName', 'This address names no pad.')
    keep(request, response, fieldOf(request.query, 'sessionID'))
    goTo(request, response, `p/${encodeURIComponent(pad)}`)
  })

  router.get(['/p/:pad', '/p/:pad/board'], (request, response, next) => {
    if (request.query['auth_session'] === undefined) return next()
    keep(request, response, fieldOf(request.query, 'auth_session'))
    goTo(request, response, rawPath(request.originalUrl).slice(1))
  })
  return router
}

function withoutOurs(query: string): string {
  const rest = query
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !OURS.some((name) => new URLSearchParams(part).has(name)))
  return rest.length === 0 ? '' : `?${rest.join('&')}`
}
