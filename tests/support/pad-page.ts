/** A pad's page in a browser, as the person in front of it uses it. */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { type Visitor, visitor } from './chromium.ts'

/** Milliseconds a browser on a busy machine may take for one thing. */
export const PATIENCE = 20_000

/** One person's tab with a pad. */
export interface PadPage extends Visitor {
  /** The text, as the editor shows it. */
  readonly text: Locator
  /** The words that say how safe the text is. */
  readonly status: Locator
  /** The toolbar over the text, or the bar on a phone. */
  readonly tools: Locator
}

/** Opens a pad in a tab of `person`'s browser and waits until there is a text to read. */
export async function openPadFor(person: Visitor, url: string): Promise<PadPage> {
  await person.page.goto(url, { waitUntil: 'commit', timeout: PATIENCE })
  return padOf(person)
}

/** The pad that a tab already shows. */
export async function padOf(person: Visitor): Promise<PadPage> {
  const { page } = person
  page.setDefaultTimeout(PATIENCE)
  const text = page.locator('.ProseMirror')
  await text.waitFor()
  return {
    ...person,
    text,
    status: page.locator('.status'),
    tools: page.getByRole('toolbar', { name: 'Formatting' }).filter({ visible: true }),
  }
}

/** Another person, with a browser of their own, opens a pad. */
export async function openPad(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<PadPage> {
  return openPadFor(await visitor(browser, options), url)
}

/** Waits until the status says exactly this. */
export async function untilStatus(pad: PadPage, words: string | RegExp): Promise<void> {
  await pad.status.filter({ hasText: typeof words === 'string' ? exactly(words) : words }).waitFor()
}

/** Waits until the status says that everything is durable. */
export async function untilSaved(...pads: readonly PadPage[]): Promise<void> {
  await Promise.all(pads.map((pad) => untilStatus(pad, 'Saved')))
}

/** The browser learns that the network is back, as it does from its system, so that pages do not wait their turn. */
export async function networkIsBack(...pads: readonly PadPage[]): Promise<void> {
  await Promise.all(pads.map(({ page }) => page.evaluate(() => window.dispatchEvent(new Event('online')))))
}

/** Waits until the text shows these words. */
export async function untilShows(words: string, ...pads: readonly PadPage[]): Promise<void> {
  await Promise.all(pads.map(({ page }) => page.waitForFunction(shows, words, { timeout: PATIENCE })))
}

function shows(words: string): boolean {
  const text = document.querySelector('.ProseMirror')
  if (text?.textContent?.includes(words)) return true
  const copy = text?.querySelector('.caret') ? text.cloneNode(true) : null
  if (!(copy instanceof Element)) return false
  for (const caret of copy.querySelectorAll('.caret')) caret.remove()
  return copy.textContent?.includes(words) ?? false
}

/** The text's lines, without other people's name flags. */
export async function linesOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const copy = document.querySelector('.ProseMirror')?.cloneNode(true)
    if (!(copy instanceof Element)) return []
    for (const extra of copy.querySelectorAll('.caret, .check')) extra.remove()
    return [...copy.querySelectorAll('.line, .block')].map((line) => line.textContent ?? '')
  })
}

/** Waits until the text's lines are these; the error tells what they are. */
export async function untilLines(page: Page, expected: readonly string[]): Promise<void> {
  const end = Date.now() + PATIENCE
  for (;;) {
    const lines = await linesOn(page)
    if (JSON.stringify(lines) === JSON.stringify(expected)) return
    if (Date.now() > end) throw new Error(`not ${JSON.stringify(expected)}, but ${JSON.stringify(lines)}`)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
  }
}

/** Waits until what has the focus is, or is in, an element that fits `selector`. */
export async function untilFocusIn(page: Page, selector: string): Promise<void> {
  await page.waitForFunction((one) => document.activeElement?.closest(one) != null, selector, {
    timeout: PATIENCE,
  })
}

/**
 * The text with its formats as HTML, without what differs from one screen to another: carets, ids, where the tint of an
 * author is cut in two.
 */
export async function pictureOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const copy = document.querySelector('.ProseMirror')?.cloneNode(true)
    if (!(copy instanceof Element)) return []
    for (const extra of copy.querySelectorAll('.caret, br.ProseMirror-trailingBreak, .ProseMirror-separator'))
      extra.remove()
    for (const tint of copy.querySelectorAll('.by, .selected-by')) tint.replaceWith(...tint.childNodes)
    for (const element of copy.querySelectorAll('*'))
      for (const name of [
        'id',
        'aria-labelledby',
        'style',
        'tabindex',
        'data-by',
        'data-ticked',
        'data-ticked-here',
      ])
        element.removeAttribute(name)
    copy.normalize()
    return [...copy.querySelectorAll('.line, .block')].map((line) => line.outerHTML)
  })
}

/** Waits until all show the same text in the same formats, and answers it. @throws when they do not come together. */
export async function untilEqual(...pads: readonly PadPage[]): Promise<string[]> {
  const end = Date.now() + PATIENCE
  for (;;) {
    const pictures = await Promise.all(pads.map(({ page }) => pictureOn(page)))
    const [first = []] = pictures
    if (pictures.every((picture) => picture.join('\n') === first.join('\n'))) return first
    if (Date.now() > end)
      throw new Error(`not equal:\n${pictures.map((picture) => picture.join('\n')).join('\n---\n')}`)
    await pads[0]?.page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
  }
}

/** Presses a key several times. */
export async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let count = 0; count < times; count += 1) await page.keyboard.press(key)
}

/** Puts the cursor at the end of the text. */
export async function goToEnd(pad: PadPage): Promise<void> {
  await pad.text.focus()
  await pad.page.keyboard.press('Control+End')
}

/** Selects the nearest `words` before the cursor's end of line; they must be its last ones. */
export async function selectBack(pad: PadPage, length: number): Promise<void> {
  await press(pad.page, 'Shift+ArrowLeft', length)
}

function exactly(words: string): RegExp {
  return new RegExp(`^\\s*${words.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}\\s*$`)
}
