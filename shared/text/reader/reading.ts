/** What reading HTML knows on its way through a tree. */
import type { Attributes } from '../delta.ts'
import type { Formats } from '../formats.ts'
import type { LineWriter, Space } from './line-writer.ts'
import type { TableReader } from './table.ts'

/** A list that is being read. */
export interface List {
  kind: 'bullet' | 'ordered'
  /** Depth from 0. */
  level: number
  next: number
}

/** What is around an element. */
export interface Context {
  inline: Attributes
  line: Attributes
  number: number | undefined
  space: Space
  list: List | undefined
  /** In a table's cell, where lines cannot end. */
  cell: boolean
  depth: number
}

/** One reading of a tree. */
export interface Reader {
  out: LineWriter
  nodes: number
  most: number
  /** The list item whose first line has not been written yet. */
  item: { line: Attributes; number: number | undefined } | undefined
  table: TableReader
  formats: Formats
}
