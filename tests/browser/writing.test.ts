import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import {
  linesOn,
  networkIsBack,
  openPad,
  type PadPage,
  padOf,
  untilEqual,
  untilSaved,
} from '../support/pad-page.ts'
import { RawClient } from '../support/raw-client.ts'
import { formatTogether, typeAtOnce, undoOnlyOwn } from '../support/writing-journey.ts'

let inkpad: InkpadProcess
let browser: Browser
let people: PadPage[] = []
let pads = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)

afterEach(async () => {
  await Promise.all(people.map(({ context }) => context.close()))
  people = []
  if (!inkpad.alive) await inkpad.start()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

async function enter(pad: string, query = ''): Promise<PadPage> {
  const person = await openPad(browser, `${inkpad.url}p/${pad}${query}`)
  people.push(person)
  await untilSaved(person)
  return person
}

/** Ada and Bo in a pad, which each try has its own of. */
async function pair(): Promise<{ ada: PadPage; bo: PadPage; pad: string }> {
  const pad = `together-${++pads}`
  const ada = await enter(pad, '?userName=Ada&userColor=%233f7d3f')
  return { ada, bo: await enter(pad, '?userName=Bo&userColor=%23b5483a'), pad }
}

test('R1, R7, R8, R9, R12, R13: two type at once and see each other by name and colour; formats by button and by key reach the other; undo, to the very first step, takes nothing of the other', async () => {
  const { ada, bo } = await pair()
  await typeAtOnce(ada, bo)
  await untilSaved(ada, bo)
  await untilEqual(ada, bo)
  await formatTogether(ada, bo)
  await undoOnlyOwn(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 180_000)

test('R1: the same text after a reload, and after kill -9 and a new start of the server', async () => {
  const { ada: first, bo, pad } = await pair()
  await typeAtOnce(first, bo)
  await formatTogether(first, bo)
  const before = await untilEqual(first, bo)
  await first.page.reload()
  const ada = await padOf(first)
  await untilSaved(ada)
  expect(await untilEqual(ada, bo)).toEqual(before)
  await inkpad.kill9()
  await inkpad.start()
  await networkIsBack(ada, bo)
  await untilSaved(ada, bo)
  const newcomer = await enter(pad)
  expect(await untilEqual(newcomer, ada, bo)).toEqual(before)
  const raw = await new RawClient(`ws://127.0.0.1:${inkpad.port}/sync/p/${pad}`).untilSynced()
  expect(raw.text).toBe(`${(await linesOn(ada.page)).join('\n')}\n`)
  await raw.close()
  expect([...ada.problems, ...bo.problems, ...newcomer.problems]).toEqual([])
}, 120_000)
