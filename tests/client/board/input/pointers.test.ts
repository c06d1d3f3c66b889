import { describe, expect, test } from '@jest/globals'
import { createPointers } from '../../../../client/board/input/pointers.ts'
import type { RawPointer } from '../../../../client/board/input/pointers.ts'
import { turnWheel } from '../../../../client/board/input/wheel.ts'
import type { Inside } from '../../../../client/board/editor/inside.ts'
import type { Pointer } from '../../../../client/board/types.ts'
import { createDriver } from '../../../support/board-driver.ts'

interface Press extends Partial<RawPointer> {
  readonly type?: string
}

/** A board fed with raw pointers, and what of it reached the editor. */
function setUp() {
  const driver = createDriver()
  const { clock } = driver
  const editor = driver.editor as Inside
  const events: Pointer[] = []
  const fed = { ...editor, pointer: (event: Pointer) => (events.push(event), editor.pointer(event)) }
  const pointers = createPointers(fed, { capture() {}, after: (ms, run) => clock.after(ms, run) })
  const raw = ({ type = 'mouse', ...over }: Press): RawPointer => ({
    pointerId: type === 'mouse' ? 1 : 2,
    pointerType: type,
    button: 0,
    buttons: 1,
    pressure: 0.5,
    shiftKey: false,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    timeStamp: clock.now(),
    ...over,
  })
  const down = (x: number, y: number, press: Press = {}): void => pointers.down(raw(press), { x, y })
  const move = (x: number, y: number, press: Press = {}): void => {
    clock.advance(16)
    pointers.move(raw({ button: -1, ...press }), { x, y }, [])
  }
  const up = (x: number, y: number, press: Press = {}): void => pointers.up(raw(press), { x, y })
  const types = (): string => events.map(({ type }) => type).join(' ')
  return { driver, pointers, events, down, move, up, types }
}

const rawMouse: RawPointer = {
  pointerId: 1,
  pointerType: 'mouse',
  button: 0,
  buttons: 1,
  pressure: 0.5,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  timeStamp: 0,
}
const finger = (pointerId: number): Press => ({ type: 'touch', pointerId })
const pen: Press = { type: 'pen', pointerId: 9, pressure: 0.8 }

describe('one pointer', () => {
  test('B226: hover, press, drag; pressure is a pen’s only, places are the page’s', () => {
    const { driver, events, down, move, up, types } = setUp()
    driver.camera.set({ x: 100, y: 0, zoom: 2 })
    move(10, 10, { buttons: 0 })
    down(10, 10)
    move(20, 30)
    up(20, 30)
    expect(types()).toBe('hover down move up')
    expect(events[2]).toMatchObject({
      page: { x: 110, y: 15 },
      screen: { x: 20, y: 30 },
      hasPressure: false,
      pressure: 0.5,
      button: 0,
    })
    down(0, 0, pen)
    expect(events.at(-1)).toMatchObject({ device: 'pen', hasPressure: true, pressure: 0.8 })
  })

  test('B226: on Apple’s systems a click with Ctrl is one with the right button', () => {
    const { driver, events } = setUp()
    const apple = createPointers(
      { ...(driver.editor as Inside), pointer: (event) => void events.push(event) },
      { capture() {}, after: () => () => {}, apple: true },
    )
    apple.down({ ...rawMouse, ctrlKey: true }, { x: 0, y: 0 })
    apple.up({ ...rawMouse, ctrlKey: true }, { x: 0, y: 0 })
    apple.down(rawMouse, { x: 0, y: 0 })
    expect(events.map(({ type, button }) => `${type} ${button}`)).toEqual(['down 2', 'up 2', 'down 0'])
  })

  test('B226: coalesced places come in order, the last being where the pointer is', () => {
    const { pointers, events, down } = setUp()
    down(0, 0, pen)
    const places = [1, 2, 3].map((x) => ({ x, y: 0, pressure: x / 10 }))
    const event = {
      pointerId: 9,
      pointerType: 'pen',
      button: -1,
      buttons: 1,
      pressure: 0.3,
      shiftKey: false,
      altKey: false,
      ctrlKey: false,
      metaKey: false,
      timeStamp: 1,
    }
    pointers.move(event, { x: 3, y: 0 }, places)
    expect(events.at(-1)?.coalesced).toEqual([1, 0, 0.1, 2, 0, 0.2, 3, 0, 0.3])
    expect(events.at(-1)?.predicted).toBeUndefined()
    pointers.move(event, { x: 4, y: 0 }, [], [{ x: 5, y: 1 }])
    expect(events.at(-1)).toMatchObject({ coalesced: [4, 0, 0.3], predicted: [5, 1, 0.3] })
  })

  test('B226: clicks in a row count when they are soon and near and of one button', () => {
    const { driver, events, down, up } = setUp()
    const click = (x: number, button = 0): number => {
      down(x, 0, { button })
      up(x, 0, { button })
      return events.at(-1)?.clicks ?? 0
    }
    expect([click(0), click(3), click(5), click(100), click(100, 2)]).toEqual([1, 2, 3, 1, 1])
    driver.clock.advance(1000)
    expect(click(100, 2)).toBe(1)
  })

  test('B224: space and the middle button move the view, whatever the tool', () => {
    const { driver, pointers, down, move, up, types } = setUp()
    driver.tool('pen')
    pointers.hand(true)
    expect(pointers.grip.value).toBe('open')
    down(100, 100)
    expect(pointers.grip.value).toBe('closed')
    move(150, 80)
    up(150, 80)
    pointers.hand(false)
    expect([pointers.grip.value, driver.camera.place.value]).toEqual(['none', { x: -50, y: 20, zoom: 1 }])
    down(0, 0, { button: 1 })
    move(10, 0, { buttons: 4 })
    up(10, 0, { button: 1 })
    expect(driver.camera.place.value.x).toBe(-60)
    expect([types(), driver.scene.shapes.size]).toEqual(['', 0])
  })

  test('B226: what ends without an end is called off', () => {
    const { driver, pointers, down, move } = setUp()
    driver.tool('pen')
    down(0, 0)
    move(100, 0)
    pointers.lost({ pointerId: 1 } as RawPointer, { x: 100, y: 0 })
    expect([driver.editor.stroke.value, driver.scene.shapes.size]).toEqual([null, 0])
  })

  test('B226: a modifier key that changes while the pointer rests counts at once', () => {
    const { driver, pointers, down, move } = setUp()
    driver.tool('shape')
    down(0, 0)
    move(50, 20)
    move(100, 40)
    pointers.modifiers({ shiftKey: true, altKey: false, ctrlKey: false, metaKey: false })
    expect([...driver.editor.preview.value.values()]).toMatchObject([{ box: { w: 100, h: 100 } }])
  })
})

describe('fingers', () => {
  test('B224: one draws, two move and zoom the view around what is under them', () => {
    const { driver, down, move, up } = setUp()
    driver.tool('pen')
    down(100, 100, finger(2))
    move(100, 160, finger(2))
    up(100, 160, finger(2))
    expect(driver.scene.shapes.size).toBe(1)
    driver.clock.advance(1000)
    down(400, 400, finger(2))
    down(600, 400, finger(3))
    expect(driver.editor.stroke.value).toBeNull()
    const under = driver.camera.toPage({ x: 500, y: 400 })
    move(300, 400, finger(2))
    move(700, 400, finger(3))
    expect(driver.camera.place.value.zoom).toBeCloseTo(2)
    expect(driver.camera.toPage({ x: 500, y: 400 }).x).toBeCloseTo(under.x)
    move(320, 450, finger(2))
    move(720, 450, finger(3))
    expect(driver.camera.toPage({ x: 520, y: 450 }).y).toBeCloseTo(under.y)
    up(320, 450, finger(2))
    up(720, 450, finger(3))
    expect(driver.scene.shapes.size).toBe(1)
  })

  test('B224: from the first contact of a pen on fingers only move the view', () => {
    const { driver, down, move, up, types } = setUp()
    driver.tool('pen')
    // The hand comes down first.
    down(300, 300, finger(2))
    down(100, 100, pen)
    move(200, 100, pen)
    // A finger that touches the glass meanwhile changes nothing.
    down(500, 500, finger(3))
    move(510, 500, finger(3))
    move(250, 100, pen)
    up(250, 100, pen)
    up(510, 500, finger(3))
    up(300, 300, finger(2))
    expect(types()).toMatch(/^down cancel down move move up$/)
    expect(driver.scene.shapes.size).toBe(1)
    down(300, 300, finger(4))
    move(350, 300, finger(4))
    up(350, 300, finger(4))
    expect([driver.scene.shapes.size, driver.camera.place.value.x]).toEqual([1, -50])
    expect(driver.said).toContainEqual(['board.say.penOnly', {}])
    driver.act('fingers')
    down(300, 300, finger(5))
    move(350, 300, finger(5))
    up(350, 300, finger(5))
    expect(driver.scene.shapes.size).toBe(2)
  })

  test('B224: a finger that rests opens the menu, but not with a pen, and not when it moved', () => {
    const { driver, down, move, up } = setUp()
    const menus: unknown[] = []
    driver.editor.hooks.menu = (at) => menus.push(at)
    down(10, 20, finger(2))
    driver.clock.advance(700)
    up(10, 20, finger(2))
    expect(menus).toEqual([{ x: 10, y: 20 }])
    driver.clock.advance(1000)
    down(10, 20, finger(2))
    move(80, 20, finger(2))
    driver.clock.advance(700)
    up(80, 20, finger(2))
    driver.tool('pen')
    down(10, 20, finger(2))
    driver.clock.advance(700)
    up(10, 20, finger(2))
    expect(menus).toHaveLength(1)
  })
})

describe('the wheel', () => {
  const turn = { deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false }

  test('B225: moves the view, sideways with Shift, by lines and pages too', () => {
    const { camera } = createDriver()
    turnWheel(camera, { ...turn, deltaX: 5, deltaY: 10 }, { x: 0, y: 0 })
    turnWheel(camera, { ...turn, deltaY: 10, shiftKey: true }, { x: 0, y: 0 })
    turnWheel(camera, { ...turn, deltaY: 1, deltaMode: 1 }, { x: 0, y: 0 })
    expect(camera.place.value).toEqual({ x: 15, y: 50, zoom: 1 })
  })

  test('B225: with Ctrl or Command zooms around the pointer, within bounds', () => {
    const { camera } = createDriver()
    const at = { x: 300, y: 200 }
    const under = camera.toPage(at)
    turnWheel(camera, { ...turn, deltaY: -100, ctrlKey: true }, at)
    turnWheel(camera, { ...turn, deltaY: -4, metaKey: true }, at)
    expect(camera.place.value.zoom).toBeGreaterThan(1.2)
    expect(camera.toPage(at).x).toBeCloseTo(under.x)
    expect(camera.toPage(at).y).toBeCloseTo(under.y)
    for (let i = 0; i < 200; i++) turnWheel(camera, { ...turn, deltaY: 400, ctrlKey: true }, at)
    expect(camera.place.value.zoom).toBe(0.02)
  })
})
