/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import { ownChoices } from '../../client/plugins/values.ts'
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
})

async function attributes(
  choice?: string,
  disabledByDefault = false,
): Promise<Readonly<Record<string, string>> | undefined> {
  if (choice !== undefined) ownChoices(localStorage).set('ep_spellcheck', 'spellcheck', choice)
  page = await pluginEditor({ declaration, client, english }, [{ insert: 'a\n' }], { disabledByDefault })
  return page.model.parts.attributes.parts.value[0]?.value()
}

test.each([
  [undefined, false, 'true'],
  ['on', false, 'true'],
  ['off', false, 'false'],
  ['default', false, 'true'],
  [undefined, true, 'false'],
  ['on', true, 'true'],
  ['default', true, 'false'],
])('who chose %s has, where it is off by default: %s, spell checking %s', async (choice, off, spellcheck) => {
  expect(await attributes(choice, off)).toEqual({ spellcheck })
})
