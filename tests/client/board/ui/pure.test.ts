/** @jest-environment jsdom */
/** What the islands reckon without a page (SPEC-board B302 to B315). */
import { describe, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { createCamera } from '../../../../client/board/camera.ts'
import { readBoardOptions } from '../../../../client/board/page/options.ts'
import { createScene } from '../../../../client/board/scene.ts'
import type { BoardAction, Editor } from '../../../../client/board/types.ts'
import { rowsOf } from '../../../../client/board/ui/dialogs/help.tsx'
import { goToTarget, readFragment } from '../../../../client/board/ui/deep-link.ts'
import { findActions } from '../../../../client/board/ui/find-action.ts'
import { findShapes, shortWordsOf } from '../../../../client/board/ui/reading.ts'
import { inReadingOrder } from '../../../../client/board/ui/slides.ts'
import { subjectOf } from '../../../../client/board/ui/subject.ts'
import { TEMPLATES, shapesOfTemplate, templateSize } from '../../../../client/board/ui/templates.ts'
import { DEFAULT_OPTIONS } from '../../../../client/pad/options.ts'
import { checkShape } from '../../../../shared/board/check/shape.ts'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { newShapeId } from '../../../../shared/board/ids.ts'
import { boardOf, readShapes } from '../../../../shared/board/model/board.ts'
import { orderKeys } from '../../../../shared/board/model/order.ts'
import type { Shape } from '../../../../shared/board/model/shape.ts'
import { createShape } from '../../../../shared/board/model/write.ts'
import type { NewShape } from '../../../../shared/board/model/write.ts'

/** A board's shapes, in the order in which they are given. */
function shapesOf(list: readonly Omit<NewShape, 'order'>[]): {
  board: ReturnType<typeof boardOf>
  shapes: Shape[]
} {
  const board = boardOf(new Y.Doc())
  const orders = orderKeys(list.length, null, null, Math.random)
  const ids = list.map((shape, index) => createShape(board, { ...shape, order: orders[index] ?? '' }))
  const read = readShapes(board)
  return { board, shapes: ids.flatMap((id) => read.get(id) ?? []) }
}

describe('links to a part of the board', () => {
  test.each([
    ['#view=10,-20,0.5', { kind: 'view', x: 10, y: -20, zoom: 0.5 }],
    ['#10,20,2', { kind: 'corner', x: 10, y: 20, zoom: 2 }],
    ['#frame=abcDEF0123', { kind: 'shape', id: 'abcDEF0123' }],
    ['#shape=a-b_c', { kind: 'shape', id: 'a-b_c' }],
    ['', null],
    ['#', null],
    ['#view=1,2', null],
    ['#view=1,2,0', null],
    ['#view=1,2,-3', null],
    ['#view=1,NaN,1', null],
    ['#view=1e9,0,1', null],
    ['#frame=<script>', null],
    ['#frame=', null],
  ])('B302: %s', (hash, target) => {
    expect(readFragment(hash)).toEqual(target)
  })

  test('B302: a view has its place in the middle, WBO’s in the corner; a shape that is not there leads nowhere', () => {
    const camera = createCamera()
    camera.size.value = { width: 800, height: 600 }
    const { board, shapes } = shapesOf([{ kind: 'frame', box: boxOf(1000, 1000, 400, 300) }])
    const editor = { scene: createScene(board), camera } as unknown as Editor
    expect(goToTarget(editor, { kind: 'view', x: 100, y: 50, zoom: 2 }, false)).toBe(true)
    expect(camera.toScreen({ x: 100, y: 50 })).toEqual({ x: 400, y: 300 })
    expect(goToTarget(editor, { kind: 'corner', x: 7, y: 8, zoom: 1 }, false)).toBe(true)
    expect(camera.place.value).toEqual({ x: 7, y: 8, zoom: 1 })
    expect(goToTarget(editor, { kind: 'shape', id: 'nothing' }, false)).toBe(false)
    expect(goToTarget(editor, { kind: 'shape', id: shapes[0]?.id ?? '' }, false)).toBe(true)
    const { x, y } = camera.toScreen({ x: 1200, y: 1150 })
    expect([Math.round(x), Math.round(y)]).toEqual([400, 300])
  })
})

test('B303: parameters of an embedding page: WBO’s hideMenu, and the pad’s', () => {
  const read = (query: string) => readBoardOptions(new URLSearchParams(query), DEFAULT_OPTIONS)
  expect(read('')).toMatchObject({ header: true, menus: true })
  expect(read('hideMenu=true')).toMatchObject({ header: false, menus: false })
  expect(read('hideMenu=yes')).toMatchObject({ header: true, menus: true })
  expect(read('showControls=false')).toMatchObject({ header: false, menus: true })
  expect(read('lang=de&userName=Ada').options).toMatchObject({ lang: 'de', userName: 'Ada' })
})

test('B305: an action is found by the beginnings of its words, whatever their case and accents', () => {
  const actions = ['Zoom in', 'Zoom out', 'Show everything', 'Größer', 'In order'].map((label) => ({
    id: label,
    label,
  }))
  const found = (query: string) => findActions(actions, query).map(({ label }) => label)
  expect(found('')).toHaveLength(5)
  expect(found('zoom')).toEqual(['Zoom in', 'Zoom out'])
  expect(found('in zo')).toEqual(['Zoom in'])
  expect(found('GROSSER')).toEqual([])
  expect(found('größ')).toEqual(['Größer'])
  expect(found('groß')).toEqual(['Größer'])
  expect(found('in')).toEqual(['In order', 'Zoom in', 'Show everything'])
  expect(found('x')).toEqual([])
})

test('B304: shapes are read in rows from the top, in a row from the left', () => {
  const at = (left: number, top: number, height = 100) => ({
    left,
    top,
    right: left + 100,
    bottom: top + height,
  })
  const things = [at(300, 20), at(0, 210), at(0, 0), at(150, 40), at(150, 190)]
  expect(inReadingOrder(things, (thing) => thing).map((thing) => things.indexOf(thing))).toEqual([
    2, 3, 0, 1, 4,
  ])
  expect(inReadingOrder([], () => at(0, 0))).toEqual([])
})

test('B306: words on the board are found without case and accents, a frame by its title', () => {
  const { shapes } = shapesOf([
    { kind: 'note', box: boxOf(0, 0, 100, 100), text: [{ insert: 'Über\nallem' }] },
    { kind: 'frame', box: boxOf(0, 0, 100, 100), name: 'Überblick' },
    { kind: 'geo', box: boxOf(0, 0, 100, 100) },
  ])
  const found = (query: string, most = 9) =>
    findShapes(shapes, query, most).map((id) => shapes.findIndex((shape) => shape.id === id))
  expect(found('uber')).toEqual([0, 1])
  expect(found('über allem')).toEqual([0])
  expect(found('uber', 1)).toEqual([0])
  expect(found('  ')).toEqual([])
  expect(shapes.map(shortWordsOf)).toEqual(['Über allem', 'Überblick', ''])
})

describe('what the properties are about', () => {
  const { shapes } = shapesOf([
    { kind: 'geo', box: boxOf(0, 0, 100, 100) },
    { kind: 'note', box: boxOf(0, 0, 100, 100) },
    { kind: 'image', box: boxOf(0, 0, 100, 100), asset: 'a'.repeat(43) },
  ])

  test('B307: of one kind all its properties, of several those they share, and a colour', () => {
    const [form, note, image] = shapes as [Shape, Shape, Shape]
    expect(subjectOf([form], 1, 'select')).toMatchObject({ name: 'board.kind.geo', count: 1 })
    expect(subjectOf([form], 1, 'select')?.parts).toContain('form')
    expect(subjectOf([form, note], 2, 'select')).toEqual({
      name: 'board.kind.several',
      parts: ['stroke', 'text', 'align', 'opacity', 'arrange'],
      count: 2,
    })
    expect(subjectOf([image, note], 2, 'select')?.parts).toEqual(['opacity', 'arrange'])
    expect(subjectOf([], 1, 'select')?.parts).toEqual(['arrange'])
  })

  test('B307: with nothing selected what the tool will make; nothing for tools that make nothing', () => {
    expect(subjectOf([], 0, 'pen')?.parts).toEqual(['stroke', 'width', 'opacity', 'hand'])
    expect(subjectOf([], 0, 'eraser')?.parts).toEqual(['eraser'])
    expect(subjectOf([], 0, 'select')).toBeNull()
    expect(subjectOf([], 0, 'hand')).toBeNull()
  })
})

describe('templates', () => {
  test.each(TEMPLATES.map((template) => [template.id, template] as const))(
    'B310: %s is made of right shapes at the place that was asked for; what lies in a frame is in it',
    (_id, template) => {
      const count = template.shapes.length
      const made = shapesOfTemplate(template, {
        x: 1000,
        y: -500,
        ids: Array.from({ length: count }, () => newShapeId()),
        orders: orderKeys(count, null, null, Math.random),
        say: (key) => key,
      })
      const board = boardOf(new Y.Doc())
      for (const shape of made) createShape(board, shape)
      for (const [id, map] of board.shapes.entries()) {
        const entries = [...map.entries()].map(([key, value]): [string, unknown] => [
          key,
          value instanceof Y.Text ? value.toDelta() : value,
        ])
        expect([id, checkShape(id, Object.fromEntries(entries))]).toEqual([id, null])
      }
      const read = readShapes(board)
      expect(read.size).toBe(count)
      const scene = createScene(board)
      const content = scene.content()
      const size = templateSize(template)
      expect(content?.left).toBeLessThanOrEqual(1000 + size.left)
      expect(content?.left).toBeGreaterThan(1000 + size.left - 40)
      for (const shape of read.values()) {
        if (shape.kind !== 'note' && shape.kind !== 'text') continue
        const frame = shape.parent === null ? undefined : read.get(shape.parent)
        if (frame?.kind !== 'frame') continue
        expect(shape.box.x).toBeGreaterThanOrEqual(frame.box.x)
        expect(shape.box.x + shape.box.w).toBeLessThanOrEqual(frame.box.x + frame.box.w)
        expect(shape.box.y + shape.box.h).toBeLessThanOrEqual(frame.box.y + frame.box.h)
      }
    },
  )
})

test('B305: in the help what is called the same is one row with all its keys', () => {
  const action = (id: string, label: string, ...keys: string[]): BoardAction => ({
    id,
    label,
    icon: 'x',
    keys,
    group: 'arrange',
    writes: true,
    enabled: () => true,
    run: () => {},
  })
  const rows = rowsOf([
    action('a', 'left', 'ArrowLeft'),
    action('b', 'left', 'Shift-ArrowLeft'),
    action('c', 'right', 'ArrowRight', 'l', 'never shown'),
  ])
  expect(rows).toEqual([
    ['left', ['ArrowLeft', 'Shift-ArrowLeft']],
    ['right', ['ArrowRight', 'l']],
  ])
})
