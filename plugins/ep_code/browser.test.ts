/** Code in the colours of its language, in real pages; and a text that keeps it while the plugin is off. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { seriousFindings } from '../../tests/support/axe.ts'
import { goToEnd, untilSaved } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'
import { startPluginPads } from '../../tests/support/plugin-pads.ts'
import type { PluginPads } from '../../tests/support/plugin-pads.ts'

let pads: PluginPads
beforeAll(async () => {
  pads = await startPluginPads()
}, 60_000)
afterAll(() => pads?.end(), 30_000)
// A first try may have left it off.
beforeEach(async () => {
  await pads.web.plugins.enable('ep_code')
}, 30_000)

test('E1 to E4: code has the colours of its language for everybody, and survives without the plugin', async () => {
  const pad = await pads.pad([
    { insert: 'def tree(n): return "oak"' },
    { insert: '\n', attributes: { 'code-block': true } },
    { insert: '\n' },
  ])
  const ada = await pads.person(pad, 'Ada')
  const bo = await pads.person(pad, 'Bo', { colorScheme: 'dark' })
  await ada.text.getByLabel('Language of the code').selectOption({ label: 'Python' })
  await bo.text.locator('.code-keyword', { hasText: 'def' }).waitFor()
  await bo.text.locator('.code-string', { hasText: '"oak"' }).waitFor()
  expect(await bo.text.getByLabel('Language of the code').inputValue()).toBe('python')
  expect(await seriousFindings(bo.page)).toEqual([])
  await picture(ada.page, 'code')
  await picture(bo.page, 'code-dark')
  await untilSaved(ada, bo)

  const before = await pads.textOf(pad)
  await pads.web.plugins.disable('ep_code')
  await ada.text.locator('.code-keyword').first().waitFor({ state: 'detached' })
  expect(await pads.textOf(pad)).toBe(before)
  await goToEnd(ada)
  await ada.page.keyboard.type('still here')
  await untilSaved(ada)
  expect(await pads.textOf(pad)).toContain('"code-block":"python"')
  await pads.web.plugins.enable('ep_code')
  await ada.text.locator('.code-keyword', { hasText: 'def' }).waitFor()
  await Promise.all([ada.context.close(), bo.context.close()])
}, 120_000)
