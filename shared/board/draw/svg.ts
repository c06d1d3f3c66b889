/**
 * Drawing commands as SVG (SPEC-board B42): the same commands give the same bytes. Nothing a person wrote gets into the
 * markup but as escaped text and checked addresses.
 */
import { safeLink } from '../../text/links.ts'
import type { Bounds } from '../geometry/bounds.ts'
import type { Matrix } from '../geometry/matrix.ts'
import type { Command, ImageCommand, PathCommand, TextCommand } from './commands.ts'
import { FONT_FAMILIES } from './fonts.ts'
import { pathData } from './path-data.ts'

export interface SvgOptions {
  /** What is shown, in page units. */
  readonly bounds: Bounds
  /** Pixels a page unit. */
  readonly scale?: number
  /** `#rrggbb` behind everything; null: nothing. */
  readonly ground: string | null
  /** A picture as a `data:` address of a raster image; null when it cannot be had. */
  readonly picture: (asset: string) => string | null
  /** Digits after the point that places are rounded to; see {@link digitsFor}. */
  readonly digits?: number
  /** Font files to take along, asked for once all is written; a file without them shows what fonts its reader has. */
  readonly fonts?: () => readonly SvgFont[]
}

/** A subset of a face, as it stands in the file. */
export interface SvgFont {
  readonly family: string
  readonly bold: boolean
  readonly italic: boolean
  /** WOFF2, in base64. */
  readonly data: string
  /** A `unicode-range`. */
  readonly range: string
}

const PICTURE = /^data:image\/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}$/
const COLOUR = /^#[0-9a-f]{6}$/

/** Digits that show lines of a width as they are: tenths for those of a page unit or more. */
export function digitsFor(leastWidth: number): number {
  return Math.min(5, Math.max(1, 1 - Math.floor(Math.log10(Math.max(leastWidth, 1e-4)))))
}

/** The SVG in pieces, in order; joined they are the file. Its own units are the digits': whole numbers are short. */
export function* writeSvg(commands: Iterable<Command>, options: SvgOptions): Generator<string> {
  const { bounds, scale = 1, ground, digits = 2 } = options
  const unit = 10 ** digits
  const n = (value: number): string => wholeNumber(value * unit)
  const width = Math.max(0, bounds.right - bounds.left)
  const height = Math.max(0, bounds.bottom - bounds.top)
  yield `<svg xmlns="http://www.w3.org/2000/svg" width="${plainNumber(width * scale)}" height="${plainNumber(height * scale)}"`
  yield ` viewBox="${n(bounds.left)} ${n(bounds.top)} ${n(width)} ${n(height)}"`
  yield ` fill="none" stroke-linecap="round" stroke-linejoin="round" style="font-kerning:none">\n`
  if (ground !== null && COLOUR.test(ground))
    yield `<rect x="${n(bounds.left)}" y="${n(bounds.top)}" width="${n(width)}" height="${n(height)}" fill="${ground}"/>\n`
  /** The tags to close, innermost last. */
  const open: string[] = []
  let clips = 0
  for (const command of commands) {
    switch (command.op) {
      case 'path':
        yield pathElement(command, n, unit)
        break
      case 'text':
        yield textElement(command, n, unit)
        break
      case 'image':
        yield imageElement(command, unit, options.picture)
        break
      case 'begin': {
        const link = safeLink(command.link)
        let tags = ''
        if (link !== null) {
          yield `<a href="${escaped(link)}">`
          tags = '</a>\n'
        }
        if (command.clip) {
          clips++
          yield `<clipPath id="c${clips}"><path d="${pathData(command.clip, unit)}"/></clipPath>\n`
          yield `<g clip-path="url(#c${clips})">\n`
          tags = `</g>\n${tags}`
        }
        open.push(tags)
        break
      }
      case 'end':
        yield open.pop() ?? ''
        break
    }
  }
  while (open.length > 0) yield open.pop() ?? ''
  const fonts = options.fonts?.() ?? []
  if (fonts.length > 0) yield fontStyles(fonts)
  yield '</svg>\n'
}

type Num = (value: number) => string

/** What is no number is 0. */
function wholeNumber(value: number): string {
  const whole = Math.round(value)
  return Number.isFinite(whole) ? String(whole === 0 ? 0 : whole) : '0'
}

/** With six digits at most. */
function plainNumber(value: number): string {
  const rounded = Math.round(value * 1e6) / 1e6
  return Number.isFinite(rounded) ? String(rounded === 0 ? 0 : rounded) : '0'
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/
const RANGE = /^U\+[0-9A-F-]+(?:, ?U\+[0-9A-F-]+)*$/
const FAMILY = /^[A-Za-z0-9 ]+$/

function fontStyles(fonts: readonly SvgFont[]): string {
  const rules = fonts
    .filter(({ data, range, family }) => BASE64.test(data) && RANGE.test(range) && FAMILY.test(family))
    .map(
      ({ family, bold, italic, data, range }) =>
        `@font-face{font-family:'${family}';font-weight:${bold ? 700 : 400};font-style:${italic ? 'italic' : 'normal'};` +
        `src:url(data:font/woff2;base64,${data}) format('woff2');unicode-range:${range}}\n`,
    )
  return `<style>\n${rules.join('')}</style>\n`
}

function colour(value: string): string {
  return COLOUR.test(value) ? value : '#000000'
}

function opacityOf(opacity: number): string {
  return opacity >= 1 ? '' : ` opacity="${plainNumber(Math.max(0, opacity))}"`
}

function pathElement({ path, fill, stroke, opacity, blend }: PathCommand, n: Num, unit: number): string {
  let element = `<path d="${pathData(path, unit)}"`
  if (fill !== null) element += ` fill="${colour(fill)}"`
  if (stroke) {
    element += ` stroke="${colour(stroke.color)}" stroke-width="${n(stroke.width)}"`
    if (stroke.cap === 'butt') element += ' stroke-linecap="butt" stroke-linejoin="miter"'
    if (stroke.dash.length > 0) element += ` stroke-dasharray="${stroke.dash.map(n).join(' ')}"`
  }
  if (blend !== 'normal') element += ` style="mix-blend-mode:${blend}"`
  return `${element}${opacityOf(opacity)}/>\n`
}

/** A map of page units as one of the file's: the last two are lengths, and so are all where it begins at a unit square. */
function matrixOf(matrix: Matrix, unit: number, square: boolean): string {
  return matrix.map((value, i) => plainNumber(square || i > 3 ? value * unit : value)).join(' ')
}

function textElement(command: TextCommand, n: Num, unit: number): string {
  const { text, face, color, x, y, width, underline, strike, opacity, matrix } = command
  let element = `<text x="${n(x)}" y="${n(y)}" fill="${colour(color)}" font-size="${n(face.size)}"`
  element += ` font-family="${FONT_FAMILIES[face.family] ?? FONT_FAMILIES.sans}" xml:space="preserve"`
  if (face.bold) element += ' font-weight="bold"'
  if (face.italic) element += ' font-style="italic"'
  const lines = [underline ? 'underline' : '', strike ? 'line-through' : ''].filter(Boolean).join(' ')
  if (lines !== '') element += ` text-decoration="${lines}"`
  if (width > 0 && text.length > 1) element += ` textLength="${n(width)}" lengthAdjust="spacingAndGlyphs"`
  if (matrix.some((value, i) => value !== [1, 0, 0, 1, 0, 0][i]))
    element += ` transform="matrix(${matrixOf(matrix, unit, false)})"`
  return `${element}${opacityOf(opacity)}>${escaped(text)}</text>\n`
}

function imageElement(
  { asset, matrix, opacity, name }: ImageCommand,
  unit: number,
  picture: (asset: string) => string | null,
): string {
  const transform = ` transform="matrix(${matrixOf(matrix, unit, true)})"`
  const title = name === '' ? '' : `<title>${escaped(name)}</title>`
  const address = picture(asset)
  if (address === null || !PICTURE.test(address))
    return `<rect width="1" height="1" fill="#dfe2e8"${transform}${opacityOf(opacity)}>${title}</rect>\n`
  return `<image width="1" height="1" preserveAspectRatio="none" href="${address}"${transform}${opacityOf(opacity)}>${title}</image>\n`
}

// oxlint-disable-next-line no-control-regex -- XML has no place for these
const IMPOSSIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text
    .replace(IMPOSSIBLE, '')
    .replace(LONE, '\ufffd')
    .replace(/[&<>"']/g, (char) => ESCAPES[char] ?? '')
}
