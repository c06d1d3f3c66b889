import { describe, expect, test } from '@jest/globals'
import { FORMS } from '../../../../shared/board/model/style.ts'
import { routeLine } from '../../../../shared/board/geometry/route.ts'
import { changeShape } from '../../../../shared/board/model/write.ts'
import { at, createDriver } from '../../../support/board-driver.ts'
import type { Driver } from '../../../support/board-driver.ts'

const plain = (driver: Driver): Driver => {
  driver.editor.settings.value = { ...driver.editor.settings.value, snapShapes: false }
  return driver
}

describe('forms', () => {
  test.each(FORMS)('B214: a %s by a drag, and one of the usual size by a click', (form) => {
    const driver = plain(createDriver()).tool('shape')
    driver.editor.setStyle({ form })
    driver.drag([at(10, 20), at(110, 80)])
    expect(driver.last()).toMatchObject({
      kind: 'geo',
      box: { x: 10, y: 20, w: 100, h: 60, r: 0 },
      style: { form },
    })
    expect([driver.selected(), driver.editor.tool.value]).toEqual([[driver.last().id], 'select'])
    driver.tool('shape').click(500, 500)
    expect(driver.last()).toMatchObject({ box: { x: 420, y: 450, w: 160, h: 100 }, style: { form } })
    expect(driver.faults()).toEqual([])
    driver.act('undo').act('undo')
    expect(driver.scene.shapes.size).toBe(0)
  })

  test('B214: Shift makes it square, Alt draws from the middle, backwards is the same', () => {
    const driver = plain(createDriver()).tool('shape')
    driver.drag([at(0, 0), at(-50, 80)], { shift: true })
    expect(driver.last()).toMatchObject({ box: { x: -80, y: 0, w: 80, h: 80 } })
    driver.tool('shape').drag([at(100, 100), at(130, 120)], { alt: true })
    expect(driver.last()).toMatchObject({ box: { x: 70, y: 80, w: 60, h: 40 } })
  })

  test('B214: the tool stays when it is kept', () => {
    const driver = createDriver().tool('shape').act('keep-tool')
    driver.drag([at(0, 0), at(50, 50)]).drag([at(100, 0), at(150, 50)])
    expect([driver.editor.tool.value, driver.scene.shapes.size]).toEqual(['shape', 2])
  })

  test('B33, B214: edges snap to those of others and to the grid, and guides show it', () => {
    const driver = createDriver()
      .tool('shape')
      .drag([at(0, 0), at(100, 100)])
    driver.tool('shape').down(150, 3).move(200, 50).move(252, 97)
    expect(driver.editor.marks.value.guides.length).toBeGreaterThan(0)
    driver.up()
    expect(driver.last()).toMatchObject({ box: { y: 0, h: 100 } })
    expect(driver.editor.marks.value.guides).toEqual([])
    driver
      .act('snap-grid')
      .tool('shape')
      .drag([at(609, 611), at(688, 693)])
    expect(driver.last()).toMatchObject({ box: { x: 600, y: 620, w: 80, h: 80 } })
  })

  test('B201: a form that is called off was never there', () => {
    const driver = createDriver().tool('shape').down(0, 0).move(50, 50).move(90, 90)
    expect(driver.scene.shapes.size).toBe(1)
    expect(driver.editor.cancel()).toBe(true)
    expect([driver.scene.shapes.size, driver.editor.undo.canRedo()]).toEqual([0, false])
  })
})

describe('texts and notes', () => {
  test('B214: a text begins to be written; left empty it goes, and undo knows nothing of it', () => {
    const driver = createDriver().tool('text').click(100, 100)
    expect(driver.editor.writing.value).toBe(driver.last().id)
    driver.editor.write(null)
    expect(driver.scene.shapes.size).toBe(0)
    expect([driver.editor.undo.canUndo(), driver.editor.undo.canRedo()]).toEqual([false, false])
  })

  test('B220: Tab on a note makes the next beside it, over what lies there already', () => {
    const driver = createDriver().tool('note').click(100, 100)
    driver.editor.write(null)
    const [first = ''] = driver.selected()
    driver.editor.write(first)
    driver.act('select-next')
    driver.editor.write(null)
    driver.editor.select([first])
    driver.act('note-beside')
    expect(driver.list().map((shape) => shape.kind === 'note' && shape.box.x)).toEqual([20, 200, 380])
    expect(driver.editor.writing.value).toBe(driver.last().id)
  })
})

describe('frames', () => {
  test('B204: a frame takes in what lies in it; what is moved out or in changes its parent', () => {
    const driver = plain(createDriver())
    driver.tool('shape').drag([at(50, 50), at(150, 150)])
    const inner = driver.last().id
    driver.tool('shape').drag([at(900, 50), at(950, 150)])
    driver.tool('frame').drag([at(0, 0), at(400, 300)])
    const [frame = ''] = driver.selected()
    expect(driver.get(inner).parent).toBe(frame)
    driver.editor.select([inner])
    driver.drag([at(100, 100), at(700, 100)])
    expect(driver.get(inner).parent).toBeNull()
    driver.act('undo')
    expect(driver.get(inner)).toMatchObject({ parent: frame, box: { x: 50 } })
    driver.act('redo').drag([at(700, 100), at(200, 200)])
    expect(driver.get(inner).parent).toBe(frame)
    expect(driver.faults()).toEqual([])
  })

  test('B202: a frame is taken by its edge or its title, which a double click lets one write', () => {
    const driver = plain(createDriver())
      .tool('frame')
      .drag([at(100, 100), at(400, 300)])
    const [frame = ''] = driver.selected()
    driver.editor.change((board) => changeShape(board, frame, { name: 'How it travels' }))
    expect(driver.click(250, 200).selected()).toEqual([])
    expect(driver.click(130, 85).selected()).toEqual([frame])
    expect(driver.click(390, 85).selected()).toEqual([])
    let renamed = 0
    const base = { label: '', icon: '', group: 'edit', writes: true, enabled: () => true } as const
    driver.editor.actions.set('rename', { ...base, id: 'rename', run: () => renamed++ })
    driver.doubleClick(130, 85)
    expect([renamed, driver.selected()]).toEqual([1, [frame]])
  })

  test('B204: a new frame covers nothing that only juts into it, nor a locked shape', () => {
    const driver = plain(createDriver())
    driver.tool('shape').drag([at(50, 50), at(150, 150)])
    driver.tool('shape').drag([at(300, 50), at(500, 150)])
    driver.tool('pen').drag([at(20, 200), at(100, 250)])
    driver.tool('frame').drag([at(0, 0), at(400, 300)])
    const shown = driver.list().map(({ kind, parent }) => `${kind} ${parent === null ? 'out' : 'in'}`)
    expect(shown).toEqual(['frame out', 'geo in', 'ink in', 'geo out'])
    expect(driver.faults()).toEqual([])
    driver.act('undo')
    expect(driver.list().map(({ kind }) => kind)).toEqual(['geo', 'geo', 'ink'])
  })

  test('B204: what is in a frame moves with it; ink goes in only as a whole', () => {
    const driver = plain(createDriver())
      .tool('frame')
      .drag([at(0, 0), at(400, 300)])
    const [frame = ''] = driver.selected()
    driver.tool('pen').drag([at(20, 20), at(120, 120)])
    const within = driver.list().filter(({ kind }) => kind === 'ink')
    driver.drag([at(300, 100), at(600, 100)])
    const inks = driver.list().filter(({ kind }) => kind === 'ink')
    expect(inks.map(({ parent }) => parent)).toEqual(expect.arrayContaining([frame, null]))
    driver.tool('select').drag([at(0, 150), at(0, 650)])
    expect(driver.get(within[0]?.id ?? '')).toMatchObject({ box: { y: expect.closeTo(520, 0) } })
  })
})

describe('lines', () => {
  test('B215: an arrow stays on the shapes it was drawn between, and follows them', () => {
    const driver = plain(createDriver())
    driver.tool('shape').drag([at(0, 0), at(100, 100)])
    const a = driver.last().id
    driver.tool('shape').drag([at(300, 0), at(400, 100)])
    const b = driver.last().id
    driver.tool('arrow').down(50, 50).move(200, 50).move(350, 50)
    expect(driver.editor.marks.value.target).toBe(b)
    driver.up()
    const line = driver.last()
    expect(line).toMatchObject({
      kind: 'line',
      from: { shape: a },
      to: { shape: b },
      style: { end: 'arrow' },
    })
    driver.editor.select([b])
    driver.drag([at(350, 50), at(350, 450)])
    if (line.kind !== 'line') throw new Error('no line')
    const { points } = routeLine(line, (id) => driver.scene.shapes.get(id))
    expect(points.at(-1)).toBeGreaterThan(350)
    expect(driver.faults()).toEqual([])
  })

  test('B215: two clicks draw a connector; Ctrl binds nothing, Shift goes by 15 degrees', () => {
    const driver = plain(createDriver())
    driver.tool('shape').drag([at(0, 0), at(100, 100)])
    driver.tool('connector').click(50, 50).hover(200, 200).click(300, 220)
    expect(driver.last()).toMatchObject({ kind: 'line', to: null, style: { route: 'elbow' } })
    driver.tool('line').drag([at(50, 50), at(400, 60)], { mod: true })
    expect(driver.last()).toMatchObject({ kind: 'line', from: null, to: null })
    driver.tool('line').drag([at(600, 600), at(700, 610)], { shift: true })
    expect(driver.last()).toMatchObject({ path: [600, 600, expect.closeTo(700.5, 0), 600] })
  })

  test('B210: ends and bends of a line are dragged; a bend put back onto the line goes', () => {
    const driver = plain(createDriver())
      .tool('line')
      .drag([at(0, 0), at(200, 0)])
    const { id } = driver.last()
    driver.drag([at(200, 0), at(200, 100)])
    expect(driver.get(id)).toMatchObject({ path: [0, 0, 200, 100] })
    driver.drag([at(100, 50), at(150, 0)])
    expect(driver.get(id)).toMatchObject({ path: [0, 0, 150, 0, 200, 100], style: { route: 'curve' } })
    driver.drag([at(150, 0), at(100, 50)])
    expect(driver.get(id)).toMatchObject({ path: [0, 0, 200, 100] })
    driver.act('undo').act('undo').act('undo')
    expect(driver.get(id)).toMatchObject({ path: [0, 0, 200, 0], style: { route: 'straight' } })
  })

  test('B207, B217: a line moved alone leaves its shapes; of a removed shape the line ends where it was seen', () => {
    const driver = plain(createDriver())
    driver.tool('shape').drag([at(0, 0), at(100, 100)])
    const a = driver.last().id
    driver.tool('arrow').drag([at(50, 50), at(300, 50)])
    const line = driver.last().id
    driver.drag([at(150, 50), at(150, 150)])
    expect(driver.get(line)).toMatchObject({ from: null })
    driver.act('undo')
    expect(driver.get(line)).toMatchObject({ from: { shape: a } })
    driver.editor.select([a])
    driver.act('delete')
    const left = driver.get(line)
    expect(left).toMatchObject({ from: null })
    expect(left.kind === 'line' && left.path[0]).toBeGreaterThan(95)
    driver.act('undo')
    expect(driver.get(line)).toMatchObject({ from: { shape: a } })
  })
})
