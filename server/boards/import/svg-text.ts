/** SVG's texts as texts of ours, one for each line (SPEC-board B524). */
import { measureText } from '../../../shared/board/draw/measure.ts'
import { mapX, mapY } from '../../../shared/board/geometry/matrix.ts'
import { NotUnderstood } from './not-understood.ts'
import { lengthOf, lookOf } from './svg-look.ts'
import type { Look } from './svg-look.ts'
import { readNumbers } from './svg-path.ts'
import { stretchOf } from './svg-shapes.ts'
import type { Walk } from './svg-shapes.ts'
import type { SvgNode } from './svg-tree.ts'
import { textShape } from './text-shape.ts'

interface Place {
  x: number
  y: number
}

/** @throws NotUnderstood for text along a path, and letters placed one by one */
export function putText(node: SvgNode, walk: Walk): void {
  const place: Place = { x: 0, y: 0 }
  pieces(node, walk.look, place, walk, true)
}

function pieces(node: SvgNode, look: Look, place: Place, walk: Walk, first: boolean): void {
  move(node, place, look)
  for (const child of node.children) {
    if (typeof child !== 'string') {
      if (child.name === 'title' || child.name === 'desc') continue
      if (child.name !== 'tspan' && child.name !== 'a') throw new NotUnderstood(child.name)
      pieces(child, lookOf(child, look, walk.rules), place, walk, false)
      continue
    }
    const words = look.preserve ? child : child.replace(/\s+/g, ' ')
    const text = first && place.x === 0 ? words.trimStart() : words
    if (text.trim() === '') continue
    put(node, look.preserve ? text : text.trimEnd(), look, place, walk)
  }
}

function put(node: SvgNode, text: string, look: Look, place: Place, walk: Walk): void {
  const { map, sink, link } = walk
  const { size, font, bold, italic, anchor } = look
  const shown = look.fill ?? look.stroke
  if (shown !== null && !look.hidden)
    sink.add(
      textShape(walk.id(node), text, {
        x: mapX(map, place.x, place.y),
        y: mapY(map, place.x, place.y),
        size: size * stretchOf(map),
        color: shown,
        opacity: Math.max(0.01, look.opacity * look.fillOpacity),
        angle: Math.atan2(map[1], map[0]),
        align: anchor,
        font,
        bold,
        italic,
        link,
      }),
    )
  place.x += measureText(text, { family: font, size, bold, italic })
}

function move({ attributes }: SvgNode, place: Place, { size }: Look): void {
  for (const [name, axis, by] of [
    ['x', 'x', false],
    ['y', 'y', false],
    ['dx', 'x', true],
    ['dy', 'y', true],
  ] as const) {
    const value = attributes[name]
    if (value === undefined) continue
    const one = lengthOf(value, size)
    const many = one === null ? readNumbers(value) : [one]
    // Several are places of single letters.
    const [number] = many ?? []
    if (many?.length !== 1 || number === undefined) throw new NotUnderstood('letters')
    place[axis] = by ? place[axis] + number : number
  }
}
