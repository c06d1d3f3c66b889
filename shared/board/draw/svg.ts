/**
 * Drawing commands as SVG (SPEC-board B42): the same commands give the same bytes. Nothing a person wrote gets into the
 * markup but as escaped text and checked addresses.
 */
import { safeLink } from '../../text/links.ts'
import type { Bounds } from '../geometry/bounds.ts'
import { CLOSE, CUBIC, LINE, MOVE, QUADRATIC } from '../geometry/path.ts'
import type { Path } from '../geometry/path.ts'
import type { Matrix } from '../geometry/matrix.ts'
import type { Command, ImageCommand, PathCommand, TextCommand } from './commands.ts'
import { FONT_FAMILIES } from './fonts.ts'

export interface SvgOptions {
  /** What is shown, in page units. */
  readonly bounds: Bounds
  /** Pixels a page unit. */
  readonly scale?: number
  /** `#rrggbb` behind everything; null: nothing. */
  readonly ground: string | null
  /** A picture as a `data:` address of a raster image; null when it cannot be had. */
  readonly picture: (asset: string) => string | null
  /** Digits after the point. */
  readonly digits?: number
}

const PICTURE = /^data:image\/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}$/
const COLOUR = /^#[0-9a-f]{6}$/

/** The SVG in pieces, in order; joined they are the file. */
export function* writeSvg(commands: Iterable<Command>, options: SvgOptions): Generator<string> {
  const { bounds, scale = 1, ground } = options
  const n = numberWriter(options.digits ?? 2)
  const width = Math.max(0, bounds.right - bounds.left)
  const height = Math.max(0, bounds.bottom - bounds.top)
  yield `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width * scale)}" height="${n(height * scale)}"`
  yield ` viewBox="${n(bounds.left)} ${n(bounds.top)} ${n(width)} ${n(height)}">\n`
  if (ground !== null && COLOUR.test(ground))
    yield `<rect x="${n(bounds.left)}" y="${n(bounds.top)}" width="${n(width)}" height="${n(height)}" fill="${ground}"/>\n`
  /** The tags to close, innermost last. */
  const open: string[] = []
  let clips = 0
  for (const command of commands) {
    switch (command.op) {
      case 'path':
        yield pathElement(command, n, options.digits ?? 2)
        break
      case 'text':
        yield textElement(command, n)
        break
      case 'image':
        yield imageElement(command, n, options.picture)
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
          yield `<clipPath id="c${clips}"><path d="${pathData(command.clip, options.digits ?? 2)}"/></clipPath>\n`
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
  yield '</svg>\n'
}

type Num = (value: number) => string

/** Numbers in their shortest form; what is no number is 0. */
function numberWriter(digits: number): Num {
  const unit = 10 ** digits
  return (value) => {
    const rounded = Math.round(value * unit) / unit
    return Number.isFinite(rounded) ? String(rounded === 0 ? 0 : rounded) : '0'
  }
}

function colour(value: string): string {
  return COLOUR.test(value) ? value : '#000000'
}

function opacityOf(opacity: number, n: Num): string {
  return opacity >= 1 ? '' : ` opacity="${n(Math.max(0, opacity))}"`
}

function pathElement({ path, fill, stroke, opacity, blend }: PathCommand, n: Num, digits: number): string {
  let element = `<path d="${pathData(path, digits)}" fill="${fill === null ? 'none' : colour(fill)}"`
  if (stroke) {
    element += ` stroke="${colour(stroke.color)}" stroke-width="${n(stroke.width)}"`
    if (stroke.cap === 'round') element += ' stroke-linecap="round" stroke-linejoin="round"'
    if (stroke.dash.length > 0) element += ` stroke-dasharray="${stroke.dash.map(n).join(' ')}"`
  }
  if (blend !== 'normal') element += ` style="mix-blend-mode:${blend}"`
  return `${element}${opacityOf(opacity, n)}/>\n`
}

function matrixOf(matrix: Matrix): string {
  const n = numberWriter(6)
  return matrix.map(n).join(' ')
}

function textElement(command: TextCommand, n: Num): string {
  const { text, face, color, x, y, width, underline, strike, opacity, matrix } = command
  let element = `<text x="${n(x)}" y="${n(y)}" fill="${colour(color)}" font-size="${n(face.size)}"`
  element += ` font-family="${FONT_FAMILIES[face.family] ?? FONT_FAMILIES.sans}" xml:space="preserve"`
  if (face.bold) element += ' font-weight="bold"'
  if (face.italic) element += ' font-style="italic"'
  const lines = [underline ? 'underline' : '', strike ? 'line-through' : ''].filter(Boolean).join(' ')
  if (lines !== '') element += ` text-decoration="${lines}"`
  if (width > 0 && text.length > 1) element += ` textLength="${n(width)}" lengthAdjust="spacingAndGlyphs"`
  if (matrix.some((value, i) => value !== [1, 0, 0, 1, 0, 0][i]))
    element += ` transform="matrix(${matrixOf(matrix)})"`
  return `${element}${opacityOf(opacity, n)}>${escaped(text)}</text>\n`
}

function imageElement(
  { asset, matrix, opacity, name }: ImageCommand,
  n: Num,
  picture: (asset: string) => string | null,
): string {
  const transform = ` transform="matrix(${matrixOf(matrix)})"`
  const title = name === '' ? '' : `<title>${escaped(name)}</title>`
  const address = picture(asset)
  if (address === null || !PICTURE.test(address))
    return `<rect width="1" height="1" fill="#dfe2e8"${transform}${opacityOf(opacity, n)}>${title}</rect>\n`
  return `<image width="1" height="1" preserveAspectRatio="none" href="${address}"${transform}${opacityOf(opacity, n)}>${title}</image>\n`
}

const LETTERS: Readonly<Record<number, string>> = { [MOVE]: 'm', [LINE]: 'l', [QUADRATIC]: 'q', [CUBIC]: 'c' }

/** A path's `d`: each point relative to the one before as it was written, so that rounding does not add up. */
export function pathData(path: Path, digits: number): string {
  const unit = 10 ** digits
  let d = ''
  let x = 0
  let y = 0
  let startX = 0
  let startY = 0
  let last = ''
  const whole = (value: number | undefined): number => {
    const scaled = Math.round((value ?? 0) * unit)
    return Number.isFinite(scaled) ? scaled : 0
  }
  const put = (value: number, first: boolean): void => {
    const text = shortest(value, unit)
    d += first || text.startsWith('-') ? text : ` ${text}`
  }
  for (let i = 0; i < path.length;) {
    const code = path[i++] ?? CLOSE
    if (code === CLOSE) {
      d += 'z'
      last = 'z'
      x = startX
      y = startY
      continue
    }
    const letter = LETTERS[code] ?? 'l'
    const pairs = code === CUBIC ? 3 : code === QUADRATIC ? 2 : 1
    const repeated = letter === last && letter !== 'm'
    if (!repeated) d += letter
    for (let pair = 0; pair < pairs; pair++) {
      put(whole(path[i + 2 * pair]) - x, pair === 0 && !repeated)
      put(whole(path[i + 2 * pair + 1]) - y, false)
    }
    x = whole(path[i + 2 * pairs - 2])
    y = whole(path[i + 2 * pairs - 1])
    if (code === MOVE) {
      startX = x
      startY = y
    }
    last = letter
    i += 2 * pairs
  }
  return d
}

function shortest(scaled: number, unit: number): string {
  return String(scaled / unit).replace(/^(-?)0\./, '$1.')
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
