/** A pad’s title, for two people at once, without a network, by night, on a phone, by keyboard. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Locator } from 'playwright-core'
import { seriousFindings } from '../../tests/support/axe.ts'
import { networkIsBack } from '../../tests/support/pad-page.ts'
import type { PadPage } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'
import {
  DARK,
  menuEntries,
  PHONE,
  sizeOf,
  startJourney,
  tabTo,
  THUMB,
} from '../../tests/support/plugin-journey.ts'
import type { PluginJourney } from '../../tests/support/plugin-journey.ts'

let journey: PluginJourney
let tries = 0
beforeAll(async () => {
  journey = await startJourney({})
}, 60_000)
afterEach(() => journey.leave())
afterAll(() => journey?.end(), 30_000)

/** A pad without a title; a second try gets another one. */
const fresh = (): string => `titled-${(tries += 1)}`
const focusOn = ({ page }: PadPage, what: Locator) => what.and(page.locator(':focus')).waitFor()
const titleField = ({ page }: PadPage) => page.getByRole('textbox', { name: 'Title of this pad' })

const heading = ({ page }: PadPage, words: string) => page.getByRole('heading', { name: words, exact: true })

test('a title is written in the header by keyboard, and stands in every header and tab, also for readers', async () => {
  const pad = fresh()
  const ada = await journey.person(pad, 'Ada')
  const bo = await journey.person(pad, 'Bo', DARK)
  await ada.text.focus()
  await ada.page.keyboard.press('F2')
  await focusOn(ada, titleField(ada))
  await picture(ada.page, 'title')
  await ada.page.keyboard.type('Our <b>plan</b>')
  await ada.page.keyboard.press('Enter')
  await heading(bo, 'Our <b>plan</b>').waitFor()
  await bo.page.waitForFunction(() => document.title.startsWith('Our <b>plan</b>'))
  await focusOn(ada, ada.text)

  await bo.page.locator('.home').focus()
  await bo.page.keyboard.press('F2')
  await focusOn(bo, titleField(bo))
  await bo.page.keyboard.press('Escape')
  await focusOn(bo, bo.page.locator('.home'))
  await tabTo(bo, 'Change the title')
  await bo.page.keyboard.press('Enter')
  await titleField(bo).fill('Not this')
  await bo.page.keyboard.press('Escape')
  await focusOn(bo, bo.page.getByRole('button', { name: 'Change the title' }))
  await heading(bo, 'Our <b>plan</b>').click({ force: true })
  await titleField(bo).fill('Bo’s plan')
  expect(await seriousFindings(bo.page)).toEqual([])
  await picture(bo.page, 'title-dark')
  await bo.page.locator('.scroll').click({ position: { x: 300, y: 300 } })
  await heading(ada, 'Bo’s plan').waitFor()

  const boot = (await ada.page.evaluate(() => document.querySelector('#boot')?.textContent)) ?? '{}'
  const { readOnlyId } = JSON.parse(boot) as { readOnlyId: string }
  const reader = await journey.person(readOnlyId, 'Cy')
  await heading(reader, 'Bo’s plan').waitFor()
  expect(await reader.page.getByRole('button', { name: 'Change the title' }).count()).toBe(0)
  expect(await menuEntries(reader.page)).not.toContain('Change the title')
  expect(await menuEntries(ada.page)).toContain('Change the title')
}, 60_000)

test('a title written without network is told afterwards; one that was missed is heard', async () => {
  const pad = fresh()
  const ada = await journey.person(pad, 'Ada')
  const bo = await journey.person(pad, 'Bo')
  await bo.context.setOffline(true)
  await bo.status.filter({ hasText: /offline/i }).waitFor()
  await ada.text.focus()
  await ada.page.keyboard.press('F2')
  await focusOn(ada, titleField(ada))
  await ada.page.keyboard.type('Missed')
  await ada.page.keyboard.press('Enter')
  await heading(ada, 'Missed').waitFor()
  await bo.context.setOffline(false)
  await networkIsBack(bo)
  await heading(bo, 'Missed').waitFor()

  await bo.context.setOffline(true)
  await bo.status.filter({ hasText: /offline/i }).waitFor()
  await bo.text.focus()
  await bo.page.keyboard.press('F2')
  await focusOn(bo, titleField(bo))
  await bo.page.keyboard.type('From afar')
  await bo.page.keyboard.press('Enter')
  await heading(bo, 'From afar').waitFor()
  await bo.context.setOffline(false)
  await networkIsBack(bo)
  await heading(ada, 'From afar').waitFor()
}, 60_000)

test('on a phone the title is written in the whole header, and a thumb meets it', async () => {
  const pad = fresh()
  const ada = await journey.person(pad, 'Ada', { ...PHONE, ...DARK })
  const { page } = ada
  const desk = await journey.person(pad, 'Bo')
  await page.locator('.title-open').waitFor()
  expect((await sizeOf(page, '.title-open')).height).toBeGreaterThanOrEqual(THUMB)
  await page.locator('.title-open').tap()
  const field = titleField(ada)
  await field.fill('A title that is longer than a phone is wide')
  const { width, height } = await sizeOf(page, '.title-field')
  expect([width > 300, height >= THUMB]).toEqual([true, true])
  expect(await field.evaluate((input) => Number.parseFloat(getComputedStyle(input).fontSize))).toBe(16)
  await picture(page, 'title-phone')
  await page.keyboard.press('Enter')
  await heading(desk, 'A title that is longer than a phone is wide').waitFor()
  const [title, status] = await Promise.all([
    page.locator('.header h1').boundingBox(),
    ada.status.boundingBox(),
  ])
  expect((title?.y ?? 0) + (title?.height ?? 0)).toBeLessThanOrEqual((status?.y ?? 0) + 1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  expect(await seriousFindings(page)).toEqual([])
}, 60_000)
