import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { createShape } from '../../../../shared/board/model/write.ts'
import { at, createDriver, withBoxes } from '../../../support/board-driver.ts'

describe('dragging', () => {
  test('B207: a drag moves; it is one step of undo and others see it on the way', () => {
    const driver = withBoxes([[0, 0]])
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
    const driver = withBoxes([[0, 0]])
    driver.down(10, 10)
    for (let x = 20; x < 400; x += 5) driver.move(x, 10)
    expect(driver.get('a')).not.toMatchObject({ box: { x: 0 } })
    expect(driver.editor.cancel()).toBe(true)
    expect(driver.get('a')).toMatchObject({ box: { x: 0, y: 0 } })
    expect([driver.editor.undo.canUndo(), driver.editor.undo.canRedo()]).toEqual([false, false])
    expect(driver.editor.preview.value.size).toBe(0)
  })

  test('B202: a drag right after a click is a drag, not a double click', () => {
    const driver = withBoxes([[0, 0]])
    driver.click(10, 10).drag([at(10, 10), at(60, 10)], { clicks: 2 })
    expect([driver.editor.writing.value, driver.get('a')]).toMatchObject([null, { box: { x: 50 } }])
  })

  test('B201: who may not draw any more in the middle of a drag writes nothing from then on', () => {
    const driver = withBoxes([[0, 0]])
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
    const driver = withBoxes([[0, 0]])
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
      [0, 0],
      [200, 0],
    ])
    expect(driver.drag([at(-20, -20), at(250, 90)]).selected()).toEqual(['a'])
    expect(driver.drag([at(-20, -20), at(250, 90)], { mod: true }).selected()).toEqual(['a', 'b'])
    expect(driver.editor.marks.value.marquee).toBeNull()
  })

  test('B208: handles resize: a corner, a side, with Shift in ratio, with Alt about the middle', () => {
    const driver = withBoxes([[0, 0]])
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
    const driver = withBoxes([[0, 0]])
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
    const driver = withBoxes([[0, 0]])
    driver.camera.set({ x: -200, y: -200, zoom: 0.12 })
    driver.click(50, 30).drag([at(50, 30), at(350, 30)])
    expect(driver.get('a')).toMatchObject({ box: { x: 300, y: 0, w: 100, h: 60 } })
  })

  test('B202: a double click on the ground writes a text there; who may not draw only selects', () => {
    const driver = withBoxes([[0, 0]])
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
      for (let i = 0; i < 500; i++)
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
    expect([writes, driver.editor.preview.value.size]).toEqual([0, 500])
    driver.up()
    // Where they are, and no frames to go into.
    expect(writes).toBe(1)
  })

  test('B209: the handle above turns, with Shift in steps of 15 degrees', () => {
    const driver = withBoxes([[0, 0]])
    driver.click(10, 10).drag([at(50, -22), at(102, 30)])
    const turned = driver.get('a')
    expect(turned).toMatchObject({ box: { w: 100, h: 60 } })
    expect(turned.kind === 'geo' && turned.box.r).toBeCloseTo(Math.PI / 2, 3)
    driver.act('undo').drag([at(50, -22), at(75, -20)], { shift: true })
    const shape = driver.get('a')
    expect(shape.kind === 'geo' && shape.box.r / (Math.PI / 12)).toBeCloseTo(2, 5)
  })
})
