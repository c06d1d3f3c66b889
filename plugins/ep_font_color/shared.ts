/** Colours of words, `color`, and behind words, `background`: a name of the palette or `#rrggbb` on the characters. */
import { plugin } from '../../shared/plugin.ts'
import type { FormatValue } from '../../shared/text/delta.ts'
import { valueFormat } from '../../shared/text/formats.ts'
import type { Drawing, InlineFormat, ReadElement } from '../../shared/text/formats.ts'
import { foreignColour, hexOf } from './colours.ts'
import { HIGHLIGHTS, INKS } from './palette.ts'
import type { Pair } from './palette.ts'

type Palette = Readonly<Record<string, Pair>>

/** Is this a colour of a palette, or one of somebody's own? */
function isColour(value: unknown, palette: Palette): value is string {
  return (
    typeof value === 'string' &&
    (Object.hasOwn(palette, value) || (value.startsWith('#') && hexOf(value) !== null))
  )
}

/**
 * Class `NAME` and `NAME-red`, or `NAME-own` with the colour in a custom property and, for pages without styles, in
 * `data-NAME`.
 */
function drawing(name: string, value: FormatValue, palette: Palette, property: string): Drawing | null {
  if (!isColour(value, palette)) return null
  const named = palette[value]
  if (named)
    return { class: `${name} ${name}-${value}`, data: { [name]: value }, plain: { [property]: named.day } }
  const hex = hexOf(value) ?? ''
  return {
    class: `${name} ${name}-own`,
    data: { [name]: hex },
    style: { [`--own-${name}`]: hex },
    plain: { [property]: hex },
  }
}

/** What our own pages say. */
function ownColour(name: string, { attribute, classes }: ReadElement, palette: Palette): string | undefined {
  const said = attribute(`data-${name}`)
  return classes.includes(name) && isColour(said, palette) ? said : undefined
}

/** Addresses look the same everywhere; what code is coloured in is not the writer's. */
const UNCOLOURED: ReadonlySet<string> = new Set(['a', 'code', 'kbd', 'samp', 'pre', 'tt'])
/** Google's, Word's and browsers' colours of addresses, also round and inside their elements. */
const LINKS: ReadonlySet<string> = new Set(['#1155cc', '#0563c1', '#0000ee', '#551a8b'])
/** The elements whose ground is somebody's highlight and not the page's. */
const WORDS: ReadonlySet<string> = new Set('b big em font i mark s small span strong sub sup u'.split(' '))

const color: InlineFormat = {
  ...valueFormat('color', (value) => isColour(value, INKS)),
  draw: (value) => drawing('ink', value, INKS, 'color'),
  read(element) {
    const own = ownColour('ink', element, INKS)
    if (own !== undefined) return own
    const etherpad = element.classes.find((name) => name.startsWith('color:'))?.slice('color:'.length)
    if (etherpad !== undefined && Object.hasOwn(INKS, etherpad)) return etherpad
    if (UNCOLOURED.has(element.tag)) return undefined
    const said = foreignColour(element.style('color') || element.attribute('color'), INKS)
    return typeof said === 'string' && LINKS.has(said) ? undefined : said
  },
}

const background: InlineFormat = {
  ...valueFormat('background', (value) => isColour(value, HIGHLIGHTS)),
  draw: (value) => drawing('highlight', value, HIGHLIGHTS, 'background-color'),
  read(element) {
    const own = ownColour('highlight', element, HIGHLIGHTS)
    if (own !== undefined) return own
    if (!WORDS.has(element.tag)) return undefined
    const said = foreignColour(element.style('background-color') || element.style('background'), HIGHLIGHTS)
    return said === undefined && element.tag === 'mark' ? 'yellow' : said
  },
}

export const declaration = plugin({ name: 'ep_font_color', formats: { inline: [color, background] } })
