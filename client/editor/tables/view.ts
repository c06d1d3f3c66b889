/**
 * How a table stands in the page (SPEC-tables TV6): rows of a grid, so that a key lays out its row and not the table, and no
 * column moves while somebody writes. The widths are the table's own; a change of them draws nothing anew.
 */
import type { Node } from 'prosemirror-model'
import type { NodeView } from 'prosemirror-view'
import { MIN_WIDTH } from '../../../shared/text/table/model.ts'

/** The least width of a column that has none of its own, in CSS pixels; the style sheet has it too. */
const LEAST = 108

/** The view of a table's node. */
export function tableView(node: Node): NodeView {
  const dom = document.createElement('div')
  dom.className = 'table'
  const table = document.createElement('table')
  const rows = document.createElement('tbody')
  // Said once more, because not every browser sees a table in a grid.
  table.setAttribute('role', 'table')
  rows.setAttribute('role', 'rowgroup')
  table.append(rows)
  dom.append(table)
  let drawn = ''
  const draw = (now: Node): void => {
    const widths = (now.firstChild?.children ?? []).map(({ attrs }) => Number(attrs['width']))
    if (widths.join() === drawn) return
    drawn = widths.join()
    const least = widths.reduce((sum, width) => sum + (width || LEAST), 0)
    const own = widths.some((width) => width >= MIN_WIDTH)
    const columns = widths.map((width) => (width > 0 ? `${width}px` : `minmax(${LEAST}px, 1fr)`))
    // Through the CSSOM, which the page's policy allows.
    table.style.setProperty('--least', `${least}px`)
    if (own) table.style.setProperty('--columns', columns.join(' '))
    else table.style.removeProperty('--columns')
  }
  draw(node)
  return {
    dom,
    contentDOM: rows,
    update(now) {
      if (now.type !== node.type || now.attrs['id'] !== node.attrs['id']) return false
      draw(now)
      return true
    },
  }
}
