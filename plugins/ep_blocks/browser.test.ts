/** Blocks in real pages: code, notes, dividers, contents, folding; and a text full of them while their plugins are off. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { findBundled } from '../../server/plugins/find.ts'
import { seriousFindings } from '../../tests/support/axe.ts'
import { startChromium } from '../../tests/support/chromium.ts'
import { goToEnd, openPad, type PadPage, press, untilSaved } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'
import { startWeb } from '../../tests/support/web.ts'
import type { Web } from '../../tests/support/web.ts'

const OURS = ['ep_blocks', 'ep_code', 'ep_footnotes', 'ep_images']

let web: Web
let browser: Browser
const folder = mkdtempSync(path.join(tmpdir(), 'inkpad-blocks-'))
let tries = 0

beforeAll(async () => {
  symlinkSync(path.resolve('dist/client'), path.join(folder, 'client'))
  const bundled = findBundled(path.resolve('plugins'), '1.0.0', (line) => {
    throw new RangeError(line)
  })
  ;[web, browser] = await Promise.all([
    startWeb({ defaultPadText: '\n' }, { built: false, folder, plugins: { bundled } }),
    startChromium(),
  ])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await web?.close()
  rmSync(folder, { recursive: true, force: true })
}, 30_000)

const address = (pad: string, name: string): string =>
  `http://127.0.0.1:${web.port}/p/${pad}?userName=${name}`
const deltaOf = async (pad: string): Promise<string> =>
  (await web.sync.withDocument(`p/${pad}`, (doc) => JSON.stringify(doc.getText('text').toDelta()))) ?? ''

/** The action of this name in the menu of more formats. */
async function choose({ page, tools }: PadPage, name: string): Promise<void> {
  await tools.getByRole('button', { name: 'More', exact: false }).last().click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}

test('E1 to E4, N1: code has colours, notes lead there and back, contents follow, sections fold; all of it survives without its plugins', async () => {
  const pad = `blocks-${++tries}`
  const ada = await openPad(browser, address(pad, 'Ada'))
  const bo = await openPad(browser, address(pad, 'Bo'), { colorScheme: 'dark' })
  await goToEnd(ada)
  await choose(ada, 'Table of contents')
  await ada.page.keyboard.type('# Results')
  await press(ada.page, 'Enter')
  await ada.page.keyboard.type('Seen twice')
  await press(ada.page, 'Control+Alt+f')
  const ask = ada.page.getByRole('dialog', { name: 'Footnote' })
  await ask.getByLabel('Words of the note').fill('Once by day, once by night')
  await ask.getByRole('button', { name: 'Save' }).click()
  await bo.text.getByRole('button', { name: 'Footnote 1: Once by day, once by night' }).waitFor()
  await press(ada.page, 'Enter')
  await choose(ada, 'Divider')
  await bo.text.locator('hr').waitFor()
  await ada.page.keyboard.type('```')
  await press(ada.page, 'Enter')
  await ada.page.keyboard.type('def tree(n): return "oak"')
  await ada.text.getByLabel('Language of the code').selectOption({ label: 'Python' })
  await bo.text.locator('.code-keyword', { hasText: 'def' }).waitFor()
  await bo.text.locator('.code-string', { hasText: '"oak"' }).waitFor()
  expect(await bo.text.getByLabel('Language of the code').inputValue()).toBe('python')

  const contents = bo.text.getByRole('navigation', { name: 'Table of contents' })
  await contents.getByRole('button', { name: 'Results' }).waitFor()
  const notes = bo.page.getByRole('region', { name: 'Footnotes' })
  await bo.text.getByRole('button', { name: /^Footnote 1/ }).click()
  await bo.page.waitForFunction(() => document.activeElement?.matches('.ep-footnotes-list > li'))
  await notes.getByRole('button', { name: 'Back to footnote 1 in the text' }).click()
  await bo.page.waitForFunction(() => document.activeElement?.closest('.ep-footnotes-sign') !== null)
  expect(await seriousFindings(bo.page)).toEqual([])
  await picture(ada.page, 'blocks')
  await picture(bo.page, 'blocks-dark')

  await contents.getByRole('button', { name: 'Results' }).click()
  await press(bo.page, 'Control+Alt+o')
  await bo.text.getByRole('button', { name: /^\d+ lines$/ }).waitFor()
  await bo.text.getByText('Seen twice').waitFor({ state: 'hidden' })
  expect(await ada.text.getByText('Seen twice').isVisible()).toBe(true)
  await bo.text.getByRole('button', { name: /^\d+ lines$/ }).click()
  await bo.text.getByText('Seen twice').waitFor()
  await untilSaved(ada, bo)

  const before = await deltaOf(pad)
  for (const name of OURS) await web.plugins.disable(name)
  await ada.text.locator('.placeholder', { hasText: 'footnote' }).waitFor()
  await ada.text.locator('.placeholder', { hasText: 'contents' }).waitFor()
  expect(await deltaOf(pad)).toBe(before)
  await goToEnd(ada)
  await press(ada.page, 'Enter')
  await ada.page.keyboard.type('# still here')
  await untilSaved(ada)
  const after = await deltaOf(pad)
  for (const part of [
    '{"footnote":{"text":"Once by day, once by night"}}',
    '{"contents":true}',
    '"code-block":"python"',
    '{"divider":true}',
    'still here',
  ])
    expect([part, after.includes(part)]).toEqual([part, true])
  for (const name of OURS) await web.plugins.enable(name)
  await ada.text.getByRole('button', { name: /^Footnote 1/ }).waitFor()
  await Promise.all([ada.context.close(), bo.context.close()])
}, 120_000)
