/** The nodes of tables (SPEC-tables TV1): a table holds rows, these cells, and those lines and blocks like the text itself. */
import type { AttributeSpec, DOMOutputSpec, Node, NodeSpec } from 'prosemirror-model'
import { isAlignment, isBackground, isTableId, isWidth } from '../../../shared/text/table/model.ts'

function checked(right: (value: unknown) => boolean, otherwise?: unknown): AttributeSpec {
  const validate = (value: unknown): void => {
    if (value !== otherwise && !right(value)) throw new RangeError('Invalid attribute of a table')
  }
  return otherwise === undefined ? { validate } : { default: otherwise, validate }
}

/** `block` are the attributes a table has in common with every block. */
export function tableNodes(block: Record<string, AttributeSpec>): Record<string, NodeSpec> {
  return {
    table: {
      content: 'row+',
      isolating: true,
      selectable: true,
      // The table's own id, by which its cells' texts are found.
      attrs: { ...block, id: checked(isTableId) },
      // In the page it is view.ts that draws it.
      toDOM: () => ['div', { class: 'table' }, ['table', ['tbody', 0]]],
    },
    row: {
      content: 'cell+',
      attrs: { id: checked(isTableId, '') },
      toDOM: () => ['tr', { role: 'row' }, 0],
    },
    cell: {
      content: '(line | block)+',
      isolating: true,
      attrs: {
        // The column's.
        id: checked(isTableId, ''),
        header: checked((value) => value === 'col' || value === 'row', ''),
        background: checked(isBackground, ''),
        align: checked(isAlignment, ''),
        width: checked(isWidth, 0),
      },
      toDOM: cellToDOM,
    },
  }
}

function cellToDOM({ attrs }: Node): DOMOutputSpec {
  const { header, background, align } = attrs as Record<string, string>
  const out: Record<string, string> = {
    role: header === 'col' ? 'columnheader' : header === 'row' ? 'rowheader' : 'cell',
  }
  if (header) out['scope'] = header
  if (background) out['data-background'] = background
  if (align) out['class'] = `align-${align}`
  return [header ? 'th' : 'td', out, 0]
}
