/** How words look in documents that know no CSS: what marks and their drawings come to (SPEC-formats F40). */
import { mixed, colourOf } from './colour.ts'
import type { Marks } from '../tree.ts'

/** The look of words. Sizes in points. */
export interface WordLook {
  bold: boolean
  italic: boolean
  underline: boolean
  strike: boolean
  code: boolean
  /** `#rrggbb`. */
  colour: string | null
  ground: string | null
  size: number | null
  height: 'sub' | 'super' | null
  link: string | null
}

/** Points of a document's plain words, and what a browser's plain words are, in pixels. */
export const BODY_SIZE = 11
const BROWSER_SIZE = 16
/** Points a size may have. */
const SIZES = [4, 200] as const

/** What elements of drawings stand for. */
const TAGS: Readonly<Record<string, Partial<WordLook>>> = {
  b: { bold: true },
  strong: { bold: true },
  i: { italic: true },
  em: { italic: true },
  cite: { italic: true },
  dfn: { italic: true },
  var: { italic: true },
  u: { underline: true },
  ins: { underline: true },
  s: { strike: true },
  del: { strike: true },
  sub: { height: 'sub' },
  sup: { height: 'super' },
  kbd: { code: true },
  samp: { code: true },
  mark: { ground: '#fff0a3' },
  small: { size: BODY_SIZE * 0.83 },
  big: { size: BODY_SIZE * 1.2 },
}

/** The look of marks. A ground of `tint` stands behind words that have none of their own: whose words they are. */
export function wordLook(marks: Marks, tint: string | null = null): WordLook {
  const look: WordLook = {
    bold: marks.bold,
    italic: marks.italic,
    underline: marks.underline,
    strike: marks.strike,
    code: marks.code,
    colour: null,
    ground: null,
    size: null,
    height: null,
    link: marks.link,
  }
  for (const { tag, style } of marks.drawn) {
    if (Object.hasOwn(TAGS, tag)) Object.assign(look, TAGS[tag])
    for (const [name, value] of Object.entries(style)) declare(look, name, value.trim().toLowerCase())
  }
  if (look.ground === null && tint !== null) look.ground = mixed(tint)
  return look
}

function declare(look: WordLook, name: string, value: string): void {
  if (name === 'color') look.colour = colourOf(value) ?? look.colour
  else if (name === 'background-color' || name === 'background') look.ground = colourOf(value) ?? look.ground
  else if (name === 'font-size') look.size = sizeOf(value) ?? look.size
  else if (name === 'font-weight') look.bold = value === 'bold' || Number(value) >= 600
  else if (name === 'font-style') look.italic = value === 'italic' || value === 'oblique'
  else if (name.startsWith('text-decoration')) {
    if (value.includes('underline')) look.underline = true
    if (value.includes('line-through')) look.strike = true
  } else if (name === 'vertical-align') {
    if (value === 'sub' || value === 'super') look.height = value
  } else if (name === 'font-family' && /mono|courier|consolas/.test(value)) look.code = true
}

/** A CSS size in points, to the half; null for what is none. */
export function sizeOf(value: string): number | null {
  const [, digits, unit = ''] = /^(\d{1,4}(?:\.\d{1,4})?)(px|pt|em|rem|%)$/.exec(value) ?? []
  if (digits === undefined) return null
  const number = Number(digits)
  const per: Readonly<Record<string, number>> = {
    px: BODY_SIZE / BROWSER_SIZE,
    pt: 1,
    em: BODY_SIZE,
    rem: BODY_SIZE,
    '%': BODY_SIZE / 100,
  }
  const points = Math.round(number * (per[unit] ?? 0) * 2) / 2
  return points >= SIZES[0] && points <= SIZES[1] ? points : null
}
