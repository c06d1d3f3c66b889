/** One round of random editing by several people, a raw Yjs client among them; every action is followed by all checks. */
import { Slice } from 'prosemirror-model'
import type { Node } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import * as Y from 'yjs'
import { contentOfText } from '../../client/editor/binding/items.ts'
import type { Rules } from '../../client/editor/binding/local.ts'
import { createSchema } from '../../client/editor/schema.ts'
import type { Formats } from '../../shared/text/formats.ts'
import { normalise } from '../../shared/text/lines.ts'
import {
  insertLines,
  moveLines,
  removeLines,
  setBackground,
  setHeader,
} from '../../shared/text/table/edit.ts'
import { cellText, readTable, tablesIn } from '../../shared/text/table/model.ts'
import { tableValue, writeContent } from '../../shared/text/table/value.ts'
import { TestEditor } from './editors.ts'
import { richFormats } from './formats.ts'
import { seeded } from './seeded.ts'
import type { Random } from './seeded.ts'

const SEED = 'Head\nfirst line\nsecond\n\n\u{1f600}\u{1f601} end\n'
const PIECES = [
  'a',
  'b',
  'xy',
  ' ',
  '\u{1f600}',
  '\u{1f601}',
  '\u{1f400}',
  '\u{1d4b3}',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  'é',
  'مر',
]

const without = <V>(map: ReadonlyMap<string, V>, ...names: string[]): Map<string, V> =>
  new Map([...map].filter(([name]) => !names.includes(name)))
const POOR: Formats = {
  inline: without(richFormats.inline, 'bold', 'color'),
  many: new Map(),
  line: without(richFormats.line, 'list', 'align'),
  blocks: new Set(['board', 'table', 'file', 'divider']),
  exports: new Map(),
  imports: new Map(),
}
const poorSchema = createSchema(POOR)

export interface RoundOptions {
  actions: number
  rules?: Rules
  /** The text has a table, which people change as well. */
  tables?: boolean
}

interface Member {
  name: string
  doc: Y.Doc
  editor: TestEditor | undefined
  /** How many of each other member's updates arrived here. */
  seen: Map<Member, number>
  sent: Uint8Array[]
}

/** Runs a round; the description of the first violation, or undefined. */
export function fuzzRound(seed: number, options: RoundOptions): string | undefined {
  const random = seeded(seed)
  const start = new Y.Doc()
  start.clientID = 1
  if (random.chance(0.8)) start.getText('text').insert(0, SEED)
  if (options.tables) {
    const cells = ['a\nb', '', '\u{1f600}x'].map((words) => ({
      content: words === '' ? [] : [{ insert: words }],
    }))
    const seedTable = { insert: { table: { rows: [{ cells }, { cells }], headerRow: true } } }
    start.transact(() => writeContent(start.getText('text'), 0, [seedTable, { insert: '\n' }]))
  }
  const members: Member[] = []
  const count = 3 + random.int(3)
  const poor = random.chance(0.5) ? 0 : -1
  for (let index = 0; index < count; index += 1)
    members.push(member(index, start, index === poor, index === count - 1, options))
  const log: string[] = []
  try {
    for (let step = 0; step < options.actions; step += 1) {
      const one = random.pick(members)
      const action = random.chance(0.3)
        ? deliver(one, members, random)
        : options.tables && random.chance(0.2)
          ? editTable(one, random)
          : one.editor
            ? edit(one.editor, random)
            : writeRaw(one.doc, random)
      log.push(`${one.name} ${action}`)
      const wrong = one.editor && violation(one.editor)
      if (wrong) return `seed ${seed} step ${step}: ${wrong}\n  ${log.slice(-6).join('\n  ')}`
    }
    for (let round = 0; round < 3; round += 1) for (const one of members) deliver(one, members, random, true)
    return disagreement(members, seed)
  } catch (error) {
    return `seed ${seed}: ${String(error)}\n  ${log.slice(-6).join('\n  ')}`
  } finally {
    for (const one of members) one.editor?.destroy()
  }
}

function member(index: number, start: Y.Doc, poor: boolean, raw: boolean, options: RoundOptions): Member {
  const doc = new Y.Doc()
  doc.clientID = 100 + index
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(start), 'network')
  const sent: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'network') sent.push(update)
  })
  const editor = raw
    ? undefined
    : new TestEditor(doc, {
        ...(poor ? { schema: poorSchema } : {}),
        ...(options.rules ? { rules: options.rules } : {}),
        captureTimeout: index % 2 === 0 ? 0 : 500,
        tables: options.tables === true && index !== 1,
      })
  return { name: raw ? 'raw' : `${index}${poor ? 'poor' : ''}`, doc, editor, seen: new Map(), sent }
}

function violation(editor: TestEditor): string | undefined {
  if (editor.errors.length > 0) return `reported ${String(editor.errors[0])}`
  const wanted = editor.wanted()
  if (!editor.state.doc.eq(wanted)) return difference(editor.state.doc, wanted)
  try {
    editor.state.doc.check()
  } catch (error) {
    return `check: ${String(error)}`
  }
  return editor.text.toString().includes('\ufffd') ? 'a character was cut in two' : undefined
}

function difference(shown: Node, wanted: Node): string {
  const json = (doc: Node): string[] => doc.children.map((block) => JSON.stringify(block.toJSON()))
  const [a, b] = [json(shown), json(wanted)]
  const at = a.findIndex((block, index) => block !== b[index])
  // A table is long; what differs in it is enough.
  const [one = '', other = ''] = [a[at], b[at]]
  let same = 0
  while (same < one.length && one[same] === other[same]) same += 1
  const part = (text: string): string => text.slice(Math.max(0, same - 200), same + 300)
  return `${a.length} blocks, ${b.length} wanted; block ${at} is ${part(one)}, wanted ${part(other)}`
}

function disagreement(members: readonly Member[], seed: number): string | undefined {
  const texts = members.map((one) =>
    JSON.stringify([
      normalise(contentOfText(one.doc.getText('text'))),
      tablesIn(one.doc.getText('text')).map((map) => tableValue(map, contentOfText)),
    ]),
  )
  if (new Set(texts).size > 1) return `seed ${seed}: texts differ\n${texts.join('\n')}`
  for (const one of members) {
    const wrong = one.editor && violation(one.editor)
    if (wrong) return `seed ${seed} at the end, ${one.name}: ${wrong}`
  }
  return undefined
}

function deliver(to: Member, members: readonly Member[], random: Random, all = false): string {
  const updates: Uint8Array[] = []
  for (const from of members) {
    if (from === to || (!all && random.chance(0.4))) continue
    const seen = to.seen.get(from) ?? 0
    const most = all ? from.sent.length : Math.min(from.sent.length, seen + 1 + random.int(6))
    updates.push(...from.sent.slice(seen, most))
    to.seen.set(from, most)
  }
  const batched = random.chance(0.6)
  const apply = (): void => {
    for (const update of updates) Y.applyUpdate(to.doc, update, 'network')
  }
  if (batched) to.doc.transact(apply, 'network')
  else apply()
  return `receives ${updates.length} ${batched ? 'at once' : 'singly'}`
}

/** Rows, columns, looks, new tables; by the editor's own way or, where there is none, straight in Yjs. */
function editTable({ doc, editor }: Member, random: Random): string {
  const text = doc.getText('text')
  const maps = tablesIn(text)
  const map = maps[random.int(Math.max(1, maps.length))]
  const shape = readTable(map)
  const edit = (work: () => void): void => (editor ? editor.binding.edit(work) : doc.transact(work))
  if (!map || !shape || random.chance(0.05)) {
    edit(() => writeContent(text, text.length, [{ insert: { table: { rows: [{ cells: [{}, {}] }] } } }]))
    return 'puts in a table'
  }
  const axis = random.pick(['rows', 'cols'] as const)
  const ids = axis === 'rows' ? shape.rows : shape.columns
  const at = random.int(ids.length)
  const choice = random.int(7)
  edit(() => {
    if (choice < 2) insertLines(map, axis, at, 1 + random.int(2))
    else if (choice === 2) removeLines(map, axis, [ids[at] ?? ''])
    else if (choice === 3) moveLines(map, axis, at, at, random.pick([-1, 1] as const))
    else if (choice === 4) setHeader(map, axis, random.chance(0.5))
    else if (choice === 5)
      setBackground(
        map,
        random.pick(shape.rows),
        random.pick(shape.columns),
        random.pick(['red', null] as const),
      )
    else {
      const cell = cellText(doc, shape.id, random.pick(shape.rows), random.pick(shape.columns))
      cell.insert(boundary('', random.int(cell.length + 1), cell), random.pick([...PIECES, '\n']))
    }
  })
  return `changes ${axis} (${choice}) at ${at}`
}

/** Unknown attributes and embeds, blocks inside lines, deleted newlines: what other software may write. */
function writeRaw(doc: Y.Doc, random: Random): string {
  const text = doc.getText('text')
  const at = boundary(text.toString(), random.int(text.length + 1), text)
  const attributes: Record<string, unknown> = {}
  if (random.chance(0.3)) attributes['x-unknown'] = random.pick([1, 'two', true])
  if (random.chance(0.2)) attributes['bold'] = true
  if (random.chance(0.2)) attributes['header'] = random.pick([1, 2, 99])
  if (random.chance(0.1)) attributes['comment-z'] = true
  const lead = at > 0 ? [{ retain: at }] : []
  const rest = text.length - at
  const length = Math.min(rest, 1 + random.int(4))
  switch (random.int(6)) {
    case 0:
      text.applyDelta([...lead, { insert: random.pick([...PIECES, '\n', 'p\nq\n']), attributes }])
      return 'inserts'
    case 1:
      text.applyDelta([
        ...lead,
        { insert: { [random.pick(['divider', 'image', 'weird', 'board'])]: random.int(9) }, attributes },
      ])
      return 'inserts an embed'
    case 2:
      if (random.chance(0.5)) text.applyDelta([...lead, { insert: { divider: true } }, { insert: '\n' }])
      return 'inserts a divider'
    case 3:
      if (length > 0 && rest > 0)
        text.applyDelta([...lead, { delete: boundary(text.toString(), at + length, text) - at }])
      return 'deletes'
    case 4:
      if (rest > 0) {
        const end = boundary(text.toString(), at + length, text)
        if (end > at)
          text.applyDelta([
            ...lead,
            { retain: end - at, attributes: random.chance(0.3) ? { bold: null } : attributes },
          ])
      }
      return 'formats'
    default:
      if (text.length > 0 && text.toString().endsWith('\n')) text.delete(text.length - 1, 1)
      return 'deletes the last newline'
  }
}

/** A place that cuts no character in two. */
function boundary(_shown: string, at: number, text: Y.Text): number {
  let offset = 0
  for (const { insert } of contentOfText(text)) {
    const length = typeof insert === 'string' ? insert.length : 1
    if (at > offset && at < offset + length && typeof insert === 'string') {
      const code = insert.charCodeAt(at - offset)
      return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
    }
    offset += length
  }
  return at
}

function edit(editor: TestEditor, random: Random): string {
  const { state } = editor
  const { doc, schema } = state
  const [from, to] = range(doc, random)
  const tr = state.tr
  switch (random.int(17)) {
    case 0:
    case 1:
    case 2: {
      const piece = random.pick(PIECES)
      editor.dispatch(tr.insertText(piece, from))
      return `types ${piece} at ${from}`
    }
    case 3:
      editor.dispatch(tr.insertText(random.pick(PIECES), from, to))
      return `replaces ${from}-${to}`
    case 4:
      if (tr.doc.resolve(from).parent.isTextblock) editor.dispatch(tr.split(from))
      return `splits ${from}`
    case 5:
      editor.dispatch(tr.delete(from, to))
      return `deletes ${from}-${to}`
    case 6: {
      const index = random.int(doc.childCount)
      const pos = startOf(doc, index)
      const one = doc.maybeChild(index - 1)
      if (one?.isTextblock && doc.child(index).isTextblock) editor.dispatch(tr.join(pos))
      return `joins at ${pos}`
    }
    case 7: {
      const line = doc.child(random.int(doc.childCount))
      const pos = startOf(doc, doc.children.indexOf(line))
      if (!line.isTextblock) return 'nothing'
      const [name, value] = random.pick([
        ['header', 2],
        ['header', null],
        ['list', 'bullet'],
        ['indent', 1],
        ['align', 'right'],
      ] as const)
      if (name in line.attrs) editor.dispatch(tr.setNodeAttribute(pos, name, value))
      return `sets ${name} at ${pos}`
    }
    case 8:
    case 9: {
      const mark = random.pick(['bold', 'italic', 'color', 'author'])
      const type = schema.marks[mark]
      if (type) {
        const attrs =
          mark === 'color'
            ? { value: random.pick(['#111111', '#222222']) }
            : mark === 'author'
              ? { value: 'a.someone' }
              : null
        editor.dispatch(
          random.chance(0.6) ? tr.addMark(from, to, type.create(attrs)) : tr.removeMark(from, to, type),
        )
      }
      return `${mark} ${from}-${to}`
    }
    case 10: {
      const pos = startOf(doc, random.int(doc.childCount + 1))
      editor.dispatch(tr.insert(pos, schema.node('block', { embed: '{"divider":true}' })))
      return `divider at ${pos}`
    }
    case 11:
      if (doc.resolve(from).parent.isTextblock) {
        editor.dispatch(tr.insert(from, schema.node('embed', { embed: `{"image":${random.int(5)}}` })))
      }
      return `image at ${from}`
    case 12: {
      const slice = doc.slice(from, to)
      const [at] = range(doc, random)
      const target = tr.delete(from, to).mapping.map(at)
      editor.dispatch(tr.replaceRange(target, target, slice))
      return `moves ${from}-${to} to ${at}`
    }
    case 13: {
      const slice = doc.slice(from, to)
      const [at, end] = range(doc, random)
      editor.dispatch(
        tr.replace(
          at,
          random.chance(0.5) ? at : end,
          new Slice(slice.content, slice.openStart, slice.openEnd),
        ),
      )
      return `copies ${from}-${to} to ${at}`
    }
    case 14:
      editor.history.undo()
      return 'undoes'
    case 15:
      editor.history.redo()
      return 'redoes'
    default: {
      const tr2 = tr.insertText('1', from).insertText('2', tr.mapping.map(to, 1))
      if (random.chance(0.5)) tr2.delete(from, tr2.mapping.map(from))
      tr2.setSelection(TextSelection.near(tr2.doc.resolve(Math.min(from, tr2.doc.content.size))))
      editor.dispatch(tr2)
      return `types twice at ${from} and ${to}`
    }
  }
}

function startOf(doc: Node, index: number): number {
  return doc.children.slice(0, index).reduce((pos, block) => pos + block.nodeSize, 0)
}

/** Two places where a cursor can stand. */
function range(doc: Node, random: Random): [number, number] {
  const place = (): number => {
    const pos = outsidePairs(doc, random.int(doc.content.size + 1))
    const $pos = doc.resolve(pos)
    return $pos.parent.isTextblock ? pos : TextSelection.near($pos).from
  }
  const first = place()
  const second = random.chance(0.6)
    ? outsidePairs(doc, Math.min(doc.content.size, first + random.int(6)))
    : place()
  const near = doc.resolve(second).parent.isTextblock ? second : TextSelection.near(doc.resolve(second)).from
  return first <= near ? [first, near] : [near, first]
}

function outsidePairs(doc: Node, pos: number): number {
  const { parent, parentOffset } = doc.resolve(pos)
  if (!parent.isTextblock || parentOffset === 0 || parentOffset === parent.content.size) return pos
  const around = parent.textBetween(parentOffset - 1, parentOffset + 1, '', '\ufffc')
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(around) ? pos - 1 : pos
}
