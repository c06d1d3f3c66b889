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

async function header(): Promise<ClientEvent[]> {
  page = await pluginEditor({ declaration, client, english }, [{ insert: 'a\n' }])
  const sent: ClientEvent[] = []
  page.session.send = (event) => {
    sent.push(event)
    return true
  }
  render(page.model.parts.titleEditors.parts.value[0]?.value('notes') ?? null, place)
  await settled()
  return sent
}

const titleNow = (): string | null | undefined => page?.model.parts.titles.parts.value[0]?.value.value

async function write(text: string, key: string): Promise<void> {
  place.querySelector('button')?.click()
  await settled()
  const field = place.querySelector('input')
  if (!field) throw new Error('no field')
  field.value = text
  field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  await settled()
}

test('the pencil opens a field; Enter keeps the title and tells it, Escape does not', async () => {
  const sent = await header()
  await write('  Our plan ', 'Enter')
  expect(titleNow()).toBe('Our plan')
  expect(sent).toEqual([
    { type: 'plugin', plugin: 'ep_set_title_on_pad', name: 'title', payload: 'Our plan' },
  ])
  await write('Another', 'Escape')
  expect([titleNow(), sent.length]).toEqual(['Our plan', 1])
  await write('Our plan', 'Enter')
  expect(sent).toHaveLength(1)
  await write('', 'Enter')
  expect([titleNow(), sent.length]).toEqual([null, 2])
})
