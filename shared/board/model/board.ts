/** A board's document: its roots, all its shapes, what changed, who made what (SPEC-board B1, B2, B10). */
import * as Y from 'yjs'
import { isAssetKey, isName } from '../check/values.ts'
import { isColour } from '../colours.ts'
import type { Colour } from '../colours.ts'
import { MAX_ASSET_BYTES, MAX_ASSETS, MAX_SHAPES } from '../limits.ts'
import { ASSETS, SETTINGS, SHAPES, isPlainObject } from './keys.ts'
import { createReader, readShape } from './read.ts'
import type { Reader } from './read.ts'
import type { Shape } from './shape.ts'

/** The roots of a board's document. */
export interface Board {
  readonly doc: Y.Doc
  readonly shapes: Y.Map<Y.Map<unknown>>
  readonly assets: Y.Map<unknown>
  readonly settings: Y.Map<unknown>
  /** False while the document is as large as it may get: nothing new is made (SPEC-board B440). */
  hasRoom?: (() => boolean) | undefined
}

export function boardOf(doc: Y.Doc): Board {
  return {
    doc,
    shapes: doc.getMap(SHAPES),
    assets: doc.getMap(ASSETS),
    settings: doc.getMap(SETTINGS),
  }
}

/** All shapes that can be shown, by id; at most {@link MAX_SHAPES}. */
export function readShapes(board: Board, reader: Reader = createReader()): Map<string, Shape> {
  const shapes = new Map<string, Shape>()
  for (const [id, map] of board.shapes.entries()) {
    if (shapes.size >= MAX_SHAPES) break
    const shape = map instanceof Y.Map ? readShape(reader, id, map) : null
    if (shape) shapes.set(id, shape)
  }
  return shapes
}

/** Calls `changed` once a transaction with the ids of shapes that were made, changed or removed. Answers how to stop. */
export function watchShapes(
  board: Board,
  changed: (ids: ReadonlySet<string>, transaction: Y.Transaction) => void,
): () => void {
  const listener = (
    events: readonly Y.YEvent<Y.AbstractType<unknown>>[],
    transaction: Y.Transaction,
  ): void => {
    const ids = new Set<string>()
    for (const event of events) {
      const first = event.path[0]
      if (typeof first === 'string') ids.add(first)
      // `changes` would look up what each of them was before.
      else if (event instanceof Y.YMapEvent) for (const id of event.keysChanged) ids.add(String(id))
    }
    changed(ids, transaction)
  }
  board.shapes.observeDeep(listener)
  return () => board.shapes.unobserveDeep(listener)
}

/** The Yjs client id that made a shape; who owns it made the shape, unless the shape names an author. */
export function makerOf(board: Board, id: string): number | undefined {
  return board.shapes.get(id)?._item?.id.client
}

/** A picture's facts; its bytes lie beside the board, under its hash. */
export interface Asset {
  readonly mime: string
  readonly width: number
  readonly height: number
  readonly bytes: number
}

const MIMES: ReadonlySet<unknown> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif'])

/** What is right for an entry of the list of pictures: `{t, w, h, n}`. */
export function isAsset(key: string, value: unknown): boolean {
  if (!isAssetKey(key) || !isPlainObject(value)) return false
  const { t, w, h, n } = value
  return MIMES.has(t) && isCount(w, 65_535) && isCount(h, 65_535) && isCount(n, MAX_ASSET_BYTES)
}

function isCount(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most
}

/** The board's pictures by key. */
export function readAssets(board: Board): Map<string, Asset> {
  const assets = new Map<string, Asset>()
  for (const [key, value] of board.assets.entries()) {
    if (assets.size >= MAX_ASSETS) break
    if (!isPlainObject(value) || !isAsset(key, value)) continue
    const { t, w, h, n } = value
    assets.set(key, { mime: String(t), width: Number(w), height: Number(h), bytes: Number(n) })
  }
  return assets
}

/** As {@link readAssets} reads it. */
export function assetValue({ mime, width, height, bytes }: Asset): Record<string, unknown> {
  return { t: mime, w: width, h: height, n: bytes }
}

export type Grid = 'none' | 'dots' | 'lines' | 'squares'

/** How the board itself looks. */
export interface Settings {
  readonly grid: Grid
  /** Page units between the grid's lines. */
  readonly step: number
  /** Null: as the theme has it. */
  readonly ground: Colour | null
  readonly title: string
}

/** What is right for each setting. */
export const SETTING_RULES: Readonly<Record<keyof Settings, (value: unknown) => boolean>> = {
  grid: (value) => value === 'none' || value === 'dots' || value === 'lines' || value === 'squares',
  step: (value) => typeof value === 'number' && value >= 1 && value <= 1000,
  ground: (value) => value === null || isColour(value),
  title: isName,
}

const DEFAULT_SETTINGS: Settings = { grid: 'dots', step: 20, ground: null, title: '' }

export function readSettings(board: Board): Settings {
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS }
  for (const [name, isRight] of Object.entries(SETTING_RULES)) {
    const value = board.settings.get(name)
    if (isRight(value)) settings[name] = value
  }
  return settings as unknown as Settings
}
