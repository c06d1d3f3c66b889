/** When a board's page first shows something, cold, from the browser's own report. */
import type { Browser } from 'playwright-core'
import { percentile } from '../process.ts'

const ROUNDS = 7

/** Median ms from the address to the first paint with content, and bytes of scripts and styles until the board is there. */
export async function measureFirstPaint(
  browser: Browser,
  address: string,
): Promise<{ paint: number; usable: number; scripts: number }> {
  const paints: number[] = []
  const usable: number[] = []
  let scripts = 0
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    const kinds = new Map<string, string>()
    let weight = 0
    session.on('Network.responseReceived', (event) => kinds.set(event.requestId, event.type))
    session.on('Network.loadingFinished', (event) => {
      const kind = kinds.get(event.requestId)
      if (kind === 'Script' || kind === 'Stylesheet') weight += event.encodedDataLength
    })
    const begun = performance.now()
    await page.goto(address)
    await page.locator('#board').waitFor()
    await page.locator('.status').filter({ hasText: 'Saved' }).first().waitFor()
    usable.push(performance.now() - begun)
    await page.waitForLoadState('networkidle')
    scripts = weight
    paints.push(
      await page.evaluate(
        () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      ),
    )
    await context.close()
  }
  return { paint: percentile(paints, 0.5), usable: percentile(usable, 0.5), scripts }
}
