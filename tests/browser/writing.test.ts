import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { linesOn, openPad, type PadPage, padOf, untilEqual, untilSaved } from '../support/pad-page.ts'
import { RawClient } from '../support/raw-client.ts'
import { formatTogether, typeAtOnce, undoOnlyOwn } from '../support/writing-journey.ts'

let inkpad: InkpadProcess
let browser: Browser
let ada: PadPage
let bo: PadPage

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
  ada = await openPad(browser, `${inkpad.url}p/together?userName=Ada&userColor=%233f7d3f`)
  bo = await openPad(browser, `${inkpad.url}p/together?userName=Bo&userColor=%23b5483a`)
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

test('R1, R12: two people who type at once see each other, by name and colour', async () => {
  await typeAtOnce(ada, bo)
  await untilSaved(ada, bo)
  await untilEqual(ada, bo)
}, 60_000)

test('R7, R8, R9: formats by button and by key reach the other', async () => {
  await formatTogether(ada, bo)
}, 90_000)

test('R13: undo, to the very first step, takes nothing of the other', async () => {
  await undoOnlyOwn(ada, bo)
}, 90_000)

test('R1: the same text after a reload, and after kill -9 and a new start of the server', async () => {
  const before = await untilEqual(ada, bo)
  await ada.page.reload()
  ada = await padOf(ada)
  await untilSaved(ada)
  expect(await untilEqual(ada, bo)).toEqual(before)
  await inkpad.kill9()
  await inkpad.start()
  await untilSaved(ada, bo)
  const newcomer = await openPad(browser, `${inkpad.url}p/together`)
  await untilSaved(newcomer)
  expect(await untilEqual(newcomer, ada, bo)).toEqual(before)
  const raw = await new RawClient(`ws://127.0.0.1:${inkpad.port}/sync/p/together`).untilSynced()
  expect(raw.text).toBe(`${(await linesOn(ada.page)).join('\n')}\n`)
  await raw.close()
  expect([...ada.problems, ...bo.problems, ...newcomer.problems]).toEqual([])
}, 90_000)
