/** The ground of a board, and the dots, lines or squares on it. */
import { GROUND, hexOfColour, mixColours } from '../../../shared/board/colours.ts'
import type { Theme } from '../../../shared/board/colours.ts'
import type { Settings } from '../../../shared/board/model/board.ts'
import { contextOf, createSurface } from './canvas.ts'
import type { Area, Context, Lay } from './canvas.ts'

/** Screen pixels that marks are apart at least; closer ones are left out by halves. */
const CLOSEST = 14

/** `#rrggbb` of a board's ground. */
export function groundColour(settings: Settings, theme: Theme): string {
  return settings.ground === null ? GROUND[theme] : hexOfColour(settings.ground, theme)
}

/** Marks stand out as little on any ground as on the theme's own. */
function markColour(ground: string): string {
  const light = Number.parseInt(ground.slice(3, 5), 16) > 127
  return light ? mixColours(ground, '#1a1d23', 0.17) : mixColours(ground, '#e8eaee', 0.13)
}

/** Page units between marks that can be told apart. `density`: canvas pixels of a screen pixel. */
export function gridStep({ step }: Settings, scale: number, density: number): number {
  let apart = step
  while (apart * scale < CLOSEST * density) apart *= 2
  return apart
}

/** Paints ground and grid over an area of a canvas, which has no transform. */
export function paintGround(
  context: Context,
  area: Area,
  lay: Lay,
  density: number,
  settings: Settings,
  theme: Theme,
): void {
  const ground = groundColour(settings, theme)
  context.fillStyle = ground
  context.fillRect(area.x, area.y, area.width, area.height)
  if (settings.grid === 'none') return
  const apart = gridStep(settings, lay.scale, density) * lay.scale
  const size = Math.max(1, Math.round(settings.grid === 'dots' ? 2 * density : density))
  context.fillStyle = markColour(ground)
  const right = area.x + area.width
  const bottom = area.y + area.height
  const firstX = Math.ceil((area.x - lay.x - size) / apart)
  const firstY = Math.ceil((area.y - lay.y - size) / apart)
  /** Whole pixels, the same ones whichever piece of the page is painted. */
  const at = (n: number, origin: number): number => Math.round(n * apart + origin - size / 2)
  if (settings.grid === 'dots') {
    const round = size > 2
    context.beginPath()
    for (let n = firstY; at(n, lay.y) < bottom; n++) {
      const y = at(n, lay.y)
      for (let m = firstX; at(m, lay.x) < right; m++) {
        const x = at(m, lay.x)
        if (!round) context.fillRect(x, y, size, size)
        else {
          context.moveTo(x + size, y + size / 2)
          context.arc(x + size / 2, y + size / 2, size / 2, 0, 2 * Math.PI)
        }
      }
    }
    if (round) context.fill()
    return
  }
  for (let n = firstY; at(n, lay.y) < bottom; n++) context.fillRect(area.x, at(n, lay.y), area.width, size)
  if (settings.grid === 'squares')
    for (let m = firstX; at(m, lay.x) < right; m++) context.fillRect(at(m, lay.x), area.y, size, area.height)
}

/** Patterns of the grid at whole distances: tens, a few hundred bytes each. */
const patterns = new Map<string, CanvasPattern>()
const MOST_PATTERNS = 64

/**
 * The same, quicker and a little off: for a place that is seen in passing. One fill, whatever the number of marks.
 */
export function paintRoughGround(
  context: Context,
  area: Area,
  lay: Lay,
  density: number,
  settings: Settings,
  theme: Theme,
): void {
  const ground = groundColour(settings, theme)
  context.fillStyle = ground
  if (settings.grid !== 'none') {
    const apart = gridStep(settings, lay.scale, density) * lay.scale
    const period = Math.round(apart)
    const pattern = patternOf(context, period, density, { ...settings, step: period }, theme, ground)
    if (pattern) {
      pattern.setTransform(
        new DOMMatrix([apart / period, 0, 0, apart / period, lay.x % apart, lay.y % apart]),
      )
      context.fillStyle = pattern
    }
  }
  context.fillRect(area.x, area.y, area.width, area.height)
}

function patternOf(
  context: Context,
  period: number,
  density: number,
  settings: Settings,
  theme: Theme,
  ground: string,
): CanvasPattern | null {
  const key = [settings.grid, period, density, ground].join(' ')
  const known = patterns.get(key)
  if (known) return known
  const surface = createSurface(period, period)
  const lay = { scale: 1, x: 0, y: 0 }
  paintGround(
    contextOf(surface, true),
    { x: 0, y: 0, width: period, height: period },
    lay,
    density,
    settings,
    theme,
  )
  const pattern = context.createPattern(surface, 'repeat')
  if (pattern) {
    if (patterns.size >= MOST_PATTERNS) patterns.clear()
    patterns.set(key, pattern)
  }
  return pattern
}
