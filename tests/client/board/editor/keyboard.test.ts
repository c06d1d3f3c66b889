import { describe, expect, test } from '@jest/globals'
import { actionFor, typeAhead } from '../../../../client/board/input/keys.ts'
import { createDriver, withBoxes } from '../../../support/board-driver.ts'

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

  test('B222: a level line gets longer by keys, and stays level', () => {
    const driver = createDriver().tool('line').act('write')
    driver.act('size-far-right').act('size-far-right')
    expect(driver.last()).toMatchObject({ path: [500, 400, 720, 400] })
    driver.act('size-far-down')
    expect(driver.last()).toMatchObject({ path: [500, 400, 720, 400] })
  })

  test('B314: where keys have moved something, and how large they made it, is said once they rest', () => {
    const driver = withBoxes([[0, 0]])
    driver.editor.select(['a'])
    driver.act('move-right').act('move-far-down').act('move-far-down')
    expect(driver.said).toEqual([])
    driver.clock.advance(400)
    expect(driver.said).toEqual([['board.say.movedTo', { x: 1, y: 20 }]])
    driver.act('size-far-right').clock.advance(400)
    expect(driver.said.slice(1)).toEqual([['board.say.sizeNow', { x: 110, y: 60 }]])
    driver.editor.select([])
    driver.act('move-right').clock.advance(400)
    expect(driver.said).toHaveLength(2)
  })

  test('B218: every action of the editor has a key', () => {
    const { actions } = createDriver().editor
    expect([...actions.values()].filter(({ keys = [] }) => keys.length === 0).map(({ id }) => id)).toEqual([])
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

  test('B219: Tab goes into frames, and over groups', () => {
    const driver = withBoxes([
      [20, 20],
      [200, 20],
      [1000, 20],
      [1200, 20],
    ])
    driver.tool('frame').drag([
      { x: 0, y: 0 },
      { x: 400, y: 200 },
    ])
    const frame = driver.list().find(({ kind }) => kind === 'frame')?.id ?? ''
    driver.editor.select(['c', 'd'])
    driver.act('group')
    const group = driver.selected()[0] ?? ''
    driver.editor.select([])
    const seen: string[] = []
    for (let i = 0; i < 4; i++) seen.push(...driver.act('select-next').selected())
    expect(seen).toEqual([frame, 'a', 'b', group])
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
