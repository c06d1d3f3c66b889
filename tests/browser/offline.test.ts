/** The network and the server go away and come back. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import {
  goToEnd,
  linesOn,
  networkIsBack,
  openPad,
  openPadFor,
  type PadPage,
  PATIENCE,
  untilEqual,
  untilSaved,
  untilShows,
  untilStatus,
} from '../support/pad-page.ts'
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { until } from '../support/wait.ts'

const KEPT = /^\s*Offline, \d+ changes? kept\s*$/

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
  proxy.resume()
  proxy.upgrades('pass')
  if (!inkpad.alive) await inkpad.start()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await proxy?.close()
  await inkpad?.remove()
}, 30_000)

const direct = (pad: string, name: string) => `${inkpad.url}p/${pad}?userName=${name}`
const proxied = (pad: string, name: string) => `http://127.0.0.1:${proxy.port}/p/${pad}?userName=${name}`

/** A pad's name of its own for each try. */
const fresh = (pad: string) => `${pad}-${++pads}`

/** Ada behind the network that breaks, Bo with the server itself. */
async function pair(pad: string): Promise<[PadPage, PadPage]> {
  const ada = await openPad(browser, proxied(pad, 'Ada'))
  const bo = await openPad(browser, direct(pad, 'Bo'))
  people.push(ada, bo)
  await untilSaved(ada, bo)
  return [ada, bo]
}

async function typeAtEnd(pad: PadPage, words: string): Promise<void> {
  await goToEnd(pad)
  await pad.page.keyboard.type(words)
}

/** How often these words stand in the text. */
async function count(pad: PadPage, words: string): Promise<number> {
  return (await linesOn(pad.page)).join('\n').split(words).length - 1
}

test('a broken line is said in words; both go on writing, and come together when it is back', async () => {
  const [ada, bo] = await pair(fresh('line'))
  proxy.cut(true)
  await untilStatus(ada, 'Offline')
  await typeAtEnd(ada, '\nada offline')
  await untilStatus(ada, KEPT)
  await typeAtEnd(bo, '\nbo online')
  await untilSaved(bo)
  await ada.page.getByText('Go on writing.').waitFor()
  // While it is broken: a line that is back by itself takes the button away.
  const tried = proxy.accepted
  await ada.page.getByRole('button', { name: 'Try now' }).click()
  await until('another try', () => proxy.accepted > tried, PATIENCE)
  proxy.restore()
  await networkIsBack(ada)
  await untilSaved(ada, bo)
  await untilShows('bo online', ada)
  await untilShows('ada offline', bo)
  await untilEqual(ada, bo)
  expect([await count(ada, 'ada offline'), await count(ada, 'bo online')]).toEqual([1, 1])
  await ada.page.getByText('Go on writing.').waitFor({ state: 'detached' })
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 120_000)

test('a browser without network says so, and is back by itself', async () => {
  const [ada, bo] = await pair(fresh('airplane'))
  await ada.context.setOffline(true)
  await untilStatus(ada, 'Offline')
  await typeAtEnd(ada, '\nin the air')
  await untilStatus(ada, KEPT)
  await ada.context.setOffline(false)
  await untilSaved(ada)
  await untilShows('in the air', bo)
  await untilEqual(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 120_000)

test('the server dies while two write: all of it is there when it lives again', async () => {
  const [ada, bo] = await pair(fresh('killed'))
  await inkpad.kill9()
  await Promise.all([typeAtEnd(ada, ' ada goes on'), typeAtEnd(bo, ' bo goes on')])
  await Promise.all([untilStatus(ada, KEPT), untilStatus(bo, KEPT)])
  await inkpad.start()
  await networkIsBack(ada, bo)
  await untilSaved(ada, bo)
  await untilShows('ada goes on', bo)
  await untilShows('bo goes on', ada)
  await untilEqual(ada, bo)
  // Each in a place of their own: letters of two who write in one place while the line holds may stand among each other.
  await ada.text.focus()
  await ada.page.keyboard.press('Control+Home')
  await goToEnd(bo)
  const running = Promise.all([
    ada.page.keyboard.type('ada while stopping '),
    bo.page.keyboard.type(' bo while stopping'),
  ])
  await inkpad.terminate()
  await inkpad.start()
  await running
  await networkIsBack(ada, bo)
  await untilSaved(ada, bo)
  await untilShows('bo while stopping', ada)
  await untilShows('ada while stopping', bo)
  await untilEqual(ada, bo)
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 120_000)

test('a tab that closes with unsaved words has them when it is opened again, also without a connection', async () => {
  const pad = fresh('closed')
  const [ada, bo] = await pair(pad)
  proxy.cut(true)
  await typeAtEnd(ada, '\nwritten before closing')
  await untilStatus(ada, KEPT)
  await ada.page.close()
  proxy.restore()
  proxy.upgrades('refuse')
  const next = await ada.context.newPage()
  await next.route('**/socket.io/**', (route) => route.abort())
  const again = await openPadFor({ ...ada, page: next }, proxied(pad, 'Ada'))
  await untilShows('written before closing', again)
  await untilStatus(again, KEPT)
  await typeAtEnd(again, ', and after')
  await next.unroute('**/socket.io/**')
  proxy.upgrades('pass')
  await networkIsBack(again)
  await untilSaved(again)
  await untilShows('written before closing, and after', bo)
  await untilEqual(again, bo)
  expect(await count(bo, 'written before closing')).toBe(1)
}, 120_000)

test('words of a closed tab are saved by the next visit, even if nobody types in it', async () => {
  const pad = fresh('left')
  const [ada, bo] = await pair(pad)
  proxy.cut(true)
  await typeAtEnd(ada, '\nleft behind')
  await untilStatus(ada, KEPT)
  await ada.page.close()
  proxy.restore()
  const again = await openPadFor({ ...ada, page: await ada.context.newPage() }, proxied(pad, 'Ada'))
  await untilSaved(again)
  await untilShows('left behind', bo)
  await untilEqual(again, bo)
}, 120_000)

test('two tabs of one browser write without network; one closes, nothing is lost', async () => {
  const pad = fresh('tabs')
  const [ada, bo] = await pair(pad)
  const second = await openPadFor({ ...ada, page: await ada.context.newPage() }, proxied(pad, 'Ada'))
  await untilSaved(second)
  proxy.cut(true)
  await typeAtEnd(second, '\nfrom the second tab')
  await untilStatus(second, KEPT)
  await ada.page.bringToFront()
  await typeAtEnd(ada, '\nfrom the first tab')
  await untilStatus(ada, KEPT)
  await second.page.close()
  proxy.restore()
  await networkIsBack(ada)
  await untilSaved(ada)
  await untilShows('from the first tab', bo)
  await ada.page.reload()
  await untilSaved(ada)
  await untilShows('from the second tab', ada, bo)
  await untilEqual(ada, bo)
  expect([await count(bo, 'from the first tab'), await count(bo, 'from the second tab')]).toEqual([1, 1])
}, 120_000)

test('after sleep a dead connection is given up, not waited for', async () => {
  const [ada, bo] = await pair(fresh('sleep'))
  proxy.pause()
  await typeAtEnd(bo, '\nwritten while ada slept')
  const accepted = proxy.accepted
  await ada.page.evaluate(() => {
    const now = Date.now.bind(Date)
    Date.now = () => now() + 3_600_000
  })
  await until('another connection', () => proxy.accepted > accepted, PATIENCE)
  proxy.resume()
  await untilShows('written while ada slept', ada)
  await untilSaved(ada, bo)
  await untilEqual(ada, bo)
}, 120_000)
