/** @jest-environment jsdom */
/** Keys pressed while what they are meant for is fetched (SPEC-board B317). */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { keepKeysAhead } from '../../../../client/board/ui/keys-ahead.ts'
import { openStates } from '../../../../client/board/ui/ui.ts'

const root = document.createElement('div')
const board = document.createElement('div')
const chat = document.createElement('input')
board.tabIndex = 0
root.append(board, chat)

let ui: ReturnType<typeof openStates>
let stop: () => void
/** Keys the board got. */
let got: string[]
const meet = (event: KeyboardEvent): void => void got.push(event.key)

beforeEach(() => {
  jest.useFakeTimers()
  document.body.replaceChildren(root)
  got = []
  board.addEventListener('keydown', meet)
  ui = openStates()
  stop = keepKeysAhead({ ...ui, root })
  board.focus()
})
afterEach(() => {
  stop()
  board.removeEventListener('keydown', meet)
  jest.useRealTimers()
})

function press(...keys: readonly string[]): void {
  for (const key of keys)
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
    )
}

/** What was asked for comes: a dialog that takes the focus and hands it on to its field. */
async function comes(): Promise<{ value: string; heard: string[] }> {
  const dialog = document.createElement('dialog')
  const field = document.createElement('input')
  dialog.tabIndex = -1
  dialog.open = true
  dialog.append(field)
  root.append(dialog)
  const heard: string[] = []
  field.addEventListener('input', () => heard.push(field.value))
  field.addEventListener('keydown', ({ key }) => heard.push(key))
  dialog.focus()
  field.focus()
  await jest.advanceTimersByTimeAsync(0)
  return { value: field.value, heard }
}

test.each(['palette', 'search'] as const)(
  'B317: what is typed before the %s is there is in its field, and does nothing on the board',
  async (what) => {
    press('p')
    if (what === 'search') ui.searching.value = true
    else ui.dialog.value = what
    press('Shift', 'D', 'e', 'x', 'Backspace', 'l', 'Delete', 'Enter', 'q')
    expect(await comes()).toEqual({ value: 'Del', heard: ['D', 'De', 'Dex', 'De', 'Del', 'Enter'] })
    expect(got).toEqual(['p'])
    // From then on keys are whose they are.
    board.focus()
    press('r')
    expect(got).toEqual(['p', 'r'])
  },
)

test('B317: Escape calls it off, and what was typed is forgotten', async () => {
  ui.dialog.value = 'palette'
  press('a', 'Escape')
  expect(ui.dialog.value).toBe(null)
  press('r')
  expect(got).toEqual(['r'])
  expect((await comes()).value).toBe('')
})

test('B317: who writes elsewhere meanwhile is not disturbed', () => {
  ui.searching.value = true
  const heard = jest.fn()
  chat.addEventListener('keydown', heard, { once: true })
  chat.focus()
  press('a')
  expect(heard).toHaveBeenCalledTimes(1)
})

test('B317: the board has its keys again when something is pressed, or when nothing came for ten seconds', async () => {
  ui.searching.value = true
  document.dispatchEvent(new MouseEvent('pointerdown'))
  press('r')
  expect(got).toEqual(['r'])
  ui.searching.value = false
  ui.searching.value = true
  press('x')
  expect(got).toEqual(['r'])
  await jest.advanceTimersByTimeAsync(10_000)
  press('v')
  expect(got).toEqual(['r', 'v'])
})
