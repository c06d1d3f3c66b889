/** Paths as operators of a PDF's content (SPEC-board B513): page units in hundredths, y down; the page turns them round. */
import type { PathCommand, Stroke } from '../../../shared/board/draw/commands.ts'
import { CLOSE, CUBIC, LINE, MOVE, QUADRATIC } from '../../../shared/board/geometry/path.ts'
import type { Path } from '../../../shared/board/geometry/path.ts'

/** Further out there is nothing, and PDF knows no exponents. */
const FURTHEST = 1e9

/** A number with two digits at most; what is no number is 0. */
export function pdfNumber(value: number): string {
  const rounded = Math.round(Math.min(FURTHEST, Math.max(-FURTHEST, value)) * 100) / 100
  return Number.isFinite(rounded) ? String(rounded === 0 ? 0 : rounded) : '0'
}

/** `#rrggbb` and an operator that takes red, green, blue. */
function colour(hex: string, operator: 'RG' | 'rg'): string {
  const parts = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return Number.isNaN(part) ? '0' : String(Math.round(part * 1000) / 1000)
  })
  return `${parts.join(' ')} ${operator}`
}

/** The path itself; PDF knows cubics only. */
export function pathOperators(path: Path): string {
  const out: string[] = []
  let x = 0
  let y = 0
  const at = (i: number): number => path[i] ?? 0
  const point = (px: number, py: number): string => `${pdfNumber(px)} ${pdfNumber(py)}`
  for (let i = 0; i < path.length;) {
    const code = at(i++)
    switch (code) {
      case MOVE:
      case LINE:
        out.push(`${point(at(i), at(i + 1))} ${code === MOVE ? 'm' : 'l'}`)
        x = at(i)
        y = at(i + 1)
        i += 2
        break
      case QUADRATIC: {
        const [cx, cy, ex, ey] = [at(i), at(i + 1), at(i + 2), at(i + 3)]
        const first = point(x + (2 / 3) * (cx - x), y + (2 / 3) * (cy - y))
        const second = point(ex + (2 / 3) * (cx - ex), ey + (2 / 3) * (cy - ey))
        out.push(`${first} ${second} ${point(ex, ey)} c`)
        x = ex
        y = ey
        i += 4
        break
      }
      case CUBIC:
        out.push(`${point(at(i), at(i + 1))} ${point(at(i + 2), at(i + 3))} ${point(at(i + 4), at(i + 5))} c`)
        x = at(i + 4)
        y = at(i + 5)
        i += 6
        break
      case CLOSE:
        out.push('h')
        break
    }
  }
  return out.join('\n')
}

function strokeOperators({ color, width, dash, cap }: Stroke): string {
  const style = cap === 'round' ? '1 J 1 j' : '0 J 0 j'
  return `${colour(color, 'RG')} ${pdfNumber(width)} w ${style} [${dash.map(pdfNumber).join(' ')}] 0 d`
}

/** A path with its colours, painted. */
export function paintOperators({ path, fill, stroke }: PathCommand): string {
  const paint = fill !== null && stroke ? 'B' : fill !== null ? 'f' : stroke ? 'S' : 'n'
  return [
    fill === null ? '' : colour(fill, 'rg'),
    stroke ? strokeOperators(stroke) : '',
    pathOperators(path),
    paint,
  ]
    .filter(Boolean)
    .join('\n')
}
