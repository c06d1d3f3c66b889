/** Footnotes in real pages; and a text that keeps them while the plugin is off. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { seriousFindings } from '../../tests/support/axe.ts'
import { goToEnd, press, untilSaved } from '../../tests/support/pad-page.ts'
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
  await pads.web.plugins.enable('ep_footnotes')
}, 30_000)

test('N1: a note leads there and back for everybody, and survives without the plugin', async () => {
  const pad = await pads.pad([{ insert: 'Seen twice\n' }])
  const ada = await pads.person(pad, 'Ada')
  const bo = await pads.person(pad, 'Bo', { colorScheme: 'dark' })
  await goToEnd(ada)
  await press(ada.page, 'Control+Alt+f')
  const ask = ada.page.getByRole('dialog', { name: 'Footnote' })
  await ask.getByLabel('Words of the note').fill('Once by day, once by night')
  await ask.getByRole('button', { name: 'Save' }).click()
  await bo.text.getByRole('button', { name: 'Footnote 1: Once by day, once by night' }).waitFor()
  const notes = bo.page.getByRole('region', { name: 'Footnotes' })
  await bo.text.getByRole('button', { name: /^Footnote 1/ }).click()
  await bo.page.waitForFunction(() => document.activeElement?.matches('.ep-footnotes-list > li'))
  await notes.getByRole('button', { name: 'Back to footnote 1 in the text' }).click()
  await bo.page.waitForFunction(() => document.activeElement?.closest('.ep-footnotes-sign') !== null)
  expect(await seriousFindings(bo.page)).toEqual([])
  await picture(ada.page, 'footnotes')
  await picture(bo.page, 'footnotes-dark')
  await untilSaved(ada, bo)

  const before = await pads.textOf(pad)
  await pads.web.plugins.disable('ep_footnotes')
  await ada.text.locator('.placeholder', { hasText: 'footnote' }).waitFor()
  expect(await pads.textOf(pad)).toBe(before)
  await goToEnd(ada)
  await ada.page.keyboard.type(' still here')
  await untilSaved(ada)
  const after = await pads.textOf(pad)
  expect(after).toContain('{"footnote":{"text":"Once by day, once by night"}}')
  expect(after).toContain('still here')
  await pads.web.plugins.enable('ep_footnotes')
  await ada.text.getByRole('button', { name: /^Footnote 1/ }).waitFor()
  await Promise.all([ada.context.close(), bo.context.close()])
}, 120_000)
