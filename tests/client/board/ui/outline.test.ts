/** @jest-environment jsdom */
/** The outline keeps who goes through it in their place while the board changes (SPEC-board B313, B223). */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { h, render } from 'preact'
import { Outline } from '../../../../client/board/ui/outline.tsx'
import type { BoardUi } from '../../../../client/board/ui/ui.ts'
import { boxOf } from '../../../../shared/board/geometry/box.ts'
import { changeShape, createShape, deleteShapes } from '../../../../shared/board/model/write.ts'
import { createDriver } from '../../../support/board-driver.ts'
import type { Driver } from '../../../support/board-driver.ts'

const ends: (() => void)[] = []
beforeEach(() => void jest.useFakeTimers())
afterEach(() => {
  for (const end of ends.splice(0)) end()
  jest.useRealTimers()
})

/** Notes below each other, by their words, and the outline of them. */
async function outline(...words: readonly string[]): Promise<Driver> {
  const driver = createDriver()
  words.forEach((one, row) => noteAt(driver, one, row))
  const place = document.createElement('div')
  document.body.append(place)
  render(h(Outline, { ui: { editor: driver.editor } as BoardUi }), place)
  ends.push(() => {
    render(null, place)
    place.remove()
  })
  await made()
  return driver
}

function noteAt({ board }: Driver, words: string, row: number): void {
  const text = [{ insert: words }]
  const order = `V${board.shapes.size + 1}`
  createShape(board, { id: words, kind: 'note', order, box: boxOf(0, row * 200, 100, 100), text })
}

/** The list is made again, and drawn. */
async function made(): Promise<void> {
  await jest.advanceTimersByTimeAsync(1000)
}

const options = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role=option]')]
const here = (): string => document.activeElement?.textContent ?? ''
async function press(key: string): Promise<boolean> {
  const free = document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
  )
  await jest.advanceTimersByTimeAsync(0)
  return free !== true
}

test('B313: what has the focus keeps it when others put something before it or move it, and the arrows go on from it', async () => {
  const driver = await outline('a', 'b', 'c')
  options()[1]?.focus()
  expect([here(), driver.selected()]).toEqual(['Note: b', ['b']])

  noteAt(driver, 'before', -1)
  await made()
  expect(options().map(({ textContent }) => textContent)).toEqual([
    'Note: before',
    'Note: a',
    'Note: b',
    'Note: c',
  ])
  expect(here()).toBe('Note: b')
  expect(options().map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, 0, -1])

  // Moved to the end, and to the beginning: the page's element goes along.
  changeShape(driver.board, 'b', { box: boxOf(0, 900, 100, 100) })
  await made()
  expect([here(), options().at(-1)?.textContent]).toEqual(['Note: b', 'Note: b'])
  changeShape(driver.board, 'b', { box: boxOf(0, -900, 100, 100) })
  await made()
  expect([here(), options().at(0)?.textContent]).toEqual(['Note: b', 'Note: b'])
  await press('ArrowDown')
  expect([here(), driver.selected()]).toEqual(['Note: before', ['before']])
})

test('B313: when what has the focus is removed, what comes to its place has it, and at the end the list', async () => {
  const driver = await outline('a', 'b', 'c')
  options()[1]?.focus()
  expect(await press('Delete')).toBe(true)
  await made()
  expect([here(), driver.selected()]).toEqual(['Note: c', ['c']])
  deleteShapes(driver.board, ['c'])
  await made()
  expect(here()).toBe('Note: a')
  deleteShapes(driver.board, ['a'])
  await made()
  expect(document.activeElement?.getAttribute('role')).toBe('listbox')
})

test('B313: who is elsewhere is left there, whatever happens to the list', async () => {
  const driver = await outline('a', 'b')
  const field = document.body.appendChild(document.createElement('input'))
  ends.push(() => field.remove())
  options()[0]?.focus()
  field.focus()
  deleteShapes(driver.board, ['a'])
  await made()
  expect(document.activeElement).toBe(field)
})

test('B223: letters typed after Enter, before the field to write in is there, go into the words', async () => {
  const driver = await outline('a')
  options()[0]?.focus()
  await press('Enter')
  expect(driver.editor.writing.value).toBe('a')
  for (const key of ['n', 'd']) expect(await press(key)).toBe(true)
  expect(driver.get('a')).toMatchObject({ text: [{ insert: 'and' }] })
  expect(driver.editor.tool.value).toBe('select')
})

test('B116: the list of a board of more than 2000 shapes is made once that board has had time to be painted', async () => {
  const driver = createDriver()
  driver.board.doc.transact(() => {
    for (let i = 0; i <= 2000; i++) noteAt(driver, `note${i}`, i)
  })
  const place = document.createElement('div')
  document.body.append(place)
  render(h(Outline, { ui: { editor: driver.editor } as BoardUi }), place)
  ends.push(() => {
    render(null, place)
    place.remove()
  })
  await jest.advanceTimersByTimeAsync(500)
  expect(options()).toEqual([])
  await jest.advanceTimersByTimeAsync(500)
  expect(options()).toHaveLength(100)
})
