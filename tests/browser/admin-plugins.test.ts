/** Plugins from the administrator's page: their settings, and one from elsewhere while people write. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { goToRoom, openAdmin, PASSWORD } from '../support/admin-page.ts'
import { startChromium } from '../support/chromium.ts'
import type { Visitor } from '../support/chromium.ts'
import { type InkpadProcess, startInkpad } from '../support/inkpad.ts'
import { goToEnd, openPad, selectBack, untilSaved } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { samplePackage } from '../support/sample-package.ts'
import type { SampleChanges, SamplePackage } from '../support/sample-package.ts'

/** Ms an installation may take on a busy machine. */
const INSTALLING = 60_000

/** A plugin with settings of every kind of decider, which says at the foot of the text what it would count. */
const TALLY: SampleChanges = {
  manifest: { name: 'ep_tally' },
  inkpad: { title: 'Tally', about: 'Counts.', server: undefined, style: undefined },
  files: {
    'shared.js': `export const declaration = {
      name: 'ep_tally',
      settings: {
        lines: { type: 'switch', scope: 'user', label: 'lines', default: false },
        words: { type: 'switch', scope: 'user', label: 'words', default: true },
        perMinute: { type: 'number', scope: 'server', label: 'perMinute', default: 220, min: 1, max: 2000 },
      },
    }`,
    'client.js': `import { h } from 'preact'
    export function client(context) {
      const counted = () => ['lines', 'words'].filter((key) => context.settings()[key])
      context.foot(() => h('span', { class: 'tally-foot' }, counted().join(' and ')))
    }`,
    'locales/en.json': JSON.stringify({
      title: 'Tally',
      lines: 'Count lines',
      words: 'Count words',
      perMinute: 'Words read in a minute',
    }),
  },
}

/** One of those that come with Inkpad and are on by themselves, whichever there are; else the test's own. */
const ONE =
  readdirSync('plugins').find((name) => {
    const facts = path.resolve('plugins', name, 'plugin.json')
    return existsSync(facts) && /"standard": true/.test(readFileSync(facts, 'utf8'))
  }) ?? 'ep_tally'

let inkpad: InkpadProcess
let browser: Browser
let admin: Visitor
let page: Page
let folder: string
let tally: SamplePackage
let sample: SamplePackage
let broken: SamplePackage

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'inkpad-plugins-'))
  ;[inkpad, browser, tally, sample, broken] = await Promise.all([
    startInkpad({
      ADMIN_PASSWORD: PASSWORD,
      PRIVACY_PLUGIN_CATALOG: 'false',
      PLUGIN_FOLDER: folder,
      EP__ep_tally__lines: 'true',
    }),
    startChromium(),
    samplePackage(TALLY),
    samplePackage(),
    samplePackage({
      manifest: { name: 'ep_broken', version: '2.0.0' },
      inkpad: { client: undefined, style: undefined },
      files: {
        'shared.js': "export const declaration = { name: 'ep_broken' }",
        'server.js': "export function server() { throw new Error('it has no paper') }",
      },
    }),
  ])
  admin = await openAdmin(browser, inkpad.url)
  page = admin.page
}, 90_000)

afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
  tally?.remove()
  sample?.remove()
  broken?.remove()
  if (folder) await rm(folder, { recursive: true, force: true })
}, 30_000)

const plugin = (name: string) =>
  page.locator('.plugin', { has: page.getByRole('button', { name, exact: true }) })
const toast = (words: string | RegExp) => page.locator('.toast', { hasText: words }).first().waitFor()

async function install(what: string): Promise<void> {
  await page.getByRole('radio', { name: 'Find more' }).click()
  await page.getByLabel(/^Name, name@version/).fill(what)
  await page.getByRole('button', { name: 'Install', exact: true }).click()
}

test('A57: settings of a plugin: what the environment fixed is fixed, what is wrong is told, what is right holds at once', async () => {
  await goToRoom(page, 'Plugins')
  await install(tally.folder)
  await page
    .locator('.toast', { hasText: /ep_tally 1.0.0 is (installed and )?on/ })
    .waitFor({ timeout: INSTALLING })
  const reader = await openPad(browser, `${inkpad.url}p/counted`)
  const foot = reader.page.locator('.tally-foot')
  await goToRoom(page, 'Overview')
  await goToRoom(page, 'Plugins')
  await plugin('ep_tally').getByRole('button', { name: 'ep_tally', exact: true }).click()
  const form = page.getByRole('form', { name: 'Settings of ep_tally' })
  await form.getByText('from EP__ep_tally__lines').waitFor()
  expect(await form.getByRole('switch', { name: 'Count lines' }).isDisabled()).toBe(true)
  expect(await form.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe('true')

  await form.getByLabel('Words read in a minute').fill('very fast')
  await form.getByRole('button', { name: 'Save' }).click()
  await form.getByText(/^A number/).waitFor()
  expect(await form.getByLabel('Words read in a minute').getAttribute('aria-invalid')).toBe('true')
  await form.getByRole('button', { name: 'Discard' }).click()

  await foot.filter({ hasText: 'lines and words' }).waitFor()
  await form.getByRole('switch', { name: 'Count words' }).uncheck()
  await form.getByRole('button', { name: 'Save' }).click()
  await toast('Saved')
  await foot.filter({ hasText: /^lines$/ }).waitFor()
  await page.reload()
  const again = page.getByRole('form', { name: 'Settings of ep_tally' })
  expect(await again.getByRole('switch', { name: 'Count words' }).isChecked()).toBe(false)
  await again.getByRole('button', { name: 'Take back Count words' }).click()
  await again.getByRole('button', { name: 'Save' }).click()
  await foot.filter({ hasText: 'lines and words' }).waitFor()
  await reader.context.close()
}, 90_000)

test('A57: a bundled plugin is switched off and on; whoever writes goes on', async () => {
  const writer = await openPad(browser, `${inkpad.url}p/headed`)
  const style = writer.tools.getByRole('button', { name: /^Line style/ })
  await style.waitFor()
  await goToRoom(page, 'Overview')
  await goToRoom(page, 'Plugins')
  await plugin(ONE).getByRole('switch').uncheck()
  await toast(`${ONE} is off`)
  await goToEnd(writer)
  await writer.page.keyboard.type('still here')
  await untilSaved(writer)
  await page.reload()
  expect(await plugin(ONE).getByRole('switch').isChecked()).toBe(false)
  await page.getByRole('searchbox').fill(ONE.toUpperCase())
  await page.waitForFunction(() => document.querySelectorAll('.plugin').length === 1)
  await plugin(ONE).getByRole('switch').check()
  await toast(`${ONE} is on`)
  await page.getByRole('searchbox').fill('')
  await writer.context.close()
}, 60_000)

test('A54: nothing is looked for before somebody searches, and where searching is off the page says so', async () => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.getByRole('radio', { name: 'Find more' }).click()
  await page.getByText('privacy.pluginCatalog').waitFor()
  expect(asked.filter((url) => url.includes('plugins/search'))).toEqual([])
}, 60_000)

test('A57: a plugin from elsewhere is installed, used in an open pad, switched off and on, and removed; what it made stays', async () => {
  const before = admin.problems.length
  const writer = await openPad(browser, `${inkpad.url}p/praised?userName=Ada`)
  await goToEnd(writer)
  await writer.page.keyboard.press('Enter')
  await writer.page.keyboard.type('well done')

  await install(sample.tarball)
  await page
    .locator('.toast', { hasText: 'ep_kudos 1.0.0 is installed and on' })
    .waitFor({ timeout: INSTALLING })
  await page
    .getByRole('form', { name: 'Settings of ep_kudos' })
    .getByLabel('Most thanks of one pad')
    .waitFor()
  await picture(page, 'admin-plugin-installed')

  const praise = writer.tools.getByRole('button', { name: 'Praise', exact: true })
  await praise.waitFor()
  await goToEnd(writer)
  await selectBack(writer, 4)
  await praise.click()
  await writer.page.locator('mark.ep-kudos', { hasText: 'done' }).waitFor()
  await untilSaved(writer)

  await plugin('ep_kudos').getByRole('switch').uncheck()
  await toast('ep_kudos is off')
  await praise.waitFor({ state: 'detached' })
  await writer.page.locator('mark.ep-kudos').waitFor({ state: 'detached' })
  expect(await writer.text.textContent()).toContain('well done')

  await plugin('ep_kudos').getByRole('switch').check()
  await toast('ep_kudos is on')
  await writer.page.locator('mark.ep-kudos', { hasText: 'done' }).waitFor()

  await page.getByRole('button', { name: 'More about ep_kudos' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  const dialog = page.getByRole('dialog', { name: 'Remove ep_kudos?' })
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await toast('ep_kudos removed')
  await plugin('ep_kudos').waitFor({ state: 'detached' })
  await praise.waitFor({ state: 'detached' })
  expect(await writer.text.textContent()).toContain('well done')
  await untilSaved(writer)
  expect([...writer.problems, ...admin.problems.slice(before)]).toEqual([])
  await writer.context.close()
}, 120_000)

test('A57: a plugin that cannot start is shown red with why, here and on the overview; the server runs on', async () => {
  await install(broken.folder)
  await page.locator('.plugin.failed', { hasText: 'it has no paper' }).waitFor({ timeout: INSTALLING })
  await plugin('ep_broken').getByText('Could not start, so it is switched off.').waitFor()
  await picture(page, 'admin-plugin-failed')
  await page.locator('.side .tally').waitFor()
  await goToRoom(page, 'Overview')
  await page.getByRole('alert').filter({ hasText: 'ep_broken could not start' }).waitFor()
  await picture(page, 'admin-overview-failed')
  await page.getByRole('link', { name: 'Look at it' }).click()
  await plugin('ep_broken').getByRole('link', { name: 'Show log' }).click()
  await page.locator('.log-line', { hasText: 'ep_broken' }).first().waitFor()
  const reader = await openPad(browser, `${inkpad.url}p/runs-on`)
  await goToEnd(reader)
  await reader.page.keyboard.type('and on')
  await untilSaved(reader)
  await reader.context.close()
}, 120_000)

test('A57: what cannot be installed is told, and nothing changes', async () => {
  await goToRoom(page, 'Plugins')
  await page.locator('.plugin').first().waitFor()
  const before = await page.locator('.plugin').count()
  await install('/nowhere/at/all.tgz')
  await page.getByRole('alert').waitFor({ timeout: INSTALLING })
  await page.getByRole('radio', { name: /^Installed/ }).click()
  await page
    .locator('.plugin')
    .nth(before - 1)
    .waitFor()
  expect(await page.locator('.plugin').count()).toBe(before)
}, 60_000)
