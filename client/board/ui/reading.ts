/** What is written on the board, as words: for search, for the outline, for announcements. Pure. */
import type { Shape } from '../../../shared/board/model/shape.ts'
import type { Content } from '../../../shared/text/delta.ts'

/** Letters of a text that are told. */
const LENGTH = 120

/** The letters of a shape's text; for a frame its title. */
export function wordsOf(shape: Shape): string {
  if ('text' in shape) return plain(shape.text) || shape.name
  return shape.name
}

/** {@link wordsOf} in one line, cut off. */
export function shortWordsOf(shape: Shape): string {
  const words = wordsOf(shape).replaceAll(/\s+/g, ' ').trim()
  return words.length > LENGTH ? `${words.slice(0, LENGTH)}…` : words
}

function plain(content: Content): string {
  return content.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
}

/** Shapes that hold all of the words looked for, in the order given; case and accents do not count. */
export function findShapes(shapes: Iterable<Shape>, query: string, most: number): string[] {
  const wanted = fold(query).trim()
  if (wanted === '') return []
  const found: string[] = []
  for (const shape of shapes) {
    if (found.length >= most) break
    const words = wordsOf(shape)
    if (words !== '' && fold(words).includes(wanted)) found.push(shape.id)
  }
  return found
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase().replaceAll(/\s+/g, ' ')
}
