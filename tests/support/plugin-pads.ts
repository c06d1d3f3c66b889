/** The built client over a server inside the test, with all bundled plugins, and pads that begin with a text: for tests of a plugin in real pages. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import * as Y from 'yjs'
import { findBundled } from '../../server/plugins/find.ts'
import { SYSTEM_AUTHOR } from '../../shared/ids.ts'
import type { Content } from '../../shared/text/delta.ts'
import { startChromium } from './chromium.ts'
import { openPad } from './pad-page.ts'
import type { PadPage } from './pad-page.ts'
import { startWeb } from './web.ts'
import type { Web } from './web.ts'

export interface PluginPads {
  readonly web: Web
  /** A new pad with this text; gives its name, another one each time. */
  pad(content: Content): Promise<string>
  /** Opens a pad as this person. */
  person(pad: string, name: string, options?: BrowserContextOptions): Promise<PadPage>
  /** What the server has of a pad's text, as JSON. */
  textOf(pad: string): Promise<string>
  end(): Promise<void>
}

export async function startPluginPads(): Promise<PluginPads> {
  const folder = mkdtempSync(path.join(tmpdir(), 'inkpad-plugin-pads-'))
  symlinkSync(path.resolve('dist/client'), path.join(folder, 'client'))
  const bundled = findBundled(path.resolve('plugins'), '1.0.0', (line) => {
    throw new RangeError(line)
  })
  const [web, browser]: [Web, Browser] = await Promise.all([
    startWeb({ defaultPadText: '\n' }, { built: false, folder, plugins: { bundled } }),
    startChromium(),
  ])
  let pads = 0
  return {
    web,
    async pad(content) {
      const name = `pad-${++pads}`
      const doc = new Y.Doc()
      doc.getText('text').applyDelta([...content])
      const seed = { author: SYSTEM_AUTHOR, bytes: Y.encodeStateAsUpdate(doc), clients: [doc.clientID] }
      await web.store.create({ name: `p/${name}`, generation: 'g1', time: Date.now(), seed })
      return name
    },
    person: (pad, name, options) =>
      openPad(browser, `http://127.0.0.1:${web.port}/p/${pad}?userName=${name}`, options),
    textOf: async (pad) =>
      (await web.sync.withDocument(`p/${pad}`, (doc) => JSON.stringify(doc.getText('text').toDelta()))) ?? '',
    async end() {
      await browser.close()
      await web.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The action of this name in the menu of more formats. */
export async function chooseMore({ page, tools }: PadPage, name: string): Promise<void> {
  await tools.getByRole('button', { name: 'More', exact: false }).last().click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}
