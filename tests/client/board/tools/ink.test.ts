import { describe, expect, test } from '@jest/globals'
import { placedPoints } from '../../../../shared/board/geometry/ink-place.ts'
import { recognise } from '../../../../shared/board/geometry/recognise.ts'
import { polylineDistance } from '../../../../shared/board/geometry/polyline.ts'
import { decodePoints } from '../../../../shared/board/ink/points.ts'
import { SPLIT_INK_POINTS } from '../../../../shared/board/limits.ts'
import type { InkShape } from '../../../../shared/board/model/shape.ts'
import { at, createDriver } from '../../../support/board-driver.ts'
import type { Driver } from '../../../support/board-driver.ts'

const inks = (driver: Driver): InkShape[] =>
  driver.list().filter((shape): shape is InkShape => shape.kind === 'ink')
const count = ({ points }: InkShape): number => decodePoints(points).xy.length / 2
const steady = (driver: Driver, value: number): void => {
  driver.editor.settings.value = { ...driver.editor.settings.value, steady: value }
}

describe('the pen', () => {
  test('B213: a press draws one stroke in the chosen style, on top, as one step of undo', () => {
    const driver = createDriver().tool('pen')
    driver.editor.setStyle({ color: 3, width: 7 })
    driver.drag([at(0, 0), at(100, 50), at(200, 0)])
    driver.drag([at(0, 100), at(200, 100)])
    const [first, second] = inks(driver)
    expect(first).toMatchObject({ style: { color: 3, width: 7, brush: 'pen' } })
    expect((first?.order ?? '') < (second?.order ?? '')).toBe(true)
    expect(driver.editor.stroke.value).toBeNull()
    expect(driver.faults()).toEqual([])
    driver.act('undo')
    expect(inks(driver)).toEqual([first])
  })

  test('B226: what is expected of a pen is shown and not kept, and gone when it does not come', () => {
    const driver = createDriver().tool('pen')
    steady(driver, 0)
    driver.down(0, 0, { device: 'pen', pressure: 0.8 })
    const move = { device: 'pen', pressure: 0.8, predicted: [30, 0, 0.8, 40, 0, 0.8] } as const
    driver.move(10, 0, move).move(20, 0, move)
    const stroke = driver.editor.stroke.value
    expect(stroke?.points.length).toBe(9)
    expect(stroke?.ahead?.filter((_, i) => i % 3 === 0)).toEqual([30, 40])
    driver.clock.advance(60)
    expect(driver.editor.stroke.value?.ahead).toBeUndefined()
    driver.move(30, 10, { ...move, predicted: [900, 10, 0.8] }).up({ device: 'pen' })
    expect(driver.editor.stroke.value).toBeNull()
    const [ink] = inks(driver)
    expect(ink?.natural.right).toBe(30)
    expect(driver.clock.waiting).toBe(0)
  })

  test('B213: what is drawn is within the tolerance of what was shown, and its id stays', () => {
    const driver = createDriver().tool('pen')
    driver.down(0, 0)
    for (let i = 1; i < 120; i++) driver.move(i * 3, Math.sin(i / 6) * 40)
    const live = driver.editor.stroke.value
    if (!live) throw new Error('nothing is shown')
    const shown = [...live.points.values]
    driver.up()
    const [ink] = inks(driver)
    if (!ink) throw new Error('nothing was drawn')
    expect(ink.id).toBe(live.id)
    const drawn = placedPoints(ink).xy
    for (let i = 0; i < shown.length; i += 3)
      expect(polylineDistance(drawn, shown[i] ?? 0, shown[i + 1] ?? 0)).toBeLessThan(0.8)
    expect(count(ink)).toBeLessThan(60)
  })

  test('B213: steadying takes the shake out of a line', () => {
    const shake = (value: number): number => {
      const driver = createDriver().tool('pen')
      steady(driver, value)
      driver.down(0, 0)
      for (let i = 1; i < 100; i++) driver.move(i * 4, i % 2 === 0 ? 3 : -3)
      driver.move(400, 0).up()
      const [ink] = inks(driver)
      return ink ? ink.box.h : 0
    }
    expect(shake(0.9)).toBeLessThan(shake(0) / 2)
    expect(shake(0)).toBeGreaterThan(5)
  })

  test('B213: a steadied line ends where the pointer was lifted', () => {
    const driver = createDriver().tool('pen')
    steady(driver, 1)
    driver.drag([at(0, 0), at(200, 0), at(200, 150)])
    const [ink] = inks(driver)
    expect(ink && [...placedPoints(ink).xy].slice(-2)).toEqual([200, 150])
  })

  test('B213: pressure is kept where the device has it, and only there', () => {
    const driver = createDriver().tool('pen')
    driver.drag([at(0, 0), at(100, 0)], { device: 'pen', pressure: 0.9 })
    driver.drag([at(0, 50), at(100, 50)])
    const [pen, mouse] = inks(driver)
    expect(pen && Math.max(...(decodePoints(pen.points).pressure ?? []))).toBeGreaterThan(50)
    expect(mouse && decodePoints(mouse.points).pressure).toBeNull()
  })

  test('B213: a pen that begins without pressure and is lifted with none keeps what it had in between', () => {
    const driver = createDriver().tool('pen')
    driver.down(0, 0, { device: 'pen', pressure: 0 })
    for (let x = 10; x <= 200; x += 10) driver.move(x, 0, { device: 'pen', pressure: 0.8 })
    driver.up({ device: 'pen', pressure: 0 })
    const [ink] = inks(driver)
    const pressure = ink && decodePoints(ink.points).pressure
    expect([pressure?.[0], pressure?.at(-1)]).toEqual([0, 50])
  })

  test(`B213: a stroke ends at ${SPLIT_INK_POINTS} points and goes on; all of it is one step`, () => {
    const driver = createDriver().tool('pen')
    steady(driver, 0)
    driver.down(0, 0)
    for (let i = 1; i < 2600; i++) driver.move(i, i % 2 === 0 ? 0 : 20)
    driver.up()
    const strokes = inks(driver)
    expect(strokes).toHaveLength(3)
    for (const ink of strokes) expect(count(ink)).toBeLessThanOrEqual(SPLIT_INK_POINTS)
    const ends = strokes.map((ink) => placedPoints(ink).xy)
    for (let i = 1; i < ends.length; i++)
      expect(Array.from(ends[i] ?? []).slice(0, 2)).toEqual(Array.from(ends[i - 1] ?? []).slice(-2))
    expect(driver.act('undo').scene.shapes.size).toBe(0)
  })

  test('B213: detail drawn zoomed in is kept', () => {
    const driver = createDriver().tool('pen')
    steady(driver, 0)
    driver.camera.set({ x: 0, y: 0, zoom: 32 })
    driver.down(1, 1)
    for (let i = 1; i < 40; i++) driver.move(1 + i / 8, 1 + Math.sin(i / 3))
    driver.up()
    const [ink] = inks(driver)
    expect(ink && count(ink)).toBeGreaterThan(10)
    expect(ink && decodePoints(ink.points).exponent).toBeGreaterThanOrEqual(5)
  })

  test('B213: a stroke that is called off leaves nothing, also where pieces were written', () => {
    const driver = createDriver().tool('pen')
    steady(driver, 0)
    driver.down(0, 0)
    for (let i = 1; i < 1500; i++) driver.move(i, i % 2 === 0 ? 0 : 20)
    expect(driver.scene.shapes.size).toBe(1)
    driver.editor.cancel()
    expect([driver.scene.shapes.size, driver.editor.undo.canUndo(), driver.editor.undo.canRedo()]).toEqual([
      0,
      false,
      false,
    ])
  })

  test('B213: the highlighter goes under the ink it marks, but not under what that lies on', () => {
    const driver = createDriver()
      .tool('pen')
      .drag([at(0, 50), at(300, 50)])
    driver.tool('highlighter').drag([at(0, 55), at(300, 55)])
    const brushes = (): string[] => inks(driver).map(({ style }) => style.brush)
    expect(brushes()).toEqual(['highlighter', 'pen'])
    driver.tool('note').click(150, 50)
    driver.editor.write(null)
    driver.tool('pen').drag([at(100, 50), at(200, 50)])
    driver.tool('highlighter').drag([at(100, 55), at(200, 55)])
    expect(driver.list().map((shape) => (shape.kind === 'ink' ? shape.style.brush : shape.kind))).toEqual([
      'highlighter',
      'pen',
      'note',
      'highlighter',
      'pen',
    ])
  })

  test('B213: a tap leaves a dot', () => {
    const driver = createDriver().tool('pen').click(10, 20)
    const [ink] = inks(driver)
    expect(ink?.box).toMatchObject({ x: 10, y: 20, w: 0, h: 0 })
    expect(driver.faults()).toEqual([])
  })
})

describe('holding still at the end', () => {
  function drawn(hold: boolean, driver = createDriver()): Driver {
    driver.tool('pen')
    steady(driver, 0)
    const corners = [at(0, 0), at(200, 0), at(200, 120), at(0, 120), at(0, 2)]
    driver.down(0, 0)
    let from = at(0, 0)
    for (const to of corners) {
      for (let i = 1; i <= 12; i++)
        driver.move(from.x + ((to.x - from.x) * i) / 12, from.y + ((to.y - from.y) * i) / 12)
      from = to
    }
    if (hold) driver.clock.advance(600)
    return driver
  }

  test('B241: a stroke held still becomes its form; one undo gives the ink back, another takes that', () => {
    const driver = drawn(true)
    expect(driver.editor.stroke.value).toBeNull()
    expect([...driver.editor.preview.value.values()]).toMatchObject([
      { kind: 'geo', style: { form: 'rect' } },
    ])
    driver.up()
    expect(driver.editor.preview.value.size).toBe(0)
    expect(driver.list()).toMatchObject([
      { kind: 'geo', box: { w: expect.closeTo(200, -1), h: expect.closeTo(120, -1), r: 0 } },
    ])
    expect(driver.act('undo').list()).toMatchObject([{ kind: 'ink' }])
    expect(driver.act('undo').list()).toEqual([])
    driver.act('redo').act('redo')
    expect(driver.list()).toMatchObject([{ kind: 'geo' }])
    expect(driver.faults()).toEqual([])
  })

  test('B241, B317: what recognises may come while the stroke is held', () => {
    let there = false
    const driver = drawn(true, createDriver({ recogniser: () => (there ? recognise : null) }))
    expect(driver.editor.stroke.value).not.toBeNull()
    there = true
    driver.clock.advance(600)
    expect(driver.editor.stroke.value).toBeNull()
    expect(driver.up().list()).toMatchObject([{ kind: 'geo', style: { form: 'rect' } }])
  })

  test('B241: without a rest it stays ink, and so it does where the setting is off', () => {
    expect(drawn(false).up().list()).toMatchObject([{ kind: 'ink' }])
    const driver = createDriver().tool('pen')
    driver.editor.settings.value = { ...driver.editor.settings.value, recognise: false }
    driver.down(0, 0).move(100, 0).move(200, 0)
    driver.clock.advance(2000)
    expect(driver.up().list()).toMatchObject([{ kind: 'ink' }])
  })

  test('B241: called off while it is shown, nothing stays', () => {
    const driver = drawn(true)
    driver.editor.cancel()
    expect([driver.list(), driver.editor.preview.value.size, driver.clock.waiting]).toEqual([[], 0, 0])
  })
})

describe('the eraser', () => {
  function withLines(): Driver {
    const driver = createDriver().tool('pen')
    steady(driver, 0)
    driver.drag([at(0, 0), at(200, 0)])
    driver.drag([at(0, 60), at(200, 60)])
    return driver.tool('eraser')
  }

  test('B216: takes what it goes over as a whole, which fades first; one step', () => {
    const driver = withLines()
    driver.down(100, -30).move(100, 30)
    expect([...driver.editor.preview.value.values()]).toMatchObject([{ style: { opacity: 0.25 } }])
    driver.move(100, 90).up()
    expect(driver.scene.shapes.size).toBe(0)
    expect(driver.act('undo').scene.shapes.size).toBe(2)
  })

  test('B216: with Alt or the setting strokes lose only what it touches', () => {
    const driver = withLines()
    driver.drag([at(100, -30), at(100, 30)], { alt: true })
    expect(inks(driver)).toHaveLength(3)
    const boxes = inks(driver).map(({ box }) => [Math.round(box.x), Math.round(box.x + box.w)])
    expect(boxes).toContainEqual([0, 200])
    expect(boxes.filter(([from, to]) => (to ?? 0) - (from ?? 0) < 100)).toHaveLength(2)
    expect(driver.faults()).toEqual([])
    expect(inks(driver.act('undo'))).toHaveLength(2)
    driver.act('erase-part').drag([at(100, 30), at(100, 90)])
    expect(inks(driver)).toHaveLength(3)
  })

  test('B216: locked shapes and frames stay', () => {
    const driver = createDriver()
      .tool('frame')
      .drag([at(0, 0), at(300, 300)])
    driver.tool('shape').drag([at(50, 50), at(150, 150)])
    driver
      .act('lock')
      .tool('eraser')
      .drag([at(-20, 100), at(400, 100)])
    expect(
      driver
        .list()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['frame', 'geo'])
  })

  test('B216: the pen’s other end erases whatever the tool is', () => {
    const driver = withLines().tool('pen')
    driver.drag([at(50, -30), at(50, 30)], { device: 'pen', eraser: true, button: 5, pressure: 0.5 })
    expect(inks(driver)).toHaveLength(1)
    expect(driver.editor.tool.value).toBe('pen')
  })
})
