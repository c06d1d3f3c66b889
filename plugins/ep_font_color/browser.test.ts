/** Colours in real pages: chosen by keys and by pointer, seen by others, readable by day and by night, without scripts too. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import type { Insert } from '../../shared/text/delta.ts'
import { startChromium, visitor } from '../../tests/support/chromium.ts'
import { contrast, painted } from '../../tests/support/contrast.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import {
  goToEnd,
  openPad,
  PATIENCE,
  type PadPage,
  press,
  selectBack,
  untilSaved,
} from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'
import { RawClient } from '../../tests/support/raw-client.ts'
import { HIGHLIGHTS, INKS } from './palette.ts'

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
/** What text needs (WCAG 1.4.3). */
const ENOUGH = 4.5

let inkpad: InkpadProcess
let browser: Browser
let tries = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

/** A pad nobody was in; a second try gets another one. */
const fresh = (): string => `${inkpad.url}p/colour-${(tries += 1)}`

/** The name of what has the focus. */
const focused = ({ page }: PadPage): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: here } = document
    return here?.getAttribute('aria-label') ?? here?.textContent ?? ''
  })

/** Waits until a control with this name has the focus. */
async function untilFocused(pad: PadPage, name: RegExp): Promise<void> {
  const end = Date.now() + PATIENCE
  while (!name.test(await focused(pad)) && Date.now() < end)
    await pad.page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
  expect(await focused(pad)).toMatch(name)
}

/** Presses a key until the focus is on a control with this name. */
async function go(pad: PadPage, key: string, name: RegExp): Promise<void> {
  const seen: string[] = []
  for (let count = 0; count < 40; count += 1) {
    await pad.page.keyboard.press(key)
    seen.push(await focused(pad))
    if (name.test(seen.at(-1) ?? '')) return
  }
  throw new Error(`${key} does not lead to ${name}: ${seen.join(', ')}`)
}

test('two people colour words, one by keys, the other with the bubble at the selection', async () => {
  const together = fresh()
  const ada = await openPad(browser, `${together}?userName=Ada`)
  const bo = await openPad(browser, `${together}?userName=Bo`)
  await goToEnd(ada)
  await press(ada.page, 'Enter')
  await ada.page.keyboard.type('some green words')
  await selectBack(ada, ' words'.length)
  await press(ada.page, 'ArrowLeft')
  await selectBack(ada, 'green'.length)
  await ada.page.keyboard.press('Alt+F9')
  await go(ada, 'ArrowRight', /^Text colour$/)
  await ada.page.keyboard.press('Enter')
  await ada.page.getByRole('radiogroup', { name: 'Text colour' }).waitFor()
  await untilFocused(ada, /No colour$/)
  await go(ada, 'ArrowDown', /Blue$/)
  await go(ada, 'ArrowRight', /Yellow$/)
  await go(ada, 'ArrowUp', /Green$/)
  await picture(ada.page, 'font-color-keys')
  await ada.page.keyboard.press('Enter')
  await bo.text.locator('.ink-green', { hasText: /^green$/ }).waitFor()
  // The text has the focus again, with the words still selected.
  await ada.page.keyboard.type('green')
  await bo.text.locator('.ink-green', { hasText: /^green$/ }).waitFor()

  await goToEnd(bo)
  await selectBack(bo, 'words'.length)
  await bo.page.locator('.bubble').getByRole('button', { name: 'Highlight' }).click()
  await bo.page.getByRole('radio', { name: 'Yellow' }).click()
  await ada.text.locator('.highlight-yellow', { hasText: /^words$/ }).waitFor()
  await selectBack(bo, 0)
  await bo.page.locator('.toolbar').getByRole('button', { name: 'Highlight', pressed: true }).click()
  await bo.page.getByLabel('Another colour').fill('#00aaff')
  await ada.text.locator('.highlight-own[data-highlight="#00aaff"]', { hasText: /^words$/ }).waitFor()

  await bo.page.keyboard.press('Escape')
  await bo.page.locator('.toolbar').getByRole('button', { name: 'Highlight', pressed: true }).click()
  await bo.page.keyboard.press('Escape')
  await bo.page.getByRole('radiogroup').waitFor({ state: 'detached' })
  await untilFocused(bo, /^Highlight$/)
  await untilSaved(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 60_000)

describe('every colour can be read', () => {
  const CHANNELS = ['00', '80', 'ff']
  const OWN = CHANNELS.flatMap((red) =>
    CHANNELS.flatMap((green) => CHANNELS.map((blue) => `#${red}${green}${blue}`)),
  )
  const inks = [...Object.keys(INKS), ...OWN]
  const grounds = [...Object.keys(HIGHLIGHTS), ...OWN]

  beforeAll(async () => {
    const raw = await new RawClient(`ws://127.0.0.1:${inkpad.port}/sync/p/colours`).untilSynced()
    const content: Insert[] = inks.flatMap((color, at) => [
      { insert: `${color} `, attributes: { color } },
      ...grounds
        .filter((_ground, index) => (index + at) % 4 === 0)
        .map((background) => ({ insert: `${color} on ${background} `, attributes: { color, background } })),
      { insert: '\n' },
    ])
    raw.doc.getText('text').applyDelta(content)
    for (const background of grounds)
      raw.doc.getText('text').insert(0, `words on ${background} `, { background })
    await raw.until(() => raw.durable === raw.sent)
    await raw.close()
  }, 30_000)

  test.each(['light', 'dark'] as const)(
    '%s: on the paper, on every author’s tint and on highlights',
    async (colorScheme) => {
      const pad = await openPad(browser, `${inkpad.url}p/colours`, { colorScheme })
      await pad.text.locator('.highlight .ink-own').first().waitFor()
      const onHighlights = await painted(pad.page, '.ProseMirror .highlight :is(.ink, .ink *)')
      const bare = await painted(pad.page, '.ProseMirror .highlight')
      expect(onHighlights.length).toBeGreaterThan(inks.length * (grounds.length / 4 - 1))
      expect(bare.length).toBeGreaterThan(grounds.length)
      const tints = await pad.page.evaluate(() =>
        Array.from({ length: 12 }, (_, at) => {
          const probe = document.createElement('span')
          probe.className = 'by'
          probe.dataset['person'] = String(at + 1)
          document.querySelector('.sheet')?.append(probe)
          const { backgroundColor } = getComputedStyle(probe)
          probe.remove()
          return backgroundColor
        }),
      )
      const onPaper = [
        ...(await painted(pad.page, '.ProseMirror .line > .ink')),
        ...(
          await Promise.all(tints.map((tint) => painted(pad.page, '.ProseMirror .line > .ink', tint)))
        ).flat(),
      ]
      expect(onPaper).toHaveLength(inks.length * 13)
      const hard = [...onHighlights, ...bare, ...onPaper]
        .map(({ words, ink, ground }) => ({ words, ratio: contrast(ink, ground) }))
        .filter(({ ratio }) => ratio < ENOUGH)
      expect(hard).toEqual([])
      await picture(pad.page, `font-color-${colorScheme}`)
      expect(pad.problems).toEqual([])
    },
    60_000,
  )

  test('without scripts the colours are there as well, own ones too', async () => {
    const { page, context } = await visitor(browser, { javaScriptEnabled: false })
    await page.goto(`${inkpad.url}p/colours`)
    const reader = page.locator('.reader')
    const colourOf = (selector: string): Promise<string> =>
      reader
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).color)
    expect(await colourOf('.ink-red')).toBe('rgb(179, 38, 30)')
    expect(await reader.locator('[style]').count()).toBe(0)
    const own = await colourOf('.ink-own[data-ink="#ff0000"]')
    expect(own).not.toBe(await colourOf('.ink-own[data-ink="#0000ff"]'))
    await context.close()
  }, 30_000)
})

test('a phone has the palette as a sheet with targets for thumbs, and the text keeps its selection', async () => {
  const pad = await openPad(browser, fresh(), { ...PHONE, colorScheme: 'dark' })
  await goToEnd(pad)
  await pad.page.keyboard.type('orange')
  await selectBack(pad, 'orange'.length)
  await pad.page.locator('.keybar').getByRole('button', { name: 'More formatting' }).tap()
  await pad.page.getByRole('menu').getByText('Text colour').tap()
  const choices = pad.page.locator('.pick .choice')
  await choices.first().waitFor()
  const heights = await choices.evaluateAll((all) => all.map((one) => (one as HTMLElement).offsetHeight))
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
  await picture(pad.page, 'font-color-phone')
  await pad.page.getByRole('radio', { name: 'Orange' }).tap()
  await pad.text.locator('.ink-orange', { hasText: /^orange$/ }).waitFor()
  await untilSaved(pad)
  expect(pad.problems).toEqual([])
}, 60_000)
