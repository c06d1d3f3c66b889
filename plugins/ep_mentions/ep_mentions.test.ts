/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import english from './locales/en.json' with { type: 'json' }
import { offerPeople as client } from './people.tsx'
import { declaration, readMention } from './shared.ts'

let page: PluginEditor | undefined
afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
})

const BO = { author: 'a.0000000000000002', name: 'Bø Smith', colour: '4' }

async function open(): Promise<PluginEditor> {
  page = await pluginEditor({ declaration, client, english }, [{ insert: 'ask \n' }])
  const nameless = { ...BO, author: 'a.nameless', name: '' }
  Object.assign(page.session, {
    people: new Map([...page.session.people, [BO.author, BO], [nameless.author, nameless]]),
  })
  page.tellPeople()
  page.select(5)
  return page
}
const offered = (query: string) =>
  page?.model.parts.suggestions.parts.value[0]?.value.find(query).flatMap(({ options }) => options) ?? []

test('people with a name are offered by beginnings of its words, oneself never', async () => {
  await open()
  expect(['', 'sm', 'bo', 'ø', 'th', 'me'].map((query) => offered(query).map(({ label }) => label))).toEqual([
    ['Bø Smith'],
    ['Bø Smith'],
    [],
    [],
    [],
    [],
  ])
})

test('choosing one puts a mention and a blank, tells the person, and is one step of undo', async () => {
  const { editor, content, sent } = await open()
  editor.oneStep(() => offered('')[0]?.run())
  expect(content()).toEqual([
    { insert: 'ask ' },
    { insert: { mention: { author: BO.author, name: BO.name } } },
    { insert: ' \n' },
  ])
  expect(sent).toEqual([
    {
      type: 'plugin',
      plugin: 'ep_mentions',
      name: 'mention',
      payload: { to: BO.author, by: 'Me', words: 'ask @Bø Smith ' },
    },
  ])
  editor.undo()
  expect(content()).toEqual([{ insert: 'ask \n' }])
})

test('values of others are checked; files get the name', () => {
  expect(readMention({ author: 'a.x', name: ' a\n\u202eb ' })).toEqual({ author: 'a.x', name: 'a b' })
  for (const wrong of [null, 'a', {}, { author: '<b>', name: 'x' }, { author: 'a.x', name: 1 }])
    expect(readMention(wrong)).toBeNull()
  const rule = declaration.exports?.['mention']?.embed
  expect([rule?.({ author: 'a.x', name: 'Bo' }), rule?.({})]).toEqual([[{ insert: '@Bo' }], null])
  const check = declaration.messages?.mention
  expect(check?.({ to: 'a.x', by: 'A', words: 'w'.repeat(300) }).words).toHaveLength(200)
  expect(() => check?.({ to: 'x' })).toThrow(RangeError)
})
