/** HTML as nodes for our reader (SPEC-formats F64): parsed as browsers do, nothing run, nothing fetched. */
import { parse } from 'parse5'
import type { DefaultTreeAdapterMap } from 'parse5'
import type { HtmlElement, HtmlNode } from '../../../shared/text/html-node.ts'
import { inAddress, pictureTray } from './pictures.ts'
import type { PictureAt, PictureTray } from './pictures.ts'
import { captionPicture, onlyPicture, placePicture } from './figures.ts'
import type { Side } from './figures.ts'
import { Refusal } from './refusal.ts'
import type { LeftOut } from './types.ts'

type Node = DefaultTreeAdapterMap['childNode']
type Element = DefaultTreeAdapterMap['element']

/** Elements deeper than this give only their text; more nodes than this are refused. */
const DEEPEST = 200
const MOST_NODES = 250_000
/** Longer values of attributes are dropped; pictures that stand in the address among them. */
const LONGEST = 4096
/** What is never text. */
const SKIPPED: ReadonlySet<string> = new Set(
  'script style template noscript iframe object embed svg math head canvas audio video select textarea'.split(
    ' ',
  ),
)
const KEPT =
  /^(?:style|class|href|dir|align|color|type|checked|start|value|colspan|rowspan|scope|role|hidden|lang|alt|data-[\w-]+|aria-[\w-]+)$/

/** The nodes of a page's body; pictures that are in the file go onto the tray. @throws Refusal */
export function htmlNodes(
  html: string,
  tray = pictureTray(),
  at: PictureAt = inAddress,
): { nodes: HtmlNode[]; left: LeftOut } {
  const page = parse(html)
  const left: LeftOut = { pictures: 0, comments: 0 }
  let count = 0
  const made = (node: Node, depth: number): HtmlNode[] => {
    count += 1
    if (count > MOST_NODES) throw new Refusal('tooLarge', 'too many elements')
    if (node.nodeName === '#text' && 'value' in node) return [node.value]
    if (!('tagName' in node)) return []
    const tag = node.tagName
    if (tag === 'img') {
      const picture = depth > DEEPEST ? null : pictureOf(node, tray, at)
      if (picture) return [picture]
      left.pictures += 1
    }
    if (SKIPPED.has(tag)) return []
    if (depth > DEEPEST) return [deepText(node)]
    const attributes: Record<string, string> = Object.create(null)
    for (const { name, value } of node.attrs)
      if (KEPT.test(name) && value.length <= LONGEST) attributes[name] = value
    const children = node.childNodes.flatMap((child) => made(child, depth + 1))
    const alone = BLOCKS.has(tag) ? onlyPicture(children) : null
    if (alone) placePicture(alone, tag === 'center' ? 'center' : sideOf(attributes))
    return tag === 'figure' ? [figure(attributes, children)] : [{ tag, attributes, children }]
  }
  const root = page.childNodes.find((node) => node.nodeName === 'html')
  const body = root && 'childNodes' in root ? root.childNodes.filter((node) => node.nodeName !== 'head') : []
  return { nodes: body.flatMap((node) => made(node, 0)), left }
}

/** Blocks whose side is that of the one picture in them. */
const BLOCKS: ReadonlySet<string> = new Set(['p', 'div', 'center'])

/** The side that a browser shows an element at; null for where it would be anyway. */
function sideOf(attributes: Readonly<Record<string, string>>): Side | null {
  const style = attributes['style'] ?? ''
  const said =
    /(?:^|[;\s])(?:float|text-align):\s*(left|right|center|start|end)/i.exec(style)?.[1] ??
    /(?:^|\s)align-?(left|right|center)(?=\s|$)/i.exec(attributes['class'] ?? '')?.[1] ??
    (/(?:^|[;\s])margin:\s*\S+\s+auto\s*(?:;|$)/i.test(style) ? 'center' : (attributes['align'] ?? ''))
  const side = said.toLowerCase()
  if (side === 'center') return side
  if (side === 'left' || side === 'start') return 'left'
  return side === 'right' || side === 'end' ? 'right' : null
}

/** A figure of one picture is that picture, with the words below it. */
function figure(attributes: Record<string, string>, children: HtmlNode[]): HtmlElement {
  const captions = children.filter((one) => typeof one !== 'string' && one.tag === 'figcaption')
  const others = children.filter((one) => !captions.includes(one))
  const picture = onlyPicture(others)
  if (picture) placePicture(picture, sideOf(attributes))
  const words = captions.map(wordsOf).join(' ')
  const taken = picture !== null && (words.trim() === '' || captionPicture(picture, words))
  return taken ? { tag: 'p', children: others } : { tag: 'figure', attributes, children }
}

const wordsOf = (node: HtmlNode): string =>
  typeof node === 'string' ? node : node.tag === 'br' ? ' ' : (node.children ?? []).map(wordsOf).join('')

function pictureOf(node: Element, tray: PictureTray, at: PictureAt): HtmlElement | null {
  const said = (name: string): string => node.attrs.find((one) => one.name === name)?.value ?? ''
  const show = /(?:^|[;\s])width:\s*(\d{1,3})%/.exec(said('style').slice(0, LONGEST))?.[1] ?? ''
  const picture = tray.take(at(said('src')), { alt: said('alt').slice(0, LONGEST), show })
  const own = {
    style: said('style').slice(0, LONGEST),
    class: said('class').slice(0, LONGEST),
    align: said('align'),
  }
  if (picture) placePicture(picture, sideOf(own))
  return picture
}

/** Without recursion: what is this deep may be much deeper. */
function deepText(node: Node): string {
  let text = ''
  const stack: Node[] = [node]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (next.nodeName === '#text' && 'value' in next) text += next.value
    if ('childNodes' in next && !SKIPPED.has(next.nodeName)) stack.push(...[...next.childNodes].reverse())
  }
  return text
}
