/** What the service worker keeps of a page for times without the server. */
import type { Page } from 'playwright-core'
import { PATIENCE } from './pad-page.ts'

/** Waits until the worker answers for this page and keeps it, with these files of plugins (ends of their addresses). */
export async function untilKept(page: Page, pluginFiles: readonly string[] = []): Promise<void> {
  const end = Date.now() + PATIENCE
  // Playwright's waitForFunction takes a promise for a yes.
  while (!(await page.evaluate(isKept, pluginFiles))) {
    if (Date.now() > end) throw new Error('the service worker does not keep the page')
  }
}

async function isKept(pluginFiles: readonly string[]): Promise<boolean> {
  const address = location.href.replace(/[?#].*$/, '')
  const response = await caches.match(address, { cacheName: 'inkpad-pages-1' })
  const files = await (await caches.open('inkpad-plugins-1')).keys()
  await new Promise((resolve) => requestAnimationFrame(resolve))
  return (
    navigator.serviceWorker.controller !== null &&
    response !== undefined &&
    pluginFiles.every((file) => files.some(({ url }) => url.endsWith(file)))
  )
}
