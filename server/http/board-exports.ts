/** `/p/NAME/board/export/TYPE` and `/p/NAME/REV/board/export/TYPE` (SPEC-board B514). */
import { Router } from 'express'
import type { Request, Response } from 'express'
import { MAX_COORDINATE } from '../../shared/board/limits.ts'
import { isShapeId } from '../../shared/board/ids.ts'
import { cleanPadName, isPadName, isStandIn } from '../../shared/ids.ts'
import type { Access } from '../access/types.ts'
import type { BoardExporter } from '../boards/export/exporter.ts'
import { isBoardType } from '../boards/export/job.ts'
import type { BoardType, PictureOptions } from '../boards/export/job.ts'
import { AppError } from '../errors.ts'
import type { Settings } from '../settings/schema.ts'
import { countedAddress } from '../sync/address.ts'
import { rawQuery } from './canonical.ts'
import { createRate } from './export-rate.ts'
import { attachment } from './file-name.ts'
import type { Guests } from './guests.ts'

export interface BoardExportParts {
  settings: Settings
  access: Access
  guests: Pick<Guests, 'known'>
  boardExporter: BoardExporter
}

const MIMES: Readonly<Record<BoardType, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  pdf: 'application/pdf',
  json: 'application/json; charset=utf-8',
}

/** Said of every type there is no writer for. */
const NO_FORMAT =
  'Boards are not made into files of this kind. There are svg, png, pdf and json (everything).'

/** Nothing in a file runs, loads or sends anything, should a browser show it all the same. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

export function boardExportRoutes(parts: BoardExportParts): Router {
  const { settings } = parts
  const router = Router({ strict: true, caseSensitive: true })
  const trusts = settings.trustProxy !== false && settings.trustProxy !== 0
  const rate = createRate(settings.importExportRateLimiting)
  const limited = (request: Request, response: Response): void => {
    const wait = rate.take(countedAddress(request, trusts))
    if (wait === 0) return
    response.set('Retry-After', String(Math.ceil(wait / 1000)))
    throw new AppError('tooFast', 'These were many files at once; please wait a little.')
  }

  router.get('/p/:pad/board/export/:type', async (request, response) => {
    limited(request, response)
    await send(parts, request, response, request.params, null)
  })
  router.get('/p/:pad/:revision/board/export/:type', async (request, response) => {
    limited(request, response)
    const { revision } = request.params
    if (!/^\d{1,15}$/.test(revision)) throw new AppError('badRequest', 'A revision is a whole number.')
    await send(parts, request, response, request.params, Number(revision))
  })
  return router
}

async function send(
  { access, guests, boardExporter }: BoardExportParts,
  request: Request,
  response: Response,
  { pad: name, type }: { pad: string; type: string },
  revision: number | null,
): Promise<void> {
  const again = (to: string): void => {
    const number = revision === null ? '' : `${revision}/`
    const up = revision === null ? '../../../' : '../../../../'
    const query = rawQuery(request.originalUrl)
    response
      .status(302)
      .set({
        Location: `${up}${encodeURIComponent(to)}/${number}board/export/${encodeURIComponent(type)}${query}`,
        'Cache-Control': 'no-store',
      })
      .end()
  }
  const clean = isStandIn(name) ? name : cleanPadName(name)
  if (clean !== name && isPadName(clean)) return again(clean)
  const entry = await access.enter(name, await guests.known(request, response))
  if (entry.shown !== name) return again(entry.shown)
  if (!isBoardType(type)) throw new AppError('noFormat', NO_FORMAT)
  const file = await boardExporter.make({
    pad: entry.pad,
    shown: entry.shown,
    revision,
    type,
    options: boardOptions(request.query),
  })
  response
    .set({
      'Content-Type': MIMES[type],
      'Content-Disposition': attachment(
        revision === null ? `${entry.shown}-board` : `${entry.shown}-board-${revision}`,
        type,
      ),
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': POLICY,
    })
    .send(Buffer.from(file.buffer, file.byteOffset, file.byteLength))
}

/**
 * `scale` (1, 2, 3), `transparent`, `theme` (light, dark), `frame` (an id), `within` (left,top,right,bottom), `whole`. Others, and
 * values that mean nothing, are as if they were not there.
 */
export function boardOptions(query: Readonly<Record<string, unknown>>): PictureOptions {
  const { scale, transparent, theme, frame, within, whole } = query
  const edges = typeof within === 'string' ? within.split(',').map(Number) : []
  const [left = NaN, top = NaN, right = NaN, bottom = NaN] = edges
  const isPlace = edges.length === 4 && edges.every((edge) => Math.abs(edge) <= MAX_COORDINATE)
  return {
    scale: scale === '2' ? 2 : scale === '3' ? 3 : 1,
    transparent: transparent === '1' || transparent === 'true',
    theme: theme === 'dark' ? 'dark' : 'light',
    whole: whole === '1' || whole === 'true',
    only: isShapeId(frame) ? frame : null,
    within: isPlace && left < right && top < bottom ? { left, top, right, bottom } : null,
  }
}
