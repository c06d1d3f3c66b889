/** Nobody deletes text, every character typed is unique: in the end each is there exactly once (reference: conservation). */
import { expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { insertLines, moveLines } from '../../shared/text/table/edit.ts'
import { cellText, readTable, tablesIn } from '../../shared/text/table/model.ts'
import { writeContent } from '../../shared/text/table/value.ts'
import type { TestEditor } from '../support/editors.ts'
import { TestEditor as Editor, seededDoc } from '../support/editors.ts'
import { enter, format, join, mark, type } from '../support/merge-scenarios.ts'
import { seeded } from '../support/seeded.ts'
import type { Random } from '../support/seeded.ts'

const pads = Number(process.env['PADS'] ?? 20)
const tablePads = Math.ceil(pads / 6)
const SEED = 'The quick brown fox\njumps over\nthe lazy dog\n\nend\n'

interface Tally {
  typed: number
  lost: number
  doubled: number
  damaged: number
}

/** A line of the text, or of a cell where there are any. */
function anyLine(one: TestEditor, random: Random): { pos: number; size: number; next: boolean } {
  const lines: { pos: number; size: number; next: boolean }[] = []
  one.state.doc.descendants((node, pos, parent, index) => {
    if (node.isTextblock)
      lines.push({
        pos: pos + 1,
        size: node.content.size,
        next: parent?.maybeChild(index + 1)?.isTextblock === true,
      })
    return !node.isTextblock
  })
  return random.pick(lines)
}

/** Writes in the text and in cells; rows and columns come and move, none goes. */
function editTable(one: TestEditor, random: Random, fresh: () => string): void {
  const { pos, size, next } = anyLine(one, random)
  const at = pos + random.int(size + 1)
  const choice = random.int(10)
  const { tr } = one.state
  if (choice < 5) one.dispatch(tr.insertText(fresh(), at))
  else if (choice < 6) one.dispatch(tr.split(at))
  else if (choice < 7 && next) one.dispatch(tr.join(pos + size + 1))
  else if (choice < 8) {
    const bold = one.state.schema.marks['bold']
    if (bold) one.dispatch(tr.addMark(pos, at, bold.create()))
  } else {
    const [map] = tablesIn(one.text)
    const shape = readTable(map)
    if (!map || !shape) return
    const axis = random.pick(['rows', 'cols'] as const)
    const index = random.int((axis === 'rows' ? shape.rows : shape.columns).length)
    one.binding.edit(() => {
      if (choice === 8) insertLines(map, axis, index, 1)
      else moveLines(map, axis, index, index, random.pick([-1, 1] as const))
    })
  }
}

/** All the words of a text and of its tables' cells. */
function wordsOf({ doc, text }: TestEditor): string {
  const cells = tablesIn(text).flatMap((map) => {
    const shape = readTable(map)
    return (shape?.rows ?? []).flatMap((row) =>
      (shape?.columns ?? []).map((column) => cellText(doc, shape?.id ?? '', row, column).toJSON()),
    )
  })
  return text.toJSON() + cells.join('')
}

function edit(one: TestEditor, random: Random, fresh: () => string): void {
  const { doc } = one.state
  const line = random.int(doc.childCount)
  const at = random.int(doc.child(line).content.size + 1)
  const choice = random.int(10)
  if (choice < 5) type(one, line, at, fresh())
  else if (choice < 7) enter(one, line, at)
  else if (choice < 8 && line + 1 < doc.childCount) join(one, line)
  else if (choice < 9) format(one, line, 'header', random.pick([1, 2, null]))
  else if (at > 0) mark(one, line, 0, at, 'bold', random.chance(0.6))
}

function pad(seed: number, perRound: number, tally: Tally): void {
  const random = seeded(seed)
  const editors = [2, 3, 4].map((client) => new Editor(seededDoc(client, SEED)))
  const typed: string[] = []
  let next = 0x4e00
  const fresh = (): string => {
    const made = String.fromCodePoint((next += 1))
    typed.push(made)
    return made
  }
  for (let round = 0; round < 25; round += 1) {
    for (const one of editors) for (let count = 0; count < perRound; count += 1) edit(one, random, fresh)
    const sent = editors.map((one) => one.outbox.splice(0))
    for (const [to, one] of editors.entries())
      one.receive(sent.flatMap((list, from) => (from === to ? [] : list)))
  }
  const texts = editors.map((one) => one.text.toString())
  expect(new Set(texts).size).toBe(1)
  for (const one of editors) {
    expect(one.errors).toEqual([])
    expect(one.state.doc.eq(one.wanted())).toBe(true)
  }
  const count = (text: string): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
    return counts
  }
  const found = count(texts[0] ?? '')
  tally.typed += typed.length
  for (const character of typed) {
    const times = found.get(character) ?? 0
    if (times === 0) tally.lost += 1
    if (times > 1) tally.doubled += times - 1
  }
  for (const [character, times] of count(SEED.replaceAll('\n', ''))) {
    tally.damaged += Math.abs((found.get(character) ?? 0) - times)
  }
  for (const one of editors) one.destroy()
}

test.each([1, 4])(
  'R1, TB5: %d edits in texts and tables between deliveries: no character lost, none doubled',
  (perRound) => {
    let typed = 0
    for (let seed = 1; seed <= tablePads; seed += 1) {
      const random = seeded(seed * 11 + perRound)
      const source = new Y.Doc()
      source.clientID = 1
      const cells = ['first', 'second', ''].map((words) => ({
        content: words === '' ? [] : [{ insert: words }],
      }))
      source.transact(() =>
        writeContent(source.getText('text'), 0, [
          { insert: 'above\n' },
          { insert: { table: { rows: [{ cells }, { cells }] } } },
          { insert: '\nbelow\n' },
        ]),
      )
      const editors = [2, 3, 4].map((client) => {
        const doc = new Y.Doc()
        doc.clientID = client
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(source), 'network')
        return new Editor(doc, { tables: true })
      })
      const all: string[] = []
      const fresh = (): string => {
        const made = String.fromCodePoint(0x4e00 + all.length)
        all.push(made)
        return made
      }
      for (let round = 0; round < 20; round += 1) {
        for (const one of editors)
          for (let count = 0; count < perRound; count += 1) editTable(one, random, fresh)
        const sent = editors.map((one) => one.outbox.splice(0))
        for (const [to, one] of editors.entries())
          one.receive(sent.flatMap((list, from) => (from === to ? [] : list)))
      }
      const words = editors.map(wordsOf)
      expect(new Set(words).size).toBe(1)
      const found = [...(words[0] ?? '').matchAll(/\p{Script=Han}/gu)].map(([one]) => one)
      expect(found.sort()).toEqual([...all].sort())
      for (const one of editors) {
        expect(one.errors).toEqual([])
        expect(one.state.doc.eq(one.wanted())).toBe(true)
        one.destroy()
      }
      typed += all.length
    }
    expect(typed).toBeGreaterThan(tablePads * 20 * perRound)
  },
)

test.each([1, 3])(
  'R1: %d edits between deliveries: no character lost, none doubled, none damaged',
  (perRound) => {
    const tally = { typed: 0, lost: 0, doubled: 0, damaged: 0 }
    for (let seed = 1; seed <= pads; seed += 1) pad(seed * 7 + perRound, perRound, tally)
    expect(tally.typed).toBeGreaterThan(pads * 20 * perRound)
    expect(tally).toMatchObject({ lost: 0, doubled: 0, damaged: 0 })
  },
)
