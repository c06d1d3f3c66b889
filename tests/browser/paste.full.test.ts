import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { GOOGLE_DOCS, WEB, WORD } from '../client/editor/paste/fixtures.ts'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import {
  goToEnd,
  linesOn,
  networkIsBack,
  openPad,
  type PadPage,
  PATIENCE,
  press,
  untilEqual,
  untilSaved,
  untilShows,
} from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { createRandom } from '../support/random.ts'
import { RawClient } from '../support/raw-client.ts'

/** Most ms from opening a pad with the CommonMark specification to its text on the screen, on a busy machine. */
const LOADS_WITHIN = 15_000

let inkpad: InkpadProcess
let browser: Browser
let people: PadPage[] = []
let pads = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)

afterEach(async () => {
  const problems = people.flatMap((person) => person.problems)
  await Promise.all(people.map(({ context }) => context.close()))
  people = []
  if (!inkpad.alive) await inkpad.start()
  expect(problems).toEqual([])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

async function enter(pad: string, name: string): Promise<PadPage> {
  const person = await openPad(browser, `${inkpad.url}p/${pad}?userName=${name}`)
  people.push(person)
  await untilSaved(person)
  return person
}

/** Pastes as a browser does: an event with what another program put on the clipboard. */
async function paste(pad: PadPage, data: Record<string, string>): Promise<void> {
  await pad.page.evaluate((types) => {
    const clipboardData = new DataTransfer()
    for (const [type, value] of Object.entries(types)) clipboardData.setData(type, value)
    document
      .querySelector('.ProseMirror')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, data)
}

/** Empties the pad, and puts the cursor into it. */
async function clear(pad: PadPage): Promise<void> {
  await pad.text.focus()
  await press(pad.page, 'Control+a')
  await press(pad.page, 'Delete')
}

test('the CommonMark specification, pasted here, stands there; survives kill -9; loads again at once', async () => {
  const pad = `spec-${++pads}`
  const spec = await readFile('node_modules/commonmark-spec/spec.txt', 'utf8')
  expect(spec.length).toBeGreaterThan(200_000)
  const ada = await enter(pad, 'Ada')
  const bo = await enter(pad, 'Bo')
  await clear(ada)
  const pasted = Date.now()
  await paste(ada, { 'text/plain': spec })
  const last = spec.trimEnd().split('\n').at(-1) ?? ''
  await untilShows(last, bo)
  const shown = Date.now() - pasted
  await untilSaved(ada, bo)
  const saved = Date.now() - pasted
  const lines = await linesOn(bo.page)
  expect(lines.join('\n').trimEnd()).toBe(spec.trimEnd())
  expect(await linesOn(ada.page)).toEqual(lines)

  await inkpad.kill9()
  await inkpad.start()
  await networkIsBack(ada, bo)
  await untilSaved(ada, bo)
  const began = Date.now()
  const cy = await openPad(browser, `${inkpad.url}p/${pad}?userName=Cy`)
  people.push(cy)
  await untilShows(last, cy)
  const loaded = Date.now() - began
  expect(await linesOn(cy.page)).toEqual(lines)
  console.info(
    `${spec.length} characters: ${shown} ms to the other's screen, ${saved} ms until saved, ${loaded} ms to load after kill -9`,
  )
  expect(loaded).toBeLessThan(LOADS_WITHIN)
  const raw = await new RawClient(`ws://127.0.0.1:${inkpad.port}/sync/p/${pad}`).untilSynced()
  expect(raw.text.trimEnd()).toBe(spec.trimEnd())
  await raw.close()
  await goToEnd(cy)
  await cy.page.keyboard.type(' and one word more')
  await untilShows('and one word more', ada, bo)
}, 180_000)

test('what the web, Word and Google Docs put on the clipboard keeps its formats and brings nothing foreign', async () => {
  const pad = `html-${++pads}`
  const ada = await enter(pad, 'Ada')
  const bo = await enter(pad, 'Bo')
  const foreign: string[] = []
  for (const { page } of [ada, bo])
    page.on('request', (request) => {
      if (!request.url().startsWith(inkpad.url)) foreign.push(request.url())
    })
  await clear(ada)
  for (const html of [WEB, WORD, GOOGLE_DOCS]) {
    await goToEnd(ada)
    await paste(ada, { 'text/html': html, 'text/plain': 'not this' })
    await ada.page.keyboard.press('Enter')
  }
  await untilShows('Minutes', bo)
  await untilSaved(ada, bo)
  const text = (await untilEqual(ada, bo)).join('\n')
  await bo.text.locator('h1', { hasText: 'Garden notes' }).waitFor({ timeout: PATIENCE })
  await bo.text.locator('h2', { hasText: 'Plan' }).waitFor()
  await bo.text.locator('a[href="https://example.org/a"]', { hasText: 'a link' }).waitFor()
  await bo.text.locator('[data-list=bullet]', { hasText: 'Deeper' }).waitFor()
  await bo.text.locator('strong', { hasText: 'agreed' }).waitFor()
  expect(await bo.text.getByRole('checkbox', { checked: true }).count()).toBe(2)
  expect(text).not.toMatch(/javascript:|alert\(1\)|hidden|tracker|mso|not this|<script|<style/i)
  expect(foreign).toEqual([])
  await picture(bo.page, 'paste-html')
}, 180_000)

test('R1: two people who type, move, delete, format and undo at random end with the same text', async () => {
  const pad = `random-${++pads}`
  const ada = await enter(pad, 'Ada')
  const bo = await enter(pad, 'Bo')
  const keys = (
    'Home End ArrowUp ArrowDown ArrowLeft Control+Home Control+End Shift+ArrowLeft Enter Enter Backspace Delete ' +
    'Control+Backspace Tab Control+z Control+y Control+b Control+Shift+L Control+Shift+9 Control+Shift+. Alt+ArrowUp ' +
    'Control+Shift+D'
  ).split(' ')
  const writeAtRandom = async (pad: PadPage, seed: number): Promise<void> => {
    const random = createRandom(seed)
    await goToEnd(pad)
    for (let step = 0; step < 150; step += 1) {
      if (random.below(3) === 0) await pad.page.keyboard.type(`w${seed}-${step} `)
      else await pad.page.keyboard.press(keys[random.below(keys.length)] ?? 'End')
    }
  }
  await Promise.all([writeAtRandom(ada, 11), writeAtRandom(bo, 22)])
  await untilSaved(ada, bo)
  const both = await untilEqual(ada, bo)
  expect(both.join('').length).toBeGreaterThan(500)
  const raw = await new RawClient(`ws://127.0.0.1:${inkpad.port}/sync/p/${pad}`).untilSynced()
  expect(`${(await linesOn(ada.page)).join('\n')}\n`).toBe(raw.text)
  await raw.close()
}, 180_000)
