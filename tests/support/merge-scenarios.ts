/** What two people do to `abcdef | second line | third` while apart, and what comes of it (SPEC-text, table of merges). */
import type { Node } from 'prosemirror-model'
import { ALL_RULES } from '../../client/editor/binding/local.ts'
import type { Rules } from '../../client/editor/binding/local.ts'
import { TestEditor, exchange, linesText, seededDoc } from './editors.ts'

export const SEED = 'abcdef\nsecond line\nthird\n'

export interface Pair {
  a: TestEditor
  b: TestEditor
  sync: () => void
}

export function pair(seed = SEED, rules: Rules = ALL_RULES): Pair {
  const a = new TestEditor(seededDoc(2, seed), { rules })
  const b = new TestEditor(seededDoc(3, seed), { rules })
  return { a, b, sync: () => exchange([a, b]) }
}

/** Both documents as text when they are equal and right; else what is wrong. */
export function outcome({ a, b }: Pair): string {
  if (a.errors.length + b.errors.length > 0) return `errors: ${String([...a.errors, ...b.errors])}`
  if (!a.state.doc.eq(a.wanted()) || !b.state.doc.eq(b.wanted())) return 'a document does not show its text'
  if (!a.state.doc.eq(b.state.doc)) return `${linesText(a.state.doc)} is not ${linesText(b.state.doc)}`
  return linesText(a.state.doc)
}

/** Place in the document of character `at` of line `line`. */
export function spot(doc: Node, line: number, at: number): number {
  return doc.children.slice(0, line).reduce((pos, block) => pos + block.nodeSize, 0) + 1 + at
}

/** Enter. */
export function enter(editor: TestEditor, line: number, at: number, plain = false): void {
  const types = plain ? [{ type: editor.state.schema.nodes['line'] as never }] : undefined
  editor.dispatch(editor.state.tr.split(spot(editor.state.doc, line, at), 1, types))
}

export function type(editor: TestEditor, line: number, at: number, text = 'XY'): void {
  const pos = spot(editor.state.doc, line, at)
  editor.dispatch(editor.state.tr.insertText(text, pos))
}

/** Joins a line with the next. */
export function join(editor: TestEditor, line: number): void {
  editor.dispatch(editor.state.tr.join(spot(editor.state.doc, line + 1, 0) - 1))
}

export function format(editor: TestEditor, line: number, name: string, value: unknown): void {
  editor.dispatch(editor.state.tr.setNodeAttribute(spot(editor.state.doc, line, 0) - 1, name, value))
}

/** Deletes whole lines. */
export function deleteLine(editor: TestEditor, line: number): void {
  const { doc, tr } = editor.state
  editor.dispatch(tr.delete(spot(doc, line, 0) - 1, spot(doc, line + 1, 0) - 1))
}

/** Deletes characters `from` to `to` of a line. */
export function cut(editor: TestEditor, line: number, from: number, to: number, endLine = line): void {
  const { doc, tr } = editor.state
  editor.dispatch(tr.delete(spot(doc, line, from), spot(doc, endLine, to)))
}

/** Moves a line before another, as cut and paste in one transaction. */
export function moveLine(editor: TestEditor, line: number, before: number): void {
  const { doc, tr } = editor.state
  const node = doc.child(line)
  const target = spot(doc, before, 0) - 1
  tr.insert(target, node)
  const from = tr.mapping.map(spot(doc, line, 0) - 1)
  editor.dispatch(tr.delete(from, from + node.nodeSize))
}

export function mark(
  editor: TestEditor,
  line: number,
  from: number,
  to: number,
  name: string,
  on = true,
): void {
  const { doc, schema, tr } = editor.state
  const type = schema.marks[name]
  if (!type) throw new RangeError(name)
  const [start, end] = [spot(doc, line, from), spot(doc, line, to)]
  editor.dispatch(on ? tr.addMark(start, end, type.create()) : tr.removeMark(start, end, type))
}

export interface Scenario {
  name: string
  seed?: string
  a(editor: TestEditor): void
  b(editor: TestEditor): void
  /** Done after the merge. */
  later?(both: Pair): void
  result: string
}

const END = '|second line|third'
const xy = (line: number, at: number) => (editor: TestEditor) => type(editor, line, at)

/** The rows of the table, without tables. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a1 A splits abc/def, B types at the end',
    a: (e) => enter(e, 0, 3),
    b: xy(0, 6),
    result: `abc|defXY${END}`,
  },
  {
    name: 'a2 A splits, B types in the head',
    a: (e) => enter(e, 0, 3),
    b: xy(0, 1),
    result: `aXYbc|def${END}`,
  },
  {
    name: 'a3 A splits, B types in the tail',
    a: (e) => enter(e, 0, 3),
    b: xy(0, 5),
    result: `abc|deXYf${END}`,
  },
  {
    name: 'a4 Enter at the end, B types there',
    a: (e) => enter(e, 0, 6),
    b: xy(0, 6),
    result: `abcdefXY|${END}`,
  },
  {
    name: 'a5 Enter at the start, B types there',
    a: (e) => enter(e, 0, 0),
    b: xy(0, 0),
    result: `|XYabcdef${END}`,
  },
  {
    name: 'a6 Enter at the end of a heading, B types there',
    a(e) {
      format(e, 0, 'header', 1)
      enter(e, 0, 6, true)
    },
    b: xy(0, 6),
    result: `<h1>abcdefXY|${END}`,
  },
  {
    name: 'b both press Enter at the same place',
    a: (e) => enter(e, 0, 3),
    b: (e) => enter(e, 0, 3),
    result: `abc||def${END}`,
  },
  {
    name: 'b2 Enter at 2 and at 4',
    a: (e) => enter(e, 0, 2),
    b: (e) => enter(e, 0, 4),
    result: `ab|cd|ef${END}`,
  },
  {
    name: 'c1 heading while B types',
    a: (e) => format(e, 0, 'header', 1),
    b: xy(0, 3),
    result: `<h1>abcXYdef${END}`,
  },
  {
    name: 'c2 list while B types',
    a: (e) => format(e, 0, 'list', 'bullet'),
    b: xy(0, 6),
    result: `<bullet>abcdefXY${END}`,
  },
  {
    name: 'c3 A heading, B splits: the heading stays on the old newline',
    a: (e) => format(e, 0, 'header', 1),
    b: (e) => enter(e, 0, 3),
    result: `abc|<h1>def${END}`,
  },
  {
    name: 'c4 h1 and h2: one wins for both',
    a: (e) => format(e, 0, 'header', 1),
    b: (e) => format(e, 0, 'header', 2),
    result: `<h2>abcdef${END}`,
  },
  {
    name: 'd1 A joins 1+2, B types in 2',
    a: (e) => join(e, 0),
    b: xy(1, 3),
    result: 'abcdefsecXYond line|third',
  },
  {
    name: 'd2 A joins 1+2, B types at the start of 2',
    a: (e) => join(e, 0),
    b: xy(1, 0),
    result: 'abcdefXYsecond line|third',
  },
  {
    name: 'd3 A joins 1+2, B joins 2+3',
    a: (e) => join(e, 0),
    b: (e) => join(e, 1),
    result: 'abcdefsecond linethird',
  },
  {
    name: 'd4 A joins, B makes line 2 a heading: the joined line is a heading',
    a: (e) => join(e, 0),
    b: (e) => format(e, 1, 'header', 1),
    result: '<h1>abcdefsecond line|third',
  },
  { name: 'd5 both join 1+2', a: (e) => join(e, 0), b: (e) => join(e, 0), result: 'abcdefsecond line|third' },
  {
    name: 'd6 A joins an empty line, B types in it',
    seed: 'abc\n\nnext\n',
    a: (e) => join(e, 0),
    b: xy(1, 0),
    result: 'abcXY|next',
  },
  {
    name: 'e A moves a line, B types in it: XY stays at the old place',
    a: (e) => moveLine(e, 1, 0),
    b: xy(1, 3),
    result: 'second line|abcdef|XYthird',
  },
  {
    name: 'e2 both move the same line: it is there twice, the rest is intact',
    a: (e) => moveLine(e, 2, 0),
    b: (e) => moveLine(e, 2, 0),
    result: 'third|third|abcdef|second line',
  },
  {
    name: 'f A deletes a line, B types in it',
    a: (e) => deleteLine(e, 1),
    b: xy(1, 3),
    result: 'abcdef|XYthird',
  },
  {
    name: 'f2 A deletes over a line end, B splits inside',
    a: (e) => cut(e, 0, 3, 8, 1),
    b: (e) => enter(e, 0, 5),
    result: 'abc|ine|third',
  },
  {
    name: 'k A bolds the line, B types inside: bold',
    a: (e) => mark(e, 0, 0, 6, 'bold'),
    b: xy(0, 3),
    later({ a }) {
      const line = a.state.doc.child(0)
      if (line.childCount !== 1 || line.child(0).marks.length !== 1) throw new Error(line.toString())
    },
    result: `abcXYdef${END}`,
  },
  {
    name: 'g1 A types AAA, B types inside it, A undoes',
    a: (e) => type(e, 0, 3, 'AAA'),
    b: () => {},
    later(both) {
      type(both.b, 0, 4)
      both.sync()
      both.a.history.undo()
    },
    result: `abcXYdef${END}`,
  },
  {
    name: 'g2 undo of a split after B edited the tail',
    a: (e) => enter(e, 0, 3),
    b: () => {},
    later(both) {
      type(both.b, 1, 1)
      both.sync()
      both.a.history.undo()
    },
    result: `abcdXYef${END}`,
  },
  {
    name: 'g3 undo of a deletion after B edited beside it',
    a: (e) => cut(e, 0, 1, 3),
    b: () => {},
    later(both) {
      type(both.b, 0, 3)
      both.sync()
      both.a.history.undo()
    },
    result: `abcdeXYf${END}`,
  },
  {
    name: 'g4 undo of a deletion after B typed directly before it',
    a: (e) => cut(e, 0, 2, 4),
    b: () => {},
    later(both) {
      type(both.b, 0, 1)
      both.sync()
      both.a.history.undo()
    },
    result: `aXYbcdef${END}`,
  },
  {
    name: 'g5 undo of a join after B edited the tail',
    a: (e) => join(e, 0),
    b: () => {},
    later(both) {
      type(both.b, 0, 12)
      both.sync()
      both.a.history.undo()
    },
    result: 'abcdef|secondXY line|third',
  },
  {
    name: 'g7 A deletes a line, B types in it while apart, A undoes: back in place',
    a: (e) => deleteLine(e, 1),
    b: xy(1, 6),
    later: ({ a }) => a.history.undo(),
    result: 'abcdef|secondXY line|third',
  },
  {
    name: 'g8 A moves a line, B edits the moved copy, A undoes: the line is back, XY at the start of the next',
    a: (e) => moveLine(e, 1, 0),
    b: () => {},
    later(both) {
      type(both.b, 0, 3)
      both.sync()
      both.a.history.undo()
    },
    result: 'XYabcdef|second line|third',
  },
  {
    name: 'h B splits the line and joins it back: nothing changed',
    a: () => {},
    b(e) {
      enter(e, 0, 3)
      join(e, 0)
    },
    result: `abcdef${END}`,
  },
]

/** Runs a row; what came of it. */
export function runScenario(scenario: Scenario, rules: Rules = ALL_RULES): string {
  const both = pair(scenario.seed ?? SEED, rules)
  try {
    scenario.a(both.a)
    scenario.b(both.b)
    both.sync()
    scenario.later?.(both)
    both.sync()
    return outcome(both)
  } finally {
    both.a.destroy()
    both.b.destroy()
  }
}
