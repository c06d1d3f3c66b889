/** The chat of a pad's page, as the person in front of it uses it. */
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { silent } from '../../server/log.ts'
import { openStore } from '../../server/store/index.ts'
import type { Store } from '../../server/store/store.ts'
import type { PadPage } from './pad-page.ts'
import { sqliteIn } from './server.ts'

export interface ChatPanel {
  /** The header's button. */
  readonly button: Locator
  readonly panel: Locator
  readonly field: Locator
  readonly lines: Locator
  /** Opens it with the button. */
  open(): Promise<void>
  /** Closes it with the button. */
  close(): Promise<void>
  say(words: string): Promise<void>
  /** Waits until a line stands there. */
  shows(words: string): Promise<void>
}

export function chatOf({ page }: PadPage): ChatPanel {
  const panel = page.locator('.chat-panel')
  const button = page.locator('.chat-button')
  const field = page.getByRole('textbox', { name: 'A line for everybody in this pad' })
  const lines = panel.locator('.chat-block .chat-line')
  return {
    button,
    panel,
    field,
    lines,
    async open() {
      if (!(await panel.isVisible())) await button.click()
      await field.waitFor()
    },
    async close() {
      if (await panel.isVisible()) await button.click()
      await panel.waitFor({ state: 'detached' })
    },
    async say(words) {
      await field.fill(words)
      await field.press('Enter')
      await lines.filter({ hasText: words }).first().waitFor()
    },
    async shows(words) {
      await lines.filter({ hasText: words }).first().waitFor()
    },
  }
}

/** Works with the store of a running server behind its back. */
export async function withStoreIn(folder: string, work: (store: Store) => Promise<void>): Promise<void> {
  const store = openStore({ ...sqliteIn(folder), filename: join(folder, 'inkpad.db') }, silent)
  await store.open()
  try {
    await work(store)
  } finally {
    await store.close()
  }
}
