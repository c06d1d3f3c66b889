import { describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Y from 'yjs'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { actionFor, typeAhead } from '../../../../client/board/input/keys.ts'
import { boardOf } from '../../../../shared/board/model/board.ts'
import { createShape } from '../../../../shared/board/model/write.ts'
import { paintOrder } from '../../../../shared/board/model/tree.ts'
import { at, createDriver } from '../../../support/board-driver.ts'
import type { Driver } from '../../../support/board-driver.ts'

/** Boxes in a row, 100 by 60, at these places. */
function withBoxes(places: readonly (readonly [x: number, y: number])[]): Driver {
  const driver = createDriver()
  places.forEach(([x, y], i) =>
    createShape(driver.board, {
      id: 'abcdefgh'.charAt(i),
      kind: 'geo',
      order: `V${i + 1}`,
      box: boxOf(x, y, 100, 60),
      style: { fill: 'solid' },
    }),
  )
  return driver
}
const xy = (driver: Driver): unknown =>
  Object.fromEntries(
    [...driver.scene.shapes.values()].map((shape) => [
      shape.id,
      'box' in shape ? [shape.box.x, shape.box.y] : null,
    ]),
  )
const order = (driver: Driver): string =>
  paintOrder(driver.scene.tree())
    .filter(({ kind }) => kind !== 'group')
    .map(({ id }) => id)
    .join('')

describe('every action', () => {
  const driver = createDriver()
  const actions = [...driver.editor.actions.values()]

  test('B218: has a label in the words of the board, an icon and a group; no key is taken twice', () => {
    const words = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../../client/board/locales/en.json'), 'utf8'),
    ) as object
    const taken = new Map<string, string>()
    for (const { id, label, icon, keys } of actions) {
      expect([id, Object.hasOwn(words, label)]).toEqual([id, true])
      expect(icon).not.toBe('')
      for (const key of keys ?? []) {
        expect([key, taken.get(key), id]).toEqual([key, undefined, id])
        taken.set(key, id)
      }
    }
    expect(actions.length).toBeGreaterThan(60)
  })

  test('B218: nothing that writes can be done by somebody who may not draw, and nothing is selected by it', () => {
    const reader = withBoxes([
      [0, 0],
      [200, 0],
    ])
    reader.act('select-all')
    reader.mayDraw.value = false
    const before = Y.encodeStateAsUpdate(reader.board.doc)
    for (const action of reader.editor.actions.values()) {
      if (action.writes)
        expect([action.id, actionFor(reader.editor, pressOf(action.keys?.[0] ?? ''), false)]).toEqual([
          action.id,
          null,
        ])
      action.run()
    }
    for (const tool of ['pen', 'shape', 'note', 'eraser', 'arrow'] as const) {
      reader.editor.setTool(tool)
      reader.drag([at(0, 0), at(300, 50)]).click(20, 20)
    }
    reader.drag([at(10, 10), at(400, 400)]).doubleClick(10, 10)
    expect(Y.encodeStateAsUpdate(reader.board.doc)).toEqual(before)
    expect(reader.editor.writing.value).toBeNull()
  })

  test('B218: does nothing bad on an empty board or a locked shape', () => {
    const locked = withBoxes([[0, 0]])
    locked.editor.select(['a'])
    locked.act('lock')
    for (const subject of [createDriver(), locked])
      for (const action of subject.editor.actions.values()) if (action.id !== 'unlock-all') action.run()
    expect(locked.get('a')).toMatchObject({ box: { x: 0, y: 0, w: 100, h: 60 } })
    expect(locked.faults()).toEqual([])
  })
})

function pressOf(keys: string) {
  const parts = keys.split(/-(?=.)/)
  return {
    key: parts.at(-1) ?? '',
    code: '',
    ctrlKey: parts.includes('Mod'),
    metaKey: false,
    altKey: parts.includes('Alt'),
    shiftKey: parts.includes('Shift'),
  }
}

describe('arranging', () => {
  test('B23: layers', () => {
    const driver = withBoxes([
      [0, 0],
      [20, 0],
      [40, 0],
      [60, 0],
    ])
    driver.editor.select(['b'])
    const steps = ['forward', 'forward', 'back', 'front', 'backward'].map((id) => order(driver.act(id)))
    expect(steps).toEqual(['acbd', 'acdb', 'bacd', 'acdb', 'acbd'])
  })

  test('B32: aligning, distributing', () => {
    const driver = withBoxes([
      [0, 0],
      [130, 50],
      [400, 100],
    ])
    driver.act('select-all').act('align-top')
    expect(xy(driver)).toEqual({ a: [0, 0], b: [130, 0], c: [400, 0] })
    driver.act('distribute-across')
    expect(xy(driver)).toEqual({ a: [0, 0], b: [200, 0], c: [400, 0] })
    driver.act('align-center')
    expect(xy(driver)).toEqual({ a: [200, 0], b: [200, 0], c: [200, 0] })
    driver.act('undo').act('undo').act('undo')
    expect(xy(driver)).toEqual({ a: [0, 0], b: [130, 50], c: [400, 100] })
  })

  test('B32: flipping twice gives everything back', () => {
    const driver = withBoxes([
      [0, 0],
      [130, 50],
    ])
    driver.act('select-all').act('flip-across')
    expect(xy(driver)).toEqual({ a: [130, 0], b: [0, 50] })
    driver.act('flip-across').act('flip-down').act('flip-down')
    expect(xy(driver)).toEqual({ a: [0, 0], b: [130, 50] })
    expect(driver.get('a')).toMatchObject({ box: { flipX: false, flipY: false, r: 0 } })
  })

  test('B221: groups keep their order and place, in each other too, and come apart again', () => {
    const driver = withBoxes([
      [0, 0],
      [200, 0],
      [400, 0],
      [600, 0],
    ])
    driver.editor.select(['a', 'c'])
    driver.act('group')
    expect(order(driver)).toBe('bacd')
    const [inner = ''] = driver.selected()
    driver.editor.select([inner, 'd'])
    driver.act('group')
    const [outer = ''] = driver.selected()
    expect(driver.get(inner).parent).toBe(outer)
    driver.act('move-right')
    expect(xy(driver)).toMatchObject({ a: [1, 0], b: [200, 0], c: [401, 0], d: [601, 0] })
    driver.act('ungroup')
    expect(new Set(driver.selected())).toEqual(new Set([inner, 'd']))
    driver.act('ungroup')
    expect([order(driver), driver.scene.shapes.size]).toEqual(['bacd', 4])
    expect(driver.faults()).toEqual([])
  })

  test('B217: with the last of a group the group goes; one undo brings both back', () => {
    const driver = withBoxes([
      [0, 0],
      [200, 0],
    ])
    driver.act('select-all').act('group')
    const [group = ''] = driver.selected()
    driver.editor.inside.peek()
    driver.doubleClick(10, 10).act('delete')
    expect(driver.scene.shapes.has(group)).toBe(true)
    driver.doubleClick(210, 10)
    driver.editor.select(['b'])
    driver.act('delete')
    expect(driver.scene.shapes.size).toBe(0)
    driver.act('undo')
    expect([driver.get('b').parent, driver.scene.shapes.size]).toEqual([group, 2])
  })
})

describe('the keyboard', () => {
  test('B222: arrow keys move by 1 and 10, with Ctrl they resize, without a selection the view moves', () => {
    const driver = withBoxes([[0, 0]])
    driver.editor.select(['a'])
    driver.act('move-right').act('move-far-down').act('size-far-right').act('size-up')
    expect(driver.get('a')).toMatchObject({ box: { x: 1, y: 10, w: 110, h: 59 } })
    driver.editor.select([])
    driver.act('move-right')
    expect(driver.camera.place.value.x).toBe(60)
  })

  test('B222: Enter puts what a tool makes into the middle of the view', () => {
    const driver = createDriver()
    for (const tool of ['shape', 'frame', 'arrow', 'note'] as const) driver.tool(tool).act('write')
    expect(driver.list().map(({ kind }) => kind)).toEqual(['frame', 'geo', 'line', 'note'])
    expect(driver.last()).toMatchObject({ box: { x: 520, y: 320 } })
    expect(driver.faults()).toEqual([])
  })

  test('B223: letters typed before there is a field go into the words, not to the tools', () => {
    const driver = createDriver().tool('note').act('write')
    const id = driver.editor.writing.value ?? ''
    const press = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
    for (const key of ['h', 'e', 'Enter', 'ä', '😀', 'Backspace'])
      expect(typeAhead(driver.editor, { ...press, key })).toBe(true)
    expect(typeAhead(driver.editor, { ...press, key: 'Escape' })).toBe(false)
    expect(typeAhead(driver.editor, { ...press, key: 'z', ctrlKey: true })).toBe(false)
    expect(driver.get(id)).toMatchObject({ text: [{ insert: 'he\nä' }] })
    expect(driver.editor.tool.value).toBe('select')
  })

  test('B219: Tab goes from shape to shape in reading order and brings them into view', () => {
    const driver = withBoxes([
      [500, 10],
      [0, 0],
      [0, 300],
      [5000, 300],
    ])
    const seen: string[] = []
    for (let i = 0; i < 4; i++) seen.push(...driver.act('select-next').selected())
    expect(seen.join('')).toBe('bacd')
    const { left, right } = driver.camera.seen.value
    expect(left < 5000 && right > 5100).toBe(true)
    // Behind the last and before the first the key is the page's: it leaves the board.
    const tab = { key: 'Tab', code: 'Tab', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
    expect(actionFor(driver.editor, tab, false)).toBeNull()
    expect(driver.act('select-previous').selected()).toEqual(['c'])
    driver.act('select-previous').act('select-previous')
    expect(actionFor(driver.editor, { ...tab, shiftKey: true }, false)).toBeNull()
    expect(actionFor(createDriver().editor, tab, false)).toBeNull()
  })

  test.each([
    ['z', { ctrlKey: true }, 'undo'],
    ['Z', { ctrlKey: true, shiftKey: true }, 'redo'],
    ['y', { ctrlKey: true }, 'redo'],
    ['v', {}, 'select'],
    ['V', { shiftKey: true }, 'lasso'],
    ['+', { ctrlKey: true }, 'zoom-in'],
    ['=', {}, 'zoom-in'],
    ['!', { shiftKey: true, code: 'Digit1' }, 'zoom-fit'],
    ['{', { shiftKey: true, code: 'BracketLeft' }, 'back'],
    ['å', { altKey: true, code: 'KeyA' }, 'align-left'],
    ['ArrowLeft', { shiftKey: true }, 'move-far-left'],
    ['Delete', {}, 'delete'],
  ])('B223: %s is an action’s key', (key, how, id) => {
    const driver = withBoxes([
      [0, 0],
      [200, 0],
    ])
    driver.act('select-all').act('move-right').act('move-right').act('undo')
    const press = { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...how }
    expect(actionFor(driver.editor, press, false)?.id).toBe(id)
    // On a Mac it is Command, and Control does something else.
    const mac = { ...press, metaKey: press.ctrlKey, ctrlKey: false }
    expect(actionFor(driver.editor, mac, true)?.id).toBe(id)
    if (press.ctrlKey) expect(actionFor(driver.editor, press, true)).toBeNull()
  })
})

describe('styles', () => {
  test('B205: a style is the selection’s where there is one, else the next shape’s; what differs is not shown', () => {
    const driver = withBoxes([
      [0, 0],
      [200, 0],
    ])
    driver.editor.select(['a'])
    driver.editor.setStyle({ color: 5, brush: 'highlighter' })
    expect(driver.get('a').style).toMatchObject({ color: 5, brush: 'pen' })
    driver.act('select-all')
    expect(driver.editor.shownStyle.value).toMatchObject({ fill: 'solid', width: 3 })
    expect(driver.editor.shownStyle.value).not.toHaveProperty('color')
    driver.tool('shape')
    expect(driver.editor.shownStyle.value.color).toBe(5)
    driver.editor.setStyle({ color: 6 })
    expect(driver.editor.shownStyle.value.color).toBe(6)
    driver.drag([at(400, 400), at(500, 500)])
    expect(driver.last().style.color).toBe(6)
    expect(driver.get('b').style.color).toBe(0)
  })
})

describe('a copied style', () => {
  test('B205: is given to others, whose form and letters stay', () => {
    const driver = withBoxes([
      [0, 0],
      [200, 0],
    ])
    driver.editor.select(['a'])
    driver.editor.setStyle({ color: 5, fill: 'soft', width: 8, form: 'star', size: 40 })
    driver.act('copy-style')
    driver.editor.select(['b'])
    driver.act('paste-style')
    expect(driver.get('b').style).toMatchObject({ color: 5, fill: 'soft', width: 8, form: 'rect', size: 20 })
  })
})

describe('people', () => {
  test('B10, B218: selects all that who drew the selection drew, also where a shape says somebody else', () => {
    const clients = new Map<number, string>()
    const driver = createDriver({ authorOf: (client) => clients.get(client) })
    clients.set(driver.board.doc.clientID, 'a.aaaaaaaaaaaaaaaa')
    const other = new Y.Doc()
    clients.set(other.clientID, 'a.bbbbbbbbbbbbbbbb')
    const make = (board: Driver['board'], id: string, author?: string) =>
      createShape(board, { id, kind: 'geo', order: `V${id}`, ...(author === undefined ? {} : { author }) })
    make(driver.board, 'mine')
    make(driver.board, 'brought', 'a.bbbbbbbbbbbbbbbb')
    make(boardOf(other), 'theirs')
    Y.applyUpdate(driver.board.doc, Y.encodeStateAsUpdate(other))
    driver.editor.select(['theirs'])
    expect(driver.act('select-author').selected().sort()).toEqual(['brought', 'theirs'])
    driver.editor.select(['mine'])
    expect(driver.act('select-author').selected()).toEqual(['mine'])
  })
})

describe('undo', () => {
  test('B25: what stayed because others worked on it is said and selected', () => {
    const driver = createDriver()
      .tool('shape')
      .drag([at(0, 0), at(100, 100)])
    const { id } = driver.last()
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(driver.board.doc))
    other.getMap<Y.Map<unknown>>('shapes').get(id)?.set('s.color', 4)
    Y.applyUpdate(driver.board.doc, Y.encodeStateAsUpdate(other))
    driver.act('undo')
    expect(driver.get(id).style.color).toBe(4)
    expect(driver.said).toContainEqual(['board.say.kept', { n: 1 }])
    expect(driver.selected()).toEqual([id])
  })
})
