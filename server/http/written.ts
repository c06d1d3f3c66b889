/** `GET /p/NAME/written?at=CLIENT-CLOCK,...`: when parts of a text were written, for who may read it (SPEC-writing W14). */
import { Router } from 'express'
import { allows } from '../../shared/access.ts'
import type { Access } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { ItemId, Written } from '../pads/written.ts'
import { Bucket } from '../sync/limits.ts'
import { whoAsks } from './who-asks.ts'
import type { AskerParts } from './who-asks.ts'

export interface WrittenRouteParts extends AskerParts {
  access: Access
  written: Written
}

/** Ids of one question. */
const MOST = 50
/** Questions a second and at once of one person; those nobody knows are one person. */
const RATE = 5
const BURST = 60
/** People remembered. */
const MOST_KNOWN = 10_000
const ID = /^(\d{1,16})-(\d{1,16})$/

export function writtenRoutes(parts: WrittenRouteParts): Router {
  const router = Router({ strict: true, caseSensitive: true })
  const rates = new Map<string, Bucket>()

  function mayAsk(person: string): boolean {
    const now = performance.now()
    const bucket = rates.get(person) ?? new Bucket(RATE, BURST, now)
    rates.delete(person)
    rates.set(person, bucket)
    if (rates.size > MOST_KNOWN) for (const [oldest] of rates) if (rates.delete(oldest)) break
    return bucket.take(1, now)
  }

  router.get('/p/:pad/written', async (request, response) => {
    const person = await whoAsks(parts, request, response)
    const { pad, level } = await parts.access.enter(request.params.pad, person)
    if (!allows(level, 'read')) throw new AppError('forbidden', 'You may not read this pad.')
    if (!mayAsk(person?.author ?? ''))
      throw new AppError('tooFast', 'These were many questions at once; please wait a little.')
    const times = await parts.written.times(pad, idsOf(request.query['at']))
    response.set('Cache-Control', 'no-store').json({ times })
  })
  return router
}

/** @throws AppError `badRequest` */
function idsOf(asked: unknown): ItemId[] {
  const ids = typeof asked === 'string' ? asked.split(',', MOST + 1) : []
  if (ids.length === 0 || ids.length > MOST)
    throw new AppError('badRequest', `Ask for 1 to ${MOST} items, as CLIENT-CLOCK.`)
  return ids.map((id) => {
    const [, client, clock] = ID.exec(id) ?? []
    const item = { client: Number(client), clock: Number(clock) }
    if (!Number.isSafeInteger(item.client) || !Number.isSafeInteger(item.clock))
      throw new AppError('badRequest', 'An item is CLIENT-CLOCK.')
    return item
  })
}
