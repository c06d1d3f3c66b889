import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { gridIndex } from '../../../client/ui/choices.tsx'
import { fold } from '../../../client/ui/fold.ts'
import { initials, personColour } from '../../../client/ui/people.tsx'
import { place } from '../../../client/ui/place.ts'
import { nextIndex } from '../../../client/ui/roving.ts'

describe('folding of a toolbar', () => {
  const items = [
    { id: 'undo', width: 40, priority: 2 },
    { id: 'bold', width: 40, priority: Infinity },
    { id: 'outdent', width: 40, priority: 1 },
    { id: 'indent', width: 40, priority: 1 },
  ]

  test('nothing folds while everything fits', () => {
    expect([...fold(items, 160)]).toEqual([])
  })

  test('controls of one priority fold together, the lowest first', () => {
    expect([...fold(items, 159)]).toEqual(['outdent', 'indent'])
    expect([...fold(items, 79)]).toEqual(['outdent', 'indent', 'undo'])
  })

  test('what never folds stays, however little room there is', () => {
    expect(fold(items, 0).has('bold')).toBe(false)
  })

  test('what is shown fits, unless only unfoldable controls are left', () => {
    const item = fc.record({
      id: fc.uuid(),
      width: fc.integer({ min: 1, max: 120 }),
      priority: fc.constantFrom(0, 1, 2, 3, Infinity),
    })
    fc.assert(
      fc.property(fc.array(item, { maxLength: 20 }), fc.integer({ min: 0, max: 1500 }), (list, room) => {
        const folded = fold(list, room)
        const shown = list.filter(({ id }) => !folded.has(id))
        const width = shown.reduce((sum, one) => sum + one.width, 0)
        expect(width <= room || shown.every(({ priority }) => priority === Infinity)).toBe(true)
        for (const one of list) {
          const mates = list.filter(({ priority }) => priority === one.priority)
          expect(new Set(mates.map(({ id }) => folded.has(id))).size).toBe(1)
        }
      }),
    )
  })
})

describe('placing floating things', () => {
  const view = { width: 800, height: 600 }
  const size = { width: 200, height: 100 }

  test('stands below its anchor, lined up with its start', () => {
    const anchor = { left: 100, top: 50, width: 40, height: 20 }
    const options = { side: 'below', align: 'start', rtl: false } as const
    expect(place(size, anchor, view, options)).toEqual({ left: 100, top: 76 })
    expect(place(size, anchor, view, { ...options, rtl: true })).toEqual({ left: 8, top: 76 })
  })

  test('goes above when there is no room below', () => {
    const anchor = { left: 100, top: 560, width: 40, height: 20 }
    expect(place(size, anchor, view, { side: 'below', align: 'end', rtl: false }).top).toBe(454)
  })

  test('never leaves the view at its start', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -500, max: 1500 }),
        fc.integer({ min: -500, max: 1500 }),
        fc.constantFrom('start', 'center', 'end'),
        fc.boolean(),
        (left, top, align, rtl) => {
          const spot = place(size, { left, top, width: 10, height: 10 }, view, { side: 'below', align, rtl })
          expect(spot.left).toBeGreaterThanOrEqual(8)
          expect(spot.top).toBeGreaterThanOrEqual(8)
          expect(spot.left + size.width).toBeLessThanOrEqual(view.width)
          expect(spot.top + size.height).toBeLessThanOrEqual(view.height)
        },
      ),
    )
  })
})

describe('one stop of the Tab key', () => {
  test('arrows go round the ends, and the other way from right to left', () => {
    expect(nextIndex('ArrowRight', 2, 3, 'row', false)).toBe(0)
    expect(nextIndex('ArrowRight', 0, 3, 'row', true)).toBe(2)
    expect(nextIndex('ArrowUp', 0, 3, 'column', false)).toBe(2)
    expect(nextIndex('Home', 2, 3, 'row', false)).toBe(0)
    expect(nextIndex('End', 0, 3, 'row', false)).toBe(2)
  })

  test('other keys and empty rows do nothing', () => {
    expect(nextIndex('ArrowDown', 0, 3, 'row', false)).toBeNull()
    expect(nextIndex('Home', 0, 0, 'row', false)).toBeNull()
  })
})

describe('people', () => {
  test('initials are the first letters of the first and the last word', () => {
    expect(initials('Mira Solberg')).toBe('MS')
    expect(initials('jean-luc picard')).toBe('JP')
    expect(initials('Åsa')).toBe('Å')
    expect(initials('  ')).toBe('')
    expect(initials('🎈 !')).toBe('')
  })

  test('a hue is an attribute, any other colour a custom property', () => {
    expect(personColour('7')).toEqual({ 'data-person': '7' })
    expect(personColour('#ff9900')).toEqual({ 'data-person': 'own', style: { '--hue': '#ff9900' } })
  })
})

describe('arrows among options in columns', () => {
  const from = (key: string, at: number, rtl = false): number | null => gridIndex(key, at, 7, 3, rtl)

  test('up and down keep the column and stay inside', () => {
    expect([from('ArrowDown', 1), from('ArrowDown', 4), from('ArrowDown', 3)]).toEqual([4, 4, 6])
    expect([from('ArrowUp', 4), from('ArrowUp', 1)]).toEqual([1, 1])
  })

  test('sideways goes round, the way the text runs; other keys do nothing', () => {
    expect([from('ArrowRight', 6), from('ArrowLeft', 0), from('ArrowRight', 1, true)]).toEqual([0, 6, 0])
    expect([from('Home', 4), from('End', 4), from('x', 4)]).toEqual([0, 6, null])
  })
})
