/** E4, I6: with every plugin switched off a text full of their content opens, is edited, and loses nothing. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { SYSTEM_AUTHOR } from '../../shared/ids.ts'
import type { Content } from '../../shared/text/delta.ts'
import { TABLE, writeContent } from '../../shared/text/table/value.ts'
import { seriousFindings } from '../support/axe.ts'
import { type PadPage, press, untilSaved } from '../support/pad-page.ts'
import { pngFile } from '../support/picture-files.ts'
import { picture } from '../support/pictures.ts'
import { startPluginPads } from '../support/plugin-pads.ts'
import type { PluginPads } from '../support/plugin-pads.ts'

/** What plugins put into texts: embeds in lines, blocks, a table with an embed in a cell, formats of words and of lines. */
const contentWith = (key: string): Content => [
  { insert: 'Plan' },
  { insert: '\n', attributes: { header: 1 } },
  { insert: { contents: true } },
  { insert: '\n' },
  { insert: 'Ask ' },
  { insert: { mention: { author: 'a.1234567890abcdef', name: 'Bo' } } },
  { insert: ' about this' },
  { insert: { footnote: { text: 'See the minutes.' } } },
  { insert: '\n' },
  { insert: 'An oak: ' },
  { insert: { image: { key, width: 40, height: 30, alt: 'An oak', align: 'left', show: 40 } } },
  { insert: '\n' },
  { insert: 'def tree():', attributes: {} },
  { insert: '\n', attributes: { 'code-block': 'python' } },
  {
    insert: {
      [TABLE]: {
        columns: [{ width: 120 }, {}],
        headerRow: true,
        rows: [
          {
            cells: [
              { content: [{ insert: 'Who\n' }] },
              { content: [{ insert: 'What\n' }], background: 'green' },
            ],
          },
          {
            cells: [
              {
                content: [
                  { insert: 'Bo', attributes: { bold: true } },
                  { insert: { footnote: { text: 'In a cell.' } } },
                  { insert: '\n' },
                ],
              },
              {
                content: [{ insert: 'cake' }, { insert: '\n', attributes: { list: 'checked' } }],
                align: 'right',
              },
            ],
          },
        ],
      },
    },
  },
  { insert: '\n' },
  { insert: { divider: true } },
  { insert: '\n' },
  { insert: 'red', attributes: { color: 'red', size: '18' } },
  { insert: ' and H' },
  { insert: '2', attributes: { script: 'sub' } },
  { insert: '\n', attributes: { align: 'center' } },
  { insert: 'bring cups' },
  { insert: '\n', attributes: { list: 'checked' } },
  { insert: 'somebody said' },
  { insert: '\n', attributes: { blockquote: true, indent: 2 } },
]

let pads: PluginPads
beforeAll(async () => {
  pads = await startPluginPads()
}, 60_000)
afterAll(() => pads?.end(), 30_000)

/** Everything the server has: the text, and the cells of its tables. */
async function allOf(pad: string): Promise<Record<string, unknown>> {
  const found = await pads.web.sync.withDocument(`p/${pad}`, (doc) =>
    Object.fromEntries(
      [...doc.share.keys()]
        .filter((name) => name === 'text' || name.startsWith('cell/'))
        .sort()
        .map((name): [string, unknown] => [name, JSON.parse(JSON.stringify(doc.getText(name).toDelta()))]),
    ),
  )
  return found ?? {}
}

/** Waits until all that is embedded is drawn by its plugin. */
async function withoutPlaceholders({ page }: PadPage): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.ProseMirror .placeholder') === null)
}

test('E4, I6: all plugins off: everything is labelled and stays, edits and their undo change nothing else; on again it is all back', async () => {
  const { web } = pads
  const pad = await pads.pad([{ insert: 'end\n' }])
  const { key } = await web.pictures.add(pad, SYSTEM_AUTHOR, pngFile(40, 30))
  await web.sync.withDocument(`p/${pad}`, (doc) =>
    doc.transact(() => writeContent(doc.getText('text'), 0, contentWith(key))),
  )
  const before = await allOf(pad)
  expect(Object.keys(before)).toHaveLength(5)
  const ada = await pads.person(pad, 'Ada')
  await ada.text.locator('figure[data-seen=shown]').waitFor()
  await ada.text.locator('table').waitFor()
  await withoutPlaceholders(ada)
  const on = (await web.plugins.boot(`p/${pad}`, null)).map(({ name }) => name)
  for (const name of on) await web.plugins.disable(name)
  try {
    await ada.text.locator('figure').waitFor({ state: 'detached' })
    const bo = await pads.person(pad, 'Bo')
    await bo.text.locator('.placeholder').first().waitFor()
    const labels = (await bo.text.locator('.placeholder').allTextContents()).sort()
    expect(labels).toEqual(['contents', 'footnote', 'image', 'mention', 'table'])
    expect(await seriousFindings(bo.page)).toEqual([])
    await picture(bo.page, 'switched-off')
    await untilSaved(bo)
    const lines = await bo.text.locator('.line').all()
    expect(lines).toHaveLength(9)
    // Types at the beginning of every line there is and takes it back, breaks it and undoes that.
    for (const line of lines) {
      await line.click()
      await press(bo.page, 'Home')
      await bo.page.keyboard.type('x')
      await press(bo.page, 'Backspace')
      await press(bo.page, 'Enter')
      await press(bo.page, 'Control+z')
    }
    await untilSaved(bo)
    expect(await allOf(pad)).toEqual(before)
    await bo.page.keyboard.press('Control+End')
    // At once: letters that come slowly are several steps of undo.
    await bo.page.keyboard.insertText(' and more')
    await untilSaved(bo)
    await bo.page.keyboard.press('Control+a')
    await bo.page.keyboard.press('Control+b')
    await bo.page.keyboard.press('Control+z')
    await bo.page.keyboard.press('Control+z')
    await untilSaved(bo)
    expect(await allOf(pad)).toEqual(before)
    expect(bo.problems).toEqual([])
  } finally {
    for (const name of on) await web.plugins.enable(name)
  }
  await ada.text.locator('figure').waitFor()
  await ada.text.locator('[data-kind=mention]', { hasText: 'Bo' }).waitFor()
  await ada.text.locator('table').waitFor()
  await withoutPlaceholders(ada)
  await untilSaved(ada)
  expect(await allOf(pad)).toEqual(before)
  expect(ada.problems).toEqual([])
}, 180_000)
