/** A board as a file of each type (SPEC-board B510 to B513). Runs in a thread. */
import { Resvg } from '@resvg/resvg-js'
import type * as Y from 'yjs'
import { base64OfBytes } from '../../../shared/board/base64.ts'
import type { Command } from '../../../shared/board/draw/commands.ts'
import { writeSvg } from '../../../shared/board/draw/svg.ts'
import type { SvgFont } from '../../../shared/board/draw/svg.ts'
import { boardToJson } from '../../../shared/board/json.ts'
import type { Fonts, Subset } from './fonts.ts'
import type { Pictures } from './job.ts'
import { outlineText } from './outline-text.ts'
import { plainPicture } from './raster-picture.ts'
import type { Picture } from './raster-picture.ts'
import type { BoardScene } from './scene.ts'
import { TooMuch } from './too-much.ts'

/** Page units curves may be off in a file that can be enlarged. */
export const TOLERANCE = 0.25
/** Pixels of a picture, and of one side of it: larger boards are drawn smaller. */
const MOST_PIXELS = 20_000_000
const MOST_SIDE = 16_000
/** UTF-16 units of one file. */
const MOST_TEXT = 200_000_000

export function svgFile(scene: BoardScene, pictures: Pictures, fonts: Fonts): Uint8Array {
  const used = new Set<Subset>()
  const noted = function* (commands: Iterable<Command>): Generator<Command> {
    for (const command of commands) {
      if (command.op === 'text')
        for (const { subset } of fonts.pieces(command.text, command.face)) if (subset) used.add(subset)
      yield command
    }
  }
  const { bounds, ground, digits } = scene
  const pieces = writeSvg(noted(scene.draw(TOLERANCE)), {
    bounds,
    ground,
    digits,
    picture: addresses(pictures),
    fonts: () => [...used].map((subset) => fontOf(subset, fonts)),
  })
  return new TextEncoder().encode(joined(pieces))
}

function fontOf(subset: Subset, fonts: Fonts): SvgFont {
  const { family, bold, italic, range } = subset
  return { family, bold, italic, range, data: fonts.bytes(subset, 'woff2').toString('base64') }
}

function joined(pieces: Iterable<string>): string {
  const all: string[] = []
  let length = 0
  for (const piece of pieces) {
    length += piece.length
    if (length > MOST_TEXT) throw new TooMuch()
    all.push(piece)
  }
  return all.join('')
}

/** Addresses of pictures that lie in the file itself. */
export function addresses(
  pictures: Pictures,
  form: (picture: Picture) => Picture | null = (picture) => picture,
): (key: string) => string | null {
  return (key) => {
    const found = pictures.get(key)
    const picture = found && form(found)
    return picture ? `data:${picture.mime};base64,${base64OfBytes(picture.bytes)}` : null
  }
}

/** The rasteriser, and many a reader of SVG, knows no WebP. */
export function forRasteriser(picture: Picture): Picture | null {
  return picture.mime === 'image/webp' ? plainPicture(picture) : picture
}

export function pngFile(scene: BoardScene, pictures: Pictures, fonts: Fonts, scale: number): Uint8Array {
  const { bounds, ground, digits } = scene
  const width = Math.max(1, bounds.right - bounds.left)
  const height = Math.max(1, bounds.bottom - bounds.top)
  const fits = Math.min(
    scale,
    Math.sqrt(MOST_PIXELS / (width * height)),
    MOST_SIDE / width,
    MOST_SIDE / height,
  )
  let needsOthers = false
  const commands = function* (): Generator<Command> {
    for (const command of outlineText(scene.draw(TOLERANCE / fits), fonts)) {
      if (command.op === 'text') needsOthers = true
      yield command
    }
  }
  const picture = addresses(pictures, forRasteriser)
  const svg = joined(writeSvg(commands(), { bounds, ground, digits, picture }))
  const drawn = new Resvg(svg, {
    // At least a pixel each way, also of what is very long and thin.
    fitTo: { mode: 'width', value: Math.max(1, Math.round(width * fits)) },
    font: { loadSystemFonts: needsOthers },
    logLevel: 'off',
  }).render()
  return drawn.asPng()
}

/** The board with its pictures, lossless (B501). */
export function jsonFile(
  doc: Y.Doc,
  pictures: Pictures,
  authorOf: (client: number) => string | undefined,
): Uint8Array {
  const { shapes, ...rest } = boardToJson(doc, authorOf)
  const parts = Object.entries(rest).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  parts.push(
    lines(
      'pictures',
      [...pictures]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, { bytes }]) => [key, base64OfBytes(bytes)] as const),
    ),
    lines('shapes', Object.entries(shapes)),
  )
  return new TextEncoder().encode(joined([`{\n${parts.join(',\n')}\n}\n`]))
}

/** An object with a line for each entry: files that can be compared. */
function lines(name: string, entries: readonly (readonly [string, unknown])[]): string {
  const inner = entries.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  return `${JSON.stringify(name)}: {${inner.length > 0 ? `\n${inner.join(',\n')}\n` : ''}}`
}
