/** `/p/NAME/board/export/TYPE` and `/p/NAME/REV/board/export/TYPE` (SPEC-board B514). */
import type { Router } from 'express'
import { MAX_COORDINATE } from '../../shared/board/limits.ts'
import { isShapeId } from '../../shared/board/ids.ts'
import type { BoardExporter } from '../boards/export/exporter.ts'
import { isBoardType } from '../boards/export/job.ts'
import type { BoardType, PictureOptions } from '../boards/export/job.ts'
import { AppError } from '../errors.ts'
import type { Settings } from '../settings/schema.ts'
import { fileAddresses, limitFiles } from './file-addresses.ts'
import type { FileDoor } from './file-door.ts'
import type { Guests } from './guests.ts'
import { originRules } from './tickets.ts'

export interface BoardExportParts {
  settings: Settings
  door: FileDoor
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

export function boardExportRoutes(parts: BoardExportParts): Router {
  const { settings, boardExporter } = parts
  return fileAddresses({
    ...parts,
    limited: limitFiles(settings, originRules(settings).trustProxy),
    before: 'board/',
    async make({ entry, type, revision, query }) {
      if (!isBoardType(type)) throw new AppError('noFormat', NO_FORMAT)
      const file = await boardExporter.make({
        pad: entry.pad,
        shown: entry.shown,
        revision,
        type,
        options: boardOptions(query),
      })
      return { file, mime: MIMES[type], base: `${entry.shown}-board`, ending: type }
    },
  })
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
