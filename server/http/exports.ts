/** `/p/NAME/export/TYPE` and `/p/NAME/REV/export/TYPE`, Etherpad's addresses (SPEC-formats F30 to F36). */
import { Router } from 'express'
import type { Request, Response } from 'express'
import { cleanPadName, isPadName, isStandIn } from '../../shared/ids.ts'
import type { Access } from '../access/types.ts'
import { AppError } from '../errors.ts'
import { makeFile } from '../formats/converted.ts'
import type { Exporter } from '../formats/exporter.ts'
import { optionsOf } from './export-options.ts'
import type { Log } from '../log.ts'
import type { Settings } from '../settings/schema.ts'
import { countedAddress } from '../sync/address.ts'
import { rawQuery } from './canonical.ts'
import { createRate } from './export-rate.ts'
import { attachment } from './file-name.ts'
import type { Guests } from './guests.ts'
import { importRoutes } from './imports.ts'
import type { ImportHouse } from './imports.ts'

export interface ExportParts {
  settings: Settings
  access: Access
  guests: Pick<Guests, 'known'>
  exporter: Exporter
  /** What imports work on. */
  imports: ImportHouse
  log: Log
}

/** Nothing in a file runs, loads or sends anything, should a browser show it all the same. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

export function exportRoutes(parts: ExportParts): Router {
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

  // Imports and exports are counted together.
  router.use(importRoutes({ ...parts, ...parts.imports, limited }))
  router.get('/p/:pad/export/:type', async (request, response) => {
    limited(request, response)
    await send(parts, request, response, request.params, null)
  })
  router.get('/p/:pad/:revision/export/:type', async (request, response) => {
    limited(request, response)
    const { revision } = request.params
    if (!/^\d{1,15}$/.test(revision)) throw new AppError('badRequest', 'A revision is a whole number.')
    await send(parts, request, response, request.params, Number(revision))
  })
  return router
}

async function send(
  { settings, access, guests, exporter, imports }: ExportParts,
  request: Request,
  response: Response,
  { pad: name, type }: { pad: string; type: string },
  revision: number | null,
): Promise<void> {
  const again = (to: string): void => {
    const number = revision === null ? '' : `${revision}/`
    const up = revision === null ? '../../' : '../../../'
    response
      .status(302)
      .set({
        Location: `${up}${encodeURIComponent(to)}/${number}export/${encodeURIComponent(type)}${rawQuery(request.originalUrl)}`,
        'Cache-Control': 'no-store',
      })
      .end()
  }
  const clean = isStandIn(name) ? name : cleanPadName(name)
  if (clean !== name && isPadName(clean)) return again(clean)
  const entry = await access.enter(name, await guests.known(request, response))
  if (entry.shown !== name) return again(entry.shown)
  const { padOptions } = settings
  const { lang, ...options } = optionsOf(request.query)
  const { file, mime, ending } = await makeFile(
    { exporter, converter: imports.converter },
    {
      pad: entry.pad,
      shown: entry.shown,
      revision,
      lang: lang ?? padOptions.lang ?? '',
      rtl: padOptions.rtl,
      type,
      options,
    },
  )
  response
    .set({
      'Content-Type': mime,
      'Content-Disposition': attachment(
        revision === null ? entry.shown : `${entry.shown}-${revision}`,
        ending,
      ),
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': POLICY,
    })
    .send(Buffer.from(file.buffer, file.byteOffset, file.byteLength))
}
