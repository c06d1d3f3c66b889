/** What a text shows of its pad's board, for its files (SPEC-formats F19): one reading of the board for all of them. */
import { MAX_COORDINATE } from '../../../shared/board/limits.ts'
import type { ShownBoard } from '../../../shared/text/shown-board.ts'
import { updatesTo } from '../../formats/stored.ts'
import type { Talk } from '../../formats/threads.ts'
import type { Store, StoredDocument } from '../../store/store.ts'
import type { Figure, FigureForm, FromThread, PictureOptions, Pictures, ToThread } from './job.ts'

export interface WantedFigures {
  pad: string
  parts: readonly ShownBoard[]
  /** As the board was then, ms since 1970; null: as it is. */
  until: number | null
  form: FigureForm
}

export type FigureStore = Pick<Store, 'load' | 'snapshot' | 'rows'>

/** In the order of the parts; null for one there is nothing to see of. */
export async function figuresOf(
  store: FigureStore,
  pictures: (pad: string, keys: readonly string[]) => Promise<Pictures>,
  talk: Talk,
  { pad, parts, until, form }: WantedFigures,
): Promise<readonly (Figure | null)[]> {
  const say = async (message: ToThread): Promise<FromThread> => answered(await talk.ask(message))
  const nothing = parts.map(() => null)
  const stored = await store.load(`b/${pad}`)
  if (stored === null) return nothing
  const revision = until === null ? stored.head : await revisionAt(store, stored, until)
  if (revision === 0) return nothing
  const { updates } = await updatesTo(store, stored, revision)
  const board = { updates, clients: stored.clients }
  const read = await say({ kind: 'read-figures', board, parts: parts.map(optionsOf) })
  if (read.kind !== 'read') throw new TypeError('the thread speaks of something else')
  const seen = form === 'words' ? new Map() : await pictures(pad, read.seen)
  const drawn = await say({ kind: 'draw-figures', form, pictures: seen })
  if (drawn.kind !== 'figures') throw new TypeError('the thread speaks of something else')
  return drawn.figures
}

/** The newest revision that was there at a time; 0 for none. Revisions follow each other in time. */
export async function revisionAt(
  store: Pick<Store, 'rows'>,
  stored: Pick<StoredDocument, 'id' | 'head'>,
  time: number,
): Promise<number> {
  let before = 0
  let after = stored.head + 1
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    const row = (await store.rows(stored.id, middle - 1, 1))[0]
    if (row && row.time <= time) before = middle
    else after = middle
  }
  return before
}

/** All of a board, by day. */
export const PLAIN: PictureOptions = {
  scale: 1,
  transparent: false,
  theme: 'light',
  whole: false,
  only: null,
  within: null,
}

function optionsOf(part: ShownBoard): PictureOptions {
  if (part.kind !== 'view') return { ...PLAIN, only: part.kind === 'shape' ? part.id : null }
  const most = (value: number): number => Math.max(-MAX_COORDINATE, Math.min(MAX_COORDINATE, value))
  const { x, y, width, height } = part
  const within = { left: most(x), top: most(y), right: most(x + width), bottom: most(y + height) }
  return { ...PLAIN, within }
}

function answered(answer: FromThread): FromThread {
  if (answer.kind === 'failed') throw new Error(`a board could not be drawn: ${answer.message}`)
  return answer
}
