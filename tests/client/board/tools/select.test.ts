import { describe, expect, test } from '@jest/globals'
import { at, withBoxes } from '../../../support/board-driver.ts'

describe('clicks', () => {
  test('B202: a click selects the uppermost shape, Shift adds and takes away, the ground lets go', () => {
    const driver = withBoxes([
      [0, 0],
      [50, 30],
      [300, 0],
    ])
    expect(driver.click(70, 40).selected()).toEqual(['b'])
    expect(driver.click(10, 10).selected()).toEqual(['a'])
    expect(driver.click(310, 10, { shift: true }).selected()).toEqual(['a', 'c'])
    expect(driver.click(310, 10, { shift: true }).selected()).toEqual(['a'])
    expect(driver.click(600, 600).selected()).toEqual([])
  })

  test('B202: a form without a fill is taken by its edge or by a click into it, and a drag in it selects', () => {
    const driver = withBoxes(
      [
        [0, 0],
        [20, 20],
      ],
      {},
    )
    expect(driver.click(0, 30).selected()).toEqual(['a'])
    driver.click(600, 600)
    expect(driver.click(70, 45).selected()).toHaveLength(1)
    driver.click(600, 600)
    driver.drag([at(10, 10), at(130, 90)])
    expect(driver.selected()).toEqual(['b'])
  })

  test('B202: locked shapes are passed over, but a right click reaches them', () => {
    const driver = withBoxes([[0, 0]])
    driver.click(10, 10).act('lock')
    driver.click(600, 600)
    expect(driver.click(10, 10).selected()).toEqual([])
    let menu = null as unknown
    driver.editor.hooks.menu = (place) => (menu = place)
    driver.click(10, 10, { button: 2 })
    expect([driver.selected(), menu]).toEqual([['a'], at(10, 10)])
    driver.act('unlock').click(600, 600)
    expect(driver.click(10, 10).selected()).toEqual(['a'])
  })

  test('B202: a double click goes into a group, then into text; Escape comes back', () => {
    const driver = withBoxes([
      [0, 0],
      [200, 0],
    ])
    driver.act('select-all').act('group')
    const [group = ''] = driver.selected()
    driver.click(600, 600)
    expect(driver.click(10, 10).selected()).toEqual([group])
    expect(driver.doubleClick(10, 10).selected()).toEqual(['a'])
    expect(driver.click(210, 10).selected()).toEqual(['b'])
    driver.doubleClick(210, 10)
    expect(driver.editor.writing.value).toBe('b')
    driver.act('select-none')
    expect([driver.editor.writing.value, driver.selected()]).toEqual([null, ['b']])
    expect(driver.act('select-none').selected()).toEqual([group])
    expect(driver.act('select-none').selected()).toEqual([])
  })
})

describe('what is locked', () => {
  test('B202, B217: with a group all in it is locked: for clicks, rectangles, the eraser, styles, keys and removal', () => {
    const driver = withBoxes([
      [0, 0],
      [200, 0],
      [0, 200],
    ])
    driver.editor.select(['a', 'b'])
    driver.act('group')
    const [group = ''] = driver.selected()
    driver.act('lock').click(600, 600)
    expect(driver.click(10, 10).selected()).toEqual([])
    expect(driver.drag([at(-50, -50), at(500, 500)]).selected()).toEqual(['c'])
    driver.tool('eraser').drag([at(-20, 30), at(400, 30)])
    driver.tool('select')
    driver.editor.select([group, 'c'])
    driver.editor.setStyle({ color: 4 })
    driver.act('move-far-right').drag([at(10, 210), at(60, 210)])
    expect([driver.get('a'), driver.get('c')]).toMatchObject([
      { box: { x: 0 }, style: { color: 0 } },
      { box: { x: 60 }, style: { color: 4 } },
    ])
    driver.editor.select([group, 'c'])
    driver.act('delete')
    expect([...driver.scene.shapes.keys()].sort()).toEqual([group, 'a', 'b'].sort())
  })

  test('B202: a right click is the same with every tool', () => {
    const driver = withBoxes([[0, 0]]).tool('pen')
    const menus: unknown[] = []
    driver.editor.hooks.menu = (place) => menus.push(place)
    driver.click(10, 10, { button: 2 })
    expect([driver.selected(), menus.length, driver.scene.shapes.size]).toEqual([['a'], 1, 1])
  })
})

describe('at the edge of the view', () => {
  test('B211: what is dragged there goes on, and the view with it, until the pointer leaves the edge', () => {
    const driver = withBoxes([[600, 300]])
    driver.down(610, 310)
    for (let x = 620; x <= 1195; x += 25) driver.move(x, 310)
    const before = driver.editor.preview.value.get('a')
    driver.clock.advance(500)
    expect(driver.camera.place.value.x).toBeGreaterThan(100)
    expect(driver.editor.preview.value.get('a')).not.toEqual(before)
    const { x } = driver.camera.place.value
    driver.move(x + 600, 310)
    const still = driver.camera.place.value
    driver.clock.advance(500)
    expect(driver.camera.place.value).toEqual(still)
    driver.up()
    expect(driver.get('a')).toMatchObject({ box: { x: expect.closeTo(x + 590, 0) } })
    expect(driver.clock.waiting).toBe(0)
  })

  test('B211: a drag that begins at the edge does not move the view before it has been away from it', () => {
    const driver = withBoxes([[1100, 300]])
    driver.down(1190, 310).move(1195, 315).move(1198, 318)
    driver.clock.advance(300)
    expect(driver.camera.place.value.x).toBe(0)
    driver.editor.cancel()
  })
})
