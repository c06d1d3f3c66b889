/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import { render } from 'preact'
import type { ClientEvent } from '../../shared/protocol.ts'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { client } from './client.tsx'
import english from './locales/en.json' with { type: 'json' }
import { declaration, LONGEST, tidyTitle } from './shared.ts'

let page: PluginEditor | undefined
const place = document.createElement('div')
document.body.append(place)

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  render(null, place)
  page?.close()
  page = undefined
})

test.each([
  ['  Our\n plan\t ', 'Our plan'],
  ['\u0007', ''],
  ['é', 'é'],
  ['x'.repeat(300), 'x'.repeat(LONGEST)],
  [`${'x'.repeat(LONGEST - 1)}😀`, 'x'.repeat(LONGEST - 1)],
])('a title is one line without what nobody sees: %j', (given, kept) => {
  expect(tidyTitle(given)).toBe(kept)
})

test('what is no text is no title', () => {
  expect(() => tidyTitle(5)).toThrow(RangeError)
  expect(() => tidyTitle('x'.repeat(5000))).toThrow(RangeError)
})

const settled = (): Promise<void> => new Promise((done) => setTimeout(done))

let connected = true
async function header(): Promise<unknown[]> {
  page = await pluginEditor({ declaration, client, english }, [{ insert: 'a\n' }])
  const sent: unknown[] = []
  connected = true
  page.session.send = (event: ClientEvent) => {
    if (connected && event.type === 'plugin') sent.push(event.payload)
    return connected
  }
  render(page.model.parts.titleEditors.parts.value[0]?.value('notes') ?? null, place)
  await settled()
  return sent
}

const titleNow = (): string | null | undefined => page?.model.parts.titles.parts.value[0]?.value.value
const tell = (payload: string): void =>
  page?.tell({ type: 'plugin', plugin: 'ep_set_title_on_pad', name: 'title', from: null, payload })

async function open(): Promise<HTMLInputElement> {
  page?.run('setTitle')
  await settled()
  const field = place.querySelector('input')
  if (!field) throw new Error('no field')
  return field
}

async function write(text: string | null, key: string): Promise<void> {
  const field = await open()
  if (text !== null) field.value = text
  field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  await settled()
}

test('Enter keeps the title and tells it, Escape does not, nothing changed tells nothing', async () => {
  const sent = await header()
  await write('  Our plan ', 'Enter')
  expect([titleNow(), sent]).toEqual(['Our plan', ['Our plan']])
  await write('Another', 'Escape')
  await write('Our plan', 'Enter')
  expect([titleNow(), sent.length]).toEqual(['Our plan', 1])
  await write('', 'Enter')
  expect([titleNow(), sent]).toEqual([null, ['Our plan', '']])
})

test('the title itself opens the field, which has all of it selected; leaving it keeps what was written', async () => {
  const sent = await header()
  place.querySelector<HTMLButtonElement>('[aria-label="Change the title"]')?.click()
  await settled()
  const field = place.querySelector('input')
  expect([field?.value, field?.selectionStart, field?.selectionEnd]).toEqual(['notes', 0, 5])
  expect(document.activeElement).toBe(field)
  if (field) field.value = 'Minutes'
  field?.blur()
  await settled()
  expect([titleNow(), sent, place.querySelector('input')]).toEqual(['Minutes', ['Minutes'], null])
})

test('who opens the field and writes nothing never takes back what somebody else wrote meanwhile', async () => {
  const sent = await header()
  tell('First')
  await settled()
  const field = await open()
  tell('Second')
  await settled()
  expect(field.value).toBe('First')
  field.blur()
  await settled()
  expect([titleNow(), sent]).toEqual(['Second', []])
})

test('a title written without a connection is told with the next one', async () => {
  const sent = await header()
  connected = false
  await write('Far out', 'Enter')
  expect([titleNow(), sent]).toEqual(['Far out', []])
  connected = true
  tell('Old')
  expect([titleNow(), sent]).toEqual(['Far out', ['Far out']])
  tell('Far out')
  tell('Newer')
  expect(titleNow()).toBe('Newer')
})

test('after Enter and Escape the focus is where it was', async () => {
  await header()
  page?.editor.focus()
  const text = document.activeElement
  await write('x', 'Enter')
  expect(document.activeElement).toBe(text)
  if (text instanceof HTMLElement) text.blur()
  await write('y', 'Escape')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Change the title')
})
