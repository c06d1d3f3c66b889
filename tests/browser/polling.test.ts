/** The journey of writing.test.ts behind a proxy that passes no WebSocket: socket.io's polling carries everything. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
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
let people: PadPage[] = []
let pads = 0
const webSockets: string[] = []
const webSocketFrames: string[] = []
const polls: string[] = []

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
  proxy = await openTcpProxy(inkpad.port)
  proxy.upgrades('refuse')
}, 60_000)

afterEach(async () => {
  await Promise.all(people.map(({ context }) => context.close()))
  people = []
  for (const list of [webSockets, webSocketFrames, polls]) list.length = 0
  proxy.restore()
  proxy.upgrades('refuse')
  if (!inkpad.alive) await inkpad.start()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await proxy?.close()
  await inkpad?.remove()
}, 30_000)

async function enter(pad: string, query: string): Promise<PadPage> {
  const address = `http://127.0.0.1:${proxy.port}/p/${pad}?${query}`
  const person = await openPadFor(watched(await visitor(browser)), address)
  people.push(person)
  await untilSaved(person)
  return person
}

/** Ada and Bo in a pad, which each try has its own of. */
async function pair(): Promise<[PadPage, PadPage]> {
  const pad = `polled-${++pads}`
  const ada = await enter(pad, 'userName=Ada&userColor=%233f7d3f')
  return [ada, await enter(pad, 'userName=Bo&userColor=%23b5483a')]
}

/** Notes how the messages of this person come and go. */
function watched(person: Visitor): Visitor {
  person.page.on('websocket', (socket) => {
    // Socket.io's own try to do better costs nobody anything.
    if (socket.url().includes('/sync/')) webSockets.push(socket.url())
    socket.on('framereceived', ({ payload }) => webSocketFrames.push(payload.toString()))
  })
  person.page.on('request', (request) => {
    if (request.url().includes('/socket.io/')) polls.push(request.url())
  })
  return person
}

test('C8: two people write together by polling alone', async () => {
  const [ada, bo] = await pair()
  await typeAtOnce(ada, bo)
  await formatTogether(ada, bo)
  await undoOnlyOwn(ada, bo)
  expect(webSocketFrames).toEqual([])
  expect(polls.every((url) => url.includes('transport=polling'))).toBe(true)
  expect(polls.length).toBeGreaterThan(20)
}, 180_000)

test('C8: by polling, too: the line breaks, both go on, nothing is lost; a reload has everything', async () => {
  const [first, bo] = await pair()
  let ada = first
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
}, 120_000)

test('C8: a proxy that never answers a WebSocket costs seconds, once', async () => {
  proxy.upgrades('swallow')
  const cy = await enter(`swallowed-${++pads}`, 'userName=Cy')
  expect(webSockets.length).toBeGreaterThan(0)
  await goToEnd(cy)
  await cy.page.keyboard.type(' got through')
  await untilSaved(cy)
  webSockets.length = 0
  await cy.page.reload()
  await untilSaved(await padOf(cy))
  expect(webSockets).toEqual([])
  await untilShows('got through', cy)
  expect(webSocketFrames).toEqual([])
}, 120_000)
