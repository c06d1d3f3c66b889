import { afterEach, expect, jest, test } from '@jest/globals'
import { HOLD_LIMIT } from '../../../../client/editor/binding/binding.ts'
import type { Delta, DeltaOp } from '../../../../shared/text/delta.ts'
import { splitAround } from '../../../../client/editor/binding/composed.ts'
import { apply, compose, opLength, transform } from '../../../../client/editor/binding/delta.ts'
import { normalise } from '../../../../shared/text/lines.ts'
import { TestEditor, linesText, seededDoc } from '../../../support/editors.ts'
import { enter, format, join, mark, outcome, pair, spot, type } from '../../../support/merge-scenarios.ts'
import { seeded } from '../../../support/seeded.ts'
import type { Random } from '../../../support/seeded.ts'

afterEach(() => {
  jest.useRealTimers()
})

test('R15: while composing, the composed line is not changed from outside; other lines are', () => {
  const { a, b, sync } = pair()
  b.select(3)
  b.composing = true
  type(b, 0, 3, 'に')
  type(a, 2, 0, 'Q')
  sync()
  expect(linesText(b.state.doc)).toBe('abcにdef|second line|Qthird')
  type(a, 0, 0, 'XX')
  enter(a, 0, 4)
  sync()
  expect(linesText(b.state.doc)).toBe('abcにdef|second line|Qthird')
  b.dispatch(b.state.tr.insertText('日', spot(b.state.doc, 0, 3), spot(b.state.doc, 0, 4)))
  type(b, 0, 4, '本')
  sync()
  expect(linesText(b.state.doc)).toBe('abc日本def|second line|Qthird')
  b.composing = false
  b.binding.release()
  sync()
  expect(outcome({ a, b, sync })).toBe('XXab|c日本def|second line|Qthird')
})

test('R15: while one change waits, changes of other lines are shown all the same', () => {
  const { a, b, sync } = pair()
  b.select(3)
  b.composing = true
  type(a, 0, 0, 'XX')
  sync()
  type(a, 1, 0, 'new ')
  enter(a, 2, 2)
  sync()
  expect(linesText(b.state.doc)).toBe('abcdef|new second line|th|ird')
  type(b, 0, 3, 'に')
  b.composing = false
  b.binding.release()
  sync()
  expect(outcome({ a, b, sync })).toBe('XXabcにdef|new second line|th|ird')
})

test('R15: the line waits as long as somebody composes in it, whatever the time', () => {
  jest.useFakeTimers()
  const { a, b, sync } = pair()
  b.select(0)
  b.composing = true
  type(a, 0, 6, 'Q')
  sync()
  for (let key = 0; key < 4; key += 1) {
    jest.advanceTimersByTime(HOLD_LIMIT - 1)
    type(b, 0, key, 'に')
  }
  expect(linesText(b.state.doc)).toBe('ににににabcdef|second line|third')
  jest.advanceTimersByTime(HOLD_LIMIT)
  expect(linesText(b.state.doc)).toBe('ににににabcdefQ|second line|third')
})

test('R15: a change in two parts does what the whole does, and the first leaves the line alone', () => {
  for (let seed = 1; seed <= 1200; seed += 1) {
    const random = seeded(seed)
    const content = normalise([{ insert: 'ab\ncd\nef\ng' }])
    const delta = randomDelta(random, 10)
    const { outside, inside } = splitAround(delta, 3, 5)
    const first = apply(content, outside)
    expect({ seed, text: normalise(apply(first, inside)) }).toEqual({
      seed,
      text: normalise(apply(content, delta)),
    })
    const words = first.map(({ insert }) => insert).join('')
    expect({ seed, words, there: /\ncd\n/.test(words) }).toMatchObject({ there: true })
  }
})

test('R15: what is held is shown after five seconds without a key', () => {
  jest.useFakeTimers()
  const { a, b, sync } = pair()
  b.select(0)
  b.composing = true
  type(a, 0, 0, 'Q')
  sync()
  jest.advanceTimersByTime(HOLD_LIMIT - 1)
  expect(linesText(b.state.doc)).toBe('abcdef|second line|third')
  jest.advanceTimersByTime(1)
  expect(linesText(b.state.doc)).toBe('Qabcdef|second line|third')
})

function editAnything(one: TestEditor, random: Random): void {
  const { doc } = one.state
  const line = random.int(doc.childCount)
  const size = doc.child(line).content.size
  const at = random.int(size + 1)
  const pos = spot(doc, line, at)
  switch (random.int(7)) {
    case 0:
      enter(one, line, at)
      return
    case 1:
      if (line + 1 < doc.childCount) join(one, line)
      return
    case 2:
      format(one, line, 'header', random.pick([1, 2, null]))
      return
    case 3:
      if (size > 0) mark(one, line, Math.max(0, at - 2), at, 'bold', random.chance(0.5))
      return
    case 4:
      one.dispatch(one.state.tr.delete(Math.max(spot(doc, line, 0), pos - 2), pos))
      return
    default:
      type(one, line, at, random.pick(['x', 'yy', '\u{1f600}', '日本']))
  }
}

test('R15: any editing on both sides while composing: at release the document shows the text and all agree', () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const random = seeded(seed)
    const seedText = random.chance(0.8) ? 'abcdef\nsecond line\n\nthird\n' : 'abc\nopen'
    const editors = [2, 3].map((client) => new TestEditor(seededDoc(client, seedText)))
    const [a, b] = editors as [TestEditor, TestEditor]
    const deliver = (): void => {
      const [fromA, fromB] = [a.outbox.splice(0), b.outbox.splice(0)]
      b.receive(fromA, random.chance(0.5))
      a.receive(fromB, random.chance(0.5))
    }
    for (let round = 0; round < 4; round += 1) {
      b.select(random.int(b.text.length + 1))
      b.composing = true
      for (let step = 0; step < 12; step += 1) {
        editAnything(random.chance(0.5) ? a : b, random)
        if (random.chance(0.4)) deliver()
      }
      b.composing = false
      b.binding.release()
      expect({ seed, errors: [...a.errors, ...b.errors] }).toEqual({ seed, errors: [] })
      expect({ seed, equal: b.state.doc.eq(b.wanted()) }).toEqual({ seed, equal: true })
    }
    deliver()
    expect({ seed, text: a.text.toString() }).toEqual({ seed, text: b.text.toString() })
    expect(a.state.doc.eq(b.state.doc)).toBe(true)
    for (const one of editors) one.destroy()
  }
})

function randomDelta(random: Random, length: number): Delta {
  const ops: DeltaOp[] = []
  let rest = length
  while (rest > 0 || random.chance(0.3)) {
    const size = Math.min(rest, 1 + random.int(3))
    const attributes = { [random.pick(['bold', 'italic'])]: random.pick([true, null]) }
    const choice = random.int(4)
    if (choice === 0)
      ops.push({
        insert: random.pick(['a', 'bc', '\n']),
        ...(random.chance(0.4) ? { attributes: { bold: true } } : {}),
      })
    else if (size === 0) break
    else {
      rest -= size
      ops.push(
        choice === 1 ? { delete: size } : choice === 2 ? { retain: size, attributes } : { retain: size },
      )
    }
  }
  return ops
}

test('R15: transforming a change over another and the other over it leads to the same text', () => {
  for (let seed = 1; seed <= 1200; seed += 1) {
    const random = seeded(seed)
    const content = normalise([{ insert: 'abc', attributes: { bold: true } }, { insert: 'defgh\n' }])
    const a = randomDelta(random, 9)
    const b = randomDelta(random, 9)
    const one = apply(apply(content, a), transform(a, b, false))
    const two = apply(apply(content, b), transform(b, a, true))
    expect({ seed, text: normalise(one) }).toEqual({ seed, text: normalise(two) })
    const size = apply(content, a).reduce((sum, op) => sum + opLength(op), 0)
    const c = randomDelta(random, size)
    expect({ seed, text: apply(content, compose(a, c)) }).toEqual({ seed, text: apply(apply(content, a), c) })
  }
})
