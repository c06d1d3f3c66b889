/** A text with what plugins add, and the table for it: formats made for tests of files, drawn as plugins draw theirs. */
import { composeFormats } from '../../../server/plugins/formats.ts'
import type { Content, FormatValue, Insert } from '../../../shared/text/delta.ts'
import { valueFormat } from '../../../shared/text/formats.ts'
import type { InlineFormat, LineFormat } from '../../../shared/text/formats.ts'

const SIDES = ['left', 'center', 'right', 'justify']
const isSide = (value: unknown): value is string => SIDES.some((side) => side === value)

const align: LineFormat = {
  name: 'align',
  validate: isSide,
  draw: (value) => (isSide(value) ? { class: `side-${value}`, plain: { 'text-align': value } } : null),
  read({ classes, style }) {
    const own = classes.map((name) => name.replace(/^side-/, '')).find(isSide)
    const said = style('text-align')
    return said === 'left' && own !== 'left' ? null : isSide(said) ? said : own
  },
}

/** A colour: a name from a palette, or `#rrggbb`. */
function colours(
  name: string,
  mark: string,
  property: string,
  palette: Record<string, string>,
): InlineFormat {
  const hexOf = (value: unknown): string | undefined => {
    if (typeof value !== 'string') return undefined
    return Object.hasOwn(palette, value) ? palette[value] : /^#[0-9a-f]{6}$/.exec(value)?.[0]
  }
  return {
    ...valueFormat(name, (value) => hexOf(value) !== undefined),
    draw: (value) => ({
      class: mark,
      data: { [mark]: String(value) },
      plain: { [property]: hexOf(value) ?? '' },
    }),
    read(element) {
      const own = element.attribute(`data-${mark}`)
      if (hexOf(own) !== undefined) return own
      // Addresses and code look the same everywhere.
      if (element.tag === 'a' || element.tag === 'code' || element.tag === 'pre') return undefined
      const said = element.style(property)
      return hexOf(said) === undefined ? undefined : said
    },
  }
}

const isSize = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 400

const size: InlineFormat = {
  ...valueFormat('size', isSize),
  draw: (value: FormatValue) => ({ class: `size-${value}`, plain: { 'font-size': `${value}px` } }),
  read({ classes }) {
    const said = classes.map((name) => /^size-(\d{1,3})$/.exec(name)?.[1]).find((one) => one !== undefined)
    return said === undefined ? undefined : Number(said)
  },
}

const script: InlineFormat = {
  ...valueFormat('script', (value) => value === 'sub' || value === 'super'),
  draw: (value) => ({ tag: value === 'sub' ? 'sub' : 'sup', class: 'script' }),
  read({ tag }) {
    if (tag === 'sub') return 'sub'
    return tag === 'sup' ? 'super' : undefined
  },
}

export const pluginFormats = composeFormats([
  {
    inline: [
      colours('color', 'ink', 'color', { red: '#b3261e' }),
      colours('background', 'ground', 'background-color', { yellow: '#fff0a3' }),
      size,
      script,
    ],
    line: [align],
  },
])

export const MIRA = 'a.mmmmmmmmmmmmmmmm'
export const KARL = 'a.kkkkkkkkkkkkkkkk'
export const PEOPLE = [
  { author: KARL, name: 'Karl', colour: '3' },
  { author: MIRA, name: 'Mira & <co>', colour: '8' },
]

const line = (text: string, attributes?: Insert['attributes']): Insert[] => [
  ...(text === '' ? [] : [{ insert: text, attributes: { author: MIRA } }]),
  attributes === undefined ? { insert: '\n' } : { insert: '\n', attributes },
]

export const rich: Content = [
  ...line('A title', { header: 1 }),
  { insert: 'red', attributes: { color: 'red', author: KARL } },
  { insert: ' marked', attributes: { background: 'yellow', author: KARL } },
  { insert: ' large', attributes: { size: 24 } },
  { insert: ' H' },
  { insert: '2', attributes: { script: 'sub' } },
  { insert: 'O m' },
  { insert: '2', attributes: { script: 'super', bold: true, italic: true, underline: true, strike: true } },
  ...line(''),
  ...line('centred', { align: 'center' }),
  ...line('right', { align: 'right' }),
  ...line('justified', { align: 'justify' }),
  ...line('שלום עולם and English', { direction: 'rtl', align: 'right' }),
  ...line('中文，日本語 😀'),
  ...line('Second', { header: 2 }),
  ...line('tab\there'),
]
