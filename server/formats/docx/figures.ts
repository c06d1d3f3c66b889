/** Figures of WordprocessingML: pictures with captions, in the middle or at a side of the words (ECMA-376 part 1, 17.3.1.11, 20.4.2.3). */
import { floats } from '../document/pictures.ts'
import { said } from '../document/said.ts'
import type { Figure } from '../tree.ts'
import { PIXELS } from './pictures.ts'
import type { wordExtras } from './pictures.ts'
import { runXml } from './runs.ts'

const SIDES = { left: 'left', center: 'center', right: 'right' } as const

export interface FigureParts {
  extras: ReturnType<typeof wordExtras>
  rtl: boolean
  /** Of what we say ourselves. */
  lang: string
}

/** A figure; one that leaves room beside it stands at its side, and what follows flows round it. */
export function figureXml({ picture }: Figure, { extras, rtl, lang }: FigureParts): string {
  const { caption } = picture
  const side = SIDES[picture.side ?? 'center']
  const turned = rtl && side !== 'center' ? (side === 'left' ? 'right' : 'left') : side
  const size = extras.size(picture)
  const float = floats(picture, size, extras.room) && turned !== 'center' ? turned : undefined
  if (caption === '') {
    if (float === undefined)
      return `<w:p><w:pPr><w:jc w:val="${turned}"/></w:pPr>${extras.picture(picture)}</w:p>`
    return `<w:p><w:pPr><w:pStyle w:val="PictureAnchor"/></w:pPr>${extras.picture(picture, float)}</w:p>`
  }
  // Paragraphs with the same frame are in one.
  const frame =
    float === undefined
      ? ''
      : `<w:framePr w:w="${Math.ceil(size.width / PIXELS)}" w:hSpace="227" w:vSpace="60" w:wrap="around" w:vAnchor="text" w:hAnchor="text" w:xAlign="${float}" w:y="1"/>`
  const own = `<w:p><w:pPr><w:keepNext/>${frame}<w:jc w:val="${float === undefined ? turned : 'left'}"/></w:pPr>${extras.picture(picture)}</w:p>`
  return `${own}<w:p><w:pPr><w:pStyle w:val="Caption"/>${frame}<w:jc w:val="${turned}"/></w:pPr>${numbered(said(lang).figure, extras.figure())}${runXml('', caption)}</w:p>`
}

/** "Figure 1: ", with a number that Word counts. */
function numbered(label: string, number: number): string {
  return `${runXml('', `${label} `)}<w:fldSimple w:instr=" SEQ ${label} \\* ARABIC ">${runXml('', String(number))}</w:fldSimple>${runXml('', ': ')}`
}
