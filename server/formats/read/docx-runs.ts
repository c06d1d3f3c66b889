/** The words of a Word document's paragraphs: runs with their looks, links, fields, what reviewers took out left out. */
import type { HtmlElement, HtmlNode } from '../../../shared/text/html-node.ts'
import { isOn, valueOf } from './docx-styles.ts'
import type { StyleOf } from './docx-styles.ts'
import { boxIn, captionWords, drawingIn, pictureIn, placeAtAnchor } from './docx-pictures.ts'
import type { PictureParts } from './docx-pictures.ts'
import { captionPicture, onlyPicture } from './figures.ts'
import type { LeftOut } from './types.ts'
import { childOf, elementsOf, textOf } from './xml.ts'
import type { XmlElement } from './xml.ts'

export interface RunParts {
  styleOf: StyleOf
  /** Addresses by the ids of relationships. */
  links: ReadonlyMap<string, string>
  /** Half points of the document's plain words. */
  plainSize: number
  left: LeftOut
  /** Ids of notes that were named, in their order. */
  notes: string[]
  pictures: PictureParts
}

/** What a paragraph's words come to. */
export interface Words {
  nodes: HtmlNode[]
  /** A check box of Word's among them. */
  box: 'checked' | 'unchecked' | null
}

interface State {
  parts: RunParts
  /** Character properties that the paragraph's style gives. */
  base: readonly XmlElement[]
  out: Words
  field: Field | null
}

/** A field, from its beginning on: first what it is, then what it shows. */
interface Field {
  instruction: string
  shown: HtmlNode[] | null
  outer: Field | null
}

/** The words of a paragraph. `base` are properties that its style gives to them. */
export function wordsOf(paragraph: XmlElement, parts: RunParts, base: readonly XmlElement[]): Words {
  const state: State = { parts, base, out: { nodes: [], box: null }, field: null }
  inside(paragraph, state)
  // A field that goes on in the next paragraph shows here what it shows here.
  for (let field = state.field; field; field = field.outer) state.out.nodes.push(...(field.shown ?? []))
  return state.out
}

function put(state: State, ...nodes: HtmlNode[]): void {
  if (!state.field) state.out.nodes.push(...nodes)
  else state.field.shown?.push(...nodes)
}

const LEFT_OUT: ReadonlySet<string> = new Set(
  'w:pPr w:del w:moveFrom w:rPr w:sdtPr w:instrText w:delText w:proofErr w:bookmarkStart w:bookmarkEnd'.split(
    ' ',
  ),
)

function inside(element: XmlElement, state: State): void {
  for (const child of elementsOf(element)) {
    if (LEFT_OUT.has(child.name)) continue
    if (child.name === 'w:r') run(child, state)
    else if (child.name === 'w:hyperlink') link(child, state)
    else if (child.name === 'w:fldSimple') simpleField(child, state)
    else if (child.name === 'w:sdt') control(child, state)
    else if (child.name === 'mc:AlternateContent') inside(childOf(child, 'mc:Fallback') ?? child, state)
    else if (/^(?:w:(?:ins|moveTo|smartTag|sdtContent|customXml|bdo|dir)|mc:Choice)$/.test(child.name))
      inside(child, state)
    else if (child.name === 'm:oMath' || child.name === '?:oMath') put(state, textOf(child))
  }
}

function collected(element: XmlElement, state: State): HtmlNode[] {
  const outer = state.field
  const field: Field = { instruction: '', shown: [], outer: null }
  state.field = field
  inside(element, state)
  state.field = outer
  return field.shown ?? []
}

function link(element: XmlElement, state: State): void {
  const href = state.parts.links.get(element.attributes['r:id'] ?? '')
  const children = collected(element, state)
  if (href === undefined) put(state, ...children)
  else put(state, { tag: 'a', attributes: { href }, children })
}

function simpleField(element: XmlElement, state: State): void {
  const children = collected(element, state)
  put(state, ...fieldNodes(element.attributes['w:instr'] ?? '', children))
}

/** A picker's or a form's content; a check box is what the line is a task by. */
function control(element: XmlElement, state: State): void {
  const box = elementsOf(childOf(element, 'w:sdtPr')).find(({ name }) => name === 'w14:checkbox')
  if (!box) return inside(element, state)
  const checked = childOf(box, 'w14:checked')?.attributes['w14:val']
  state.out.box ??= checked === '1' || checked === 'true' ? 'checked' : 'unchecked'
}

function fieldNodes(instruction: string, shown: HtmlNode[]): HtmlNode[] {
  const href = /^\s*HYPERLINK\s+"([^"]+)"/i.exec(instruction)?.[1]
  return href === undefined ? shown : [{ tag: 'a', attributes: { href }, children: shown }]
}

/** A picture, or what is written in a box: a picture with its caption, or lines in the line that the box stands in. */
function drawn(drawing: XmlElement, parts: RunParts): HtmlNode[] {
  const box = boxIn(drawing)
  if (!box) {
    const picture = pictureIn(drawing, parts.pictures)
    if (!picture) parts.left.pictures += 1
    return picture ? [picture] : []
  }
  const paragraphs = elementsOf(box, 'w:p')
  const lines = paragraphs.map((one) => wordsOf(one, parts, []).nodes)
  const pictures = lines.flatMap((line) => onlyPicture(line) ?? [])
  const [picture] = pictures
  const words = paragraphs.map(captionWords).join(' ').trim()
  if (picture && pictures.length === 1 && (words === '' || captionPicture(picture, words))) {
    placeAtAnchor(picture, drawing, parts.pictures.room)
    return [picture]
  }
  return lines
    .filter((line) => line.length > 0)
    .flatMap((line, at) => (at === 0 ? line : [{ tag: 'br' }, ...line]))
}

function run(element: XmlElement, state: State): void {
  const own = childOf(element, 'w:rPr')
  const style = state.parts.styleOf(valueOf(childOf(own, 'w:rStyle')))
  const look = lookOf([...state.base, ...style.run, ...(own ? [own] : [])], style.name, state.parts.plainSize)
  if (look.hidden) return
  let words: HtmlNode[] = []
  const flush = (): void => {
    if (words.length > 0) put(state, ...wrapped(words, look))
    words = []
  }
  for (const child of elementsOf(element)) {
    const drawing = drawingIn(child)
    if (drawing) words.push(...drawn(drawing, state.parts))
    else if (child.name === 'w:t') words.push(textOf(child))
    else if (child.name === 'w:tab' || child.name === 'w:ptab') words.push('\t')
    else if (child.name === 'w:noBreakHyphen') words.push('\u2011')
    else if (child.name === 'w:cr') words.push({ tag: 'br' })
    else if (child.name === 'w:br') {
      if (child.attributes['w:type'] === undefined || child.attributes['w:type'] === 'textWrapping')
        words.push({ tag: 'br' })
    } else if (child.name === 'w:sym') words.push(symbol(child))
    else if (child.name === 'w:commentReference') state.parts.left.comments += 1
    else if (child.name === 'w:footnoteReference' || child.name === 'w:endnoteReference') {
      state.parts.notes.push(
        `${child.name === 'w:footnoteReference' ? 'f' : 'e'}${child.attributes['w:id'] ?? ''}`,
      )
      words.push({ tag: 'sup', children: [`[${state.parts.notes.length}]`] })
    } else if (child.name === 'w:fldChar') {
      flush()
      fieldSign(child, state)
    } else if (child.name === 'w:instrText' && state.field && state.field.shown === null)
      state.field.instruction += textOf(child)
  }
  flush()
}

function fieldSign(element: XmlElement, state: State): void {
  const kind = element.attributes['w:fldCharType']
  if (kind === 'begin') state.field = { instruction: '', shown: null, outer: state.field }
  else if (kind === 'separate' && state.field) state.field.shown = []
  else if (kind === 'end' && state.field) {
    const { instruction, shown, outer } = state.field
    state.field = outer
    put(state, ...fieldNodes(instruction, shown ?? []))
  }
}

/** A sign of a font of signs; the few that people use are Unicode's as well. */
function symbol(element: XmlElement): string {
  const code = Number.parseInt(element.attributes['w:char'] ?? '', 16)
  const signs: Readonly<Record<number, string>> = {
    0xf0b7: '•',
    0xf0a7: '▪',
    0xf0e0: '→',
    0xf04a: '☺',
    0xf0fc: '✓',
  }
  return signs[code] ?? (code >= 0x20 && code < 0xe000 ? String.fromCharCode(code) : '')
}

interface Look {
  hidden: boolean
  tags: string[]
  style: Record<string, string>
  classes: string[]
}

const MONO =
  /^(?:consolas|courier|menlo|monaco|source code|liberation mono|dejavu sans mono|lucida console|cascadia)/i
const HIGHLIGHTS: Readonly<Record<string, string>> = {
  yellow: '#fff0a3',
  green: '#d0f0d6',
  cyan: '#c8f0ea',
  magenta: '#ffd4e9',
  blue: '#d3e5ff',
  red: '#ffd6d1',
  lightGray: '#e4e7ec',
}
/** A browser's pixels for the document's plain words. */
const PLAIN_PIXELS = 16

/** What properties come to, later ones over earlier ones. */
function lookOf(all: readonly XmlElement[], styleName: string, plainSize: number): Look {
  const found = new Map<string, XmlElement>()
  for (const properties of all) for (const one of elementsOf(properties)) found.set(one.name, one)
  const on = (name: string): boolean => isOn(found.get(name)) === true
  const tags: string[] = []
  const style: Record<string, string> = {}
  const classes: string[] = []
  const isLink = styleName === 'hyperlink'
  if (on('w:b')) tags.push('strong')
  if (on('w:i')) tags.push('em')
  if (on('w:u') && !isLink) tags.push('u')
  if (on('w:strike') || on('w:dstrike')) tags.push('s')
  const height = valueOf(found.get('w:vertAlign'))
  if (height === 'subscript') tags.push('sub')
  else if (height === 'superscript') tags.push('sup')
  const font = found.get('w:rFonts')?.attributes['w:ascii'] ?? ''
  if (MONO.test(font) || /^(?:verbatimchar|htmlcode|sourcetext|code)/.test(styleName)) tags.push('code')
  const colour = valueOf(found.get('w:color'))
  if (!isLink && colour !== undefined && /^[0-9a-f]{6}$/i.test(colour) && !/^0{6}$/.test(colour))
    style['color'] = `#${colour.toLowerCase()}`
  const ground = HIGHLIGHTS[valueOf(found.get('w:highlight')) ?? ''] ?? groundOf(found.get('w:shd'))
  if (ground !== undefined && !tags.includes('code')) style['background-color'] = ground
  const size = Number(valueOf(found.get('w:sz')) ?? plainSize)
  if (size > 0 && size !== plainSize && !tags.includes('code'))
    classes.push(`size-${Math.round((size / plainSize) * PLAIN_PIXELS)}`)
  return { hidden: on('w:vanish') || on('w:webHidden'), tags, style, classes }
}

function groundOf(shade: XmlElement | undefined): string | undefined {
  const fill = shade?.attributes['w:fill']
  return fill !== undefined && /^[0-9a-f]{6}$/i.test(fill) && !/^f{6}$/i.test(fill)
    ? `#${fill.toLowerCase()}`
    : undefined
}

function wrapped(nodes: HtmlNode[], { tags, style, classes }: Look): HtmlNode[] {
  let inner = nodes
  const attributes: Record<string, string> = {}
  const css = Object.entries(style).map(([name, value]) => `${name}: ${value}`)
  if (css.length > 0) attributes['style'] = css.join('; ')
  if (classes.length > 0) attributes['class'] = classes.join(' ')
  if (Object.keys(attributes).length > 0) inner = [{ tag: 'span', attributes, children: inner }]
  for (const tag of tags) inner = [{ tag, children: inner } satisfies HtmlElement]
  return inner
}
