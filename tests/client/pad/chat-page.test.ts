/** @jest-environment jsdom */
/** The chat as a part of the page (SPEC-pads P11 to P16). */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ChatMessage } from '../../../shared/protocol.ts'
import type { PadOptions } from '../../../shared/settings.ts'
import { readChoices } from '../../../client/pad/chat-choices.ts'
import { DEFAULT_OPTIONS } from '../../../client/pad/options.ts'
import { testModel } from '../../support/pad-model.ts'
import type { TestModel } from '../../support/pad-model.ts'

let made: TestModel[] = []

beforeEach(() => localStorage.clear())
afterEach(() => {
  for (const { model } of made) model.stop()
  made = []
})

function page(options: Partial<PadOptions> = {}, level: 'read' | 'write' = 'write'): TestModel {
  const one = testModel({ level, boot: { padOptions: { ...DEFAULT_OPTIONS, ...options } } })
  made.push(one)
  return one
}

const line = (id: number, text: string): ChatMessage => ({
  id,
  author: 'a.0000000000000009',
  name: 'Bo',
  text,
  time: 1,
  key: `k${id}`,
})
const say = (one: TestModel, older: boolean, ...messages: ChatMessage[]): void =>
  one.tell({ type: 'chat', messages, older, more: false })

describe('is there, open, kept open', () => {
  test('P16: by the options, and opens by itself only where it is kept open', () => {
    expect(page().model.chat.shown.value).toBe(true)
    expect(page().model.panel.value).toBeNull()
    expect(page({ showChat: false }).model.chat.shown.value).toBe(false)
    expect(page({ showChat: false, alwaysShowChat: true }).model.panel.value).toBeNull()
    expect(page({ alwaysShowChat: true }).model.panel.value).toBe('chat')
    const both = page({ chatAndUsers: true }).model
    expect([both.panel.value, both.chat.withPeople.value, both.chat.kept.value]).toEqual(['chat', true, true])
    both.panel.value = 'showusers'
    expect(both.chat.open.value).toBe(true)
  })

  test('P13, P16: kept open it comes back when another panel closes, until it is closed itself', () => {
    const { model } = page({ alwaysShowChat: true })
    model.panel.value = 'settings'
    expect(model.chat.open.value).toBe(false)
    model.panel.value = null
    expect(model.panel.value).toBe('chat')
    model.chat.close()
    expect([model.panel.value, model.chat.kept.value]).toEqual([null, false])
    expect(page({ alwaysShowChat: true }).model.panel.value).toBeNull()
  })

  test('P16: a person chooses for themselves, and what the owner enforces counts more', () => {
    const { model, padSettings } = page()
    model.chat.choose({ show: false })
    expect(model.chat.shown.value).toBe(false)
    expect(page().model.chat.shown.value).toBe(false)
    padSettings.value = { options: { showChat: true }, enforce: false, plugins: {} }
    expect(model.chat.shown.value).toBe(false)
    padSettings.value = { options: { showChat: true }, enforce: true, plugins: {} }
    expect([model.chat.shown.value, model.chat.enforced('showChat')]).toEqual([true, true])
    model.chat.enter()
    expect(model.panel.value).toBe('chat')
    padSettings.value = { options: { showChat: false }, enforce: true, plugins: {} }
    expect([model.chat.shown.value, model.panel.value]).toEqual([false, null])
    model.chat.enter()
    expect(model.panel.value).toBeNull()
  })

  test('P16: choices of unknown origin are none', () => {
    expect(readChoices('{"show":false,"keep":1,"other":true}')).toEqual({ show: false })
    for (const text of [null, '', 'null', '5', '[]', '{']) expect(readChoices(text)).toEqual({})
  })

  test('P13: only a panel that somebody asked for takes the focus', () => {
    const { chat } = page({ alwaysShowChat: true }).model
    expect(chat.takeFocus()).toBe(false)
    chat.close()
    chat.enter()
    expect([chat.takeFocus(), chat.takeFocus()]).toEqual([true, false])
  })
})

describe('while it is not in sight', () => {
  const announced = (): string =>
    [...document.querySelectorAll('[aria-live=polite] p')].map((part) => part.textContent).join(' | ')

  test('P11: the title counts while the tab is hidden', () => {
    const one = page()
    say(one, true, line(0, 'old'))
    say(one, false, line(1, 'new'))
    expect(one.model.chat.unread.value).toEqual({ count: 1, mentions: 0 })
    expect(one.model.chat.titleMark.value).toBe('')
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
    expect(one.model.chat.titleMark.value).toBe('(1) ')
    say(one, false, line(2, 'hello @Me'))
    expect(one.model.chat.titleMark.value).toBe('(@2) ')
    one.model.chat.enter()
    expect(one.model.chat.unread.value.count).toBe(2)
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' })
    document.dispatchEvent(new Event('visibilitychange'))
    expect([one.model.chat.unread.value.count, one.model.chat.titleMark.value]).toEqual([0, ''])
  })

  test('P14: a few lines are said, many are counted, and none when there is no chat', () => {
    const one = page()
    say(one, true, line(0, 'old'))
    say(one, false, line(1, 'first'), line(2, 'second'))
    expect(announced()).toContain('Bo in the chat: first | Bo in the chat: second')
    say(one, false, ...Array.from({ length: 5 }, (_, index) => line(3 + index, 'many')))
    expect(announced()).toContain('5 new lines in the chat')
    const none = page({ showChat: false })
    say(none, true, line(0, 'old'))
    say(none, false, line(1, 'unheard'))
    expect(announced()).not.toContain('unheard')
  })

  test('P3: who may only read may not speak', () => {
    expect(page({}, 'read').model.chat.maySpeak.value).toBe(false)
    expect(page().model.chat.maySpeak.value).toBe(true)
  })

  test('P12: a line to somebody begins with their name', () => {
    const { chat } = page().model
    chat.draft.value = 'well,'
    chat.speakTo('Bo')
    expect([chat.draft.value, chat.open.value]).toEqual(['well, @Bo ', true])
  })
})

test('P43: a page asks what changed with each connection, and the same decisions again change nothing', () => {
  const one = page()
  one.connect()
  expect(one.sent).toEqual([{ type: 'chatBefore', before: null }, { type: 'catchUp' }])
  const before = one.padSettings.value
  one.tell({ type: 'padSettings', settings: { options: {}, enforce: false, plugins: {} } })
  expect(one.padSettings.value).toBe(before)
  one.tell({ type: 'notice', text: 'At noon' })
  expect(one.model.notice.value).toBe('At noon')
})
