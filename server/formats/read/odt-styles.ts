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
  list: string | null
}

export interface OdtStyles {
  /** Points of plain words. */
  readonly plainSize: number
  style(family: 'paragraph' | 'text', name: string | undefined): OdtStyle
  /** A list's kind at a level from 0. */
  list(name: string, level: number): { of: 'bullet' | 'ordered' | 'checked' | 'unchecked'; start: number }
}

const NONE: OdtStyle = { names: [], text: new Map(), paragraph: new Map(), list: null }
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
      list: element.attributes['style:list-style-name'] ?? base.list,
    }
    made.set(key, one)
    return one
  }

  return {
    plainSize: plainSizeOf(parts, (name) => style('paragraph', name).text),
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

const plainName = (name: string): string => name.toLowerCase().replaceAll('_20_', '').replace(/\s+/g, '')

function over(base: Properties, element: XmlElement | undefined): Properties {
  if (!element) return base
  return new Map([...base, ...Object.entries(element.attributes)])
}
