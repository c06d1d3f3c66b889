/** Tables of WordprocessingML (ECMA-376 part 1, 17.4). How header cells look is the table's style, not their words'. */
import { PLAIN_BACKGROUNDS } from '../../../shared/text/html-table.ts'
import { cellBlocks } from '../document/tables.ts'
import type { Block, Cell, Table } from '../tree.ts'

/** Twentieths of a point in a CSS pixel; of a column without a width, an even share of a page. */
const PIXEL = 15
const PAGE = 9000

/** `body` writes what stands in a cell. */
export function tableXml(
  { rows, widths, headerRow, headerColumn }: Table,
  rtl: boolean,
  body: (blocks: readonly Block[]) => string,
): string {
  const sizes = widths.map((width) => (width === null ? Math.floor(PAGE / widths.length) : width * PIXEL))
  const grid = sizes.map((size) => `<w:gridCol w:w="${size}"/>`).join('')
  const lines = rows.map((cells, at) => {
    const head = headerRow && at === 0 ? '<w:trPr><w:tblHeader/></w:trPr>' : ''
    const made = cells.map((cell, index) => cellXml(cell, sizes[index] ?? 0, body))
    return `<w:tr>${head}${made.join('')}</w:tr>`
  })
  // Two tables without a paragraph between them would be one.
  return `<w:tbl>${lookXml(headerRow, headerColumn, rtl)}<w:tblGrid>${grid}</w:tblGrid>${lines.join('')}</w:tbl><w:p/>`
}

function lookXml(headerRow: boolean, headerColumn: boolean, rtl: boolean): string {
  const bits = 0x0600 | (headerRow ? 0x20 : 0) | (headerColumn ? 0x80 : 0)
  const on = (value: boolean): string => (value ? '1' : '0')
  const way = rtl ? '<w:bidiVisual/>' : ''
  return `<w:tblPr><w:tblStyle w:val="PadTable"/>${way}<w:tblW w:w="0" w:type="auto"/><w:tblLook w:val="${bits.toString(16).padStart(4, '0').toUpperCase()}" w:firstRow="${on(headerRow)}" w:lastRow="0" w:firstColumn="${on(headerColumn)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>`
}

function cellXml(cell: Cell, size: number, body: (blocks: readonly Block[]) => string): string {
  const { background } = cell
  const colour = background === null ? '' : PLAIN_BACKGROUNDS[background].slice(1).toUpperCase()
  const shade = colour === '' ? '' : `<w:shd w:val="clear" w:color="auto" w:fill="${colour}"/>`
  const inner = body(cellBlocks(cell))
  return `<w:tc><w:tcPr><w:tcW w:w="${size}" w:type="dxa"/>${shade}</w:tcPr>${inner.endsWith('</w:p>') ? inner : `${inner}<w:p/>`}</w:tc>`
}

const EDGES = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="B9C2D3"/>`)
  .join('')
const HEADER =
  '<w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="F1F2F5"/></w:tcPr>'

/** The style of all tables. */
export const TABLE_STYLE = `<w:style w:type="table" w:styleId="PadTable"><w:name w:val="Pad Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr><w:tblBorders>${EDGES}</w:tblBorders></w:tblPr>${['firstRow', 'firstCol'].map((part) => `<w:tblStylePr w:type="${part}">${HEADER}</w:tblStylePr>`).join('')}</w:style>`
