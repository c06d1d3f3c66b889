/** Composing with an input method (IME): what Chromium does to the text while words from elsewhere arrive. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser, CDPSession } from 'playwright-core'
import { HOLD_LIMIT } from '../../client/editor/binding/binding.ts'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import {
  goToEnd,
  linesOn,
  openPad,
  type PadPage,
  press,
  untilEqual,
  untilSaved,
  untilShows,
} from '../support/pad-page.ts'

let inkpad: InkpadProcess
let browser: Browser
let ada: PadPage
let bo: PadPage
let ime: CDPSession
let pads = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([
    startInkpad({ DEFAULT_PAD_TEXT: 'first\nsecond\nthird' }),
    startChromium(),
  ])
}, 60_000)

afterEach(async () => {
  await Promise.all([ada.context.close(), bo.context.close()])
}, 20_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** Both in a new pad of three lines, Ada with an input method and her cursor at the end of line `line`. */
async function begin(line: number): Promise<void> {
  pads += 1
  ada = await openPad(browser, `${inkpad.url}p/ime${pads}?userName=Ada`)
  bo = await openPad(browser, `${inkpad.url}p/ime${pads}?userName=Bo`)
  await untilSaved(ada, bo)
  expect((await linesOn(ada.page)).slice(0, 3)).toEqual(['first', 'second', 'third'])
  ime = await ada.context.newCDPSession(ada.page)
  await put(ada, line, 'End')
}

/** Puts somebody's cursor at the start or the end of a line, counted from 1. */
async function put(pad: PadPage, line: number, side: 'Home' | 'End'): Promise<void> {
  await pad.text.focus()
  await pad.page.keyboard.press('Control+Home')
  await press(pad.page, 'ArrowDown', line - 1)
  await pad.page.keyboard.press(side)
}

const compose = (text: string) =>
  ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
const commit = (text: string) => ime.send('Input.insertText', { text })

/** What Ada's composed line shows, as her browser has it. */
async function lineOf(pad: PadPage, line: number): Promise<string | undefined> {
  return (await linesOn(pad.page))[line - 1]
}

async function expectTogether(lines: readonly string[]): Promise<void> {
  await untilSaved(ada, bo)
  await untilEqual(ada, bo)
  expect((await linesOn(bo.page)).slice(0, lines.length)).toEqual(lines)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}

test('R15: words in other lines arrive while somebody composes; what is composed stands once', async () => {
  await begin(2)
  await compose('に')
  await compose('にほ')
  await put(bo, 1, 'End')
  await bo.page.keyboard.type(' from bo')
  await put(bo, 3, 'Home')
  await bo.page.keyboard.type('bo: ')
  await untilShows('bo: third', ada)
  expect(await lineOf(ada, 2)).toBe('secondにほ')
  await compose('にほん')
  await commit('日本')
  await ada.page.keyboard.type('!')
  await untilShows('second日本!', bo)
  await expectTogether(['first from bo', 'second日本!', 'bo: third'])
}, 60_000)

test('R15: words in the composed line wait until the composition ends; none is lost or doubled', async () => {
  await begin(2)
  await compose('ni')
  await put(bo, 2, 'Home')
  await bo.page.keyboard.insertText('bo ')
  const written = Date.now()
  await untilSaved(bo)
  await compose('nih')
  await compose('niho')
  const composed = await lineOf(ada, 2)
  if (Date.now() - written < HOLD_LIMIT) expect(composed).toBe('secondniho')
  await commit('你好')
  await untilShows('bo second你好', ada, bo)
  await ada.page.keyboard.type(' done')
  await untilShows('bo second你好 done', bo)
  await expectTogether(['first', 'bo second你好 done', 'third'])
}, 60_000)

test('R15: a composition left open for long keeps the others waiting for seconds only, and still comes through', async () => {
  await begin(2)
  await compose('ni')
  await put(bo, 2, 'Home')
  await bo.page.keyboard.insertText('bo ')
  await put(bo, 1, 'End')
  await bo.page.keyboard.insertText(' seen')
  await untilShows('first seen', ada)
  await untilShows('bo second', ada)
  await compose('nih')
  await commit('你好')
  await untilShows('second你好', bo)
  await expectTogether(['first seen', 'bo second你好', 'third'])
}, 60_000)

test('R15: the line is cut and new lines come above while somebody composes', async () => {
  await begin(3)
  await compose('か')
  await put(bo, 1, 'Home')
  await bo.page.keyboard.type('new line')
  await bo.page.keyboard.press('Enter')
  await untilShows('new line', ada)
  await compose('かん')
  await put(bo, 3, 'End')
  await bo.page.keyboard.press('Enter')
  await bo.page.keyboard.type('another')
  await untilShows('another', ada)
  await compose('かんじ')
  await commit('漢字')
  await untilShows('third漢字', bo)
  await expectTogether(['new line', 'first', 'second', 'another', 'third漢字'])
}, 60_000)

test('R15: a composition that is given up leaves no trace', async () => {
  await begin(2)
  await compose('abc')
  await goToEnd(bo)
  await bo.page.keyboard.type('!')
  await compose('')
  await ada.page.keyboard.press('Escape')
  await untilShows('third!', ada)
  await expectTogether(['first', 'second', 'third!'])
}, 60_000)

test('R3: accents, emoji and long dictated text arrive whole', async () => {
  await begin(1)
  await compose('´')
  await commit('é')
  await commit('👩‍👩‍👧‍👦')
  await commit(` ${'spoken words '.repeat(40)}end`)
  await untilShows('firsté👩‍👩‍👧‍👦 spoken words', bo)
  await expectTogether([`firsté👩‍👩‍👧‍👦 ${'spoken words '.repeat(40)}end`, 'second', 'third'])
}, 60_000)
