/** What the owner decides, as the page shows it. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { signal } from '@preact/signals'
import { createEmitter } from '../../../client/net/emitter.ts'
import type { SessionEvents } from '../../../client/net/types.ts'
import { createDecisions } from '../../../client/pad/pad-decisions.ts'
import type { ClientEvent } from '../../../shared/protocol.ts'
import { NO_PAD_SETTINGS } from '../../../shared/settings.ts'
import type { PadSettings } from '../../../shared/settings.ts'

beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

function open(connected = true) {
  const emitter = createEmitter<SessionEvents>((error) => {
    throw error
  })
  const sent: ClientEvent[] = []
  const settings = signal(NO_PAD_SETTINGS)
  let refused = 0
  const session = {
    on: emitter.on.bind(emitter),
    send: (event: ClientEvent) => connected && sent.push(event) > 0,
  }
  const decisions = createDecisions(session, settings, () => (refused += 1))
  return {
    decisions,
    settings,
    sent,
    refused: () => refused,
    says: (given: PadSettings) => emitter.emit('event', { type: 'padSettings', settings: given }),
    refuses: () => emitter.emit('event', { type: 'refused', what: 'padSettings', why: 'later' }),
  }
}

const first: PadSettings = { ...NO_PAD_SETTINGS, options: { rtl: true } }
const second: PadSettings = { ...NO_PAD_SETTINGS, options: { rtl: true, showChat: false } }
const swapped: PadSettings = { ...NO_PAD_SETTINGS, options: { showChat: false, rtl: true } }

test('a decision is shown at once; the word on an earlier one does not undo it', () => {
  const page = open()
  page.decisions.decide(first)
  page.decisions.decide(second)
  page.says(first)
  expect(page.settings.value).toEqual(second)
  page.says(swapped)
  expect(page.settings.value).toEqual(second)
  page.says(first)
  expect(page.settings.value).toEqual(first)
})

test('a refused one is taken back and told', () => {
  const page = open()
  page.says(first)
  page.decisions.decide(second)
  page.refuses()
  expect(page.settings.value).toEqual(first)
  expect(page.refused()).toBe(1)
})

test("without the server's word for five seconds its last one counts", () => {
  const page = open()
  page.decisions.decide(first)
  page.says(second)
  jest.advanceTimersByTime(5000)
  expect(page.settings.value).toEqual(second)
})

test('without a connection nothing is decided', () => {
  const page = open(false)
  expect(page.decisions.decide(first)).toBe(false)
  expect(page.settings.value).toBe(NO_PAD_SETTINGS)
})
