/** The layer above the tiles: strokes being drawn, and shapes that a gesture has lifted out of the tiles. */
import type { Theme } from '../../../shared/board/colours.ts'
import { boundsTouch } from '../../../shared/board/geometry/bounds.ts'
import type { Bounds } from '../../../shared/board/geometry/bounds.ts'
import type { Lookup } from '../../../shared/board/geometry/route.ts'
import type { Shape } from '../../../shared/board/model/shape.ts'
import type { LiveStroke } from '../types.ts'
import { areaOf, sharedArea } from './canvas.ts'
import type { Area, Context, Lay } from './canvas.ts'
import { createLiftedShapes } from './lifted-shapes.ts'
import { grown, growing, paintGrowing } from './live-stroke.ts'
import type { Growing } from './live-stroke.ts'
import type { CutShape } from './pack.ts'
import type { Painter } from './painter.ts'

export interface LiveLayer {
  strokes(strokes: readonly LiveStroke[]): void
  /** Shapes to show, in painting order. */
  shapes(shapes: readonly Shape[]): void
  /** Paints what has changed; all of it when the page lies differently. False: there is nothing on the layer. */
  paint(lay: Lay, all: boolean): boolean
}

export interface LiveParts {
  readonly canvas: HTMLCanvasElement
  /** The layer below; marks mix with what is on it. */
  readonly below: HTMLCanvasElement
  readonly painter: Painter
  readonly lookup: Lookup
  readonly cut: (shapes: Iterable<Shape>) => Iterable<CutShape>
  readonly theme: () => Theme
}

export function createLiveLayer({ canvas, below, painter, lookup, cut, theme }: LiveParts): LiveLayer {
  const context = canvas.getContext('2d')
  let strokes: Growing[] = []
  const lifted = createLiftedShapes(lookup, (to, shapes, lay) => {
    for (const _step of painter.paint(to, cut(shapes), lay)) continue
  })
  /** Page bounds that have to be painted anew. */
  let damage: Bounds[] = []
  let shown = false

  const isMarker = ({ stroke }: Growing): boolean => stroke.style.brush === 'highlighter'

  function repaint(to: Context, area: Area, lay: Lay): void {
    const { scale, x, y } = lay
    const page = {
      left: (area.x - x) / scale,
      top: (area.y - y) / scale,
      right: (area.x + area.width - x) / scale,
      bottom: (area.y + area.height - y) / scale,
    }
    to.save()
    to.setTransform(1, 0, 0, 1, 0, 0)
    to.beginPath()
    to.rect(area.x, area.y, area.width, area.height)
    to.clip()
    to.clearRect(area.x, area.y, area.width, area.height)
    const near = strokes.filter(({ bounds }) => boundsTouch(bounds, page))
    if (near.some(isMarker) || lifted.mixes(page))
      to.drawImage(below, area.x, area.y, area.width, area.height, area.x, area.y, area.width, area.height)
    lifted.draw(to, lay, page)
    to.setTransform(scale, 0, 0, scale, x, y)
    for (const one of near) paintGrowing(to, one, scale, theme(), page)
    to.restore()
  }

  return {
    strokes(next) {
      const known = new Map(strokes.map((one) => [one.stroke.id, one]))
      strokes = next.map((stroke) => {
        const one = known.get(stroke.id) ?? growing(stroke)
        known.delete(stroke.id)
        if (one.stroke.points.values !== stroke.points.values) {
          damage.push(one.bounds)
          return growing(stroke)
        }
        one.stroke = stroke
        return one
      })
      for (const gone of known.values()) damage.push(gone.bounds)
    },
    shapes(next) {
      damage.push(...lifted.set(next))
    },
    paint(lay, all) {
      for (const one of strokes) {
        const more = grown(one)
        if (more) damage.push(more)
      }
      const some = strokes.length > 0 || lifted.some
      if (!context || (!some && !shown)) {
        damage = []
        return false
      }
      const whole: Area = { x: 0, y: 0, width: canvas.width, height: canvas.height }
      const areas = all ? [whole] : damage.flatMap((bounds) => sharedArea(areaOf(bounds, lay), whole) ?? [])
      damage = []
      shown = some
      const joined = joinedAreas(areas)
      if (joined) repaint(context, joined, lay)
      return some
    },
  }
}

function joinedAreas(areas: readonly Area[]): Area | null {
  const [first, ...rest] = areas
  if (!first) return null
  return rest.reduce((a, b) => {
    const x = Math.min(a.x, b.x)
    const y = Math.min(a.y, b.y)
    return {
      x,
      y,
      width: Math.max(a.x + a.width, b.x + b.width) - x,
      height: Math.max(a.y + a.height, b.y + b.height) - y,
    }
  }, first)
}
