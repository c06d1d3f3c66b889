/**
 * Text that no font of ours has, as one picture with a strip for each (SPEC-board B513): a PDF shows emoji and other scripts
 * as the machine that makes it does.
 */
import { Resvg } from '@resvg/resvg-js'
import type { Command, TextCommand } from '../../../shared/board/draw/commands.ts'
import { IDENTITY } from '../../../shared/board/geometry/matrix.ts'
import { writeSvg } from '../../../shared/board/draw/svg.ts'

/** Where a text is in the picture, in page units from its upper left. */
export interface Strip {
  readonly top: number
  readonly width: number
  readonly height: number
  /** From the strip's top to the base line. */
  readonly base: number
}

export interface LooseText {
  readonly png: Buffer
  readonly width: number
  readonly height: number
  strip(command: TextCommand): Strip | null
}

const SCALE = 3
const MOST_PIXELS = 20_000_000
/** Texts of one file, and the size above which one is left out of it. */
const MOST_TEXTS = 3000
const LARGEST = 400

const keyOf = ({ text, face, color }: TextCommand): string => JSON.stringify([text, face, color])

/** Null when there are none. */
export function looseText(texts: Iterable<TextCommand>): LooseText | null {
  const strips = new Map<string, Strip>()
  const commands: Command[] = []
  let height = 0
  let width = 0
  for (const text of texts) {
    const key = keyOf(text)
    if (strips.has(key) || strips.size >= MOST_TEXTS || text.face.size > LARGEST) continue
    const strip = {
      top: height,
      width: text.width + text.face.size * 0.4,
      height: Math.ceil(text.face.size * 1.6),
      base: Math.round(text.face.size * 1.15),
    }
    strips.set(key, strip)
    commands.push({
      ...text,
      x: 0,
      y: strip.top + strip.base,
      opacity: 1,
      matrix: IDENTITY,
      underline: false,
      strike: false,
    })
    height += strip.height
    width = Math.max(width, strip.width)
  }
  if (commands.length === 0) return null
  const scale = Math.min(SCALE, Math.sqrt(MOST_PIXELS / (width * height)), 16_000 / height, 16_000 / width)
  const svg = [
    ...writeSvg(commands, {
      bounds: { left: 0, top: 0, right: width, bottom: height },
      ground: null,
      picture: () => null,
    }),
  ].join('')
  const drawn = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: true },
    logLevel: 'off',
  }).render()
  return { png: drawn.asPng(), width, height, strip: (command) => strips.get(keyOf(command)) ?? null }
}
