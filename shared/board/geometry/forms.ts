/** The outlines of forms, in the unit square or on the page (SPEC-board B27). */
import type { Form } from '../model/style.ts'
import { boxMatrix } from './box.ts'
import type { Box } from './box.ts'
import { CLOSE, CUBIC, LINE, MOVE, mapPath, polylinePath } from './path.ts'

/** The handle of a cubic that draws a quarter of a circle. */
const KAPPA = 0.5522847498307936

const POLYGONS: Readonly<Partial<Record<Form, readonly number[]>>> = {
  rect: [0, 0, 1, 0, 1, 1, 0, 1],
  diamond: [0.5, 0, 1, 0.5, 0.5, 1, 0, 0.5],
  triangle: [0.5, 0, 1, 1, 0, 1],
  pentagon: fitted(regular(5)),
  hexagon: [0.25, 0, 0.75, 0, 1, 0.5, 0.75, 1, 0.25, 1, 0, 0.5],
  octagon: fitted(regular(8, Math.PI / 8)),
  star: fitted(star(5, 0.4)),
  parallelogram: [0.2, 0, 1, 0, 0.8, 1, 0, 1],
  speech: [0, 0, 1, 0, 1, 0.78, 0.42, 0.78, 0.2, 1, 0.22, 0.78, 0, 0.78],
}

function regular(corners: number, turn = 0): number[] {
  const points: number[] = []
  for (let i = 0; i < corners; i++) {
    const angle = turn + (i / corners) * 2 * Math.PI - Math.PI / 2
    points.push(Math.cos(angle), Math.sin(angle))
  }
  return points
}

function star(tips: number, inner: number): number[] {
  const points = regular(tips * 2)
  return points.map((value, i) => (i % 4 < 2 ? value : value * inner))
}

/** Stretched to fill the unit square. */
function fitted(points: readonly number[]): number[] {
  const xs = points.filter((_, i) => i % 2 === 0)
  const ys = points.filter((_, i) => i % 2 === 1)
  const left = Math.min(...xs)
  const top = Math.min(...ys)
  const width = Math.max(...xs) - left
  const height = Math.max(...ys) - top
  return points.map((value, i) => (i % 2 === 0 ? (value - left) / width : (value - top) / height))
}

/** Pieces of a path, one after another. */
function joined(...pieces: readonly (readonly number[])[]): number[] {
  return pieces.flat()
}

function ellipse(cx: number, cy: number, rx: number, ry: number): number[] {
  const kx = rx * KAPPA
  const ky = ry * KAPPA
  return joined(
    [MOVE, cx + rx, cy],
    [CUBIC, cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry],
    [CUBIC, cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy],
    [CUBIC, cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry],
    [CUBIC, cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy],
    [CLOSE],
  )
}

const CYLINDER: readonly number[] = joined(
  [MOVE, 0, 0.12, CUBIC, 0, -0.04, 1, -0.04, 1, 0.12],
  [LINE, 1, 0.88, CUBIC, 1, 1.04, 0, 1.04, 0, 0.88, CLOSE],
  [MOVE, 0, 0.12, CUBIC, 0, 0.28, 1, 0.28, 1, 0.12],
)

const CLOUD: readonly number[] = joined(
  [MOVE, 0.25, 0.9, CUBIC, 0.02, 0.95, -0.06, 0.62, 0.12, 0.52],
  [CUBIC, 0.02, 0.28, 0.25, 0.12, 0.38, 0.22, CUBIC, 0.46, -0.04, 0.78, -0.02, 0.8, 0.26],
  [CUBIC, 0.98, 0.24, 1.06, 0.5, 0.92, 0.6, CUBIC, 1.04, 0.8, 0.86, 0.98, 0.72, 0.88],
  [CUBIC, 0.6, 1.03, 0.38, 1.02, 0.25, 0.9, CLOSE],
)

/** A rectangle with round corners; `rx` and `ry` as shares of the unit square, at most a half. */
function rounded(rx: number, ry: number): number[] {
  const kx = rx * (1 - KAPPA)
  const ky = ry * (1 - KAPPA)
  return joined(
    [MOVE, rx, 0, LINE, 1 - rx, 0, CUBIC, 1 - kx, 0, 1, ky, 1, ry],
    [LINE, 1, 1 - ry, CUBIC, 1, 1 - ky, 1 - kx, 1, 1 - rx, 1],
    [LINE, rx, 1, CUBIC, kx, 1, 0, 1 - ky, 0, 1 - ry],
    [LINE, 0, ry, CUBIC, 0, ky, kx, 0, rx, 0, CLOSE],
  )
}

/** The outline of a form in a box, on the page. `corner` is a radius in page units and counts for rectangles. */
export function formPath(form: Form, box: Box, corner = 0): number[] {
  return mapPath(boxMatrix(box), unitPath(form, box, corner))
}

function unitPath(form: Form, { w, h }: Box, corner: number): readonly number[] {
  if (form === 'ellipse') return ellipse(0.5, 0.5, 0.5, 0.5)
  if (form === 'cylinder') return CYLINDER
  if (form === 'cloud') return CLOUD
  const radius = Math.min(corner, w / 2, h / 2)
  if (form === 'rect' && radius > 0) return rounded(radius / w, radius / h)
  return polylinePath(POLYGONS[form] ?? POLYGONS.rect ?? [], true)
}

/** Where text may stand in a form: shares of the box from its left and top. */
export function textPlace(form: Form): { left: number; top: number; right: number; bottom: number } {
  switch (form) {
    case 'ellipse':
    case 'cloud':
      return { left: 0.146, top: 0.146, right: 0.854, bottom: 0.854 }
    case 'diamond':
      return { left: 0.25, top: 0.25, right: 0.75, bottom: 0.75 }
    case 'triangle':
      return { left: 0.25, top: 0.5, right: 0.75, bottom: 1 }
    case 'star':
      return { left: 0.3, top: 0.36, right: 0.7, bottom: 0.76 }
    case 'pentagon':
      return { left: 0.14, top: 0.26, right: 0.86, bottom: 0.94 }
    case 'hexagon':
    case 'parallelogram':
      return { left: 0.2, top: 0, right: 0.8, bottom: 1 }
    case 'octagon':
      return { left: 0.1, top: 0.1, right: 0.9, bottom: 0.9 }
    case 'cylinder':
      return { left: 0, top: 0.24, right: 1, bottom: 1 }
    case 'speech':
      return { left: 0, top: 0, right: 1, bottom: 0.78 }
    default:
      return { left: 0, top: 0, right: 1, bottom: 1 }
  }
}
