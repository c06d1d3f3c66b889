import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { createShape } from '../../../../shared/board/model/write.ts'
import type { Style } from '../../../../shared/board/model/style.ts'
import { at, createDriver } from '../../../support/board-driver.ts'
import type { Driver } from '../../../support/board-driver.ts'

/** Boxes of 100 by 60, filled unless a style says otherwise. */
function withBoxes(
  places: readonly (readonly [id: string, x: number, y: number])[],
  style: Partial<Style> = { fill: 'solid' },
): Driver {
  const driver = createDriver()
  driver.editor.settings.value = { ...driver.editor.settings.value, snapShapes: false }
  places.forEach(([id, x, y], i) =>
    createShape(driver.board, { id, kind: 'geo', order: `V${i + 1}`, box: boxOf(x, y, 100, 60), style }),
  )
  return driver
}

describe('clicks', () => {
  test('B202: a click selects the uppermost shape, Shift adds and takes away, the ground lets go', () => {
    const driver = withBoxes([
      ['a', 0, 0],
      ['b', 50, 30],
      ['c', 300, 0],
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
        ['a', 0, 0],
        ['b', 20, 20],
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
    const driver = withBoxes([['a', 0, 0]])
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
      ['a', 0, 0],
      ['b', 200, 0],
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
      ['a', 0, 0],
      ['b', 200, 0],
      ['c', 0, 200],
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
    const driver = withBoxes([['a', 0, 0]]).tool('pen')
    const menus: unknown[] = []
    driver.editor.hooks.menu = (place) => menus.push(place)
    driver.click(10, 10, { button: 2 })
    expect([driver.selected(), menus.length, driver.scene.shapes.size]).toEqual([['a'], 1, 1])
  })
})

describe('at the edge of the view', () => {
  test('B211: what is dragged there goes on, and the view with it, until the pointer leaves the edge', () => {
    const driver = withBoxes([['a', 600, 300]])
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
    const driver = withBoxes([['a', 1100, 300]])
    driver.down(1190, 310).move(1195, 315).move(1198, 318)
    driver.clock.advance(300)
    expect(driver.camera.place.value.x).toBe(0)
    driver.editor.cancel()
  })
})

describe('dragging', () => {
  test('B207: a drag moves; it is one step of undo and others see it on the way', () => {
    const driver = withBoxes([['a', 0, 0]])
    let writes = 0
    driver.board.doc.on('update', () => writes++)
    driver.drag([at(10, 10), at(110, 60), at(210, 10)])
    expect(driver.get('a')).toMatchObject({ box: { x: 200, y: 0, w: 100, h: 60 } })
    expect(writes).toBeGreaterThan(1)
    expect(writes).toBeLessThan(6)
    driver.act('undo')
    expect(driver.get('a')).toMatchObject({ box: { x: 0, y: 0 } })
    expect(driver.editor.actions.get('undo')?.enabled()).toBe(false)
    driver.act('redo')
    expect(driver.get('a')).toMatchObject({ box: { x: 200, y: 0 } })
  })

  test('B201: what is called off was never there, and does not come back by redo', () => {
    const driver = withBoxes([['a', 0, 0]])
    driver.down(10, 10)
    for (let x = 20; x < 400; x += 5) driver.move(x, 10)
    expect(driver.get('a')).not.toMatchObject({ box: { x: 0 } })
    expect(driver.editor.cancel()).toBe(true)
    expect(driver.get('a')).toMatchObject({ box: { x: 0, y: 0 } })
    expect([driver.editor.undo.canUndo(), driver.editor.undo.canRedo()]).toEqual([false, false])
    expect(driver.editor.preview.value.size).toBe(0)
  })

  test('B202: a drag right after a click is a drag, not a double click', () => {
    const driver = withBoxes([['a', 0, 0]])
    driver.click(10, 10).drag([at(10, 10), at(60, 10)], { clicks: 2 })
    expect([driver.editor.writing.value, driver.get('a')]).toMatchObject([null, { box: { x: 50 } }])
  })

  test('B201: who may not draw any more in the middle of a drag writes nothing from then on', () => {
    const driver = withBoxes([['a', 0, 0]])
    driver.down(10, 10)
    for (let x = 20; x < 400; x += 5) driver.move(x, 10)
    const before = Y.encodeStateAsUpdate(driver.board.doc)
    driver.mayDraw.value = false
    driver.move(500, 10).up()
    driver.clock.advance(1000)
    expect(Y.encodeStateAsUpdate(driver.board.doc)).toEqual(before)
    expect(driver.editor.preview.value.size).toBe(0)
    const pen = createDriver().tool('pen').down(0, 0).move(100, 0)
    pen.mayDraw.value = false
    expect([pen.up().scene.shapes.size, pen.editor.stroke.value, pen.editor.tool.value]).toEqual([
      0,
      null,
      'select',
    ])
  })

  test('B207: Shift keeps it level, Alt moves a copy', () => {
    const driver = withBoxes([['a', 0, 0]])
    driver.drag([at(10, 10), at(110, 40)], { shift: true })
    expect(driver.get('a')).toMatchObject({ box: { x: 100, y: 0 } })
    driver.drag([at(110, 10), at(110, 210)], { alt: true })
    expect(driver.scene.shapes.size).toBe(2)
    expect(driver.get('a')).toMatchObject({ box: { x: 100, y: 0 } })
    expect(driver.get(driver.selected()[0] ?? '')).toMatchObject({ box: { x: 100, y: 200 } })
    driver.act('undo')
    expect([...driver.scene.shapes.keys()]).toEqual(['a'])
  })

  test('B206: a rectangle selects what lies in it as a whole, with Ctrl what it touches', () => {
    const driver = withBoxes([
      ['a', 0, 0],
      ['b', 200, 0],
    ])
    expect(driver.drag([at(-20, -20), at(250, 90)]).selected()).toEqual(['a'])
    expect(driver.drag([at(-20, -20), at(250, 90)], { mod: true }).selected()).toEqual(['a', 'b'])
    expect(driver.editor.marks.value.marquee).toBeNull()
  })

  test('B208: handles resize: a corner, a side, with Shift in ratio, with Alt about the middle', () => {
    const driver = withBoxes([['a', 0, 0]])
    driver.click(10, 10).drag([at(100, 60), at(150, 90)])
    expect(driver.get('a')).toMatchObject({ box: { x: 0, y: 0, w: 150, h: 90 } })
    driver.drag([at(0, 45), at(-50, 45)])
    expect(driver.get('a')).toMatchObject({ box: { x: -50, y: 0, w: 200, h: 90 } })
    driver.drag([at(150, 90), at(350, 100)], { shift: true })
    expect(driver.get('a')).toMatchObject({ box: { x: -50, y: 0, w: 400, h: 180 } })
    driver.drag([at(350, 180), at(300, 160)], { alt: true })
    expect(driver.get('a')).toMatchObject({ box: { x: 0, y: 20, w: 300, h: 140 } })
    // Through the other side it is mirrored.
    driver.drag([at(300, 90), at(-100, 90)])
    expect(driver.get('a')).toMatchObject({ box: { x: -100, w: 100, flipX: true } })
  })

  test('B208: a turned shape stretches along its own sides, a text’s corners stretch its letters', () => {
    const driver = withBoxes([['a', 0, 0]])
    driver.click(10, 10).drag([at(50, -22), at(102, 30)])
    // Now 60 wide and 100 high on the page, about 50, 30; its right side points down.
    driver.drag([at(50, 80), at(50, 130)])
    expect(driver.get('a')).toMatchObject({ box: { w: 150, h: 60 } })
    const turned = driver.get('a')
    expect(
      turned.kind === 'geo' && [turned.box.x + turned.box.w / 2, turned.box.y + turned.box.h / 2],
    ).toEqual([expect.closeTo(50, 3), expect.closeTo(55, 3)])
    createShape(driver.board, {
      id: 't',
      kind: 'text',
      order: 'W',
      box: boxOf(400, 400, 100, 20),
      text: [{ insert: 'words' }],
    })
    driver.click(410, 410).drag([at(500, 420), at(600, 440)])
    expect(driver.get('t')).toMatchObject({ box: { w: 200, h: 40 }, style: { size: 40 } })
    driver.drag([at(600, 420), at(650, 420)])
    expect(driver.get('t')).toMatchObject({ box: { w: 250, h: 40 }, style: { size: 40 } })
  })

  test('B203: in a box that is small on the screen the inside still moves it', () => {
    const driver = withBoxes([['a', 0, 0]])
    driver.camera.set({ x: -200, y: -200, zoom: 0.12 })
    driver.click(50, 30).drag([at(50, 30), at(350, 30)])
    expect(driver.get('a')).toMatchObject({ box: { x: 300, y: 0, w: 100, h: 60 } })
  })

  test('B202: a double click on the ground writes a text there; who may not draw only selects', () => {
    const driver = withBoxes([['a', 0, 0]])
    driver.doubleClick(500, 500)
    expect(driver.last()).toMatchObject({ kind: 'text' })
    expect(driver.editor.writing.value).toBe(driver.last().id)
    driver.editor.write(null)
    driver.mayDraw.value = false
    driver.doubleClick(500, 500).doubleClick(10, 10)
    expect([driver.scene.shapes.size, driver.selected(), driver.editor.writing.value]).toEqual([
      1,
      ['a'],
      null,
    ])
  })

  test('B201: many shapes are written at the end only, and shown at once', () => {
    const driver = createDriver()
    driver.board.doc.transact(() => {
      for (let i = 0; i < 1600; i++)
        createShape(driver.board, {
          kind: 'geo',
          order: `V${(i + 36).toString(36)}1`,
          box: boxOf((i % 40) * 10, Math.floor(i / 40) * 10, 8, 8),
          style: { fill: 'solid' },
        })
    })
    driver.act('select-all')
    let writes = 0
    driver.board.doc.on('update', () => writes++)
    driver.down(4, 4)
    for (let x = 20; x < 300; x += 10) driver.move(x, 4)
    expect([writes, driver.editor.preview.value.size]).toEqual([0, 1600])
    driver.up()
    // Where they are, and no frames to go into.
    expect(writes).toBe(1)
  })

  test('B209: the handle above turns, with Shift in steps of 15 degrees', () => {
    const driver = withBoxes([['a', 0, 0]])
    driver.click(10, 10).drag([at(50, -22), at(102, 30)])
    const turned = driver.get('a')
    expect(turned).toMatchObject({ box: { w: 100, h: 60 } })
    expect(turned.kind === 'geo' && turned.box.r).toBeCloseTo(Math.PI / 2, 3)
    driver.act('undo').drag([at(50, -22), at(75, -20)], { shift: true })
    const shape = driver.get('a')
    expect(shape.kind === 'geo' && shape.box.r / (Math.PI / 12)).toBeCloseTo(2, 5)
  })
})
