/** What a text shows beside words, fetched for its files: pictures of the pad and parts of its board (SPEC-formats F17, F19). */
import type { Figure, FigureForm } from '../boards/export/job.ts'
import type { WantedFigures } from '../boards/export/figures.ts'
import { boardKey } from '../../shared/text/shown-board.ts'
import type { ShownBoard } from '../../shared/text/shown-board.ts'
import { said } from './document/said.ts'
import type { ToldRule } from './portable.ts'
import type { FileBoard, FileBoards } from './tree.ts'

/** Pictures of one file, and their bytes. */
const MOST_PICTURES = 500
const MOST_PICTURE_BYTES = 48 * 1024 * 1024
/** Parts of the board in one file, and bytes of their vectors; parts beyond are words, and pictures alone. */
const MOST_BOARDS = 50
const MOST_VECTORS = 8_000_000

export type PictureAt = (pad: string, key: string) => Promise<{ mime: string; bytes: Uint8Array } | null>
export type FiguresOf = (wanted: WantedFigures) => Promise<readonly (Figure | null)[]>

/** What a text shows of the pad's pictures; null for one that is not there. */
export async function picturesOf(
  picture: PictureAt,
  pad: string,
  rules: readonly ToldRule[],
): Promise<(readonly [string, { mime: string; bytes: Uint8Array } | null])[]> {
  const keys = new Set(rules.flatMap((rule) => rule.picture?.key ?? []))
  const out: (readonly [string, { mime: string; bytes: Uint8Array } | null])[] = []
  let room = MOST_PICTURE_BYTES
  for (const key of [...keys].slice(0, MOST_PICTURES)) {
    const one = await picture(pad, key)
    room -= one?.bytes.length ?? 0
    if (room > 0) out.push([key, one])
  }
  return out
}

/** The parts of the board that a text shows, in its order, each once. */
export function shownBoards(rules: readonly ToldRule[]): ShownBoard[] {
  const parts = new Map<string, ShownBoard>()
  for (const { board } of rules) if (board) parts.set(boardKey(board), board)
  return [...parts.values()].slice(0, MOST_BOARDS)
}

/** What is known of them; what is not there is left out. @throws AppError `busy`; StoreDown */
export async function boardsOf(
  figures: FiguresOf,
  pad: string,
  parts: readonly ShownBoard[],
  { until, form, lang }: { until: number | null; form: FigureForm; lang: string },
): Promise<FileBoards> {
  if (parts.length === 0) return new Map()
  const found = await figures({ pad, parts, until, form })
  let room = MOST_VECTORS
  const boards = new Map<string, FileBoard>()
  for (const [at, part] of parts.entries()) {
    const figure = found[at]
    if (!figure) continue
    const { vector } = figure
    room -= vector?.length ?? 0
    boards.set(boardKey(part), fileBoard(figure, room >= 0 ? vector : null, lang))
  }
  return boards
}

function fileBoard(
  { width, height, name, words, raster }: Figure,
  vector: Uint8Array | null,
  lang: string,
): FileBoard {
  const title = name === '' ? said(lang).board : `${said(lang).board} ${name}`
  return {
    width,
    height,
    words: words === '' ? title : `${title}: ${words}`,
    drawing: raster
      ? { mime: 'image/png', bytes: raster, vector }
      : vector && { mime: 'image/svg+xml', bytes: vector, vector: null },
  }
}
