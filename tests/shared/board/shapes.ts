/** Shapes for tests, as they are read. */
import { boxOfBounds } from '../../../shared/board/geometry/box.ts'
import type { Box } from '../../../shared/board/geometry/box.ts'
import type { Lookup } from '../../../shared/board/geometry/route.ts'
import { encodePoints, pointsBounds } from '../../../shared/board/ink/points.ts'
import type { InkPoints } from '../../../shared/board/ink/points.ts'
import type { Binding, InkShape, LineShape, Shape, TextShape } from '../../../shared/board/model/shape.ts'
import { DEFAULT_STYLE } from '../../../shared/board/model/style.ts'
import type { Style } from '../../../shared/board/model/style.ts'

const common = (id: string, style: Partial<Style>) => ({
  id,
  order: 'V',
  parent: null,
  style: { ...DEFAULT_STYLE, ...style },
  locked: false,
  link: null,
  name: '',
  author: '',
})

export function geoShape(id: string, box: Box, style: Partial<Style>): TextShape {
  return { kind: 'geo', ...common(id, style), box, text: [] }
}

export function inkShape(
  id: string,
  ink: InkPoints,
  style: Partial<Style>,
  box: Box | null = null,
): InkShape {
  const points = encodePoints(ink, 4)
  const natural = pointsBounds(points)
  return { kind: 'ink', ...common(id, style), natural, points, box: box ?? boxOfBounds(natural) }
}

export function lineShape(
  id: string,
  path: readonly number[],
  style: Partial<Style>,
  ends: { from?: Binding; to?: Binding } = {},
): LineShape {
  return { kind: 'line', ...common(id, style), path, from: ends.from ?? null, to: ends.to ?? null, text: [] }
}

export function lookupOf(shapes: readonly Shape[]): Lookup {
  const byId = new Map(shapes.map((shape) => [shape.id, shape]))
  return (id) => byId.get(id)
}
