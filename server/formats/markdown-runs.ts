/** Lines as Markdown: links, emphasis, code (SPEC-formats F22). */
import { canFlank, codeSpan, escapeMarkdown, firstSign, lastSign, linkTarget } from './markdown-text.ts'
import { pictureWords } from './document/pictures.ts'
import type { EmbedView, Marks, PictureView, Run } from './tree.ts'

/** A piece of a line that is written on its own. */
interface Piece {
  /** Already escaped. */
  text: string
  marks: Marks
}

/** Elements that Markdown lacks and readers of GFM take as they are. */
const ELEMENTS: ReadonlySet<string> = new Set('sub sup mark kbd small big ins del'.split(' '))

/** One line; what would begin a block is escaped. */
export function markdownLine(runs: readonly Run[]): string {
  const pieces = piecesOf(runs)
  let out = ''
  for (let at = 0; at < pieces.length;) {
    const link = pieces[at]?.marks.link ?? null
    let end = at + 1
    while (end < pieces.length && (pieces[end]?.marks.link ?? null) === link) end += 1
    const group = pieces.slice(at, end)
    const next = pieces[end]
    // An exclamation mark before a link would make it a picture.
    if (link !== null && out.endsWith('!')) out = `${out.slice(0, -1)}\\!`
    out += link === null ? written(group, out, startOf(next)) : linked(group, link)
    at = end
  }
  return out
}

function piecesOf(runs: readonly Run[]): Piece[] {
  const last = runs.length - 1
  return runs.flatMap((run, at): Piece[] => {
    const { marks } = run
    const sign = 'embed' in run ? markdownEmbed(run.embed) : null
    if (sign !== null) return [{ text: sign, marks: { ...marks, code: false } }]
    const text = 'text' in run ? run.text : run.embed.text
    if (marks.code) return text === '' ? [] : [{ text: codeSpan(text), marks }]
    const escaped = escapeMarkdown(text, at === 0, at === last)
    return isEmphasised(marks) ? spacesOutside(escaped, marks) : [{ text: escaped, marks }]
  })
}

/** A picture or a note as a reference to what stands at the end; null for other embeds. */
export function markdownEmbed({ picture, note }: EmbedView): string | null {
  if (picture) return markdownPicture(picture)
  return note ? `[^${note.number}]` : null
}

export function markdownPicture(picture: PictureView): string {
  return `![${escapeMarkdown(pictureWords(picture), false, false)}][${pictureName(picture)}]`
}

/** What a picture is called between its place and its bytes. */
export function pictureName({ key }: PictureView): string {
  return `picture-${key.replaceAll('_', '-').slice(0, 10)}`
}

/** Spaces at the ends of emphasised words stand outside of it. */
function spacesOutside(text: string, marks: Marks): Piece[] {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(text) ?? []
  const plain: Marks = { ...marks, bold: false, italic: false, strike: false }
  return [
    { text: before, marks: plain },
    { text: inner, marks },
    { text: after, marks: plain },
  ].filter((piece) => piece.text !== '')
}

function isEmphasised({ bold, italic, strike }: Marks): boolean {
  return bold || italic || strike
}

/** The first sign a piece is written with. */
function startOf(piece: Piece | undefined): string {
  if (!piece) return ''
  const { marks, text } = piece
  if (marks.link !== null) return '['
  const wrapped = isEmphasised(marks) || marks.underline || marks.drawn.some(({ tag }) => ELEMENTS.has(tag))
  return wrapped ? '<' : firstSign(text)
}

function linked(pieces: readonly Piece[], href: string): string {
  return `[${written(pieces, '[', ']')}](${linkTarget(href)})`
}

/** Pieces with their emphasis; `before` is what was written of the line so far, `end` the sign that follows them. */
function written(pieces: readonly Piece[], before: string, end: string): string {
  let out = ''
  pieces.forEach((piece, at) => {
    const next = pieces[at + 1]
    out += emphasised(piece, before + out, next ? startOf(next) : end)
  })
  return out
}

function emphasised({ text, marks }: Piece, before: string, after: string): string {
  let out = text
  if (marks.underline) out = `<u>${out}</u>`
  for (const { tag } of marks.drawn) if (ELEMENTS.has(tag)) out = `<${tag}>${out}</${tag}>`
  if (!isEmphasised(marks)) return out
  const { bold, italic, strike } = marks
  const stars = `${bold ? '**' : ''}${italic ? '*' : ''}`
  const inner = stars === '' || !strike ? out : `${stars}${out}${stars}`
  const neighbour = lastSign(before)
  if (!inAddress(before) && canFlank(neighbour, inner, after)) {
    const outer = strike ? '~~' : stars
    return `${outer}${inner}${outer}`
  }
  if (italic) out = `<em>${out}</em>`
  if (bold) out = `<strong>${out}</strong>`
  return strike ? `<del>${out}</del>` : out
}

/** Does the line end in an address that readers of GFM link by themselves? Stars would become part of it. */
function inAddress(before: string): boolean {
  return /(?:\bwww\.|:\/\/|@)\S*$/.test(before.slice(-300))
}
