import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { boxOf } from '../../../shared/board/geometry/box.ts'
import { newShapeId } from '../../../shared/board/ids.ts'
import { encodePoints } from '../../../shared/board/ink/points.ts'
import { MAX_DEPTH } from '../../../shared/board/limits.ts'
import { checkShape } from '../../../shared/board/check/shape.ts'
import {
  assetValue,
  boardOf,
  makerOf,
  readAssets,
  readSettings,
  readShapes,
  watchShapes,
} from '../../../shared/board/model/board.ts'
import {
  canEnter,
  outermostGroup,
  paintOrder,
  treeOf,
  withDescendants,
} from '../../../shared/board/model/tree.ts'
import {
  changeShape,
  createInk,
  createShape,
  deleteShapes,
  textOfShape,
} from '../../../shared/board/model/write.ts'
import type { NewShape } from '../../../shared/board/model/write.ts'

const ink = () => encodePoints({ xy: Float64Array.of(10, 20, 30, 20, 30, 60), pressure: null }, 2)
const two = () => {
  const [a, b] = [new Y.Doc(), new Y.Doc()]
  const exchange = (): void => {
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)))
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)))
  }
  return { a: boardOf(a), b: boardOf(b), exchange }
}
const one = () => boardOf(new Y.Doc())
const rect = (more: Partial<NewShape> = {}): NewShape => ({
  kind: 'geo',
  order: 'V',
  box: boxOf(0, 0, 100, 50),
  ...more,
})
const entries = (map: Y.Map<unknown> | undefined): Record<string, unknown> =>
  Object.fromEntries(
    [...(map?.entries() ?? [])].map(([key, value]) => [
      key,
      value instanceof Y.Text ? value.toDelta() : value,
    ]),
  )

describe('shapes', () => {
  test('B4, B5: a stroke is one key; what is changed later is a key of its own and counts instead', () => {
    const board = one()
    const id = createInk(board, { points: ink(), order: 'V1', style: { color: 6, width: 5 } })
    expect([...(board.shapes.get(id)?.keys() ?? [])]).toEqual(['h'])
    const shape = readShapes(board).get(id)
    expect(shape).toMatchObject({ kind: 'ink', order: 'V1', parent: null, box: boxOf(10, 20, 20, 40) })
    expect(shape?.style).toMatchObject({ color: 6, width: 5, brush: 'pen', opacity: 1 })
    changeShape(board, id, {
      box: boxOf(0, 0, 40, 40),
      style: { color: '#aabbcc' },
      order: 'W',
      locked: true,
    })
    expect(readShapes(board).get(id)).toMatchObject({ box: boxOf(0, 0, 40, 40), order: 'W', locked: true })
    expect(readShapes(board).get(id)?.style).toMatchObject({ color: '#aabbcc', width: 5 })
    expect([...(board.shapes.get(id)?.keys() ?? [])].sort()).toEqual(['g', 'h', 'm.lock', 's.color', 'z'])
  })

  test('B5, B10: every kind is made, right at the door, and read as it was said', () => {
    const board = one()
    const made = [
      createShape(
        board,
        rect({
          style: { form: 'star', fill: 'soft', dash: 'dotted' },
          text: [{ insert: 'one\n' }],
          link: 'https://example.org/',
        }),
      ),
      createShape(board, {
        kind: 'text',
        order: 'W',
        box: boxOf(0, 0, 10, 10, 1),
        text: [{ insert: 'b', attributes: { bold: true } }],
      }),
      createShape(board, { kind: 'note', order: 'X', box: boxOf(1.1, 2.2, 3.3, 4.4), parent: 'someframe' }),
      createShape(board, { kind: 'image', order: 'Y', asset: 'a'.repeat(64), name: 'A hut' }),
      createShape(board, {
        kind: 'frame',
        order: 'Z',
        box: { ...boxOf(0, 0, 9, 9), flipX: true },
        name: 'Slide 1',
      }),
      createShape(board, { kind: 'group', order: 'a' }),
      createShape(board, {
        kind: 'line',
        order: 'b',
        path: [0, 0, 10, 10.5],
        to: { shape: 'x', x: 0.5, y: 1, exact: true },
        style: { end: 'arrow', route: 'elbow' },
      }),
    ]
    for (const id of made) expect(checkShape(id, entries(board.shapes.get(id)))).toBeNull()
    const shapes = readShapes(board)
    expect(made.map((id) => shapes.get(id)?.kind)).toEqual([
      'geo',
      'text',
      'note',
      'image',
      'frame',
      'group',
      'line',
    ])
    expect(shapes.get(made[0] ?? '')).toMatchObject({
      text: [{ insert: 'one\n' }],
      link: 'https://example.org/',
      style: { form: 'star', align: 'center' },
    })
    expect(shapes.get(made[2] ?? '')).toMatchObject({ parent: 'someframe', style: { paper: 12 } })
    expect(shapes.get(made[4] ?? '')).toMatchObject({
      name: 'Slide 1',
      box: { flipX: true, flipY: false, w: 9 },
    })
    expect(shapes.get(made[6] ?? '')).toMatchObject({
      path: [0, 0, 10, 10.5],
      from: null,
      to: { shape: 'x', x: 0.5, y: 1, exact: true },
    })
  })

  test('B4: two people change one shape at once, and both changes stay', () => {
    const { a, b, exchange } = two()
    const id = createShape(a, rect())
    exchange()
    changeShape(a, id, { box: boxOf(500, 0, 100, 50), style: { color: 2 } })
    changeShape(b, id, { style: { width: 9 }, order: 'Z' })
    textOfShape(b, id)?.insert(0, 'theirs')
    textOfShape(a, id)?.insert(0, 'mine')
    exchange()
    const [mine, theirs] = [readShapes(a).get(id), readShapes(b).get(id)]
    expect(mine).toEqual(theirs)
    expect(mine).toMatchObject({ box: boxOf(500, 0, 100, 50), order: 'Z', style: { color: 2, width: 9 } })
    expect(JSON.stringify(mine)).toMatch(/(minetheirs|theirsmine)/)
  })

  test('B24: what is so already is not written', () => {
    const board = one()
    const id = createShape(board, rect())
    changeShape(board, id, { box: boxOf(0.1, 0, 5, 5), style: { width: 2.3 }, to: null })
    let updates = 0
    board.doc.on('update', () => updates++)
    changeShape(board, id, { box: boxOf(0.1, 0, 5, 5), style: { width: 2.3 } })
    expect(updates).toBe(0)
    expect(changeShape(board, 'nobody', { order: 'V' })).toBe(false)
  })

  test('B6, B12: what is wrong or not known is not shown, changes nothing, and stays', () => {
    const board = one()
    const id = createShape(board, rect())
    const map = board.shapes.get(id)
    const wrong: readonly [string, unknown][] = [
      ['g', [0, 0, Number.NaN, 1, 0]],
      ['z', 'ends0'],
      ['p', 'not an id'],
      ['s.color', 'red; }'],
      ['s.glow', 3],
      ['m.link', 'javascript:alert(1)'],
      ['future', { any: 1 }],
    ]
    for (const [key, value] of wrong) map?.set(key, value)
    const strange = new Y.Map<unknown>()
    strange.set('h', { t: 'hologram', z: 'V' })
    board.shapes.set('strange', strange)
    ;(board.shapes as Y.Map<unknown>).set('scalar', 7)
    expect(readShapes(board).get(id)).toMatchObject({
      box: boxOf(0, 0, 100, 50),
      order: 'V',
      parent: null,
      link: null,
      style: { color: 0 },
    })
    expect([...readShapes(board).keys()]).toEqual([id])
    const state = Y.encodeStateAsUpdate(board.doc)
    changeShape(board, id, { style: { width: 4 } })
    for (const [key, value] of wrong) expect(map?.get(key)).toEqual(value)
    expect(state.length).toBeLessThan(Y.encodeStateAsUpdate(board.doc).length)
  })

  test('B6: ink of an unknown version or with damaged points is not shown', () => {
    const board = one()
    const id = createInk(board, { points: ink(), order: 'V' })
    const header = board.shapes.get(id)?.get('h') as Uint8Array
    for (const [name, change] of [
      ['version', 0],
      ['points', header.length - 3],
    ] as const) {
      const map = new Y.Map<unknown>()
      const bytes = header.slice()
      bytes[change] = 0xff
      map.set('h', bytes)
      board.shapes.set(name, map)
    }
    expect([...readShapes(board).keys()]).toEqual([id])
  })

  test('B3: ids do not repeat, and watchers hear which shapes changed', () => {
    expect(new Set(Array.from({ length: 5000 }, () => newShapeId())).size).toBe(5000)
    const board = one()
    const heard: string[][] = []
    const stop = watchShapes(board, (ids) => heard.push([...ids]))
    const id = createShape(board, rect())
    changeShape(board, id, { order: 'W' })
    textOfShape(board, id)?.insert(0, 'x')
    deleteShapes(board, [id, 'nobody'])
    stop()
    createShape(board, rect())
    expect(heard).toEqual([[id], [id], [id], [id]])
  })

  test('B2, B10: settings and pictures are read where they are right; the maker is a client id', () => {
    const board = one()
    board.settings.set('grid', 'lines')
    board.settings.set('step', 1e9)
    board.assets.set('a'.repeat(43), assetValue({ mime: 'image/png', width: 4, height: 5, bytes: 99 }))
    board.assets.set('b'.repeat(43), { t: 'image/svg+xml', w: 1, h: 1, n: 1 })
    expect(readSettings(board)).toEqual({ grid: 'lines', step: 20, ground: null, title: '' })
    expect([...readAssets(board).values()]).toEqual([{ mime: 'image/png', width: 4, height: 5, bytes: 99 }])
    expect(makerOf(board, createShape(board, rect()))).toBe(board.doc.clientID)
  })
})

describe('frames and groups', () => {
  const family = () => {
    const board = one()
    createShape(board, { id: 'frame', kind: 'frame', order: 'B', box: boxOf(0, 0, 9, 9) })
    createShape(board, { id: 'outer', kind: 'group', order: 'C', parent: 'frame' })
    createShape(board, { id: 'inner', kind: 'group', order: 'D', parent: 'outer' })
    createShape(board, rect({ id: 'leaf', order: 'A', parent: 'inner' }))
    createShape(board, rect({ id: 'low', order: 'A' }))
    createShape(board, rect({ id: 'lost', order: 'Z', parent: 'gone' }))
    createShape(board, rect({ id: 'wrong', order: 'Y', parent: 'leaf' }))
    return board
  }

  test('B11, B22: painting goes from parent to children; a missing or wrong parent counts as none', () => {
    const shapes = readShapes(family())
    const tree = treeOf(shapes)
    expect(paintOrder(tree).map(({ id }) => id)).toEqual([
      'low',
      'frame',
      'outer',
      'inner',
      'leaf',
      'wrong',
      'lost',
    ])
    expect([...withDescendants(tree, ['outer'])]).toEqual(['outer', 'inner', 'leaf'])
    expect(outermostGroup(shapes, tree, 'leaf')).toBe('outer')
    expect(canEnter(shapes, tree, 'frame', 'inner')).toBe(false)
    expect(canEnter(shapes, tree, 'low', 'leaf')).toBe(false)
    expect(canEnter(shapes, tree, 'low', 'inner')).toBe(true)
  })

  test('B11: two people put frames into each other, and everybody sees the same tree', () => {
    const { a, b, exchange } = two()
    for (const id of ['f1', 'f2', 'f3'])
      createShape(a, { id, kind: 'frame', order: 'V', box: boxOf(0, 0, 9, 9) })
    createShape(a, rect({ id: 'child', parent: 'f2' }))
    exchange()
    changeShape(a, 'f1', { parent: 'f2' })
    changeShape(b, 'f2', { parent: 'f3' })
    changeShape(b, 'f3', { parent: 'f1' })
    exchange()
    const trees = [a, b].map((board) => treeOf(readShapes(board)))
    expect(trees[0]).toEqual(trees[1])
    expect(trees[0]?.parents).toEqual(
      new Map([
        ['f1', null],
        ['f2', 'f3'],
        ['f3', 'f1'],
        ['child', 'f2'],
      ]),
    )
    expect(paintOrder(treeOf(readShapes(a))).map(({ id }) => id)).toEqual(['f1', 'f3', 'f2', 'child'])
  })

  test('B11: nothing lies more than sixteen deep', () => {
    const board = one()
    for (let i = 0; i < 60; i++)
      createShape(board, { id: `g${i}`, kind: 'group', order: 'V', parent: i === 0 ? 'g59' : `g${i - 1}` })
    const shapes = readShapes(board)
    const tree = treeOf(shapes)
    expect(paintOrder(tree)).toHaveLength(60)
    for (const id of shapes.keys()) {
      let depth = 0
      for (let at = tree.parents.get(id) ?? null; at !== null; at = tree.parents.get(at) ?? null) depth++
      expect(depth).toBeLessThan(MAX_DEPTH)
    }
  })
})
