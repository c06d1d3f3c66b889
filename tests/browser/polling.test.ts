/** The journey of writing.test.ts behind a proxy that passes no WebSocket: socket.io's polling carries everything. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { startChromium, visitor, type Visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import {
  goToEnd,
  networkIsBack,
  openPadFor,
  type PadPage,
  padOf,
  untilEqual,
  untilSaved,
  untilShows,
  untilStatus,
} from '../support/pad-page.ts'
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { formatTogether, typeAtOnce, undoOnlyOwn } from '../support/writing-journey.ts'

let inkpad: InkpadProcess
let browser: Browser
let proxy: TcpProxy
let ada: PadPage
let bo: PadPage
const webSocketFrames: string[] = []
const polls: string[] = []

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
  proxy = await openTcpProxy(inkpad.port)
  proxy.upgrades('refuse')
  ada = await openPadFor(watched(await visitor(browser)), `${address('Ada')}&userColor=%233f7d3f`)
  bo = await openPadFor(watched(await visitor(browser)), `${address('Bo')}&userColor=%23b5483a`)
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await proxy?.close()
  await inkpad?.remove()
}, 30_000)

function address(name: string, pad = 'polled'): string {
  return `http://127.0.0.1:${proxy.port}/p/${pad}?userName=${name}`
}

/** Notes how the messages of this person come and go. */
function watched(person: Visitor): Visitor {
  person.page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => webSocketFrames.push(payload.toString())),
  )
  person.page.on('request', (request) => {
    if (request.url().includes('/socket.io/')) polls.push(request.url())
  })
  return person
}

test('C8: two people write together by polling alone', async () => {
  await untilSaved(ada, bo)
  await typeAtOnce(ada, bo)
  await formatTogether(ada, bo)
  await undoOnlyOwn(ada, bo)
  expect(webSocketFrames).toEqual([])
  expect(polls.every((url) => url.includes('transport=polling'))).toBe(true)
  expect(polls.length).toBeGreaterThan(20)
}, 120_000)

test('C8: by polling, too: the line breaks, both go on, nothing is lost; a reload has everything', async () => {
  proxy.cut(true)
  await Promise.all([goToEnd(ada), goToEnd(bo)])
  await Promise.all([ada.page.keyboard.type('\nada kept this'), bo.page.keyboard.type('\nbo kept this')])
  const kept = /^\s*Offline, \d+ changes? kept\s*$/
  await Promise.all([untilStatus(ada, kept), untilStatus(bo, kept)])
  proxy.restore()
  await networkIsBack(ada, bo)
  await untilSaved(ada, bo)
  await untilShows('ada kept this', bo)
  await untilShows('bo kept this', ada)
  const before = await untilEqual(ada, bo)
  await inkpad.kill9()
  await inkpad.start()
  await ada.page.reload()
  ada = await padOf(ada)
  await networkIsBack(bo)
  await untilSaved(ada, bo)
  expect(await untilEqual(ada, bo)).toEqual(before)
  expect(webSocketFrames).toEqual([])
  expect([...ada.problems, ...bo.problems]).toEqual([])
}, 90_000)

test('C8: a proxy that never answers a WebSocket costs seconds, once', async () => {
  proxy.upgrades('swallow')
  const cy = await openPadFor(watched(await visitor(browser)), address('Cy', 'swallowed'))
  await untilSaved(cy)
  await goToEnd(cy)
  await cy.page.keyboard.type(' got through')
  await untilSaved(cy)
  const begun = Date.now()
  await cy.page.reload()
  await untilSaved(await padOf(cy))
  expect(Date.now() - begun).toBeLessThan(8000)
  await untilShows('got through', cy)
  expect(webSocketFrames).toEqual([])
}, 60_000)
