/** A table's value as HTML (SPEC-tables TB10). */
import type { Content } from './delta.ts'
import type { HtmlElement, HtmlNode } from './html-node.ts'
import type { Background } from './table/model.ts'
import type { TableCell, TableValue } from './table/value.ts'

/** Backgrounds where our style sheets are not. */
export const PLAIN_BACKGROUNDS: Readonly<Record<Background, string>> = {
  grey: '#ececec',
  red: '#f9dcd8',
  orange: '#fae3cd',
  yellow: '#faf0c0',
  green: '#dcefd8',
  blue: '#d9e8f7',
  purple: '#e9def5',
}

/** Draws a table; `blocks` draws what stands in a cell. */
export function tableNode(
  value: TableValue,
  blocks: (content: Content) => HtmlNode[],
  styles = false,
): HtmlElement {
  const row = ({ cells }: TableValue['rows'][number], at: number): HtmlElement => ({
    tag: 'tr',
    children: cells.map((cell, index) => {
      const inRow = value.headerRow === true && at === 0
      const inColumn = value.headerColumn === true && index === 0
      const scope = inRow ? 'col' : inColumn ? 'row' : ''
      const attributes = { ...(scope === '' ? {} : { scope }), ...lookOf(cell, styles) }
      return { tag: scope === '' ? 'td' : 'th', attributes, children: cellNodes(cell.content, blocks) }
    }),
  })
  const rows = value.rows.map(row)
  const head = value.headerRow === true ? rows.slice(0, 1) : []
  const body = rows.slice(head.length)
  return {
    tag: 'table',
    children: [
      ...(head.length > 0 ? [{ tag: 'thead', children: head }] : []),
      ...(body.length > 0 ? [{ tag: 'tbody', children: body }] : []),
    ],
  }
}

function lookOf({ background, align }: TableCell, styles: boolean): Record<string, string> {
  const out: Record<string, string> = {}
  if (background) out['data-background'] = background
  if (align) out['class'] = `align-${align}`
  const css = [
    ...(background ? [`background-color: ${PLAIN_BACKGROUNDS[background]}`] : []),
    ...(align ? [`text-align: ${align}`] : []),
  ]
  if (styles && css.length > 0) out['style'] = css.join('; ')
  return out
}

/** A cell of one plain line holds its words alone. */
function cellNodes(content: Content, blocks: (content: Content) => HtmlNode[]): HtmlNode[] {
  if (content.length === 0) return []
  const nodes = blocks(content)
  const only = nodes.length === 1 ? nodes[0] : undefined
  const plain =
    typeof only === 'object' && only.tag === 'p' && Object.keys(only.attributes ?? {}).length === 0
  return plain ? [...(only.children ?? [])] : nodes
}
