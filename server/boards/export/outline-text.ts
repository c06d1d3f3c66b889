/** Text as paths (SPEC-board B511), for what has no fonts of its own: the same letters on every machine. */
import type { Command, TextCommand } from '../../../shared/board/draw/commands.ts'
import { measureText } from '../../../shared/board/draw/measure.ts'
import { argumentsOf, CLOSE, LINE, MOVE } from '../../../shared/board/geometry/path.ts'
import { mapPath } from '../../../shared/board/geometry/path.ts'
import type { Fonts, Subset } from './fonts.ts'

/** Of the letters' size: where lines lie above the base line, and how thick they are. */
const UNDERLINE = -0.12
const STRIKE = 0.3
const THICKNESS = 0.06

/** The commands with paths in place of texts; what no font of ours has stays text, by itself and without lines. */
export function* outlineText(commands: Iterable<Command>, fonts: Fonts): Generator<Command> {
  for (const command of commands) {
    if (command.op !== 'text') yield command
    else yield* outlined(command, fonts)
  }
}

function* outlined(command: TextCommand, fonts: Fonts): Generator<Command> {
  const { text, face, y, matrix, color, opacity } = command
  const path: number[] = []
  let { x } = command
  for (const piece of fonts.pieces(text, face)) {
    const width = measureText(piece.text, face)
    if (piece.subset || isDrawn(fonts, piece.text))
      pushLetters(path, fonts, piece.subset, piece.text, command, x)
    else yield { ...command, text: piece.text, x, width, underline: false, strike: false }
    x += width
  }
  for (const [wanted, place] of [
    [command.underline, UNDERLINE],
    [command.strike, STRIKE],
  ] as const) {
    if (!wanted) continue
    const top = y - place * face.size - (THICKNESS * face.size) / 2
    const bottom = top + THICKNESS * face.size
    // In the direction of the letters' own outlines, so that both are filled where they meet.
    path.push(MOVE, command.x, top, LINE, x, top, LINE, x, bottom, LINE, command.x, bottom, CLOSE)
  }
  if (path.length === 0) return
  const plain = matrix.every((value, i) => value === [1, 0, 0, 1, 0, 0][i])
  yield {
    op: 'path',
    path: plain ? path : mapPath(matrix, path),
    fill: color,
    stroke: null,
    opacity,
    blend: 'normal',
  }
}

/** Whether all of a text that no font of ours has is drawn by us. */
export function isDrawn(fonts: Fonts, text: string): boolean {
  return Array.from(text).every((char) => fonts.outline(null, char) !== null)
}

function pushLetters(
  path: number[],
  fonts: Fonts,
  subset: Subset | null,
  text: string,
  { face, y }: TextCommand,
  left: number,
): void {
  let x = left
  for (const char of text) {
    const outline = fonts.outline(subset, char) ?? []
    for (let i = 0; i < outline.length;) {
      const code = outline[i++] ?? CLOSE
      path.push(code)
      for (let rest = argumentsOf(code); rest > 0; rest -= 2, i += 2)
        path.push(x + (outline[i] ?? 0) * face.size, y + (outline[i + 1] ?? 0) * face.size)
    }
    x += measureText(char, face)
  }
}
