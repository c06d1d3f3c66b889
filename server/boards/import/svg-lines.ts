/** SVG's paths as lines and strokes of ours (SPEC-board B524). */
import { boundsOfPoints, boundsTouch } from '../../../shared/board/geometry/bounds.ts'
import { mapPoints } from '../../../shared/board/geometry/matrix.ts'
import {
  CUBIC,
  MOVE,
  CLOSE,
  LINE,
  argumentsOf,
  flatten,
  mapPath,
} from '../../../shared/board/geometry/path.ts'
import { MAX_LINE_POINTS } from '../../../shared/board/limits.ts'
import { NotUnderstood } from './not-understood.ts'
import { importedId } from './sink.ts'
import { paintStyle, stretchOf } from './svg-shapes.ts'
import type { Walk } from './svg-shapes.ts'
import type { SvgNode } from './svg-tree.ts'

/** Page units a flattened curve may be off; more where it would have too many points. */
const TOLERANCES = [0.15, 0.4, 1, 3]
/** A polyline of more points was drawn by a hand. */
const MOST_CORNERS = 24
const EXPONENT = 4

interface Piece {
  readonly path: number[]
  readonly closed: boolean
  readonly curved: boolean
}

function piecesOf(path: readonly number[]): Piece[] {
  const pieces: { path: number[]; closed: boolean; curved: boolean }[] = []
  let [startX, startY] = [0, 0]
  for (let i = 0; i < path.length;) {
    const code = path[i] ?? CLOSE
    const size = 1 + argumentsOf(code)
    let piece = pieces.at(-1)
    if (code === MOVE) {
      startX = path[i + 1] ?? 0
      startY = path[i + 2] ?? 0
    }
    if (code === MOVE || !piece || (piece.closed && code !== CLOSE)) {
      piece = { path: code === MOVE ? [] : [MOVE, startX, startY], closed: false, curved: false }
      pieces.push(piece)
    }
    if (code === CLOSE) piece.closed = true
    else piece.path.push(...path.slice(i, i + size))
    if (code === CUBIC) piece.curved = true
    i += size
  }
  return pieces.filter(({ path: own }) => own.length > 3)
}

/** @throws NotUnderstood for areas with holes */
export function putPath(node: SvgNode, path: readonly number[], walk: Walk): void {
  const { look, map } = walk
  if (look.fill === null && look.stroke === null) return
  const pieces = piecesOf(mapPath(map, path))
  if (look.fill !== null && hasHoles(pieces)) throw new NotUnderstood('holes')
  const base = walk.id(node)
  pieces.forEach((piece, i) => putPiece(i === 0 ? base : importedId('', `${base}-${i}`), piece, walk))
}

export function putPolyline(node: SvgNode, points: readonly number[], closed: boolean, walk: Walk): void {
  if (points.length < 4 || (walk.look.fill === null && walk.look.stroke === null)) return
  const placed = mapPoints(walk.map, points)
  const path = placed.flatMap((value, i) => (i % 2 === 0 ? [i === 0 ? MOVE : LINE, value] : [value]))
  const look = node.name === 'line' ? { ...walk.look, fill: null } : walk.look
  if (look.fill === null && look.stroke === null) return
  putPiece(walk.id(node), { path, closed, curved: false }, { ...walk, look, ink: false })
}

/** Areas that touch may be holes of one another. */
function hasHoles(pieces: readonly Piece[]): boolean {
  if (pieces.length > 200) return true
  const bounds = pieces.map(({ path }) => boundsOfPoints(flatten(path, 1).flat()))
  return bounds.some((one, i) => bounds.slice(i + 1).some((other) => boundsTouch(one, other)))
}

function putPiece(id: string, piece: Piece, walk: Walk): void {
  const { look, map, sink, link } = walk
  const style = paintStyle(look, stretchOf(map))
  const points = flatten(piece.path, TOLERANCES[0] ?? 1)[0] ?? []
  const marked = look.start || look.end
  const asInk =
    look.fill === null && !marked && (walk.ink || piece.curved || points.length / 2 > MOST_CORNERS)
  if (asInk) {
    if (piece.closed) points.push(points[0] ?? 0, points[1] ?? 0)
    const own = walk.ink && !piece.curved ? pointsOf(piece.path) : points
    const brush = look.multiply ? ('highlighter' as const) : ('pen' as const)
    return sink.ink(
      { id, style: { ...style, brush }, link },
      { xy: Float64Array.from(own), pressure: null },
      EXPONENT,
    )
  }
  const fitting = TOLERANCES.map((tolerance) =>
    withoutEnd(flatten(piece.path, tolerance)[0] ?? [], piece),
  ).find((list) => list.length <= MAX_LINE_POINTS * 2)
  if (!fitting || fitting.length < 4) throw new NotUnderstood('points')
  const head = (wanted: boolean) => (wanted && !piece.closed ? ('triangle' as const) : ('none' as const))
  sink.add({
    id,
    kind: 'line',
    path: fitting,
    style: {
      ...style,
      closed: piece.closed || look.fill !== null,
      start: head(look.start),
      end: head(look.end),
    },
    link,
  })
}

function pointsOf(path: readonly number[]): number[] {
  return flatten(path, 1)[0] ?? []
}

/** A closed line does not say its first point again. */
function withoutEnd(points: number[], { closed }: Piece): number[] {
  const again = points.length > 6 && points[0] === points.at(-2) && points[1] === points.at(-1)
  return closed && again ? points.slice(0, -2) : points
}
