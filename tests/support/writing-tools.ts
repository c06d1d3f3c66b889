/** A built server with empty pads and a browser, for the journeys of writing tools; and pads in which the tools listen. */
import { afterAll, afterEach, beforeAll } from '@jest/globals'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { startChromium } from './chromium.ts'
import { type InkpadProcess, startInkpad } from './inkpad.ts'
import { goToEnd, openPad, type PadPage, untilSaved } from './pad-page.ts'

export interface WritingHouse {
  readonly inkpad: InkpadProcess
  /** The address of a pad of its own for each try. */
  fresh(): string
  /** Somebody of this name, with a browser of their own, opens a pad. */
  person(address: string, name: string, options?: BrowserContextOptions): Promise<PadPage>
}

/** One for the tests of a file; it starts before and ends after them. */
export function writingHouse(env: Record<string, string> = {}): WritingHouse {
  let inkpad: InkpadProcess | undefined
  let browser: Browser | undefined
  let pads = 0
  const people: PadPage[] = []
  beforeAll(async () => {
    ;[inkpad, browser] = await Promise.all([startInkpad({ DEFAULT_PAD_TEXT: '', ...env }), startChromium()])
  }, 60_000)
  afterEach(async () => {
    await Promise.all(people.splice(0).map(({ context }) => context.close()))
  }, 30_000)
  afterAll(async () => {
    await browser?.close()
    await inkpad?.remove()
  }, 30_000)
  function started<T>(part: T | undefined): T {
    if (part === undefined) throw new Error('The server and the browser start before the tests.')
    return part
  }
  return {
    get inkpad() {
      return started(inkpad)
    },
    fresh() {
      pads += 1
      return `${started(inkpad).url}p/tools-${pads}`
    },
    async person(address, name, options) {
      const one = await openPad(started(browser), `${address}?userName=${name}`, options)
      people.push(one)
      return one
    },
  }
}

/** Puts the cursor into the text and waits until what listens to typing stands in the editor, as the lines' handle shows. */
export async function beginWriting(pad: PadPage): Promise<void> {
  await goToEnd(pad)
  await pad.page.locator('.line-grip').waitFor({ state: 'attached' })
  await untilSaved(pad)
}
