/** @jest-environment jsdom */
import { afterEach, expect, jest, test } from '@jest/globals'
import { DecorationSet } from 'prosemirror-view'
import type { LateView } from '../../shared/plugin.ts'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import { startContents } from './contents.ts'
import english from './locales/en.json' with { type: 'json' }
import { declaration } from './shared.ts'

afterEach(() => {
  jest.useRealTimers()
})

test('E2: the contents follow within a second where somebody always types', async () => {
  let contents: LateView | undefined
  const page = await pluginEditor(
    {
      declaration,
      client: (context) => {
        contents = startContents(context)
      },
      english,
    },
    [{ insert: 'One' }, { insert: '\n', attributes: { header: 1 } }],
  )
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] })
  const dom = document.createElement('div')
  contents?.(dom, page.editor.state.doc.child(0), page.editor.view, () => undefined, [], DecorationSet.empty)
  const shown = (): string[] => [...dom.querySelectorAll('button')].map(({ textContent }) => textContent)
  jest.advanceTimersByTime(250)
  expect(shown()).toEqual(['One'])
  const text = page.session.doc.getText('text')
  for (let letter = 0; letter < 11; letter += 1) {
    text.insert(3, '!')
    jest.advanceTimersByTime(100)
  }
  expect(shown()[0]).toMatch(/^One!{10,11}$/)
  jest.advanceTimersByTime(250)
  expect(shown()).toEqual([`One${'!'.repeat(11)}`])
  page.close()
})
