/** Nobody deletes text, every character typed is unique: in the end each is there exactly once (reference: conservation). */
import { expect, test } from '@jest/globals'
import type { TestEditor } from '../support/editors.ts'
import { TestEditor as Editor, seededDoc } from '../support/editors.ts'
import { enter, format, join, mark, type } from '../support/merge-scenarios.ts'
import { seeded } from '../support/seeded.ts'
import type { Random } from '../support/seeded.ts'

const pads = Number(process.env['PADS'] ?? 20)
const SEED = 'The quick brown fox\njumps over\nthe lazy dog\n\nend\n'

interface Tally {
  typed: number
  lost: number
  doubled: number
  damaged: number
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

test.each([1, 3])(
  'R1: %d edits between deliveries: no character lost, none doubled, none damaged',
  (perRound) => {
    const tally = { typed: 0, lost: 0, doubled: 0, damaged: 0 }
    for (let seed = 1; seed <= pads; seed += 1) pad(seed * 7 + perRound, perRound, tally)
    expect(tally.typed).toBeGreaterThan(pads * 20 * perRound)
    expect(tally).toMatchObject({ lost: 0, doubled: 0, damaged: 0 })
  },
)
