/** Parts of a board as pictures for documents (SPEC-formats F19). Runs in a thread. */
import type { Command } from '../../../shared/board/draw/commands.ts'
import { growBounds } from '../../../shared/board/geometry/bounds.ts'
import { writeSvg } from '../../../shared/board/draw/svg.ts'
import type { Fonts } from './fonts.ts'
import type { Figure, FigureForm, Pictures } from './job.ts'
import { outlineText } from './outline-text.ts'
import type { BoardScene } from './scene.ts'
import { addresses, forRasteriser, pngFile, TOLERANCE } from './writers.ts'

/** UTF-16 units of one vector drawing: a document with a larger one is slow to open, and has the picture alone. */
const MOST_VECTOR = 2_000_000
/** Pixels of a picture's width and height: two for each a page shows. */
const WIDEST = 1600
const HIGHEST = 2000
/** Page units around a part. */
const EDGE = 1
/** UTF-16 units of the words. */
const MOST_WORDS = 500

/** Null when there is nothing to see. */
export function figureOf(
  shown: BoardScene,
  pictures: Pictures,
  fonts: Fonts,
  form: FigureForm,
  most = MOST_VECTOR,
): Figure | null {
  // The edge of a frame is half outside of it.
  const bounds = growBounds(shown.bounds, EDGE)
  const scene = { ...shown, bounds }
  const { name } = scene
  const words = wordsOf(scene)
  if (words === null) return null
  const width = Math.max(1, bounds.right - bounds.left)
  const height = Math.max(1, bounds.bottom - bounds.top)
  const vector = form === 'words' ? null : vectorOf(scene, pictures, fonts, most)
  const wanted = form === 'both' || (form === 'either' && vector === null)
  const raster = wanted
    ? pngFile(scene, pictures, fonts, Math.min(2, WIDEST / width, HIGHEST / height))
    : null
  return { width, height, name, words, vector, raster }
}

/** Letters are paths: they look the same in every program. Null for what is too much. */
function vectorOf(scene: BoardScene, pictures: Pictures, fonts: Fonts, most: number): Uint8Array | null {
  const { bounds, ground, digits } = scene
  const commands = outlineText(scene.draw(TOLERANCE), fonts)
  const pieces: string[] = []
  let length = 0
  for (const piece of writeSvg(unlinked(commands), {
    bounds,
    ground,
    digits,
    picture: addresses(pictures, forRasteriser),
  })) {
    length += piece.length
    if (length > most) return null
    pieces.push(piece)
  }
  return new TextEncoder().encode(pieces.join(''))
}

/** Nothing in a picture leads anywhere. */
function* unlinked(commands: Iterable<Command>): Generator<Command> {
  for (const command of commands) yield command.op === 'begin' ? { ...command, link: null } : command
}

/** What is written there, in the order in which it is drawn; null when nothing is drawn at all. */
function wordsOf(scene: BoardScene): string | null {
  let words = ''
  let drawn = false
  for (const command of scene.draw(TOLERANCE)) {
    if (command.op === 'begin' || command.op === 'end') continue
    drawn = true
    if (command.op !== 'text' || command.text.trim() === scene.name) continue
    words += `${words === '' ? '' : ' '}${command.text.trim()}`
    if (words.length > MOST_WORDS) return `${words.slice(0, MOST_WORDS).replace(/[\ud800-\udbff]$/, '')}…`
  }
  return drawn ? words.replaceAll(/\s+/g, ' ') : null
}
