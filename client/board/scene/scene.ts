/** A board's shapes on this page: read once, then kept equal with the document, change by change. No DOM. */
import { signal } from '@preact/signals'
import type * as Y from 'yjs'
import { growBounds, isEmptyBounds, joinBounds, NO_BOUNDS } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import { hitShape } from '../../../shared/board/geometry/hit.ts'
import { createIndex } from '../../../shared/board/geometry/spatial-index.ts'
import { MAX_SHAPES } from '../../../shared/board/limits.ts'
import { readAssets, readSettings, readShapes, watchShapes } from '../../../shared/board/model/board.ts'
import type { Asset, Board, Settings } from '../../../shared/board/model/board.ts'
import { compareOrder } from '../../../shared/board/model/order.ts'
import { createReader, readShape } from '../../../shared/board/model/read.ts'
import { isParentKind } from '../../../shared/board/model/shape.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import { paintOrder } from '../../../shared/board/model/tree.ts'
import type { Scene, SceneChange } from '../types.ts'
import { createFollowers } from './followers.ts'
import { createForest } from './forest.ts'
import { seenInFrames } from './frames.ts'
import { createLayout } from './layout.ts'

/** Shapes changed at once from which index and tree are made anew: cheaper, and better balanced. */
const MANY = 2000
/** Shapes of a board, and the share of its area, from which a walk is quicker than a search. */
const FEW = 1000
const SHARE = 0.12

export function createScene(board: Board): Scene {
  const reader = createReader()
  const shapes = readShapes(board, reader)
  const lookup = (id: string): Shape | undefined => shapes.get(id)
  const forest = createForest(shapes)
  const followers = createFollowers()
  let index = createIndex(shapes.values(), lookup)
  const layout = createLayout({ all: () => forest.walk(), boundsOf: (id) => index.bounds(id), now: lookup })
  const version = signal(0)
  const settings = signal<Settings>(readSettings(board))
  const assets = signal<ReadonlyMap<string, Asset>>(readAssets(board))
  const listeners = new Set<(change: SceneChange) => void>()
  for (const shape of shapes.values()) followers.change(undefined, shape)

  function bounds(id: string): Bounds | null {
    const shape = shapes.get(id)
    if (shape?.kind !== 'group') return index.bounds(id)
    let all = NO_BOUNDS
    for (const member of paintOrder(forest.tree(), id))
      all = joinBounds(all, index.bounds(member.id) ?? NO_BOUNDS)
    return isEmptyBounds(all) ? null : all
  }

  /** Where the shapes, the lines that stay on them and what is in them are painted. */
  function painted(ids: Iterable<string>): Bounds[] {
    const places: Bounds[] = []
    const add = (id: string): void => {
      const place = index.bounds(id)
      if (place) places.push(place)
    }
    for (const id of ids) {
      add(id)
      for (const line of followers.of(id)) add(line)
      const kind = shapes.get(id)?.kind
      if (kind && isParentKind(kind)) for (const { id: member } of paintOrder(forest.tree(), id)) add(member)
    }
    return places
  }

  function read(id: string): Shape | undefined {
    const map = board.shapes.get(id)
    if (!map || (!shapes.has(id) && shapes.size >= MAX_SHAPES)) return undefined
    return readShape(reader, id, map) ?? undefined
  }

  /** The new shapes in painting order, when they lie on top of everything else. */
  function newOnTop(before: ReadonlyMap<string, Shape | undefined>, top: Shape | undefined): Shape[] | null {
    const fresh: Shape[] = []
    for (const [id, old] of before) {
      const shape = shapes.get(id)
      if (old || !shape || shape.parent !== null || isParentKind(shape.kind)) return null
      if (top && compareOrder(shape, top) < 0) return null
      if (followers.has(id)) return null
      fresh.push(shape)
    }
    return fresh.sort(compareOrder)
  }

  /** Reads a shape anew; gives what it was. */
  function renew(id: string): Shape | undefined {
    const old = shapes.get(id)
    const shape = read(id)
    if (shape) shapes.set(id, shape)
    else shapes.delete(id)
    followers.change(old, shape)
    forest.change(old, shape)
    return old
  }

  function replaceMany(ids: ReadonlySet<string>): void {
    forest.reset()
    for (const id of ids) renew(id)
    index = createIndex(shapes.values(), lookup)
  }

  function replace(ids: ReadonlySet<string>): SceneChange['onTop'] {
    const top = forest.tree().children.get(null)?.at(-1)
    const before = new Map<string, Shape | undefined>()
    for (const id of ids) before.set(id, renew(id))
    const moved = new Set(ids)
    for (const id of ids) for (const line of followers.of(id)) moved.add(line)
    for (const id of moved) {
      const shape = shapes.get(id)
      if (shape) index.put(shape)
      else index.remove(id)
    }
    return newOnTop(before, top)
  }

  function changed(ids: ReadonlySet<string>, transaction: Y.Transaction): void {
    const many = ids.size > MANY
    const old = many ? [index.all()] : painted(ids)
    const onTop = many ? null : replace(ids)
    if (many) replaceMany(ids)
    layout.reset()
    const now = many ? [index.all()] : painted(ids)
    const dirty = [...old, ...now].filter((place) => place !== null)
    version.value++
    const change: SceneChange = { ids, dirty, onTop, own: transaction.local }
    for (const listener of listeners) listener(change)
  }

  function within(place: Bounds): Shape[] {
    return forest.sort(found(index.search(place), shapes))
  }

  /** Whether a place holds so much that looking at each shape in its order is quicker than finding and sorting them. */
  function isMuch(place: Bounds): boolean {
    const all = index.all()
    if (!all || shapes.size < FEW) return false
    const across = Math.min(place.right, all.right) - Math.max(place.left, all.left)
    const down = Math.min(place.bottom, all.bottom) - Math.max(place.top, all.top)
    return across > 0 && down > 0 && across * down > SHARE * (all.right - all.left) * (all.bottom - all.top)
  }

  const stop = watchShapes(board, changed)
  const readSettingsAgain = (): void => {
    settings.value = readSettings(board)
  }
  const readAssetsAgain = (): void => {
    assets.value = readAssets(board)
  }
  board.settings.observe(readSettingsAgain)
  board.assets.observe(readAssetsAgain)

  return {
    board,
    shapes,
    tree: () => forest.tree(),
    settings,
    assets,
    version,
    content: () => index.all(),
    bounds,
    within,
    walk: (place) => (isMuch(place) ? layout.walk(place) : within(place)),
    inOrder: (some) => forest.sort([...some]),
    linesOn: (id) => followers.of(id),
    at({ x, y }, tolerance, accept) {
      const near = found(
        index.search(growBounds({ left: x, top: y, right: x, bottom: y }, tolerance)),
        shapes,
      )
      const reach = { tolerance, lookup }
      for (const shape of forest.sort(near).reverse()) {
        if (accept && !accept(shape)) continue
        if (hitShape(shape, x, y, reach) && seenInFrames(shape, x, y, forest.tree(), shapes)) return shape
      }
      return null
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    destroy() {
      stop()
      board.settings.unobserve(readSettingsAgain)
      board.assets.unobserve(readAssetsAgain)
      listeners.clear()
    },
  }
}

function found(ids: readonly string[], shapes: ReadonlyMap<string, Shape>): Shape[] {
  const list: Shape[] = []
  for (const id of ids) {
    const shape = shapes.get(id)
    if (shape) list.push(shape)
  }
  return list
}
