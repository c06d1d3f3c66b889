/** How the text looks and sounds where an option or an attribute decides it, as the browser computes it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium } from '../support/chromium.ts'
import { contrast } from '../support/contrast.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { goToEnd, openPad, PATIENCE, type PadPage, untilSaved } from '../support/pad-page.ts'

let inkpad: InkpadProcess
let browser: Browser
beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

let pads = 0
/** A new pad. */
const open = (query: string, colorScheme: 'light' | 'dark' = 'light') =>
  openPad(browser, `${inkpad.url}p/look-${(pads += 1)}?${query}`, { colorScheme })

/** Types a word and gives what is behind it and its own colour, as sRGB bytes. */
async function coloursOf(pad: PadPage, word: string): Promise<{ ground: number[]; ink: number[] }> {
  await goToEnd(pad)
  await pad.page.keyboard.type(word)
  await pad.text.locator('.by', { hasText: word }).first().waitFor({ timeout: PATIENCE })
  return pad.page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d')
    /** Colours over each other, lowest first, as the browser paints them. */
    const painted = (colours: string[]): number[] => {
      if (!context) return []
      for (const colour of colours) {
        context.fillStyle = colour
        context.fillRect(0, 0, 1, 1)
      }
      return Array.from(context.getImageData(0, 0, 1, 1).data).slice(0, 3)
    }
    const by = document.querySelector('.by')
    const sheet = document.querySelector('.sheet')
    if (!by || !sheet) return { ground: [], ink: [] }
    const { backgroundColor, color } = getComputedStyle(by)
    return {
      ground: painted([getComputedStyle(sheet).backgroundColor, backgroundColor]),
      ink: painted([color]),
    }
  })
}

describe("enforceReadableAuthorColors, Etherpad's option", () => {
  test.each([
    ['000080', [0, 0, 128], [255, 255, 255]],
    ['ffee00', [255, 238, 0], [0, 0, 0]],
    ['ff0000', [255, 0, 0], [0, 0, 0]],
  ])(
    'false: words stand on #%s itself, in black or white',
    async (hex, ground, ink) => {
      for (const scheme of ['light', 'dark'] as const) {
        const pad = await open(`enforceReadableAuthorColors=false&userColor=%23${hex}`, scheme)
        const found = await coloursOf(pad, 'word')
        expect(found).toEqual({ ground, ink })
        expect(contrast(found.ground, found.ink)).toBeGreaterThanOrEqual(4.5)
        await pad.context.close()
      }
    },
    60_000,
  )

  test.each(['000080', 'ffee00', '808080'])(
    'true: words on #%s can be read',
    async (hex) => {
      for (const scheme of ['light', 'dark'] as const) {
        const pad = await open(`userColor=%23${hex}`, scheme)
        const { ground, ink } = await coloursOf(pad, 'word')
        expect(contrast(ground, ink)).toBeGreaterThanOrEqual(4.5)
        await pad.context.close()
      }
    },
    60_000,
  )
})

describe('rtl', () => {
  /** Where each line's words begin: the nearer edge of its box. */
  const sides = (pad: PadPage): Promise<string[]> =>
    pad.page.evaluate(() =>
      [...document.querySelectorAll('.ProseMirror .line')].map((line) => {
        const range = document.createRange()
        range.selectNodeContents(line)
        const [words, box] = [range.getBoundingClientRect(), line.getBoundingClientRect()]
        return words.left - box.left < box.right - words.right ? 'left' : 'right'
      }),
    )
  const write = async (pad: PadPage): Promise<void> => {
    await pad.text.focus()
    await pad.page.keyboard.press('Control+a')
    await pad.page.keyboard.type('Latin')
    await pad.page.keyboard.press('Enter')
    await pad.page.keyboard.type('\u05e9\u05dc\u05d5\u05dd')
    await pad.page.keyboard.press('Enter')
    await pad.page.keyboard.type('12')
    await untilSaved(pad)
  }

  test('true: every line begins on the right, as with Etherpad; without it each as its letters run', async () => {
    const plain = await open('rtl=false')
    await write(plain)
    expect(await sides(plain)).toEqual(['left', 'right', 'left'])
    const turned = await open('rtl=true')
    await write(turned)
    expect(await sides(turned)).toEqual(['right', 'right', 'right'])
    // The words of the page run as its language does.
    expect(await turned.page.locator('html').getAttribute('dir')).toBe('ltr')
    await Promise.all([plain.context.close(), turned.context.close()])
  }, 60_000)

  test('the text is on the same side before the script comes', async () => {
    const writer = await openPad(browser, `${inkpad.url}p/directions`)
    await write(writer)
    await writer.context.close()
    for (const [query, wanted] of [
      ['rtl=false', ['left', 'right', 'left']],
      ['rtl=true', ['right', 'right', 'right']],
    ] as const) {
      const context = await browser.newContext({ javaScriptEnabled: false })
      const page = await context.newPage()
      await page.goto(`${inkpad.url}p/directions?${query}`)
      const lines = await page.locator('.reader > p').all()
      const found: string[] = []
      for (const line of lines)
        found.push(
          await line.evaluate((element) => {
            const range = document.createRange()
            range.selectNodeContents(element)
            const [words, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()]
            return words.left - box.left < box.right - words.right ? 'left' : 'right'
          }),
        )
      expect(found).toEqual(wanted)
      await context.close()
    }
  }, 60_000)
})

test('a screen reader hears the marker of a list line, and of a task its box', async () => {
  const pad = await open('lists')
  const { page } = pad
  await pad.text.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  for (const [mark, words] of [
    ['Control+Shift+8', 'point'],
    ['Control+Shift+7', 'first'],
    ['Control+Shift+9', 'task'],
  ] as const) {
    await page.keyboard.press(mark)
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
  }
  await untilSaved(pad)
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const heard = nodes
    .filter((node) => !node.ignored)
    .map((node) =>
      [node.role?.value, node.name?.value].filter((part: unknown) => typeof part === 'string').join(' '),
    )
  for (const wanted of ['StaticText •', 'StaticText 1.', 'checkbox task']) expect(heard).toContain(wanted)
  await pad.context.close()
}, 60_000)
