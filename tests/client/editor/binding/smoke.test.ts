import { expect, test } from '@jest/globals'
import { TestEditor, exchange, linesText, seededDoc } from '../../../support/editors.ts'

test('R1: two editors show the same text', () => {
  const a = new TestEditor(seededDoc(2, 'abc\ndef\n'))
  const b = new TestEditor(seededDoc(3, 'abc\ndef\n'))
  a.type(3, 'X')
  b.type(4, 'Y')
  a.dispatch(a.state.tr.split(2))
  exchange([a, b])
  expect(a.errors).toEqual([])
  expect(b.errors).toEqual([])
  expect(linesText(a.state.doc)).toBe('a|bcX|Ydef')
  expect(b.state.doc.eq(b.wanted())).toBe(true)
  expect(a.state.doc.eq(b.state.doc)).toBe(true)
  a.history.undo()
  a.history.undo()
  exchange([a, b])
  expect(linesText(b.state.doc)).toBe('abc|Ydef')
})
