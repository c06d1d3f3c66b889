/** Styles and lists of a Word document, as far as a reader needs them. */
import { childOf, elementsOf } from './xml.ts'
import type { XmlElement } from './xml.ts'

/** What a style comes to with all it is based on. */
export interface ParagraphStyle {
  /** Small letters, without spaces; '' for one that has none. */
  name: string
  /** 1 to 6, or 0. */
  heading: number
  list: { id: string; level: number } | null
  /** Its character properties, those it is based on first. */
  run: readonly XmlElement[]
  paragraph: readonly XmlElement[]
}

export type StyleOf = (id: string | undefined) => ParagraphStyle

const NONE: ParagraphStyle = { name: '', heading: 0, list: null, run: [], paragraph: [] }
const DEEPEST_BASE = 20

/** Looks styles up; unknown ones are plain. */
export function styleReader(styles: XmlElement | null): StyleOf {
  const elements = new Map<string, XmlElement>()
  for (const one of elementsOf(styles ?? undefined, 'w:style'))
    elements.set(one.attributes['w:styleId'] ?? '', one)
  const made = new Map<string, ParagraphStyle>()

  function styleOf(id: string | undefined, depth = 0): ParagraphStyle {
    const element = id === undefined ? undefined : elements.get(id)
    if (!element || id === undefined || depth > DEEPEST_BASE) return NONE
    const known = made.get(id)
    if (known) return known
    const base = styleOf(valueOf(childOf(element, 'w:basedOn')), depth + 1)
    const properties = childOf(element, 'w:pPr')
    const run = childOf(element, 'w:rPr')
    const name = (valueOf(childOf(element, 'w:name')) ?? '').toLowerCase().replace(/\s+/g, '')
    const style: ParagraphStyle = {
      name,
      heading: headingOf(name, properties) || base.heading,
      list: listOf(properties) ?? base.list,
      run: run ? [...base.run, run] : base.run,
      paragraph: properties ? [...base.paragraph, properties] : base.paragraph,
    }
    made.set(id, style)
    return style
  }
  return (id) => styleOf(id)
}

function headingOf(name: string, properties: XmlElement | undefined): number {
  const said = /^(?:heading|überschrift|titre|título)([1-9])$/.exec(name)?.[1]
  if (said !== undefined) return Math.min(6, Number(said))
  if (name === 'title') return 1
  const outline = Number(valueOf(childOf(properties, 'w:outlineLvl')) ?? Number.NaN)
  return outline >= 0 && outline <= 5 ? outline + 1 : 0
}

/** The list that properties name; `id` '0' is none. */
export function listOf(properties: XmlElement | undefined): { id: string; level: number } | null {
  const numbers = childOf(properties, 'w:numPr')
  if (!numbers) return null
  const id = valueOf(childOf(numbers, 'w:numId')) ?? '0'
  const level = Number(valueOf(childOf(numbers, 'w:ilvl')) ?? 0)
  return { id, level: Number.isInteger(level) && level >= 0 ? Math.min(8, level) : 0 }
}

export function valueOf(element: XmlElement | undefined): string | undefined {
  return element?.attributes['w:val']
}

/** Whether an on/off property is on; undefined when nothing is said. */
export function isOn(element: XmlElement | undefined): boolean | undefined {
  if (!element) return undefined
  const value = valueOf(element)
  return value === undefined || !['0', 'false', 'off', 'none'].includes(value)
}

interface Level {
  format: string
  text: string
  start: number
}

/** Gives each item its kind and number. */
export interface ListReader {
  /** Null for a list that is none. */
  next(
    id: string,
    level: number,
  ): { of: 'bullet' | 'ordered' | 'checked' | 'unchecked'; number: number | null } | null
}

const BOXES: Readonly<Record<string, 'checked' | 'unchecked'>> = {
  '☐': 'unchecked',
  '□': 'unchecked',
  '☑': 'checked',
  '☒': 'checked',
  '✓': 'checked',
  '✔': 'checked',
}

export function listReader(numbering: XmlElement | null): ListReader {
  const root = numbering ?? undefined
  const abstracts = new Map(
    elementsOf(root, 'w:abstractNum').map((one) => [one.attributes['w:abstractNumId'] ?? '', levelsOf(one)]),
  )
  const nums = new Map(
    elementsOf(root, 'w:num').map((one) => [
      one.attributes['w:numId'] ?? '',
      { abstract: valueOf(childOf(one, 'w:abstractNumId')) ?? '', starts: startsOf(one) },
    ]),
  )
  /** Counts by abstract list and level: lists that share one go on counting, unless they say where they begin. */
  const counts = new Map<string, number[]>()
  const begun = new Set<string>()
  return {
    next(id, level) {
      const num = nums.get(id)
      const levels = num && abstracts.get(num.abstract)
      if (!num || !levels) return null
      const { format, text, start } = levels[level] ?? { format: 'decimal', text: '', start: 1 }
      if (format === 'none') return null
      if (format === 'bullet') return { of: BOXES[text] ?? 'bullet', number: null }
      const count = counts.get(num.abstract) ?? []
      counts.set(num.abstract, count)
      const first = `${id} ${level}`
      const said = num.starts.get(level)
      if (said !== undefined && !begun.has(first)) count[level] = said
      else count[level] = (count[level] ?? start - 1) + 1
      begun.add(first)
      count.length = level + 1
      return { of: 'ordered', number: count[level] ?? 1 }
    },
  }
}

function levelsOf(abstract: XmlElement): Level[] {
  const levels: Level[] = []
  for (const one of elementsOf(abstract, 'w:lvl')) {
    const at = Number(one.attributes['w:ilvl'] ?? 0)
    if (!(at >= 0 && at <= 8)) continue
    levels[at] = {
      format: valueOf(childOf(one, 'w:numFmt')) ?? 'decimal',
      text: valueOf(childOf(one, 'w:lvlText')) ?? '',
      start: Number(valueOf(childOf(one, 'w:start')) ?? 1) || 1,
    }
  }
  return levels
}

function startsOf(num: XmlElement): Map<number, number> {
  const starts = new Map<number, number>()
  for (const one of elementsOf(num, 'w:lvlOverride')) {
    const start = Number(valueOf(childOf(one, 'w:startOverride')) ?? Number.NaN)
    if (Number.isInteger(start)) starts.set(Number(one.attributes['w:ilvl'] ?? 0), start)
  }
  return starts
}
