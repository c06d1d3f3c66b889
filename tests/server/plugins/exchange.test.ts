/** A plugin's embed in files (SPEC-formats F15): by its own rule, as its words while it is off, and never lost. */
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { guardedFormats, readDeclaration } from '../../../server/plugins/declaration.ts'
import { findBundled } from '../../../server/plugins/find.ts'
import { ask } from '../../support/ask.ts'
import { pluginStage } from '../../support/plugin-web.ts'
import type { PluginStage } from '../../support/plugin-web.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const POLL = `
  formats: { blocks: ['poll'], line: [{ name: 'callout', validate: (value) => value === true }] },
  exports: {
    poll: {
      embed: ({ question, answers }) => {
        if (question === 'boom') throw new Error('the rule is broken')
        return [
          { insert: question }, { insert: '\\n', attributes: { header: 2 } },
          ...answers.flatMap((one) => [{ insert: one }, { insert: '\\n', attributes: { list: 'unchecked' } }]),
        ]
      },
    },
    callout: { format: () => ({ blockquote: true }) },
  },
  imports: {
    poll: ({ tag, attribute }) => (tag === 'figure' && attribute('data-poll') ? { question: attribute('data-poll'), answers: [] } : undefined),
  },`

let stage: PluginStage
let web: Web
beforeAll(async () => {
  stage = pluginStage({ ep_poll: { shared: POLL } })
  web = await stage.server({ defaultPadText: '' })
  const pad = await stage.join(web, 'lunch')
  const text = pad.doc.getText('text')
  pad.doc.transact(() => {
    text.insert(0, 'Before\n\nwarning\n')
    text.insertEmbed(7, { poll: { question: 'Tea & cake?', answers: ['yes', 'no <b>'] } })
    text.format(16, 1, { callout: true })
  })
  await pad.untilSaved()
}, 60_000)
afterAll(() => stage?.end())

const file = async (type: string) => (await ask(web.port, `/p/lunch/export/${type}`)).text

test("F15: txt, md and html have what the plugin's rule says, each in its way", async () => {
  expect(await file('txt')).toBe('Before\nTea & cake?\n\t[ ] yes\n\t[ ] no <b>\nwarning\n\n')
  expect(await file('md')).toBe('Before\n\n## Tea & cake?\n\n- [ ] yes\n- [ ] no \\<b\\>\n\n> warning\n')
  const html = await file('html')
  expect(html).toContain('<h2>Tea &amp; cake?</h2>')
  expect(html).toMatch(/<input type="checkbox" disabled> no &lt;b&gt;/)
  expect(html).toMatch(/<blockquote>\s*<p>warning<\/p>/)
  for (const type of ['docx', 'odt', 'epub', 'etherpad'])
    expect((await ask(web.port, `/p/lunch/export/${type}`)).status).toBe(200)
})

test('F15: while it is off its embed is its kind, kept in the text and in json; on again, the rule counts again', async () => {
  await web.plugins.disable('ep_poll')
  expect(await file('txt')).toContain('Before\n[poll]\nwarning')
  expect(await file('md')).not.toContain('> warning')
  expect(await file('html')).not.toContain('Tea')
  const json = JSON.parse(await file('json')) as { content: { insert: unknown }[] }
  expect(JSON.stringify(json)).toContain('"poll":{"answers":["yes","no <b>"],"question":"Tea & cake?"}')
  await web.plugins.enable('ep_poll')
  expect(await file('md')).toContain('## Tea & cake?')
  expect(web.plugins.list()[0]?.state).toBe('on')
})

test('F15: a rule that throws switches its plugin off; the file is made all the same', async () => {
  const pad = await stage.join(web, 'lunch')
  pad.doc.getText('text').insertEmbed(0, { poll: { question: 'boom', answers: [] } })
  await pad.untilSaved()
  expect(await file('txt')).toContain('[poll]')
  expect(web.plugins.list()[0]).toMatchObject({ state: 'failed', error: 'Error: the rule is broken' })
  await web.plugins.enable('ep_poll')
})

test('F16: its rule for reading stands in the table that pages and imports use', () => {
  const read = web.plugins.formats().imports.get('poll')
  const element = { tag: 'figure', classes: [], style: () => '', text: () => '', attribute: () => 'Tea?' }
  expect(read?.(element)).toEqual({ question: 'Tea?', answers: [] })
})

test.each([
  [{ exports: { poll: {} } }, 'its export rule "poll"'],
  [{ exports: { poll: { embed: 'x' } } }, 'its export rule "poll"'],
  [{ exports: { poll: { draw: () => null } } }, 'its export rule "poll"'],
  [{ exports: { poll: { contents: 'yes' } } }, 'its export rule "poll"'],
  [{ imports: { poll: {} } }, 'its import rule "poll"'],
  [{ imports: { '<b>': () => undefined } }, 'its import rule "<b>"'],
  [{ exports: [] }, 'its exports are'],
])('Plugins: %j is refused with a sentence', (more, sentence) => {
  expect(() => readDeclaration('ep_a', { name: 'ep_a', ...more })).toThrow(sentence)
})

test('F19, F29: rules that draw a board or stand for the contents are taken, and guarded as all others', () => {
  const broken = (): never => {
    throw new Error('the rule is broken')
  }
  const exported = { poll: { board: broken }, list: { contents: true } }
  const declaration = readDeclaration('ep_a', { name: 'ep_a', exports: exported })
  const failed: unknown[] = []
  const rules = guardedFormats({ exports: declaration.exports ?? {} }, (error) => failed.push(error)).exports
  expect(rules?.['poll']?.board?.('x')).toBeNull()
  expect(failed).toHaveLength(1)
  expect(rules?.['list']).toEqual({ contents: true })
})

test('Plugins: every bundled plugin can be switched on', async () => {
  const bundled = findBundled(path.resolve('plugins'), '1.0.0', (line) => {
    throw new RangeError(line)
  })
  const house = await startWeb({}, { plugins: { bundled } })
  try {
    for (const { facts } of bundled) await house.plugins.enable(facts.name)
    const off = house.plugins.list().filter(({ state }) => state !== 'on')
    expect(off.filter(({ state }) => state !== 'waiting')).toEqual([])
  } finally {
    await house.close()
  }
}, 60_000)
