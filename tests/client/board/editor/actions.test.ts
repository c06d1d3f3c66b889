import { describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Y from 'yjs'
import { actionFor } from '../../../../client/board/input/keys.ts'
import { boardOf } from '../../../../shared/board/model/board.ts'
import { createShape } from '../../../../shared/board/model/write.ts'
import { paintOrder } from '../../../../shared/board/model/tree.ts'
import { at, createDriver, withBoxes } from '../../../support/board-driver.ts'
import type { Driver } from '../../../support/board-driver.ts'

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

describe('a full board', () => {
  test('B30: takes nothing more of any tool, copy or paste; what is there can be changed, and it is said', () => {
    const driver = withBoxes([
      [0, 0],
      [200, 0],
    ])
    driver.tool('pen').drag([at(0, 500), at(200, 500)])
    const [ink = ''] = [...driver.scene.shapes.keys()].slice(-1)
    Object.defineProperty(driver.scene.board, 'hasRoom', { value: () => false })
    driver.tool('eraser').drag([at(100, 480), at(100, 520)], { alt: true })
    expect(driver.scene.shapes.has(ink)).toBe(true)
    for (const tool of ['pen', 'highlighter', 'shape', 'frame', 'arrow', 'note', 'text'] as const)
      driver.tool(tool).drag([at(300, 300), at(400, 400)])
    driver.tool('note').click(500, 500)
    driver.editor.select(['a'])
    driver.act('duplicate')
    expect([...driver.scene.shapes.keys()]).toEqual(['a', 'b', ink])
    expect(driver.said.filter(([key]) => key === 'board.say.full').length).toBeGreaterThanOrEqual(9)
    expect([
      driver.editor.preview.value.size,
      driver.editor.stroke.value,
      driver.editor.writing.value,
    ]).toEqual([0, null, null])
    driver.tool('select').drag([at(10, 10), at(10, 110)])
    expect(driver.get('a')).toMatchObject({ box: { y: 100 } })
    driver.act('undo')
    expect(driver.get('a')).toMatchObject({ box: { y: 0 } })
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
