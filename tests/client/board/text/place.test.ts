/** Where words stand on shapes, and how shapes grow with them (SPEC-board B320, B321). */
import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { boxForWords, wordsPlace } from '../../../../client/board/text/place.ts'
import { boxCorners, boxOf } from '../../../../shared/board/geometry/box.ts'
import { drawShape } from '../../../../shared/board/draw/shapes.ts'
import { measureText } from '../../../../shared/board/draw/measure.ts'
import { boardOf, readShapes } from '../../../../shared/board/model/board.ts'
import type { LineShape, TextShape } from '../../../../shared/board/model/shape.ts'
import { FORMS } from '../../../../shared/board/model/style.ts'
import { createShape } from '../../../../shared/board/model/write.ts'
import type { NewShape } from '../../../../shared/board/model/write.ts'

function shapeOf(shape: Omit<NewShape, 'order' | 'id'>): TextShape {
  const board = boardOf(new Y.Doc())
  const id = createShape(board, { ...shape, order: 'V' })
  return readShapes(board).get(id) as TextShape
}
const WORDS = [{ insert: 'a few words that need more than one line, whatever the form is' }]
const lookup = () => undefined

describe('the field', () => {
  test.each([
    ...FORMS.map((form) => ['geo', form] as const),
    ['note', 'rect'] as const,
    ['text', 'rect'] as const,
  ])('B320: the first line of a %s (%s) is where the board paints it', (kind, form) => {
    const shape = shapeOf({
      kind,
      box: boxOf(100, 200, 400, 300),
      style: { form, align: 'left', valign: 'top', size: 20 },
      text: [{ insert: 'word' }],
    })
    const place = wordsPlace(shape, lookup)
    const painted = drawShape(shape, { theme: 'light', measure: measureText, lookup, tolerance: 1 }).find(
      (command) => command.op === 'text',
    )
    if (painted?.op !== 'text') throw new Error('no words were painted')
    expect(painted.x).toBeCloseTo(place.x, 3)
    // A line is 1.3 letters high, and its base line 0.77 of that from its top.
    expect(painted.y - 20 * 1.3 * 0.77).toBeCloseTo(place.y, 3)
  })

  test('B320: a label stands on the middle of its line', () => {
    const board = boardOf(new Y.Doc())
    const id = createShape(board, { kind: 'line', order: 'V', path: [0, 0, 200, 100], style: { size: 16 } })
    const { x, y, width, height, align } = wordsPlace(readShapes(board).get(id) as LineShape, lookup)
    expect([x + width / 2, y + height / 2, align]).toEqual([100, 50, 'center'])
  })
})

describe('growing', () => {
  test('B321: a note and a form grow until all words have room, and never shrink', () => {
    for (const kind of ['note', 'geo'] as const) {
      const small = shapeOf({ kind, box: boxOf(0, 0, 120, 40), style: { size: 20 } })
      const grown = boxForWords(small, WORDS)
      expect(grown.h).toBeGreaterThan(100)
      expect([grown.x, grown.y, grown.w]).toEqual([0, 0, 120])
      const large = shapeOf({ kind, box: boxOf(0, 0, 400, 400), style: { size: 20 } })
      expect(boxForWords(large, WORDS)).toBe(large.box)
    }
  })

  test('B321: a text is as high as its words, and at least a line', () => {
    const text = shapeOf({ kind: 'text', box: boxOf(0, 0, 240, 500), style: { size: 20 } })
    expect(boxForWords(text, [{ insert: 'word' }]).h).toBeCloseTo(26, 5)
    expect(boxForWords(text, []).h).toBeCloseTo(26, 5)
  })

  test('B321: a turned shape grows away from its upper edge', () => {
    const turned = shapeOf({ kind: 'note', box: boxOf(50, 60, 120, 40, 0.7), style: { size: 20 } })
    const [before, after] = [boxCorners(turned.box), boxCorners(boxForWords(turned, WORDS))]
    for (const corner of [0, 1, 2, 3]) expect(after[corner]).toBeCloseTo(before[corner] ?? 0, 3)
  })
})
