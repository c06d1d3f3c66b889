/** Neat authors in real pages: names where runs begin, whole, in lists, from right to left, by night, with numbers, on a phone. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { startChromium } from '../../tests/support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import {
  goToEnd,
  openPad,
  PATIENCE,
  type PadPage,
  untilSaved,
  untilShows,
} from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const DESK = { viewport: { width: 1440, height: 900 } }

let inkpad: InkpadProcess
let browser: Browser
let ada: PadPage
let bo: PadPage
let tries = 0

/** A person who has chosen the view on this device before. */
async function person(name: string, query: string, options: BrowserContextOptions = DESK): Promise<PadPage> {
  const pad = await openPad(
    browser,
    `${inkpad.url}p/neat-${tries}?userName=${encodeURIComponent(name)}${query}`,
    options,
  )
  await pad.page.evaluate(() => localStorage.setItem('inkpad.preferences', '{"authors":"neat"}'))
  await pad.page.reload()
  await pad.text.waitFor()
  await pad.page.locator('#text[data-authors=neat]').waitFor()
  return pad
}

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad({ DEFAULT_PAD_TEXT: '' }), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** The names in the margin with the words of the line each stands beside. */
const names = (pad: PadPage): Promise<string[]> =>
  pad.page.evaluate(() => {
    const lines = [...document.querySelectorAll('.ProseMirror .line')]
    return [...document.querySelectorAll('.neat-names > span')].map((name) => {
      const { top } = name.getBoundingClientRect()
      const line = lines.find((one) => {
        const box = one.getBoundingClientRect()
        return box.top <= top && box.bottom > top
      })
      return `${name.textContent}: ${line?.textContent ?? ''}`
    })
  })

async function untilNames(pad: PadPage, wanted: readonly string[]): Promise<void> {
  const end = Date.now() + PATIENCE
  for (;;) {
    const now = await names(pad)
    if (JSON.stringify(now) === JSON.stringify(wanted) || Date.now() > end) {
      expect(now).toEqual(wanted)
      return
    }
    await pad.page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
  }
}

test('a name stands beside the first line of each run, one’s own is Me, none is cut', async () => {
  // A pad nobody was in, in which those after this test are, too.
  tries += 1
  ada = await person('Ada', '&showLineNumbers=false')
  bo = await person('Bartholomew Featherstonehaugh', '&showLineNumbers=false', {
    ...DESK,
    colorScheme: 'dark',
  })
  await goToEnd(ada)
  await ada.page.keyboard.type('Ada begins\nand goes on\n- a point')
  await untilShows('a point', bo)
  await goToEnd(bo)
  await bo.page.keyboard.type('\nanother point of mine\n')
  // All of it, with the line below, before somebody goes to the end.
  await untilSaved(bo)
  await ada.text.locator('.line').nth(4).waitFor()
  await goToEnd(ada)
  await ada.page.keyboard.type('Ada again')
  await untilShows('Ada again', bo)
  await untilSaved(ada, bo)
  await untilNames(ada, [
    'Me: Ada begins',
    'Bartholomew Featherstonehaugh: another point of mine',
    'Me: Ada again',
  ])
  await untilNames(bo, ['Ada: Ada begins', 'Me: another point of mine', 'Ada: Ada again'])
}, 120_000)

test('names are whole and before the text, words have a line of 2 px instead of a ground', async () => {
  const boxes = await ada.page.evaluate(() => {
    const room = document.querySelector('.scroll')?.getBoundingClientRect()
    const text = document.querySelector('#text')?.getBoundingClientRect()
    return [...document.querySelectorAll('.neat-names > span')].map((name) => {
      const box = name.getBoundingClientRect()
      return {
        whole: name.scrollHeight <= name.clientHeight + 1 && name.scrollWidth <= name.clientWidth + 1,
        inside: box.left >= (room?.left ?? 0) && box.right <= (text?.left ?? 0),
      }
    })
  })
  expect(boxes).toEqual([1, 2, 3].map(() => ({ whole: true, inside: true })))
  const look = await ada.text
    .locator('.by')
    .first()
    .evaluate((one) => [getComputedStyle(one).boxShadow, getComputedStyle(one).backgroundColor])
  expect(look[0]).toMatch(/0px -2px 0px 0px inset$/)
  expect(look[1]).toBe('rgba(0, 0, 0, 0)')
  await picture(ada.page, 'neat-light')
  await picture(bo.page, 'neat-dark')
}, 60_000)

test('the foot says whose the words at the cursor are', async () => {
  await ada.text.focus()
  await ada.page.keyboard.press('Control+Home')
  await ada.page.keyboard.press('ArrowRight')
  await ada.page.locator('.foot', { hasText: 'Written by you' }).waitFor()
  await bo.text.focus()
  await bo.page.keyboard.press('Control+Home')
  await bo.page.keyboard.press('ArrowRight')
  await bo.page.locator('.foot', { hasText: 'Written by Ada' }).waitFor()
}, 60_000)

test('names stand outside of the sheet, without room for that over line numbers; on no margin, or when not wanted, there are none', async () => {
  const cy = await person('Cy', '&showLineNumbers=true', { viewport: { width: 1700, height: 900 } })
  await untilNames(cy, [
    'Ada: Ada begins',
    'Bartholomew Featherstonehaugh: another point of mine',
    'Ada: Ada again',
  ])
  const [sheet, name] = await Promise.all([
    cy.page.locator('.sheet').boundingBox(),
    cy.page.locator('.neat-names > span').first().boundingBox(),
  ])
  expect((name?.x ?? 0) + (name?.width ?? 0)).toBeLessThanOrEqual(sheet?.x ?? 0)
  await picture(cy.page, 'neat-numbers')
  await cy.page.setViewportSize({ width: 920, height: 900 })
  await cy.page.waitForFunction(() => {
    const [paper, first] = [document.querySelector('.sheet'), document.querySelector('.neat-names > span')]
    return paper && first && first.getBoundingClientRect().left > paper.getBoundingClientRect().left
  })
  await picture(cy.page, 'neat-over-numbers')
  await cy.page.setViewportSize({ width: 800, height: 900 })
  await untilNames(cy, [])
  await cy.page.setViewportSize({ width: 1700, height: 900 })
  await cy.page.locator('.neat-names > span').first().waitFor()
  await cy.page.locator('.header').getByRole('button', { name: 'More' }).click()
  await cy.page
    .getByRole('menuitem', { name: 'Settings' })
    .or(cy.page.getByRole('menuitemcheckbox', { name: 'Settings' }))
    .click()
  await cy.page.getByRole('switch', { name: 'Names beside the text' }).first().click()
  await untilNames(cy, [])
  await cy.page
    .getByRole('radio', { name: 'Tint' })
    .or(cy.page.getByRole('button', { name: 'Tint' }))
    .first()
    .click()
  await cy.page.locator('#text[data-authors=tint]').waitFor()
  expect(cy.problems).toEqual([])
}, 60_000)

test('in a text from right to left names stand at the right', async () => {
  const di = await person('Di', '&rtl=true')
  await di.page.locator('.neat-names > span').first().waitFor()
  const [text, name] = await Promise.all([
    di.page.locator('#text').boundingBox(),
    di.page.locator('.neat-names > span').first().boundingBox(),
  ])
  expect(name?.x ?? 0).toBeGreaterThanOrEqual((text?.x ?? 0) + (text?.width ?? 0))
  await picture(di.page, 'neat-rtl')
}, 60_000)

test('a phone has no margin for names: lines under the words, and the foot', async () => {
  const phone = await person('Eve', '', PHONE)
  await phone.text.locator('.line', { hasText: 'Ada begins' }).tap()
  await phone.page.locator('.foot', { hasText: 'Written by Ada' }).waitFor()
  expect(await names(phone)).toEqual([])
  await picture(phone.page, 'neat-phone')
  expect([...phone.problems, ...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)

test('the administrator may begin without names', async () => {
  const other = await startInkpad({ EP__ep_author_neat__names: 'false', DEFAULT_PAD_TEXT: '' })
  try {
    const cy = await openPad(browser, `${other.url}p/x?userName=Cy`, DESK)
    await cy.page.evaluate(() => localStorage.setItem('inkpad.preferences', '{"authors":"neat"}'))
    await cy.page.reload()
    await cy.page.locator('#text[data-authors=neat]').waitFor()
    await goToEnd(cy)
    await cy.page.keyboard.type('words')
    await cy.page.locator('.foot', { hasText: 'Written by you' }).waitFor()
    expect(await names(cy)).toEqual([])
  } finally {
    await other.remove()
  }
}, 60_000)
