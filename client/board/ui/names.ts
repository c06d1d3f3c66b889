/** What kinds of shapes, forms and colours are called. */
import type { Colour } from '../../../shared/board/colours.ts'
import type { Kind, Shape } from '../../../shared/board/model/shape.ts'
import type { Form } from '../../../shared/board/model/style.ts'
import { say } from '../words.ts'
import type { BoardKey } from '../words.ts'

const KIND_NAMES: Readonly<Record<Kind, BoardKey>> = {
  ink: 'board.kind.ink',
  line: 'board.kind.line',
  geo: 'board.kind.geo',
  text: 'board.kind.text',
  note: 'board.kind.note',
  image: 'board.kind.image',
  frame: 'board.kind.frame',
  group: 'board.kind.group',
}

/** What a kind of shape is called. */
export function kindName(shape: Pick<Shape, 'kind'>): BoardKey {
  return KIND_NAMES[shape.kind]
}

export const FORM_NAMES: Readonly<Record<Form, BoardKey>> = {
  rect: 'board.form.rect',
  ellipse: 'board.form.ellipse',
  diamond: 'board.form.diamond',
  triangle: 'board.form.triangle',
  pentagon: 'board.form.pentagon',
  hexagon: 'board.form.hexagon',
  octagon: 'board.form.octagon',
  star: 'board.form.star',
  parallelogram: 'board.form.parallelogram',
  cylinder: 'board.form.cylinder',
  cloud: 'board.form.cloud',
  speech: 'board.form.speech',
}

const NAMES: readonly BoardKey[] = [
  'board.colour.black',
  'board.colour.grey',
  'board.colour.red',
  'board.colour.orange',
  'board.colour.green',
  'board.colour.teal',
  'board.colour.blue',
  'board.colour.violet',
  'board.colour.yellow',
  'board.colour.green',
  'board.colour.pink',
  'board.colour.blue',
  'board.colour.yellow',
  'board.colour.green',
  'board.colour.blue',
  'board.colour.pink',
  'board.colour.violet',
  'board.colour.grey',
]

/** What a colour is called. */
export function colourName(colour: Colour): string {
  const name = typeof colour === 'number' ? NAMES[colour] : undefined
  return name ? say(name) : String(colour)
}
