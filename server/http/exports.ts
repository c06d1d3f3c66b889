/** `/p/NAME/export/TYPE` and `/p/NAME/REV/export/TYPE`, Etherpad's addresses (SPEC-formats F30 to F36). */
import { Router } from 'express'
import type { Access } from '../access/types.ts'
import { makeFile } from '../formats/converted.ts'
import type { BoardImporter } from '../boards/import/importer.ts'
import type { Exporter } from '../formats/exporter.ts'
import type { Log } from '../log.ts'
import type { Pictures } from '../pictures/pictures.ts'
import type { Settings } from '../settings/schema.ts'
import { optionsOf } from './export-options.ts'
import { fileAddresses, limitFiles } from './file-addresses.ts'
import type { FileDoor } from './file-door.ts'
import type { Guests } from './guests.ts'
import { importRoutes } from './imports.ts'
import type { ImportHouse } from './imports.ts'
import { originRules } from './tickets.ts'

export interface ExportParts {
  settings: Settings
  access: Access
  door: FileDoor
  guests: Pick<Guests, 'known'>
  exporter: Exporter
  /** What imports work on. */
  imports: ImportHouse
  pictures: Pick<Pictures, 'add'>
  boardImporter: Pick<BoardImporter, 'take'>
  log: Log
}

export function exportRoutes(parts: ExportParts): Router {
  const { settings, exporter, imports } = parts
  const router = Router({ strict: true, caseSensitive: true })
  const limited = limitFiles(settings, originRules(settings).trustProxy)
  // Imports and exports are counted together.
  router.use(importRoutes({ ...parts, ...imports, limited }))
  router.use(
    fileAddresses({
      ...parts,
      limited,
      before: '',
      async make({ entry, type, revision, query, watch }) {
        const { padOptions } = settings
        const { lang, ...options } = optionsOf(query)
        const made = await makeFile(
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
          watch,
        )
        return { ...made, base: entry.shown }
      },
    }),
  )
  return router
}
