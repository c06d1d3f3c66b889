import { afterEach, describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { changeOf, contentOfText } from '../../../../client/editor/binding/items.ts'
import { createSchema } from '../../../../client/editor/schema.ts'
import { coreFormats } from '../../../../shared/text/formats.ts'
import { TestEditor, exchange, linesText, seededDoc } from '../../../support/editors.ts'
import type { TestEditorOptions } from '../../../support/editors.ts'
import {
  cut,
  enter,
  format,
  join,
  mark,
  moveLine,
  pair,
  outcome,
  spot,
  type,
} from '../../../support/merge-scenarios.ts'

const open: TestEditor[] = []

function editor(seed: string, client = 2, options: TestEditorOptions = {}): TestEditor {
  const made = new TestEditor(seededDoc(client, seed), options)
  open.push(made)
  return made
}

/** An editor on a text made by other software. */
function editorOf(write: (text: Y.Text) => void, options: TestEditorOptions = {}): TestEditor {
  const doc = new Y.Doc()
  doc.clientID = 9
  write(doc.getText('text'))
  const made = new TestEditor(doc, options)
  open.push(made)
  return made
}

afterEach(() => {
  for (const one of open.splice(0)) one.destroy()
})

/** What a single edit changed in the text. */
function changeBy(one: TestEditor, edit: () => void): unknown[] {
  const deltas: unknown[] = []
  const listen = (_event: Y.YTextEvent, transaction: Y.Transaction): void => {
    deltas.push(...changeOf(one.text, transaction))
  }
  one.text.observe(listen)
  edit()
  one.text.unobserve(listen)
  return deltas
}

const ODD = (text: Y.Text): void => {
  text.applyDelta([
    { insert: 'known', attributes: { bold: true, 'x-mark': 'q' } },
    { insert: { weird: { deep: [1] } } },
    { insert: { divider: true } },
    { insert: 'after' },
    { insert: '\n', attributes: { header: 99, 'x-line': 1 } },
    { insert: 'open' },
    { insert: { board: 'b1' } },
  ])
}

const poor = createSchema({
  ...coreFormats,
  inline: new Map([...coreFormats.inline].filter(([name]) => name === 'italic')),
  many: new Map(),
  line: new Map(),
  blocks: new Set(),
})

describe('R2: who only opens, selects and scrolls writes nothing', () => {
  test.each([
    ['the whole schema', {}],
    ['a poorer schema', { schema: poor }],
    ['a read-only view', { readOnly: true }],
  ])('%s', (_name, options) => {
    const one = editorOf(ODD, options)
    const before = one.outbox.length
    one.select(2, 4)
    one.select(0)
    one.dispatch(one.state.tr.setMeta('anything', 1))
    expect(one.outbox.length).toBe(before)
    expect(one.errors).toEqual([])
    expect(one.state.doc.eq(one.wanted())).toBe(true)
  })
})

test('R3: a key is one retain and one insert at the cursor, also in aaaa', () => {
  const one = editor('aaaa\n')
  expect(changeBy(one, () => type(one, 0, 2, 'a'))).toEqual([{ retain: 2 }, { insert: 'a' }])
  const item = one.text._start?.right
  expect(item?.id.client).toBe(2)
})

test('R3: replacing a word touches only what differs', () => {
  const one = editor('some words here\n')
  const edit = (): void =>
    one.dispatch(one.state.tr.insertText('wards', spot(one.state.doc, 0, 5), spot(one.state.doc, 0, 10)))
  expect(changeBy(one, edit)).toEqual([{ retain: 6 }, { insert: 'a' }, { delete: 1 }])
})

test('R3: two places in one transaction are two small changes', () => {
  const one = editor('abc\ndef\nghi\n')
  const edit = (): void => one.dispatch(one.state.tr.insertText('1', 2).insertText('3', 14))
  expect(changeBy(one, edit)).toEqual([{ retain: 1 }, { insert: '1' }, { retain: 9 }, { insert: '3' }])
})

describe('R4: no boundary cuts a character', () => {
  test.each([
    ['the first half is shared', '\u{1f600}', '\u{1f601}'],
    ['the second half is shared', '\u{1f600}', '\u{1f200}'],
  ])('replacing an emoji when %s', (_name, from, to) => {
    const one = editor(`a${from}b\n`)
    const other = editor(`a${from}b\n`, 3)
    one.dispatch(
      one.state.tr.insertText(to, spot(one.state.doc, 0, 1), spot(one.state.doc, 0, 1 + from.length)),
    )
    exchange([one, other])
    expect(other.text.toString()).toBe(`a${to}b\n`)
  })

  test('a format that ends inside a character covers the whole of it', () => {
    const one = editor('a\u{1f600}b\n')
    const other = editor('a\u{1f600}b\n', 3)
    mark(one, 0, 0, 2, 'bold')
    exchange([one, other])
    expect(other.text.toString()).toBe('a\u{1f600}b\n')
    expect(one.state.doc.eq(one.wanted())).toBe(true)
    expect(one.state.doc.eq(other.state.doc)).toBe(true)
  })

  test('half a character typed by a program becomes a replacement character at once, for everybody', () => {
    const one = editor('ab\n')
    const other = editor('ab\n', 3)
    type(one, 0, 1, '\ud83d')
    exchange([one, other])
    expect(one.state.doc.textContent).toBe('a\ufffdb')
    expect(other.state.doc.eq(one.state.doc)).toBe(true)
  })
})

describe('R5: Enter inserts one newline', () => {
  test.each([
    ['in the middle', 3, [{ retain: 3 }, { insert: '\n' }]],
    ['at the end, behind the old one', 6, [{ retain: 7 }, { insert: '\n' }]],
    ['at the start', 0, [{ insert: '\n' }]],
  ])('%s', (_name, at, expected) => {
    const one = editor('abcdef\nnext\n')
    expect(changeBy(one, () => enter(one, 0, at))).toEqual(expected)
  })

  test('at the end of a heading the new line is plain and the old newline untouched', () => {
    const one = editor('abc\nnext\n')
    format(one, 0, 'header', 1)
    expect(changeBy(one, () => enter(one, 0, 3, true))).toEqual([{ retain: 4 }, { insert: '\n' }])
    expect(linesText(one.state.doc)).toBe('<h1>abc||next')
  })
})

describe('R6: joining deletes the first newline and formats the survivor', () => {
  test('with the format of the first line', () => {
    const one = editor('abc\ndef\n')
    format(one, 0, 'header', 2)
    const change = changeBy(one, () => join(one, 0))
    expect(change[0]).toEqual({ retain: 3 })
    expect(change[1]).toEqual({ delete: 1 })
    expect(change[2]).toEqual({ retain: 3 })
    expect(change[3]).toEqual({ retain: 1, attributes: { header: 2 } })
  })

  test('deleting from one line into the next deletes what was between', () => {
    const one = editor('abc\ndef\n')
    expect(changeBy(one, () => cut(one, 0, 1, 1, 1))).toEqual([{ retain: 1 }, { delete: 4 }])
  })
})

test('R7: a line format writes only the keys that changed', () => {
  const one = editor('abc\n')
  format(one, 0, 'align', 'right')
  expect(changeBy(one, () => format(one, 0, 'header', 1))).toEqual([
    { retain: 3 },
    { retain: 1, attributes: { header: 1 } },
  ])
})

test('R8: no inline key on a newline, no line key on text', () => {
  const one = editor('abc\ndef\nghi\n')
  mark(one, 0, 0, 3, 'bold')
  const { doc, schema, tr } = one.state
  one.dispatch(tr.addMark(1, doc.content.size - 1, schema.marks['italic']?.create() as never))
  enter(one, 1, 1)
  one.dispatch(one.state.tr.insertText('x', 2).split(3))
  format(one, 2, 'header', 1)
  for (const { insert, attributes = {} } of contentOfText(one.text)) {
    if (typeof insert !== 'string') continue
    if (insert.includes('\n')) expect(Object.keys(attributes)).not.toContain('italic')
    if (insert.replaceAll('\n', '') !== '') expect(attributes).not.toHaveProperty('header')
  }
})

test('R9: typing takes all formats of the run, in the middle, at its start and at its end', () => {
  for (const at of [3, 4, 5]) {
    const one = editorOf((text) => {
      text.applyDelta([
        { insert: 'pl' },
        { insert: 'fat', attributes: { bold: true, 'x-y': 2 } },
        { insert: 'n\n' },
      ])
    })
    type(one, 0, at, '!')
    expect(contentOfText(one.text)).toContainEqual({
      insert: `fat`.slice(0, at - 2) + '!' + 'fat'.slice(at - 2),
      attributes: { bold: true, 'x-y': 2 },
    })
    expect(one.state.doc.eq(one.wanted())).toBe(true)
  }
})

describe('R10: what the schema does not know survives', () => {
  test.each([
    ['the whole schema', {}],
    ['a poorer schema', { schema: poor }],
  ])('typing, split, join and move with %s', (_name, options) => {
    const one = editorOf(ODD, options)
    const before = one.text.toString()
    type(one, 0, 2, '-')
    enter(one, 0, 3)
    join(one, 0)
    cut(one, 0, 2, 3)
    expect(one.text.toString().replaceAll('\n', '')).toBe(before.replaceAll('\n', ''))
    moveLine(one, 1, 0)
    const text = JSON.stringify(contentOfText(one.text))
    for (const part of [
      '"x-mark":"q"',
      '"weird":{"deep":[1]}',
      '"divider":true',
      '"board":"b1"',
      '"x-line":1',
      '"header":99',
    ]) {
      expect(text).toContain(part)
    }
    expect(one.state.doc.eq(one.wanted())).toBe(true)
  })
})

describe('R11: remote changes are minimal steps', () => {
  test('untouched lines keep their identity, the changed line its neighbours', () => {
    const { a, b, sync } = pair()
    const before = b.state.doc.children
    type(a, 1, 3)
    sync()
    const after = b.state.doc.children
    expect([after[0] === before[0], after[1] === before[1], after[2] === before[2]]).toEqual([
      true,
      false,
      true,
    ])
    const steps = b.shown.at(-1)?.steps ?? []
    expect(steps.map((step) => step.toJSON() as unknown)).toEqual([
      { stepType: 'replace', from: 12, to: 12, slice: { content: [{ type: 'text', text: 'XY' }] } },
    ])
    expect(b.shown.at(-1)?.getMeta('addToHistory')).toBe(false)
  })

  test('new lines, deleted lines and splits leave the other lines alone', () => {
    const { a, b, sync } = pair()
    const [, second, third] = b.state.doc.children
    enter(a, 0, 6)
    sync()
    expect(b.state.doc.child(2) === second && b.state.doc.child(3) === third).toBe(true)
    cut(a, 0, 0, 0, 1)
    sync()
    expect(linesText(b.state.doc)).toBe('|second line|third')
    expect(b.state.doc.child(1) === second).toBe(true)
  })

  test('the cursor stays before text inserted at it, in the same frame too', () => {
    const { a, b, sync } = pair()
    b.select(3)
    type(a, 0, 3)
    type(a, 0, 0, 'Q')
    sync()
    expect(b.state.selection.head).toBe(spot(b.state.doc, 0, 4))
    enter(a, 0, 4)
    sync()
    expect(linesText(b.state.doc)).toBe('Qabc|XYdef|second line|third')
    expect(b.state.selection.head).toBe(spot(b.state.doc, 0, 4))
  })

  test('stored marks outlive a remote change', () => {
    const { a, b, sync } = pair()
    b.select(2)
    const bold = b.state.schema.marks['bold']?.create()
    if (bold) b.dispatch(b.state.tr.addStoredMark(bold))
    type(a, 2, 0)
    sync()
    expect(b.state.storedMarks?.map((one) => one.type.name)).toEqual(['bold'])
  })

  test('formats arrive as mark steps; the selection inside stays', () => {
    const { a, b, sync } = pair()
    b.select(1, 4)
    mark(a, 0, 0, 6, 'bold')
    format(a, 0, 'header', 3)
    sync()
    expect(
      b.shown
        .at(-1)
        ?.steps.map((step) => (step.toJSON() as { stepType: string }).stepType)
        .sort(),
    ).toEqual(['addMark', 'attr'])
    expect([b.state.selection.from, b.state.selection.to]).toEqual([2, 5])
  })
})

test('R12: one transaction of many updates is one dispatch', () => {
  const { a, b } = pair()
  for (let key = 0; key < 50; key += 1) type(a, key % 3, 1, 'k')
  const before = b.shown.length
  b.receive(a.outbox.splice(0))
  expect(b.shown.length).toBe(before + 1)
  expect(b.state.doc.eq(a.state.doc)).toBe(true)
})

test('R16: an exception makes the document from the text again, never the text from the document', () => {
  const one = editor('abc\ndef\n')
  const text = one.text.toString()
  one.text.doc?.on('beforeTransaction', () => {
    throw new Error('broken')
  })
  type(one, 0, 1)
  expect(one.errors.length).toBeGreaterThan(0)
  expect(one.text.toString()).toBe(text)
  expect(one.state.doc.eq(one.wanted())).toBe(true)
})

test("R16: writing inside somebody else's transaction doubles nothing", () => {
  const { a, b, sync } = pair()
  a.doc.transact(() => {
    a.text.insert(0, 'first ')
  }, 'plugin')
  a.doc.transact(() => type(a, 1, 0), 'plugin')
  sync()
  expect(outcome({ a, b, sync })).toBe('first abcdef|XYsecond line|third')
})

describe('R17: a read-only view never writes', () => {
  test('a local change is taken back and reported', () => {
    const one = editor('abc\n', 2, { readOnly: true })
    type(one, 0, 1)
    expect(one.outbox).toEqual([])
    expect(one.errors.length).toBe(1)
    expect(linesText(one.state.doc)).toBe('abc')
  })

  test('formats from others trigger no clean-up here, in no kind of view', () => {
    for (const readOnly of [true, false]) {
      const writer = new Y.Doc()
      writer.getText('text').insert(0, 'abcdefgh\n')
      const doc = new Y.Doc()
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(writer), 'network')
      const one = new TestEditor(doc, { readOnly })
      open.push(one)
      const third = new Y.Doc()
      Y.applyUpdate(third, Y.encodeStateAsUpdate(writer))
      writer.getText('text').format(0, 4, { bold: true })
      third.getText('text').format(0, 4, { bold: true })
      third.getText('text').delete(1, 3)
      one.receive([Y.encodeStateAsUpdate(writer)])
      one.receive([Y.encodeStateAsUpdate(third)])
      expect(one.outbox).toEqual([])
      expect(one.state.doc.eq(one.wanted())).toBe(true)
    }
  })
})

test('T5, T7: an open line stays open while it is typed in, Enter or a format closes it', () => {
  const one = editor('')
  type(one, 0, 0, 'a')
  expect(one.text.toString()).toBe('a')
  enter(one, 0, 1)
  expect(one.text.toString()).toBe('a\n\n')
  const other = editor('ab')
  format(other, 0, 'header', 1)
  expect(other.text.toString()).toBe('ab\n')
  expect(other.state.doc.eq(other.wanted())).toBe(true)
})

test('T6: a block embed is written with its newline and deleted with it', () => {
  const one = editor('ab\ncd\n')
  const node = one.state.schema.node('block', { embed: '{"divider":true}' })
  expect(changeBy(one, () => one.dispatch(one.state.tr.insert(4, node)))).toEqual([
    { retain: 3 },
    { insert: { divider: true } },
    { insert: '\n' },
  ])
  expect(changeBy(one, () => one.dispatch(one.state.tr.delete(4, 5)))).toEqual([{ retain: 3 }, { delete: 2 }])
})
