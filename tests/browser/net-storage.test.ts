/** This device's own store in a real browser: what it keeps over a closed tab, and what is said when it keeps nothing. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium, visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import {
  goToEnd,
  openPad,
  openPadFor,
  type PadPage,
  untilSaved,
  untilShows,
  untilStatus,
} from '../support/pad-page.ts'
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'

let inkpad: InkpadProcess
let browser: Browser
let proxy: TcpProxy
let people: PadPage[] = []
let pads = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
  proxy = await openTcpProxy(inkpad.port)
}, 60_000)

afterEach(async () => {
  await Promise.all(people.map(({ context }) => context.close()))
  people = []
  proxy.restore()
}, 20_000)

afterAll(async () => {
  await browser?.close()
  await proxy?.close()
  await inkpad?.remove()
}, 30_000)

/** A pad's address below the network that can be cut. */
const padAt = (pad: string) => `http://127.0.0.1:${proxy.port}/p/${pad}?userName=Ada`

async function typeAtEnd(pad: PadPage, words: string): Promise<void> {
  await goToEnd(pad)
  await pad.page.keyboard.type(words)
}

const ENDS = {
  closed: ({ page }: PadPage) => page.close({ runBeforeUnload: false }),
  killed: async ({ page, context }: PadPage) => {
    const gone = new Promise((resolve) => page.on('crash', resolve))
    const devtools = await context.newCDPSession(page)
    // Its process ends without a word, so nothing answers.
    void devtools.send('Page.crash').catch(() => undefined)
    await gone
    await page.close()
  },
}

test.each(['closed', 'killed'] as const)(
  'C5: what was typed offline is kept when the tab is %s at once, and goes out from the next one',
  async (how) => {
    const url = padAt(`${how}${(pads += 1)}`)
    const first = await openPad(browser, url)
    people.push(first)
    await untilSaved(first)
    proxy.cut(true)
    await untilStatus(first, 'Offline')
    await typeAtEnd(first, '\nwritten in the dark')
    await ENDS[how](first)
    proxy.restore()
    const again = await openPadFor({ ...first, page: await first.context.newPage() }, url)
    people.push(again)
    await untilShows('written in the dark', again)
    await untilSaved(again)
    const other = await openPad(browser, url)
    people.push(other)
    await untilShows('written in the dark', other)
  },
  120_000,
)

test('C12: a browser that refuses its store is told that changes are in this tab only, and warns before it closes', async () => {
  const person = await visitor(browser)
  await person.context.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', {
      get: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    })
  })
  const ada = await openPadFor(person, padAt(`denied${(pads += 1)}`))
  people.push(ada)
  await untilSaved(ada)
  proxy.cut(true)
  await untilStatus(ada, 'Offline')
  await typeAtEnd(ada, '\nonly here')
  await untilStatus(ada, /changes? in this tab only/)
  const asked = new Promise<string>((resolve) => {
    ada.page.on('dialog', (dialog) => {
      resolve(dialog.type())
      void dialog.dismiss()
    })
  })
  await ada.page.close({ runBeforeUnload: true })
  expect(await asked).toBe('beforeunload')
  proxy.restore()
  await untilSaved(ada)
}, 120_000)
