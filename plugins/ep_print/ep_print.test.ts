/** @jest-environment jsdom */
import { afterEach, expect, jest, test } from '@jest/globals'
import { labelOf, pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { client } from './client.tsx'
import english from './locales/en.json' with { type: 'json' }
import { declaration } from './shared.ts'

let page: PluginEditor | undefined

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
})

test('the page’s menu has Print, also for readers, with its key', async () => {
  page = await pluginEditor({ declaration, client, english }, [{ insert: 'a\n' }])
  const print = jest.fn()
  window.print = print
  const action = page.action('print')
  expect([labelOf(action), action.keys, action.place, action.writes]).toEqual([
    'Print',
    'Mod-p',
    ['menu'],
    false,
  ])
  page.run('print')
  expect(print).toHaveBeenCalledTimes(1)
})

test('with hideButton the menu has none; the key still prints', async () => {
  page = await pluginEditor({ declaration, client, english }, [{ insert: 'a\n' }], { hideButton: true })
  expect([page.action('print').place, page.action('print').keys]).toEqual([[], 'Mod-p'])
})

test('hideButton is off unless somebody sets it', () => {
  expect(declaration.settings?.hideButton).toMatchObject({ default: false, scope: 'server', public: true })
})
