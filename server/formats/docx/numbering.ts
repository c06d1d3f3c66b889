/** Lists of WordprocessingML (ECMA-376 part 1, 17.9): bullets, boxes, and numbers that begin anew for each list. */
import { XML } from '../document/xml.ts'
import { NAMESPACES } from './parts.ts'

export const BULLETS = 1
export const OPEN_TASKS = 2
export const DONE_TASKS = 3
/** The first number a list with numbers gets. */
const FIRST = 10
/** The deepest level there is (`w:ilvl` is 0 to 8). */
export const DEEPEST = 8
/** Twips from one level to the next, and what the sign takes of it. */
export const STEP = 425

/** Gives out lists with numbers. */
export interface Numbers {
  /** A list whose first number at a level is `start`. */
  begin(level: number, start: number): number
  xml(): string
}

export function numbers(): Numbers {
  const begun: { level: number; start: number }[] = []
  return {
    begin(level, start) {
      begun.push({ level, start })
      return FIRST + begun.length - 1
    },
    xml: () =>
      `${XML}<w:numbering ${NAMESPACES}>${ABSTRACT}${ONES}${begun.map(numXml).join('')}</w:numbering>`,
  }
}

function numXml({ level, start }: { level: number; start: number }, at: number): string {
  return `<w:num w:numId="${FIRST + at}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="${start}"/></w:lvlOverride></w:num>`
}

const BULLET_SIGNS = ['•', '◦', '▪'] as const

const ABSTRACT = [
  abstract(0, 'decimal', (level) => `%${level + 1}.`),
  abstract(BULLETS, 'bullet', (level) => BULLET_SIGNS[level % BULLET_SIGNS.length] ?? '•'),
  abstract(OPEN_TASKS, 'bullet', () => '☐'),
  abstract(DONE_TASKS, 'bullet', () => '☑'),
].join('')

const ONES = [BULLETS, OPEN_TASKS, DONE_TASKS]
  .map((id) => `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`)
  .join('')

function abstract(id: number, format: string, text: (level: number) => string): string {
  let levels = ''
  for (let level = 0; level <= DEEPEST; level += 1) {
    const font =
      format === 'bullet'
        ? `<w:rPr><w:rFonts w:ascii="${id === BULLETS ? 'Arial' : 'Segoe UI Symbol'}" w:hAnsi="${id === BULLETS ? 'Arial' : 'Segoe UI Symbol'}" w:hint="default"/><w:b w:val="0"/><w:i w:val="0"/></w:rPr>`
        : ''
    levels += `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text(level)}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${(level + 1) * STEP}" w:hanging="${STEP}"/></w:pPr>${font}</w:lvl>`
  }
  return `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="multilevel"/>${levels}</w:abstractNum>`
}
