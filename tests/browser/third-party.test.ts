/**
 * The author's guide's plugin, packed by npm, in real pages: installed on a running server while people have a pad open,
 * used by two of them, switched off, on again, replaced by a newer version, and removed.
 */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { createNpm } from '../../server/plugins/npm.ts'
import { createPackages } from '../../server/plugins/packages.ts'
import { startChromium } from '../support/chromium.ts'
import { openPad, selectBack, untilSaved, untilShows } from '../support/pad-page.ts'
import type { PadPage } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { samplePackage } from '../support/sample-package.ts'
import type { SamplePackage } from '../support/sample-package.ts'
import { startWeb } from '../support/web.ts'
import type { Web } from '../support/web.ts'

let folder: string
let web: Web
let browser: Browser
let sample: SamplePackage
let newer: SamplePackage
let people: PadPage[] = []
let pads = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inkpad-third-'))
  symlinkSync(resolve('dist/client'), join(folder, 'client'))
  const packages = createPackages({
    folder: join(folder, 'var/plugins'),
    libraries: resolve('node_modules'),
    npm: createNpm({ ...process.env, npm_config_registry: 'http://127.0.0.1:9/' }),
    catalog: false,
    warn: () => {},
  })
  ;[browser, sample, newer, web] = await Promise.all([
    startChromium(),
    samplePackage(),
    samplePackage({ manifest: { version: '2.0.0' }, inkpad: { title: 'Kudos' } }),
    startWeb({ defaultPadText: '' }, { folder, built: false, plugins: { packages } }),
  ])
}, 60_000)
afterEach(async () => {
  await Promise.all(people.map(({ context }) => context.close()))
  people = []
  // Also what the first try decided and kept.
  if (web.plugins.list().some(({ facts }) => facts.name === 'ep_kudos'))
    await web.plugins.remove('ep_kudos', true)
}, 30_000)
afterAll(async () => {
  await browser?.close()
  await web?.close()
  sample?.remove()
  newer?.remove()
  rmSync(folder, { recursive: true, force: true })
}, 30_000)

const foot = (pad: PadPage, words: string) => pad.page.locator('.ep-kudos-foot', { hasText: words })

test('a plugin is installed while a pad is open, used by two, off and on again, replaced and removed', async () => {
  const url = `http://127.0.0.1:${web.port}/p/kudos-${++pads}`
  const enter = async (query: string): Promise<PadPage> => {
    const person = await openPad(browser, `${url}?${query}`)
    people.push(person)
    await person.page.locator('[contenteditable=true]').waitFor()
    return person
  }
  const ada = await enter('userName=Ada')
  const bo = await enter('userName=Bo&lang=de')
  await ada.text.click()
  await ada.page.keyboard.type('we are great')

  expect(await web.plugins.install(sample.tarball)).toMatchObject({ state: 'on' })
  await foot(ada, '0 praises').waitFor()
  await foot(bo, '0 Lobe').waitFor()

  // Its button, its key, its format, on both screens.
  await selectBack(ada, 5)
  await ada.tools.getByRole('button', { name: 'Praise', exact: true }).click()
  await foot(ada, '1 praise').waitFor()
  const mark = bo.page.locator('.ProseMirror mark.ep-kudos')
  await mark.waitFor()
  expect(await mark.textContent()).toBe('great')
  await bo.page.locator('.ProseMirror.ep-kudos-glow').waitFor()
  await ada.page.locator('.ProseMirror[data-kudos=on]').waitFor()

  // Its panel, its message, its storage and its setting.
  await ada.page.locator('.header').getByRole('button', { name: 'More' }).click()
  await ada.page.getByRole('menuitemcheckbox', { name: 'Kudos' }).click()
  await ada.page.getByRole('button', { name: 'Thank you!' }).click()
  await ada.page.getByText('1 thank-you', { exact: true }).first().waitFor()
  await ada.page.getByRole('listitem').filter({ hasText: 'great' }).waitFor()
  await web.plugins.setSettings('ep_kudos', { word: 'Thanks a lot' })
  await ada.page.getByRole('button', { name: 'Thanks a lot' }).click()
  await ada.page.getByText('2 thank-yous', { exact: true }).first().waitFor()
  await picture(ada.page, 'third-party')

  // Its work area, fetched just now, and its rule for files.
  await ada.page.locator('.header').getByRole('button', { name: 'Wall' }).click()
  const wall = ada.page.getByRole('region', { name: 'Wall' })
  await wall.getByRole('listitem').filter({ hasText: 'great' }).waitFor()
  const file = await ada.page.request.get(`${url}/export/md`)
  expect(await file.text()).toContain('**<mark>great</mark>**')

  await web.plugins.disable('ep_kudos')
  await mark.waitFor({ state: 'detached' })
  await wall.waitFor({ state: 'detached' })
  await ada.page.locator('.ep-kudos-foot').waitFor({ state: 'detached' })
  await bo.page.locator('.ep-kudos-foot').waitFor({ state: 'detached' })
  await untilShows('we are great', ada, bo)
  await bo.page.locator('[contenteditable=true]').focus()
  await bo.page.keyboard.press('Control+Home')
  await bo.page.keyboard.type('yes ')
  await untilShows('yes we are great', ada, bo)
  await untilSaved(ada)

  await web.plugins.enable('ep_kudos')
  await mark.waitFor()
  await foot(ada, '1 praise').waitFor()
  // A page opened now has it from its first byte.
  const cy = await enter('userName=Cy')
  await foot(cy, '1 praise').waitFor()
  expect(await cy.page.locator('.ProseMirror mark.ep-kudos').textContent()).toBe('great')

  await web.plugins.install(newer.tarball)
  // Each page has fetched all of it, before it goes again.
  for (const one of [ada, bo, cy]) {
    await one.page.waitForFunction(() =>
      [...document.querySelectorAll('link[rel=stylesheet]')].some((link) =>
        link.getAttribute('href')?.includes('/2.0.0-'),
      ),
    )
    await one.page.locator('.ep-kudos-foot').waitFor()
  }

  await web.plugins.remove('ep_kudos', true)
  await ada.page.locator('.ep-kudos-foot').waitFor({ state: 'detached' })
  await untilShows('yes we are great', ada, bo, cy)
  expect([ada, bo, cy].flatMap(({ problems }) => problems)).toEqual([])
}, 150_000)
