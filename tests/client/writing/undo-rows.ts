/** How every action that changes the text is done, each on a fitting text, for the test that undoes them. */
import { insertEmbed } from '../../../client/editor/commands/embeds.ts'
import { setLink } from '../../../client/editor/commands/link.ts'
import type { Content } from '../../../shared/text/delta.ts'
import { until } from '../../support/wait.ts'
import type { wholePage } from '../../support/whole-page.ts'

export type Pad = Awaited<ReturnType<typeof wholePage>>

/** How an action is done on a fitting text. */
export interface Row {
  /** Left out: two lines of words. */
  text?: Content
  /** The words that are selected; left out: `one`. An empty text is a cursor behind `one`. */
  select?: string
  /** What a person does after the action's button, or in its place; left out: nothing. */
  after?: (pad: Pad) => void | Promise<void>
}

export const WORDS: Content = [{ insert: 'one two\nthree\n' }]
export const line = (attributes: Record<string, string | number | boolean>): Content => [
  { insert: 'one' },
  { insert: '\n', attributes },
  { insert: 'two\n' },
]
const words = (attributes: Record<string, string | number | boolean>): Content => [
  { insert: 'one', attributes },
  { insert: ' two\n' },
]
const cells = (...all: string[]) => ({ cells: all.map((insert) => ({ content: [{ insert }] })) })
export const TABLE: Content = [
  {
    insert: {
      table: {
        columns: [{ width: 200 }, { width: 200 }, { width: 200 }],
        rows: [cells('a', 'b', 'c'), cells('d', 'one', 'f'), cells('g', 'h', 'i')],
      },
    },
  },
  { insert: '\nafter\n' },
]

export const find = <T extends Element = HTMLElement>(selector: string): T | null =>
  document.querySelector<T>(selector)
export async function shown<T extends Element = HTMLElement>(selector: string): Promise<T> {
  await until(
    selector,
    () => find(selector) !== null,
    8000,
    () => document.body.lastElementChild?.innerHTML.slice(0, 600),
  )
  const found = find<T>(selector)
  if (!found) throw new Error(selector)
  return found
}
const press =
  (selector: string): Row['after'] =>
  async () =>
    (await shown(selector)).click()
async function fill(selector: string, value: string): Promise<void> {
  const field = await shown<HTMLInputElement>(selector)
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
/** Fills the field of a dialog and presses its chief button, once there is something to take. */
const write =
  (field: string): Row['after'] =>
  async () => {
    await fill(field, '*new*\n\n- words')
    await until(
      'the button',
      () => find('.dialog .primary:not(:disabled), dialog .primary:not(:disabled)') !== null,
    )
    find('.dialog .primary, dialog .primary')?.click()
  }

/** A picture that is ready is put in so; jsdom reads none (SPEC-text I2). */
function putPicture({ editor }: Pad): void {
  const image = { key: 'k'.repeat(43), width: 4, height: 3, alt: '', caption: '', align: null, show: null }
  insertEmbed({ image })(editor.state, (tr) => editor.view.dispatch(tr))
}

const inTable: Row = { text: TABLE, select: '' }
export const ROWS: Readonly<Record<string, Row>> = {
  bold: {},
  italic: {},
  underline: {},
  strikethrough: {},
  code: {},
  clearformat: { text: words({ bold: true, color: 'red' }) },
  link: {
    after: (pad) =>
      void setLink('https://a.example', '')(pad.editor.state, (tr) => pad.editor.view.dispatch(tr)),
  },
  clearauthorship: { text: words({ author: 'a.0000000000000002' }), select: '' },
  text: { text: line({ header: 2 }) },
  blockquote: {},
  codeblock: {},
  unorderedlist: {},
  orderedlist: {},
  tasklist: {},
  indent: {},
  outdent: { text: line({ indent: 2 }) },
  duplicateline: {},
  movelineup: { select: 'three' },
  movelinedown: {},
  deleteline: {},
  alignLeft: { text: line({ align: 'right' }) },
  alignCenter: {},
  alignRight: {},
  alignJustify: {},
  divider: { select: '' },
  contentsBlock: { select: '' },
  unlink: { text: words({ link: 'https://a.example' }) },
  fontColor: { after: press('.host [role=radio]:nth-of-type(3)') },
  highlight: { after: press('.host [role=radio]:nth-of-type(3)') },
  fontSize: { after: press('.host [role=radio]:nth-of-type(3)') },
  footnote: { select: '', after: write('dialog textarea') },
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`heading${level}`, {}])),
  image: { select: '', after: putPicture },
  sup: {},
  sub: {},
  table: { select: '', after: press('.host button') },
  tableRowAbove: inTable,
  tableRowBelow: inTable,
  tableRowUp: inTable,
  tableRowDown: inTable,
  tableHeaderRow: inTable,
  tableRowRemove: inTable,
  tableColumnBefore: inTable,
  tableColumnAfter: inTable,
  tableColumnBack: inTable,
  tableColumnOn: inTable,
  tableWider: inTable,
  tableNarrower: inTable,
  tableHeaderColumn: inTable,
  tableColumnRemove: inTable,
  tableRemove: inTable,
  templates: { select: '', after: press('.host button') },
  boardPicture: { select: '', after: press('.host [role=radio]') },
  mention: { select: '', after: press('.host button') },
  replace: {
    after: async () => {
      await fill('.find-bar .find-row .input', 'o')
      await fill('.find-replace .input', '0')
      await until('what was found', () => find('.find-replace button:last-of-type:not(:disabled)') !== null)
      find('.find-replace button:last-of-type')?.click()
    },
  },
  pasteplain: { after: write('dialog textarea') },
  pastemarkdown: { after: write('dialog textarea') },
  emoji: { select: '', after: press('.signs .sign-grid .sign') },
  characters: { select: '', after: press('.signs .sign-grid .sign') },
  insertmenu: { select: '' },
}
