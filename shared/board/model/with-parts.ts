/** A shape as it will be read once some parts of it are written (SPEC-board B200): what is shown while a gesture lasts. */
import { boxFromArray, boxToArray } from '../geometry/box.ts'
import { isBoxed } from './shape.ts'
import type { Shape } from './shape.ts'
import type { ShapeParts } from './write.ts'

/** The shape with parts changed; parts its kind does not have change nothing. */
export function withParts(shape: Shape, parts: ShapeParts): Shape {
  const { order, parent, style, locked, link, name, author } = parts
  const common = {
    order: order ?? shape.order,
    parent: parent === undefined ? shape.parent : parent,
    style: style ? { ...shape.style, ...style } : shape.style,
    locked: locked ?? shape.locked,
    link: link === undefined ? shape.link : link,
    name: name ?? shape.name,
    author: author ?? shape.author,
  }
  if (shape.kind === 'line') {
    const path = parts.path?.map((number) => Math.fround(number)) ?? shape.path
    const from = parts.from === undefined ? shape.from : parts.from
    const to = parts.to === undefined ? shape.to : parts.to
    return { ...shape, ...common, path, from, to }
  }
  if (isBoxed(shape) && parts.box) return { ...shape, ...common, box: boxFromArray(boxToArray(parts.box)) }
  return { ...shape, ...common }
}
