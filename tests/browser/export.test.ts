/** A pad saved as a file, by its people (SPEC-formats F30 to F35). */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { seriousFindings } from '../support/axe.ts'
import { startChromium } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { openPad, untilSaved } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'

let inkpad: InkpadProcess
let browser: Browser
/** Ends the names of pads, so that a second try meets nothing of the first. */
let tries = 0

beforeAll(async () => {
  ;[inkpad, browser] = await Promise.all([startInkpad(), startChromium()])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

test('F30, F35: from the menu, by keyboard, the pad is saved as Markdown under its name', async () => {
  const name = `größe${(tries += 1)}`
  const pad = await openPad(browser, `${inkpad.url}p/${name}`)
  const { page } = pad
  await pad.text.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Fish & <chips>')
  await untilSaved(pad)
  await page.getByRole('button', { name: 'More', exact: true }).last().click()
  await page.getByRole('menuitem', { name: 'Export…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await dialog.waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await picture(page, 'export')
  await dialog.getByText('More choices').click()
  for (const option of ['Table of contents', 'Title page', 'Who wrote what, in colours', 'Line numbers'])
    await dialog.getByRole('switch', { name: option }).click()
  expect(await dialog.locator('.export-preview .preview-sheet').count()).toBe(3)
  expect(await dialog.getByLabel('Language of the text').inputValue()).toBe('en')
  expect(await seriousFindings(page)).toEqual([])
  await picture(page, 'export-choices')
  await dialog.locator('label', { hasText: 'Markdown' }).click()
  await dialog.getByRole('radio', { name: 'Markdown md' }).focus()
  await page.keyboard.press('ArrowRight')
  await dialog.getByText('opens in any browser').waitFor()
  await page.keyboard.press('ArrowLeft')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save' }).press('Enter'),
  ])
  expect(download.suggestedFilename()).toBe(`${name}.md`)
  expect(await readFile((await download.path()) ?? '', 'utf8')).toBe('Fish & \\<chips\\>\n')
  await dialog.waitFor({ state: 'detached' })
  expect(pad.problems).toEqual([])
}, 60_000)

test('F33: what goes wrong is said, and the dialog stays; on a phone by night every card is a target', async () => {
  const { page } = await openPad(browser, `${inkpad.url}p/phone`, {
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
    colorScheme: 'dark',
  })
  await page.route('**/export/**', (route) => route.fulfill({ status: 429, body: '{}' }))
  await page.getByRole('button', { name: 'More', exact: true }).first().tap()
  await page.getByRole('menuitem', { name: 'Export…' }).tap()
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await dialog.locator('label', { hasText: 'Etherpad' }).tap()
  await dialog.getByText('For another Etherpad').waitFor()
  await dialog.getByRole('button', { name: 'Save' }).tap()
  await dialog.getByRole('alert').filter({ hasText: 'many files at once' }).waitFor()
  for (const card of await dialog.getByRole('radio').all()) {
    const box = await card.boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(43.5)
  }
  expect(await seriousFindings(page)).toEqual([])
  await picture(page, 'export-phone')
}, 60_000)

test('F36: a file that takes long says how far it is, may be given up, and comes when it is there', async () => {
  const pad = await openPad(browser, `${inkpad.url}p/slow-${(tries += 1)}`)
  const { page } = pad
  let stage: Record<string, unknown> = { stage: 'waiting', place: 2, seconds: 1 }
  await page.route('**/export/**', async (route) => {
    const request = route.request()
    if (request.method() === 'DELETE') return route.fulfill({ status: 204 })
    if (stage['stage'] !== 'done')
      return route.fulfill({ status: 202, json: { job: 'j1', seconds: 3, ...stage } })
    return route.continue({ url: request.url().replace(/job=[^&]*/, 'job=new') })
  })
  await page.getByRole('button', { name: 'More', exact: true }).last().click()
  await page.getByRole('menuitem', { name: 'Export…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await dialog.getByRole('button', { name: 'Save' }).click()
  const status = dialog.getByRole('status')
  await status.getByText('Number 2 in line').waitFor()
  stage = { stage: 'pages' }
  await status.getByText('Making the pages').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await picture(page, 'export-progress')
  const given = page.waitForRequest((request) => request.method() === 'DELETE')
  await dialog.getByRole('button', { name: 'Stop' }).click()
  expect(new URL((await given).url()).searchParams.get('job')).toBe('j1')
  await dialog.getByRole('button', { name: 'Cancel' }).waitFor()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await status.getByText('Making the pages').waitFor()
  const downloaded = page.waitForEvent('download')
  stage = { stage: 'done' }
  expect((await downloaded).suggestedFilename()).toMatch(/^slow-\d+\.docx$/)
  await dialog.waitFor({ state: 'detached' })
  expect(pad.problems).toEqual([])
}, 60_000)

test('F73: a file is dropped, looked at, put behind the text, and one undo takes it back', async () => {
  const pad = await openPad(browser, `${inkpad.url}p/taking${(tries += 1)}`)
  const { page } = pad
  await pad.text.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Before')
  await untilSaved(pad)
  await page.getByRole('button', { name: 'More', exact: true }).last().click()
  await page.getByRole('menuitem', { name: 'Import…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import' })
  const field = dialog.getByLabel('Drop a file here, or choose one')
  await field.setInputFiles({ name: 'odd.docx', mimeType: '', buffer: Buffer.from('PK no archive') })
  await dialog.getByRole('alert').filter({ hasText: /./ }).waitFor()
  const markdown = '# Title\n\n- one\n- [link](https://example.org/)\n\n![x](y.png)\n'
  await field.setInputFiles({ name: 'notes.md', mimeType: '', buffer: Buffer.from(markdown) })
  await dialog.getByText('1 heading').waitFor()
  await dialog.getByText('1 picture is left out.').waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await picture(page, 'import')
  await dialog.getByRole('button', { name: 'Import' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await pad.text.getByRole('heading', { name: 'Title' }).waitFor()
  await pad.text.getByText('Before').waitFor()
  await untilSaved(pad)
  await pad.text.click()
  await page.keyboard.press('Control+z')
  await pad.text.getByRole('heading', { name: 'Title' }).waitFor({ state: 'detached' })
  await pad.text.getByText('Before').waitFor()
  // Anywhere on the page: the browser would open it in the page's place.
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(
      new File(['<table><tr><th>a<th>b<tr><td>c<td>d</table><p>dropped'], 'dropped.html'),
    )
    const drop = { dataTransfer, bubbles: true, cancelable: true }
    document.querySelector('.ProseMirror')?.dispatchEvent(new DragEvent('drop', drop))
  })
  await dialog.getByText('dropped.html').waitFor()
  await dialog.getByText('1 table').waitFor()
  await dialog.getByRole('radio', { name: 'At the end' }).focus()
  await page.keyboard.press('ArrowRight')
  await picture(page, 'import-dropped')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  // The browser itself reports the answer to the broken file.
  expect(pad.problems.filter((problem) => !problem.includes('400'))).toEqual([])
}, 60_000)

test('F72: a file becomes a pad of its own, called as the file, on a phone by night', async () => {
  const name = `Field notes ${(tries += 1)}.html`
  const { page } = await openPad(browser, `${inkpad.url}p/near`, {
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
    colorScheme: 'dark',
  })
  await page.getByRole('button', { name: 'More', exact: true }).first().tap()
  await page.getByRole('menuitem', { name: 'Export…' }).tap()
  await page.getByRole('button', { name: 'Take from a file' }).tap()
  const dialog = page.getByRole('dialog', { name: 'Import' })
  await dialog
    .getByLabel('Drop a file here, or choose one')
    .setInputFiles({ name, mimeType: '', buffer: Buffer.from('<h2>From a file</h2>') })
  await dialog.locator('label', { hasText: 'New pad' }).tap()
  expect(await seriousFindings(page)).toEqual([])
  await picture(page, 'import-phone')
  await dialog.getByRole('button', { name: 'Import' }).tap()
  await page.waitForURL(`**/p/Field_notes_${tries}`)
  await page.getByRole('heading', { name: 'From a file' }).first().waitFor()
}, 60_000)
