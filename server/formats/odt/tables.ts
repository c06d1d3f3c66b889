/** Tables of an OpenDocument text (OpenDocument 1.3, part 3, 9.1), with their automatic styles. */
import { PLAIN_BACKGROUNDS } from '../../../shared/text/html-table.ts'
import { cellBlocks } from '../document/tables.ts'
import type { Block, Cell, Table } from '../tree.ts'

/** Centimetres in a CSS pixel, and of the text's width. */
const PIXEL = 2.54 / 96
const PAGE = 16
const HEADER = '#f1f2f5'

type Body = (blocks: readonly Block[], header: boolean) => string

export interface TableWriter {
  /** `body` writes what stands in a cell. */
  table(block: Table, rtl: boolean, body: Body): string
  /** The next name of a table of contents. */
  indexName(): string
  /** The automatic styles, each once. */
  styles(): string
}

export function tableWriter(): TableWriter {
  const names = new Map<string, string>()
  let count = 0
  let indexes = 0

  function style(prefix: string, family: string, properties: string): string {
    const key = `style:family="${family}">${properties}`
    const name = names.get(key) ?? `${prefix}${names.size + 1}`
    names.set(key, name)
    return name
  }

  const cellStyle = (background: string | null): string =>
    style(
      'Cell',
      'table-cell',
      `<style:table-cell-properties fo:padding="0.12cm" fo:border="0.5pt solid #b9c2d3"${background === null ? '' : ` fo:background-color="${background}"`}/>`,
    )

  function cell(one: Cell, header: boolean, body: Body): string {
    const own = one.background === null ? null : PLAIN_BACKGROUNDS[one.background]
    const name = cellStyle(own ?? (header ? HEADER : null))
    const inner =
      body(cellBlocks(one), header) ||
      `<text:p text:style-name="${header ? 'Table_20_Heading' : 'Standard'}"/>`
    return `<table:table-cell table:style-name="${name}" office:value-type="string">${inner}</table:table-cell>`
  }

  return {
    table({ widths, rows, headerRow, headerColumn }, rtl, body) {
      count += 1
      const sizes = columnSizes(widths)
      const whole = sizes.reduce((sum, size) => sum + size, 0)
      const look = style(
        'Table',
        'table',
        `<style:table-properties style:width="${whole.toFixed(2)}cm" table:align="${rtl ? 'right' : 'left'}"${rtl ? ' style:writing-mode="rl-tb"' : ''} fo:margin-top="0.2cm" fo:margin-bottom="0.3cm" table:border-model="collapsing"/>`,
      )
      const columns = sizes.map((size) => {
        const name = style(
          'Column',
          'table-column',
          `<style:table-column-properties style:column-width="${size.toFixed(2)}cm"/>`,
        )
        return `<table:table-column table:style-name="${name}"/>`
      })
      const lines = rows.map((cells, at) => {
        const made = cells.map((one, index) =>
          cell(one, (headerRow && at === 0) || (headerColumn && index === 0), body),
        )
        const row = `<table:table-row>${made.join('')}</table:table-row>`
        return headerRow && at === 0 ? `<table:table-header-rows>${row}</table:table-header-rows>` : row
      })
      return `<table:table table:name="Table${count}" table:style-name="${look}">${columns.join('')}${lines.join('')}</table:table>`
    },
    indexName() {
      indexes += 1
      return `Contents${indexes}`
    },
    styles: () =>
      [...names].map(([key, name]) => `<style:style style:name="${name}" ${key}</style:style>`).join(''),
  }
}

/** Columns without a width share what is left of the page; together they are no wider than it. */
function columnSizes(widths: readonly (number | null)[]): number[] {
  const free = widths.filter((width) => width === null).length
  const given = widths.reduce<number>((sum, width) => sum + (width ?? 0) * PIXEL, 0)
  const share = free === 0 ? 0 : Math.max(PAGE / widths.length / 2, (PAGE - given) / free)
  const sizes = widths.map((width) => (width === null ? share : width * PIXEL))
  const whole = sizes.reduce((sum, size) => sum + size, 0)
  return whole > PAGE ? sizes.map((size) => (size * PAGE) / whole) : sizes
}
