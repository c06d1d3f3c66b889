/** @jest-environment jsdom */
/** Keys pressed while the tool they are meant for is fetched (SPEC-writing W1). */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { keepKeysAhead } from '../../../client/pad/keys-ahead.ts'
import { startWriting } from '../../../client/pad/writing.ts'
import { testModel } from '../../support/pad-model.ts'
import { until } from '../../support/wait.ts'

const text = document.createElement('div')
text.tabIndex = 0
/** Keys the text got. */
let got: string[] = []
text.addEventListener('keydown', ({ key }) => void got.push(key))

// jsdom knows no modal dialogs, and nobody to report to that the words of other languages are not fetched.
globalThis.reportError ??= () => undefined
Object.assign(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement) {
    this.open = true
  },
  close(this: HTMLDialogElement) {
    this.open = false
  },
})

beforeEach(() => {
  document.body.replaceChildren(text)
  got = []
  text.focus()
})
afterEach(() => {
  jest.useRealTimers()
})

function press(keys: string, more: KeyboardEventInit = {}): void {
  for (const key of keys.split(' '))
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }),
    )
}

/** The field that has the focus from now on, and what it hears. */
function field(): { field: HTMLInputElement; heard: string[] } {
  const one = document.createElement('input')
  const heard: string[] = []
  one.addEventListener('input', () => heard.push(one.value))
  one.addEventListener('keydown', ({ key }) => heard.push(key))
  document.body.append(one)
  one.focus()
  return { field: one, heard }
}

test('W1: letters typed before the palette is fetched are in its field, and never in the text', async () => {
  const { model } = testModel()
  const stop = startWriting({ model, actions: new Map(), visit: null })
  const run = model.parts.actions.parts.value.find(({ value }) => value.id === 'palette')?.value.run
  expect(run).toBeDefined()
  run?.()
  press('q u o')
  const open = (): HTMLInputElement | null => document.querySelector('input[role=combobox]')
  await until('the palette', () => open()?.value === 'quo', 15_000)
  expect(got).toEqual([])
  text.focus()
  press('x')
  expect(got).toEqual(['x'])
  stop()
}, 60_000)

test('W1: Backspace and Enter are kept, too, keys of the browser and of menus are not', async () => {
  const opened = keepKeysAhead()
  press('f o x')
  press('Backspace u Enter q')
  press('ArrowLeft')
  press('f', { ctrlKey: true })
  expect(got).toEqual(['ArrowLeft', 'f'])
  const { heard } = field()
  opened()
  await until('Enter', () => heard.includes('Enter'))
  expect(heard).toEqual(['f', 'fo', 'fox', 'fo', 'fou', 'Enter'])
})

test('W1: Escape, a press, or ten seconds give the text its keys again', () => {
  jest.useFakeTimers()
  keepKeysAhead()
  press('a Escape b')
  expect(got).toEqual(['b'])
  keepKeysAhead()
  document.dispatchEvent(new MouseEvent('pointerdown'))
  press('c')
  expect(got).toEqual(['b', 'c'])
  const opened = keepKeysAhead()
  press('d')
  jest.advanceTimersByTime(10_000)
  press('e')
  expect(got).toEqual(['b', 'c', 'e'])
  const late = field()
  opened()
  expect(late.field.value).toBe('')
})
