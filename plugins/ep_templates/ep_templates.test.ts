import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { findBundled } from '../../server/plugins/find.ts'
import { ask } from '../../tests/support/ask.ts'
import { pluginStage } from '../../tests/support/plugin-web.ts'
import type { Web } from '../../tests/support/web.ts'
import { readFolder } from './folder.ts'
import { LONGEST, readTemplates } from './template.ts'
import { builtIn } from './texts.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'templates-'))
const stage = pluginStage({})
let web: Web

beforeAll(async () => {
  writeFileSync(path.join(folder, '02_Team-meeting.md'), '\ufeff# Team\r\n\r\n- point\r\n')
  writeFileSync(path.join(folder, '01 Übersicht.md'), '> first')
  writeFileSync(path.join(folder, 'notes.txt'), 'no')
  writeFileSync(path.join(folder, '.hidden.md'), 'no')
  writeFileSync(path.join(folder, 'huge.md'), 'x'.repeat(5 * LONGEST))
  mkdirSync(path.join(folder, 'sub.md'))
  const ours = findBundled(join('..'), '1.0.0', (line) => {
    throw new Error(line)
  })
  web = await stage.server(
    { ep_templates: { folder } },
    { plugins: { bundled: ours.filter(({ facts }) => facts.name === 'ep_templates') } },
  )
}, 60_000)
afterAll(async () => {
  await stage.end()
  rmSync(folder, { recursive: true })
})
function join(up: string): string {
  return path.join(import.meta.dirname, up)
}

test('files of Markdown are templates by their names; what is none is left out and told', async () => {
  const warned: string[] = []
  expect(await readFolder(folder, (message) => warned.push(message))).toEqual([
    { id: 'own-01 Übersicht.md', title: 'Übersicht', hint: 'first', text: '> first' },
    {
      id: 'own-02_Team-meeting.md',
      title: 'Team meeting',
      hint: 'Team',
      text: '# Team\n\n- point\n',
    },
  ])
  expect(warned).toHaveLength(2)
  expect(await readFolder(path.join(folder, 'none'), (message) => warned.push(message))).toEqual([])
  expect(warned).toHaveLength(3)
})

test('only who may write in a pad gets them', async () => {
  const person = await stage.join(web, 'plan')
  const asked = (pad: string) =>
    ask(web.port, `/plugin/ep_templates/list?pad=${pad}`, { headers: { cookie: `token=${person.token}` } })
  expect(readTemplates(JSON.parse((await asked('plan')).text)).map(({ title }) => title)).toEqual([
    'Übersicht',
    'Team meeting',
  ])
  const refused = await ask(web.port, '/plugin/ep_templates/list')
  expect([refused.status, refused.text]).toEqual([403, '[]'])
})

test('ours are there in both languages, each with its parts', () => {
  for (const language of ['en', 'de', 'fr']) {
    const all = builtIn(language)
    expect(all.map(({ id }) => id)).toEqual(['meeting', 'agenda', 'lesson', 'decision'])
    for (const { text } of all) expect(text).toMatch(/^# \S[^]*\n## \S[^]*- \[ \] /)
  }
  expect(builtIn('de-AT')[0]?.title).toBe('Protokoll')
  expect(readTemplates([{ id: 'a' }, null, 'x'])).toEqual([])
})
