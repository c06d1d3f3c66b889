/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { docOf } from '../../client/editor/content.ts'
import { createSchema } from '../../client/editor/schema.ts'
import type { Insert } from '../../shared/text/delta.ts'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { client } from './client.tsx'
import english from './locales/en.json' with { type: 'json' }
import { headingOf, headingsOf } from './outline.ts'
import { declaration } from './shared.ts'

let page: PluginEditor | undefined
let place: HTMLElement

beforeEach(() => {
  place = document.createElement('div')
  document.body.append(place)
  // jsdom has neither of these.
  pageIsWide(false)
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(() => {
  render(null, place)
  place.remove()
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
  jest.useRealTimers()
})

function pageIsWide(wide: boolean): void {
  window.matchMedia = ((query: string) => ({
    matches: wide,
    media: query,
    addEventListener: () => {},
  })) as unknown as typeof window.matchMedia
}

const heading = (text: string, header: number, more = {}): Insert[] => [
  { insert: text },
  { insert: '\n', attributes: { header, ...more } },
]

test('headings stand in order, in lists too; levels left out leave no gap, empty ones are none', () => {
  const doc = docOf(createSchema(), [
    { insert: 'text\n' },
    ...heading('One', 2),
    ...heading('Deep', 5, { list: 'bullet' }),
    ...heading(' ', 1),
    ...heading('  Two\u00a0  words ', 3),
    ...heading('Top', 1),
    ...heading('Under', 6),
  ])
  expect(headingsOf(doc).map(({ row, depth, text }) => [row, depth, text])).toEqual([
    [1, 0, 'One'],
    [2, 1, 'Deep'],
    [4, 1, 'Two words'],
    [5, 0, 'Top'],
    [6, 1, 'Under'],
  ])
})

test('no more than 500 headings are listed', () => {
  const doc = docOf(createSchema(), Array.from({ length: 600 }, (_, index) => heading(`h${index}`, 1)).flat())
  expect(headingsOf(doc)).toHaveLength(500)
})

test('a row stands under the last heading before it', () => {
  const headings = [3, 5, 9].map((row) => ({ row, level: 1, depth: 0, text: 'x' }))
  expect([0, 2, 3, 4, 5, 8, 9, 100].map((row) => headingOf(headings, row))).toEqual([
    -1, -1, 0, 0, 1, 1, 2, 2,
  ])
})

async function open(...content: Insert[]): Promise<PluginEditor> {
  page = await pluginEditor({ declaration, client, english }, content)
  const [panel] = page.model.parts.panels.parts.value
  expect([panel?.value.id, panel?.value.side, panel?.value.title()]).toEqual(['toc', 'start', 'Contents'])
  await act(() => render(panel?.value.view() ?? null, place))
  return page
}
const shown = (): string[] => [...place.querySelectorAll('button')].map(({ textContent }) => textContent)

test('the list follows the text, and says in words that there is nothing', async () => {
  const { session } = await open({ insert: 'plain\n' })
  expect(place.textContent).toContain('No headings yet.')
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] })
  const text = session.doc.getText('text')
  await act(() => text.applyDelta([...heading('Later', 2)]))
  await act(() => {
    jest.advanceTimersByTime(1000)
  })
  expect(shown()).toEqual(['Later'])
})

test('it follows within a second where somebody always types', async () => {
  const { session } = await open(...heading('One', 1))
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] })
  const text = session.doc.getText('text')
  for (let letter = 0; letter < 11; letter += 1) {
    await act(() => text.insert(3, '!'))
    await act(() => {
      jest.advanceTimersByTime(100)
    })
  }
  expect(shown()[0]).toMatch(/^One!{10,11}$/)
  await act(() => {
    jest.advanceTimersByTime(200)
  })
  expect(shown()).toEqual([`One${'!'.repeat(11)}`])
})

test('arrow keys lead through it, one stop for Tab; a press puts the cursor there', async () => {
  const { editor } = await open(...heading('One', 1), { insert: 'text\n' }, ...heading('Two', 1))
  const [one, two] = place.querySelectorAll('button')
  expect([one?.tabIndex, two?.tabIndex]).toEqual([0, -1])
  one?.focus()
  one?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
  expect(document.activeElement).toBe(two)
  two?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }))
  expect(document.activeElement).toBe(one)
  two?.click()
  expect(editor.state.selection.$from.parent.textContent).toBe('Two')
})

test.each([
  ['where the text has headings and the page is wide', true, 2, false, true],
  ['not on narrow pages', false, 2, false, false],
  ['not for one heading', true, 1, false, false],
  ['not when the administrator says so', true, 2, true, false],
])('it opens by itself %s', async (_case, wide, count, closed, opens) => {
  pageIsWide(wide)
  localStorage.setItem(
    'inkpad.plugins',
    JSON.stringify({ ep_table_of_contents: { disable_by_default: closed } }),
  )
  page = await pluginEditor(
    { declaration, client, english },
    Array.from({ length: count }, () => heading('x', 1)).flat(),
  )
  localStorage.clear()
  expect([page.model.startPanel.value, page.model.panel.value].includes('toc')).toBe(opens)
})

test('it waits for the text to come, and opens for none that is written later', async () => {
  pageIsWide(true)
  const open = (): boolean => page?.model.startPanel.value === 'toc' || page?.model.panel.value === 'toc'
  page = await pluginEditor({ declaration, client, english }, [])
  const text = page.session.doc.getText('text')
  text.applyDelta([...heading('One', 1), ...heading('Two', 1)])
  expect(open()).toBe(true)
  page.close()
  page = await pluginEditor({ declaration, client, english }, [])
  page.select(1)
  page.type('x')
  page.session.doc.getText('text').applyDelta([...heading('One', 1), ...heading('Two', 1)])
  expect(open()).toBe(false)
})

test('its button stands in the menu; other settings that change leave the open panel alone', async () => {
  page = await pluginEditor({ declaration, client, english }, [...heading('a', 1), ...heading('b', 1)])
  expect(page.action('toc').place).toEqual(['menu'])
  page.run('toc')
  const open = (): boolean => [page?.model.startPanel.value, page?.model.panel.value].includes('toc')
  expect(open()).toBe(true)
  page.padSettings.value = {
    ...page.padSettings.value,
    plugins: { ep_table_of_contents: { disable_by_default: true } },
  }
  expect(open()).toBe(true)
})
