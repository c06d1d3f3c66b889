/** Styles of an OpenDocument text, as far as a reader needs them. */
import { childOf, elementsOf } from './xml.ts'
import type { XmlElement } from './xml.ts'

/** Properties by their names, those of the styles a style is based on below its own. */
export type Properties = ReadonlyMap<string, string>

export interface OdtStyle {
  /** Names of the style and of all it is based on, in small letters, without spaces. */
  names: readonly string[]
  text: Properties
  paragraph: Properties
  graphic: Properties
  list: string | null
}

export interface OdtStyles {
  /** Points of plain words. */
  readonly plainSize: number
  /** CSS pixels that the text is wide. */
  readonly room: number
  style(family: 'paragraph' | 'text' | 'graphic', name: string | undefined): OdtStyle
  /** A list's kind at a level from 0. */
  list(name: string, level: number): { of: 'bullet' | 'ordered' | 'checked' | 'unchecked'; start: number }
}

const NONE: OdtStyle = { names: [], text: new Map(), paragraph: new Map(), graphic: new Map(), list: null }
const DEEPEST_BASE = 20
const BOXES: Readonly<Record<string, 'checked' | 'unchecked'>> = {
  '☐': 'unchecked',
  '□': 'unchecked',
  '☑': 'checked',
  '☒': 'checked',
  '✓': 'checked',
  '✔': 'checked',
}

/** Of the parts that hold styles; later ones win. */
export function odtStyles(parts: readonly XmlElement[]): OdtStyles {
  const elements = new Map<string, XmlElement>()
  const lists = new Map<string, XmlElement>()
  for (const part of parts)
    for (const group of ['office:styles', 'office:automatic-styles'])
      for (const one of elementsOf(childOf(part, group))) {
        const name = one.attributes['style:name'] ?? ''
        if (one.name === 'style:style') elements.set(`${one.attributes['style:family'] ?? ''} ${name}`, one)
        else if (one.name === 'text:list-style') lists.set(name, one)
      }
  const made = new Map<string, OdtStyle>()

  function style(family: string, name: string | undefined, depth = 0): OdtStyle {
    const key = `${family} ${name ?? ''}`
    const element = elements.get(key)
    // A style that is not there still says what it is called.
    if (!element || depth > DEEPEST_BASE)
      return name === undefined ? NONE : { ...NONE, names: [plainName(name)] }
    const known = made.get(key)
    if (known) return known
    const base = style(family, element.attributes['style:parent-style-name'], depth + 1)
    const shown = element.attributes['style:display-name'] ?? name ?? ''
    const one: OdtStyle = {
      names: [plainName(shown), ...base.names],
      text: over(base.text, childOf(element, 'style:text-properties')),
      paragraph: over(base.paragraph, childOf(element, 'style:paragraph-properties')),
      graphic: over(base.graphic, childOf(element, 'style:graphic-properties')),
      list: element.attributes['style:list-style-name'] ?? base.list,
    }
    made.set(key, one)
    return one
  }

  return {
    plainSize: plainSizeOf(parts, (name) => style('paragraph', name).text),
    room: roomOf(parts),
    style: (family, name) => style(family, name),
    list(name, level) {
      const levels = elementsOf(lists.get(name))
      const at = (wanted: number): XmlElement | undefined =>
        levels.find(({ attributes }) => Number(attributes['text:level'] ?? 0) === wanted)
      // Some say only how the first level looks, whichever level the list is at.
      const said = at(level + 1) ?? at(1)
      if (!said) return { of: 'bullet', start: 1 }
      const format = said.attributes['style:num-format'] ?? ''
      if (said.name === 'text:list-level-style-number' && format !== '')
        return { of: 'ordered', start: Number(said.attributes['text:start-value'] ?? 1) || 1 }
      return { of: BOXES[said.attributes['text:bullet-char'] ?? ''] ?? 'bullet', start: 1 }
    },
  }
}

/** LibreOffice's own where a document says nothing. */
const PLAIN_SIZE = 12

/** Points of an absolute size; 0 for none. */
export function pointsOf(text: Properties): number {
  return Number(/^(\d+(?:\.\d+)?)pt$/.exec(text.get('fo:font-size') ?? '')?.[1] ?? 0)
}

function plainSizeOf(parts: readonly XmlElement[], textOf: (style: string) => Properties): number {
  const defaults = parts
    .flatMap((part) => elementsOf(childOf(part, 'office:styles'), 'style:default-style'))
    .find(({ attributes }) => attributes['style:family'] === 'paragraph')
  const said = [
    textOf('Standard'),
    textOf('Normal'),
    over(new Map(), childOf(defaults, 'style:text-properties')),
  ]
  return said.map(pointsOf).find((size) => size > 0) ?? PLAIN_SIZE
}

const UNITS: Readonly<Record<string, number>> = {
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  in: 96,
  pt: 96 / 72,
  pc: 16,
  px: 1,
}

/** CSS pixels of a length; 0 for none. */
export function pixelsOf(length: string | undefined): number {
  const [, value = '', unit = ''] = /^(-?\d+(?:\.\d+)?)(cm|mm|in|pt|pc|px)$/.exec(length ?? '') ?? []
  return Number(value) * (UNITS[unit] ?? 0)
}

/** LibreOffice's own page, where a document says nothing. */
const PAGE = '21cm'
const MARGIN = '2cm'

/** Between the margins of the pages that a text is on. */
function roomOf(parts: readonly XmlElement[]): number {
  const layouts = parts.flatMap((part) =>
    elementsOf(childOf(part, 'office:automatic-styles'), 'style:page-layout'),
  )
  const masters = parts.flatMap((part) =>
    elementsOf(childOf(part, 'office:master-styles'), 'style:master-page'),
  )
  const named = masters.find(({ attributes }) => attributes['style:name'] === 'Standard') ?? masters[0]
  const layout =
    layouts.find(
      ({ attributes }) => attributes['style:name'] === named?.attributes['style:page-layout-name'],
    ) ?? layouts[0]
  const said = childOf(layout, 'style:page-layout-properties')?.attributes ?? {}
  const margin = (side: string): number => pixelsOf(said[`fo:margin-${side}`] ?? said['fo:margin'] ?? MARGIN)
  return pixelsOf(said['fo:page-width'] ?? PAGE) - margin('left') - margin('right')
}

const plainName = (name: string): string => name.toLowerCase().replaceAll('_20_', '').replace(/\s+/g, '')

function over(base: Properties, element: XmlElement | undefined): Properties {
  if (!element) return base
  return new Map([...base, ...Object.entries(element.attributes)])
}
