/** @jest-environment jsdom */
/** Embeds of plugins: put into the text at the cursor, changed, and read back (T6). */
import { afterEach, expect, test } from '@jest/globals'
import type { ClientContext } from '../../../../shared/plugin.ts'
import type { Content } from '../../../../shared/text/delta.ts'
import { pluginEditor } from '../../../support/plugin-editor.ts'
import type { PluginEditor } from '../../../support/plugin-editor.ts'

const open: PluginEditor[] = []
afterEach(() => open.splice(0).forEach((page) => page.close()))

async function editor(content: Content): Promise<PluginEditor & { context: ClientContext }> {
  let context: ClientContext | undefined
  const page = await pluginEditor(
    {
      declaration: { name: 'ep_poll', formats: { blocks: ['poll'] } },
      client: (given) => void (context = given),
    },
    content,
  )
  open.push(page)
  if (!context) throw new Error('not started')
  return { ...page, context }
}

const POLL = { poll: { question: 'Tea?' } }
const PIN = { pin: 7 }

test('T6: one that stands alone comes below the line of the cursor; the writing goes on below it', async () => {
  const page = await editor([{ insert: 'one\ntwo\n' }])
  page.select(2)
  expect(page.context.run(page.context.formats.insertEmbed(POLL))).toBe(true)
  page.type('x')
  expect(page.content()).toEqual([{ insert: 'one\n' }, { insert: POLL }, { insert: '\nxtwo\n' }])
})

test('T6: below the last line a new one begins', async () => {
  const page = await editor([{ insert: 'one\n' }])
  page.select(4)
  page.context.run(page.context.formats.insertEmbed(POLL))
  page.type('x')
  expect(page.content()).toEqual([{ insert: 'one\n' }, { insert: POLL }, { insert: '\nx\n' }])
})

test('T6: any other stands in the line, in place of what is selected, with the formats there', async () => {
  const page = await editor([
    { insert: 'a ' },
    { insert: 'bold', attributes: { bold: true } },
    { insert: ' end\n' },
  ])
  page.select(4, 6)
  page.context.run(page.context.formats.insertEmbed(PIN))
  expect(page.content()).toEqual([
    { insert: 'a ' },
    { insert: 'b', attributes: { bold: true } },
    { insert: PIN, attributes: { bold: true } },
    { insert: 'd', attributes: { bold: true } },
    { insert: ' end\n' },
  ])
})

test('T6: an embed gets another value of its kind; anything else is refused and changes nothing', async () => {
  const page = await editor([{ insert: POLL }, { insert: '\na' }, { insert: PIN }, { insert: '\n' }])
  const { formats } = page.context
  const { doc } = page.editor.view.state
  expect(doc.firstChild && formats.embedOf(doc.firstChild)).toEqual(POLL)
  expect(doc.lastChild && formats.embedOf(doc.lastChild)).toBeNull()
  expect(page.context.run(formats.changeEmbed(0, { poll: { question: 'Cake?' } }))).toBe(true)
  expect(page.context.run(formats.changeEmbed(3, { pin: 8 }))).toBe(true)
  const now = [
    { insert: { poll: { question: 'Cake?' } } },
    { insert: '\na' },
    { insert: { pin: 8 } },
    { insert: '\n' },
  ]
  expect(page.content()).toEqual(now)
  for (const [pos, embed] of [
    [0, PIN],
    [1, PIN],
    [99, PIN],
    [-1, PIN],
    [3, { pin: 'x'.repeat(20_001) }],
    [3, {}],
  ] as const)
    expect(page.context.run(formats.changeEmbed(pos, embed))).toBe(false)
  expect(page.context.run(formats.insertEmbed({ a: 1, b: 2 }))).toBe(false)
  expect(page.content()).toEqual(now)
})
