/** The board on the screen (DESIGN D8): tiles, above them what is being drawn, above that the marks of tools and people. */
import { effect } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { Theme } from '../../../shared/board/colours.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import type { Camera, Pictures, Scene, SceneChange, View } from '../types.ts'
import type { Area, Context, Lay } from './canvas.ts'
import { compose } from './compose.ts'
import { paintGround, paintRoughGround } from './grid.ts'
import { createInkPainter } from './ink.ts'
import { cutShapes } from './cuts.ts'
import { createLayers } from './layers.ts'
import { createLifted } from './lifted.ts'
import { createLiveLayer } from './live.ts'
import { createMarks } from './marks.ts'
import { createMips } from './mips.ts'
import { createPainter } from './painter.ts'
import type { CutShape } from './pack.ts'
import { paintPicture } from './picture.ts'
import { createRaster } from './raster.ts'
import type { Raster } from './raster.ts'
import { createTileHelper } from './tile-helper.ts'
import { createTiles } from './tiles.ts'
import type { Tiles } from './tiles.ts'
import { watchContent } from './watch.ts'
import { targetScale, wantedTiles } from './wanted.ts'
import type { Wanted } from './wanted.ts'

export interface ViewOptions {
  readonly host: HTMLElement
  readonly scene: Scene
  readonly camera: Camera
  readonly theme: ReadonlySignal<Theme>
  readonly images: Pictures | null
}

/** Screen pixels along a tile's side. */
const TILE = 512
/** Canvas pixels of that at most: on a phone a few large tiles would be all there is room for. */
const MOST_SIDE = 1024
/** Bytes of tiles: a computer's, and a phone's. */
const BUDGET = 192e6
const SMALL_BUDGET = 64e6
/** Ms of painting tiles in a frame: while something moves, and while all is still. */
const BUSY = 6
const IDLE = 10
/** Ms after which a zoom that does not change is what is wanted sharp. */
const REST = 110
/** New shapes painted over tiles at once; more of them are painted with their tiles. */
const STAMPS = 64
/** Changed shapes shown above the tiles until those show them. */
const KEPT = 16

export function createView({ host, scene, camera, theme, images }: ViewOptions): View {
  const layers = createLayers(host)
  const ground = layers.ground
  const mips = createMips(images, () => scene.assets.peek())
  const ink = createInkPainter()
  const lifted = createLifted(scene)
  const parts = { theme: () => theme.peek(), paintImage: mips.paint, ink }
  const cut = (shapes: Iterable<Shape>): Iterable<CutShape> => cutShapes(scene, shapes)
  const painter = createPainter({ ...parts, lookup: (id) => scene.shapes.get(id) })
  const live = createLiveLayer({
    canvas: layers.live,
    below: layers.tiles,
    painter: createPainter({ ...parts, lookup: lifted.lookup }),
    lookup: lifted.lookup,
    cut,
    theme: () => theme.peek(),
  })
  const budget = matchMedia('(pointer: coarse)').matches ? SMALL_BUDGET : BUDGET
  let density = layers.density()
  let tiles: Tiles
  let raster: Raster
  const marks = createMarks(layers, camera, ask)
  const waiting = new Set<() => void>()
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let use = 0
  let lastLay: Lay | null = null
  let zoomedAt = -Infinity
  let stale = true
  let focus: { x: number; y: number } | null = null
  let ended = false

  function paintGroundHere(context: Context, area: Area, lay: Lay): void {
    paintGround(context, area, lay, density, scene.settings.peek(), theme.peek())
  }

  function paintRoughHere(context: Context, area: Area, lay: Lay): void {
    paintRoughGround(context, area, lay, density, scene.settings.peek(), theme.peek())
  }

  function startTiles(): void {
    tiles = createTiles(Math.min(MOST_SIDE, Math.round(TILE * density)), budget)
    raster = createRaster({
      tiles,
      within: (bounds) => lifted.without(scene.walk(bounds)),
      cut,
      paint: painter.paint,
      ground: paintGroundHere,
      helper: helperNow,
      now: () => performance.now(),
    })
  }

  /** Made when the first tile is wanted; null where there is none. */
  let helper: ReturnType<typeof createTileHelper> | undefined
  function helperNow(): ReturnType<typeof createTileHelper> {
    if (helper === undefined)
      helper = createTileHelper({
        side: () => tiles.side,
        density: () => density,
        theme: () => theme.peek(),
        settings: () => scene.settings.peek(),
        shape: (id) => scene.shapes.get(id),
        wake(gone) {
          if (!gone) return ask()
          helper = null
          clear()
        },
      })
    return helper
  }
  startTiles()

  function ask(): void {
    if (frame === 0 && !ended) frame = requestAnimationFrame(draw)
  }

  /** Whole canvas pixels, so that tiles are sharp and everything above them lies where they lie. */
  function layNow(): Lay {
    const { x, y, zoom } = camera.place.peek()
    const scale = zoom * density
    return { scale, x: -Math.round(x * scale), y: -Math.round(y * scale) }
  }

  function wantedAt(lay: Lay, time: number): Wanted {
    const target = targetScale(lay.scale, density, time - zoomedAt >= REST)
    return wantedTiles(
      tiles,
      target,
      lay,
      layers.tiles,
      focus && { x: focus.x * density, y: focus.y * density },
    )
  }

  function draw(): void {
    frame = 0
    // Browsers do not always say so when a window goes to another screen.
    if (layers.density() !== density) return layers.refit()
    use++
    const now = performance.now()
    const lay = layNow()
    const moved = !lastLay || lay.scale !== lastLay.scale || lay.x !== lastLay.x || lay.y !== lastLay.y
    if (lastLay && lay.scale !== lastLay.scale) zoomedAt = now
    lastLay = lay
    const wanted = wantedAt(lay, now)
    const resting = now - zoomedAt >= REST
    const { changed, left } = raster.work(wanted, now + (moved ? BUSY : IDLE), resting && !moved)
    if (lifted.settle((bounds) => raster.clean(wanted, bounds))) live.shapes(lifted.shown())
    const anew = stale || moved || changed
    if (anew) {
      const sharp = lay.scale === wanted.level.scale
      ground.imageSmoothingEnabled = !sharp
      compose(ground, tiles, wanted, lay, paintRoughHere, use)
      raster.trim(use)
      stale = false
    }
    layers.show('live', live.paint(lay, anew))
    if (moved) marks.soil()
    marks.paint(density)
    // When all is still again, what lies around is painted too, and those who wait are told.
    if (left || moved) ask()
    if (!resting) wake(REST - (now - zoomedAt))
    if (resting && !moved && raster.clean(wanted)) waiting.forEach((done) => done())
  }

  function wake(after: number): void {
    clearTimeout(timer)
    timer = setTimeout(ask, Math.max(1, after))
  }

  function spoil(places: Iterable<Bounds>): void {
    for (const place of places) raster.spoil(place)
    ask()
  }

  function changed({ dirty, onTop, ids }: SceneChange): void {
    if (onTop !== null && onTop.length <= STAMPS && onTop.every(({ id }) => !lifted.hides(id))) {
      const places = onTop.map(({ id }) => scene.bounds(id))
      raster.stamp(onTop, places)
      stale = true
    } else {
      for (const place of dirty) raster.spoil(place)
      if (ids.size <= KEPT) lifted.keep(ids)
      live.shapes(lifted.shown())
    }
    ask()
  }

  function clear(): void {
    raster.clear()
    stale = true
    marks.soil()
    ask()
  }

  const ends = [
    layers.onResize((width, height) => {
      if (density !== layers.density()) {
        raster.clear()
        density = layers.density()
        startTiles()
      }
      camera.size.value = { width, height }
      stale = true
      marks.soil()
      // At once: a canvas that has a new size is empty.
      draw()
    }),
    effect(() => {
      void camera.place.value
      ask()
    }),
    effect(() => {
      void theme.value
      void scene.settings.value
      clear()
    }),
    watchContent({
      scene,
      images,
      element: layers.element,
      changed,
      spoil,
      forget: mips.forget,
      onPointer(at) {
        focus = at
      },
    }),
  ]

  return {
    element: layers.element,
    preview(shapes) {
      spoil(lifted.set(shapes))
      live.shapes(lifted.shown())
    },
    live(strokes) {
      live.strokes(strokes)
      ask()
    },
    overlay: marks.overlay,
    picture: (bounds, scale, withGround) =>
      paintPicture(
        { scene, painter, settings: scene.settings.peek(), theme: theme.peek() },
        bounds,
        scale,
        withGround,
      ),
    settled() {
      return new Promise((resolve) => {
        const done = (): void => {
          waiting.delete(done)
          resolve()
        }
        waiting.add(done)
        ask()
      })
    },
    destroy() {
      ended = true
      cancelAnimationFrame(frame)
      clearTimeout(timer)
      for (const end of ends) end?.()
      waiting.forEach((done) => done())
      raster.clear()
      helper?.destroy()
      layers.element.remove()
    },
  }
}
