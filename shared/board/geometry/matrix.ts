/** Affine maps, as canvas and SVG write them: x' = a x + c y + e, y' = b x + d y + f. y points down, angles turn clockwise. */

export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/** The map that does `second` after `first`. */
export function compose(second: Matrix, first: Matrix): Matrix {
  const [a, b, c, d, e, f] = second
  return [
    a * first[0] + c * first[1],
    b * first[0] + d * first[1],
    a * first[2] + c * first[3],
    b * first[2] + d * first[3],
    a * first[4] + c * first[5] + e,
    b * first[4] + d * first[5] + f,
  ]
}

export function translation(x: number, y: number): Matrix {
  return [1, 0, 0, 1, x, y]
}

/** A turn about a point, in radians. */
export function rotation(angle: number, x = 0, y = 0): Matrix {
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y]
}

/** Stretching away from a point; negative factors mirror. */
export function scaling(sx: number, sy: number, x = 0, y = 0): Matrix {
  return [sx, 0, 0, sy, x - sx * x, y - sy * y]
}

/** The way back; null when the map flattens everything. */
export function inverse([a, b, c, d, e, f]: Matrix): Matrix | null {
  const det = a * d - b * c
  if (det === 0 || !Number.isFinite(det)) return null
  return [d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det]
}

export function mapX(m: Matrix, x: number, y: number): number {
  return m[0] * x + m[2] * y + m[4]
}

export function mapY(m: Matrix, x: number, y: number): number {
  return m[1] * x + m[3] * y + m[5]
}

/** Maps x and y by turns. */
export function mapPoints(m: Matrix, points: ArrayLike<number>): number[] {
  const mapped: number[] = []
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i] ?? 0
    const y = points[i + 1] ?? 0
    mapped.push(mapX(m, x, y), mapY(m, x, y))
  }
  return mapped
}

/** Whether the map mirrors. */
export function isMirror(m: Matrix): boolean {
  return m[0] * m[3] - m[1] * m[2] < 0
}

/** An angle between -pi (not included) and pi. */
export function normalAngle(angle: number): number {
  // Adding 0 makes of -0 a 0.
  const turn = (angle % (2 * Math.PI)) + 0
  if (turn > Math.PI) return turn - 2 * Math.PI
  return turn <= -Math.PI ? turn + 2 * Math.PI : turn
}
