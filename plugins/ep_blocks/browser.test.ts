/** Dividers, contents and folding in real pages; and a text that keeps them while their plugin is off. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { seriousFindings } from '../../tests/support/axe.ts'
import { goToEnd, press, untilSaved } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'
import { chooseMore, startPluginPads } from '../../tests/support/plugin-pads.ts'
import type { PluginPads } from '../../tests/support/plugin-pads.ts'

let pads: PluginPads
beforeAll(async () => {
  pads = await startPluginPads()
}, 60_000)
afterAll(() => pads?.end(), 30_000)
// A first try may have left it off.
beforeEach(async () => {
  await pads.web.plugins.enable('ep_blocks')
}, 30_000)

test('E1 to E4: contents follow, sections fold for whoever folds them; all of it survives without the plugin', async () => {
  const pad = await pads.pad([
    { insert: 'Results' },
    { insert: '\n', attributes: { header: 1 } },
    { insert: 'Seen twice\n\n' },
  ])
  const ada = await pads.person(pad, 'Ada')
  const bo = await pads.person(pad, 'Bo', { colorScheme: 'dark' })
  await goToEnd(ada)
  await chooseMore(ada, 'Divider')
  await bo.text.locator('hr').waitFor()
  await press(ada.page, 'Control+Home')
  await chooseMore(ada, 'Table of contents')
  const contents = bo.text.getByRole('navigation', { name: 'Table of contents' })
  await contents.getByRole('button', { name: 'Results' }).waitFor()
  expect(await seriousFindings(bo.page)).toEqual([])
  // The numbers beside the lines follow what a block takes up once it is drawn.
  await ada.page.waitForFunction(() => {
    const rows = [...document.querySelectorAll('.ProseMirror > *')]
    const at = rows.findIndex((row) => row.querySelector('nav') !== null)
    const box = rows[at]?.getBoundingClientRect()
    const sign = document.querySelector(`.line-numbers [data-n="${at + 1}"]`)?.getBoundingClientRect()
    return box !== undefined && sign !== undefined && sign.top > box.top && sign.bottom < box.bottom
  })
  await picture(ada.page, 'blocks')
  await picture(bo.page, 'blocks-dark')

  const arrow = bo.page.getByRole('button', { name: 'Fold or unfold this section' })
  await bo.text.locator('h1', { hasText: 'Results' }).hover()
  await arrow.waitFor()
  await picture(bo.page, 'fold-arrow')
  expect(await seriousFindings(bo.page)).toEqual([])
  await arrow.click()
  await bo.text.getByRole('button', { name: /^\d+ lines?$/ }).click()
  await bo.text.getByText('Seen twice').waitFor()
  await contents.getByRole('button', { name: 'Results' }).click()
  await press(bo.page, 'Control+Alt+o')
  await bo.text.getByRole('button', { name: /^\d+ lines?$/ }).waitFor()
  await bo.text.getByText('Seen twice').waitFor({ state: 'hidden' })
  expect(await ada.text.getByText('Seen twice').isVisible()).toBe(true)
  await bo.text.getByRole('button', { name: /^\d+ lines?$/ }).click()
  await bo.text.getByText('Seen twice').waitFor()
  await untilSaved(ada, bo)

  const before = await pads.textOf(pad)
  await pads.web.plugins.disable('ep_blocks')
  await ada.text.locator('.placeholder', { hasText: 'contents' }).waitFor()
  expect(await pads.textOf(pad)).toBe(before)
  await goToEnd(ada)
  await ada.page.keyboard.type('still here')
  await untilSaved(ada)
  const after = await pads.textOf(pad)
  for (const part of ['{"contents":true}', '{"divider":true}', 'still here'])
    expect([part, after.includes(part)]).toEqual([part, true])
  await pads.web.plugins.enable('ep_blocks')
  await ada.text.getByRole('navigation', { name: 'Table of contents' }).waitFor()
  await Promise.all([ada.context.close(), bo.context.close()])
}, 120_000)
