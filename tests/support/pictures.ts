/** Pictures of pages for people to look at: only when `INKPAD_PICTURES` names a folder to put them in. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'

/** Keeps what the page shows now as `name.png`. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.INKPAD_PICTURES ?? ''
  if (folder === '') return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: path.join(folder, `${name}.png`) })
}
