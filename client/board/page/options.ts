/** What an embedding page may ask of a board's page: the pad's parameters, and WBO's. Pure. */
import type { PadOptions } from '../../../shared/settings.ts'
import { readOptions } from '../../pad/options.ts'

export interface BoardOptions {
  readonly options: PadOptions
  /** The header is there. */
  readonly header: boolean
  /** The islands are there; without them the board is only to look at and to draw with the last pen. */
  readonly menus: boolean
}

/** Reads a query: `hideMenu=true` takes header and islands away, `showControls=false` the header. */
export function readBoardOptions(query: URLSearchParams, server: PadOptions): BoardOptions {
  const { options } = readOptions(query, server)
  const hidden = query.get('hideMenu') === 'true'
  return { options, header: options.showControls && !hidden, menus: !hidden }
}
