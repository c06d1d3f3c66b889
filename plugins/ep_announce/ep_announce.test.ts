/** @jest-environment jsdom */
import { afterEach, expect, jest, test } from '@jest/globals'
import { render } from 'preact'
import type { FieldValue } from '../../shared/plugin.ts'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { client } from './client.tsx'
import english from './locales/en.json' with { type: 'json' }
import { declaration } from './shared.ts'

let page: PluginEditor | undefined

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
  localStorage.clear()
  jest.useRealTimers()
})

async function shown(settings: Record<string, FieldValue>): Promise<HTMLElement> {
  page?.close()
  page = await pluginEditor({ declaration, client, english }, [{ insert: 'a\n' }], settings)
  const place = document.createElement('div')
  document.body.replaceChildren(place)
  render(page.model.parts.banners.parts.value[0]?.value() ?? null, place)
  return place
}

test('nothing is shown without a text', async () => {
  expect((await shown({ text: '  ' })).textContent).toBe('')
})

test('words are shown as words; only safe addresses become links', async () => {
  const place = await shown({
    text: '<b>Down</b> at noon, see https://example.org/status. javascript:alert(1)',
  })
  expect(place.querySelector('p')?.textContent).toBe(
    '<b>Down</b> at noon, see https://example.org/status. javascript:alert(1)',
  )
  expect(place.querySelector('b')).toBeNull()
  expect([...place.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
    'https://example.org/status',
  ])
})

test('what was closed stays closed on this device until the words change', async () => {
  const place = await shown({ text: 'Down at noon' })
  place.querySelector('button')?.click()
  await new Promise((done) => setTimeout(done))
  expect((await shown({ text: 'Down at noon' })).textContent).toBe('')
  expect((await shown({ text: 'Down at one' })).textContent).toContain('Down at one')
  expect((await shown({ text: 'Down at noon', closable: false })).querySelector('button')).toBeNull()
})

test('it comes and goes at its times, in a page that stays open', async () => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'], now: Date.parse('2026-03-14T17:59:00Z') })
  const place = await shown({
    text: 'Down until seven',
    from: '2026-03-14T18:00:00.000Z',
    until: '2026-03-14T19:00:00.000Z',
  })
  const words = (): string => {
    render(page?.model.parts.banners.parts.value[0]?.value() ?? null, place)
    return place.textContent ?? ''
  }
  expect(words()).toBe('')
  jest.advanceTimersByTime(61_000)
  expect(words()).toContain('Down until seven')
  jest.advanceTimersByTime(60 * 60_000)
  expect(words()).toBe('')
})

test('a warning looks like one', async () => {
  expect((await shown({ text: 'a', kind: 'warning' })).querySelector('.banner.warning')).not.toBeNull()
  expect((await shown({ text: 'a' })).querySelector('.banner.accent')).not.toBeNull()
})
