/** Pictures at their sides, with what stands below them, as readers of files find them (SPEC-formats F81). */
import type { HtmlElement, HtmlNode } from '../../../shared/text/html-node.ts'

export type Side = 'left' | 'center' | 'right'

/** UTF-16 units of a caption; a longer one stays a line. */
const LONGEST = 500
/** What may be around a picture that is alone. */
const AROUND: ReadonlySet<string> = new Set('a b center div em i p picture s span strong u'.split(' '))

/** The one picture that nodes consist of; null where there is anything else. */
export function onlyPicture(nodes: readonly HtmlNode[]): HtmlElement | null {
  let found: HtmlElement | null = null
  for (const node of nodes) {
    if (typeof node === 'string') {
      if (node.trim() !== '') return null
    } else if (node.tag !== 'br') {
      const one = isPicture(node) ? node : AROUND.has(node.tag) ? onlyPicture(node.children ?? []) : null
      if (one === null || found !== null) return null
      found = one
    }
  }
  return found
}

function isPicture({ tag, attributes }: HtmlElement): boolean {
  return tag === 'img' && attributes?.['data-picture'] !== undefined
}

/** Says of a picture at which side it stands, unless that is said already. */
export function placePicture(picture: HtmlElement, side: Side | null): void {
  if (side !== null) saying(picture)['data-align'] ??= side
}

/** Gives a picture the words below it. False where it has some, or where they are none for it. */
export function captionPicture(picture: HtmlElement, words: string): boolean {
  const own = words.replace(/\s+/g, ' ').trim()
  if (own === '' || own.length > LONGEST || saying(picture)['data-caption'] !== undefined) return false
  saying(picture)['data-caption'] = own
  return true
}

const saying = (picture: HtmlElement): Record<string, string> => picture.attributes as Record<string, string>

/** Words of a caption behind what counts it, such as "Figure 1: ". */
export function withoutNumber(words: string): string {
  return words.replace(/^[\s:.)\u2013\u2014|-]+/, '')
}

/**
 * Blocks of a document: a paragraph that is only a picture gives it its side, and a caption behind it its words.
 * @param captions the words of paragraphs that are captions
 */
export function withFigures(
  blocks: readonly HtmlNode[],
  captions: ReadonlyMap<HtmlNode, string>,
): HtmlNode[] {
  const out: HtmlNode[] = []
  let before: HtmlElement | null = null
  for (const block of blocks) {
    const words = captions.get(block)
    if (before !== null && words !== undefined && captionPicture(before, words)) continue
    before = typeof block === 'string' || block.tag !== 'p' ? null : onlyPicture(block.children ?? [])
    out.push(before === null || typeof block === 'string' ? block : placed(block, before))
  }
  return out
}

const SIDE = /(?:^|;)\s*text-align:\s*(left|center|right)\s*(?=;|$)/

/** Its side is the picture's: lines of words have another. */
function placed(block: HtmlElement, picture: HtmlElement): HtmlElement {
  const { style = '', ...rest } = block.attributes ?? {}
  const side = SIDE.exec(style)?.[1] as Side | undefined
  if (side === undefined) return block
  placePicture(picture, side)
  const left = style.replace(SIDE, '').replace(/^;\s*/, '')
  return { ...block, attributes: left === '' ? rest : { ...rest, style: left } }
}
