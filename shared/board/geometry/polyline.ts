/** Distances and crossings of straight pieces; polylines are x and y by turns. */

/** The square of the distance from a point to a segment. */
export function segmentDistance2(
  px: number,
  py: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): number {
  const dx = bx - ax
  const dy = by - ay
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length))
  const ex = px - ax - t * dx
  const ey = py - ay - t * dy
  return ex * ex + ey * ey
}

/** The distance from a point to a polyline; a single point is a polyline too. */
export function polylineDistance(line: ArrayLike<number>, px: number, py: number): number {
  let least = Infinity
  if (line.length === 2) return Math.hypot(px - (line[0] ?? 0), py - (line[1] ?? 0))
  for (let i = 2; i + 1 < line.length; i += 2) {
    const distance = segmentDistance2(
      px,
      py,
      line[i - 2] ?? 0,
      line[i - 1] ?? 0,
      line[i] ?? 0,
      line[i + 1] ?? 0,
    )
    if (distance < least) least = distance
  }
  return Math.sqrt(least)
}

/** Whether a point lies in a polygon (even-odd); the last point need not repeat the first. */
export function polygonHolds(polygon: ArrayLike<number>, px: number, py: number): boolean {
  let inside = false
  let x0 = polygon[polygon.length - 2] ?? 0
  let y0 = polygon[polygon.length - 1] ?? 0
  for (let i = 0; i + 1 < polygon.length; i += 2) {
    const x1 = polygon[i] ?? 0
    const y1 = polygon[i + 1] ?? 0
    if (y0 > py !== y1 > py && px < ((x1 - x0) * (py - y0)) / (y1 - y0) + x0) inside = !inside
    x0 = x1
    y0 = y1
  }
  return inside
}

/**
 * How far along the first segment it meets the second, 0 to 1; null when they do not meet. Parallel ones do not.
 */
export function segmentCrossing(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): number | null {
  const rx = bx - ax
  const ry = by - ay
  const sx = dx - cx
  const sy = dy - cy
  const cross = rx * sy - ry * sx
  if (cross === 0) return null
  const t = ((cx - ax) * sy - (cy - ay) * sx) / cross
  const u = ((cx - ax) * ry - (cy - ay) * rx) / cross
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? t : null
}

/** Whether two segments meet, also when they only touch or lie on each other. */
export function segmentsMeet(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  if (segmentCrossing(ax, ay, bx, by, cx, cy, dx, dy) !== null) return true
  return (
    segmentDistance2(ax, ay, cx, cy, dx, dy) === 0 ||
    segmentDistance2(bx, by, cx, cy, dx, dy) === 0 ||
    segmentDistance2(cx, cy, ax, ay, bx, by) === 0 ||
    segmentDistance2(dx, dy, ax, ay, bx, by) === 0
  )
}

export function polylineLength(line: ArrayLike<number>): number {
  let length = 0
  for (let i = 2; i + 1 < line.length; i += 2)
    length += Math.hypot((line[i] ?? 0) - (line[i - 2] ?? 0), (line[i + 1] ?? 0) - (line[i - 1] ?? 0))
  return length
}

/** The point a share (0 to 1) of the way along, and the direction there in radians. */
export function pointAlong(line: ArrayLike<number>, share: number): { x: number; y: number; angle: number } {
  let left = polylineLength(line) * Math.min(1, Math.max(0, share))
  let angle = 0
  for (let i = 2; i + 1 < line.length; i += 2) {
    const ax = line[i - 2] ?? 0
    const ay = line[i - 1] ?? 0
    const dx = (line[i] ?? 0) - ax
    const dy = (line[i + 1] ?? 0) - ay
    const length = Math.hypot(dx, dy)
    if (length > 0) angle = Math.atan2(dy, dx)
    if (left <= length && length > 0)
      return { x: ax + (dx * left) / length, y: ay + (dy * left) / length, angle }
    left -= length
  }
  return { x: line[line.length - 2] ?? 0, y: line[line.length - 1] ?? 0, angle }
}
