/** `POST /p/NAME/board/import`: a file becomes shapes on the board (SPEC-board B526). */
import { Router } from 'express'
import { allows } from '../../shared/access.ts'
import { MAX_COORDINATE } from '../../shared/board/limits.ts'
import type { Access, People } from '../access/types.ts'
import type { BoardImporter } from '../boards/import/importer.ts'
import { AppError } from '../errors.ts'
import type { Meetings } from '../pads/meeting.ts'
import type { Settings } from '../settings/schema.ts'
import { originAllowed } from '../sync/origin.ts'
import { bodyOf } from './body.ts'
import { limitFiles } from './file-addresses.ts'
import type { Guests } from './guests.ts'
import { TICKET_HEADER } from './who-asks.ts'
import { originRules } from './tickets.ts'

export interface BoardImportParts {
  settings: Settings
  access: Access
  people: Pick<People, 'identify'>
  guests: Pick<Guests, 'known' | 'member'>
  meetings: Pick<Meetings, 'narrow'>
  boardImporter: BoardImporter
}

/** Bytes of a file; no more than the settings say. */
const MOST = 32 * 1024 * 1024

export function boardImportRoutes(parts: BoardImportParts): Router {
  const { settings, access, people, guests, meetings, boardImporter } = parts
  const router = Router({ strict: true, caseSensitive: true })
  const rules = originRules(settings)
  const limited = limitFiles(settings, rules.trustProxy)
  const most = Math.min(MOST, settings.importMaxFileSize)
  const tooLarge = (): AppError =>
    new AppError('tooLarge', `A file has at most ${Math.floor(most / 1024 / 1024)} MiB.`)

  router.post('/p/:pad/board/import', async (request, response) => {
    if (!originAllowed(request, 'polling', rules))
      throw new AppError('forbidden', 'Files are only taken from our own pages.')
    limited(request, response)
    const ticket = request.get(TICKET_HEADER)
    const proved = ticket === undefined ? null : await people.identify({ ticket: ticket.slice(0, 1000) })
    const person = (await guests.member(request)) ?? proved ?? (await guests.known(request, response))
    if (person === null) throw new AppError('unauthenticated', 'Open the pad first, then bring a file.')
    const { pad, level } = await access.enter(request.params.pad, person)
    if (!allows(await meetings.narrow(`b/${pad}`, person.author, level), 'write'))
      throw new AppError('forbidden', 'You may not draw here.')
    const file = await bodyOf(request, most, { tooLarge, cutOff: 'The file did not arrive whole.' })
    if (file.length === 0) throw new AppError('badRequest', 'The file is empty.')
    const report = await boardImporter.take({
      pad,
      file,
      author: person.author,
      at: placeOf(request.query['at']),
    })
    response.set('Cache-Control', 'no-store').json(report)
  })
  return router
}

/** `x,y` */
function placeOf(value: unknown): { x: number; y: number } | null {
  const [x = NaN, y = NaN, ...more] =
    typeof value === 'string' && value !== '' ? value.split(',').map(Number) : []
  const isPlace = more.length === 0 && Math.abs(x) <= MAX_COORDINATE && Math.abs(y) <= MAX_COORDINATE
  return isPlace ? { x, y } : null
}
