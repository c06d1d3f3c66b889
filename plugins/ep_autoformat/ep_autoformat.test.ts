/** @jest-environment jsdom */
import { afterEach, expect, test } from '@jest/globals'
import type { Insert } from '../../shared/text/delta.ts'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import english from './locales/en.json' with { type: 'json' }
import { ruleFor } from './rules.ts'
import { declaration } from './shared.ts'
import { typography } from './typing.ts'

let page: PluginEditor | undefined
let on = { dashes: true, quotes: true, language: 'en' }

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
  on = { dashes: true, quotes: true, language: 'en' }
})

/** The page half without its waiting for the focus, which jsdom's editor never has by itself. */
async function open(...content: Insert[]): Promise<PluginEditor> {
  const client = (context: { prosemirror: (plugin: ReturnType<typeof typography>) => unknown }): void => {
    context.prosemirror(typography(() => on))
  }
  page = await pluginEditor(
    { declaration, client, english },
    content.length > 0 ? content : [{ insert: '\n' }],
  )
  page.select(1)
  return page
}
const words = (): string =>
  page
    ?.content()
    .map(({ insert }) => insert)
    .join('') ?? ''

/** Types letter by letter on the bare rules. */
function typed(text: string, language = 'en'): string {
  let out = ''
  for (const letter of text) {
    out += letter
    const rule = ruleFor(out, { dashes: true, quotes: true, language })
    if (rule) out = out.slice(0, -rule.length) + rule.sign
  }
  return out
}

test.each([
  ['en', `"He said 'yes' (or "no")," don't ask`, '“He said ‘yes’ (or “no”),” don’t ask'],
  ['de', `"Er sagte 'ja'", geht's?`, '„Er sagte ‚ja‘“, geht’s?'],
  ['fr', `"mots" l'eau`, '«\u202fmots\u202f» l’eau'],
  ['sv', `"ord"`, '”ord”'],
  ['xx', `"a"`, '“a”'],
  ['pt-br', `"a"`, '“a”'],
])('quotation marks of %s', (language, text, wanted) => {
  expect(typed(text, language)).toBe(wanted)
})

test.each([
  ['a -- b', 'a – b'],
  ['word--word', 'word—word'],
  ['well... then', 'well… then'],
  ['a -> b', 'a → b'],
  ['---', '---'],
  ['-- ', '-- '],
  ['a --flag', 'a --flag'],
  ['....', '….'],
  ['<!--> -->', '<!--> -->'],
  ['x --- y', 'x --- y'],
])('%j becomes %j', (text, wanted) => {
  expect(typed(text)).toBe(wanted)
})

test.each([
  ['say "', 'say “', 'say "'],
  ['so...', 'so…', 'so...'],
  ['a -- ', 'a – ', 'a -- '],
])('%j is given back by one Backspace, and by one undo', async (text, wanted, plain) => {
  const { type, press, editor } = await open()
  type(text)
  expect(words()).toBe(`${wanted}\n`)
  expect(press('Backspace')).toBe(true)
  expect(words()).toBe(`${plain}\n`)
  editor.undo()
  expect(words()).toBe(`${wanted}\n`)
  editor.undo()
  expect(words()).toBe(`${plain}\n`)
})

test('bold words stay bold; others write meanwhile; one undo after further words gives back only the sign', async () => {
  const { type, editor, session } = await open({ insert: 'x', attributes: { bold: true } }, { insert: '\n' })
  page?.select(2)
  type('...')
  session.doc.getText('text').insert(0, 'far ')
  expect(page?.content()).toEqual([
    { insert: 'far ' },
    { insert: 'x…', attributes: { bold: true } },
    { insert: '\n' },
  ])
  expect(page?.press('Backspace')).toBe(true)
  expect(words()).toBe('far x...\n')
  editor.undo()
  type(' on')
  editor.undo()
  expect(words()).toBe('far x…\n')
  editor.undo()
  expect(words()).toBe('far x...\n')
})

test('code and links keep what is typed, and who switched it off', async () => {
  const { type, select } = await open(
    { insert: '\n', attributes: { 'code-block': true } },
    { insert: 'c', attributes: { code: true } },
    { insert: '\n\n' },
  )
  type('"a"...')
  select(10)
  type('"')
  expect(words()).toBe('"a"...\nc"\n\n')
  select(13)
  on = { ...on, quotes: false }
  type('"')
  on = { ...on, dashes: false }
  type('...')
  expect(words()).toBe('"a"...\nc"\n"...\n')
})
