/** When a board's page first shows something, cold, from the browser's own report; and what its page weighs. */
import type { Browser, CDPSession, Page } from 'playwright-core'
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
    const weight = await weigh(session)
    const begun = performance.now()
    await page.goto(address)
    await page.locator('#board').waitFor()
    await saved(page)
    usable.push(performance.now() - begun)
    await page.waitForLoadState('networkidle')
    scripts = weight()
    paints.push(
      await page.evaluate(
        () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      ),
    )
    await context.close()
  }
  return { paint: percentile(paints, 0.5), usable: percentile(usable, 0.5), scripts }
}

/**
 * Bytes of scripts and styles a board brings where its pad's page was before (DESIGN section 4: "board <= 150 kB more"): what
 * is loaded in the first second without requests counts, on either page.
 */
export async function measureBoardBesidePad(browser: Browser, pad: string): Promise<number> {
  // The pad's worker fetches all files for visits without a network, which would leave nothing to be brought.
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    serviceWorkers: 'block',
  })
  try {
    const page = await context.newPage()
    const weight = await weigh(await context.newCDPSession(page))
    await page.goto(pad)
    await saved(page)
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(1000)
    const before = weight()
    await page.goto(`${pad}/board`)
    await page.locator('#board').waitFor()
    await saved(page)
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(1000)
    return weight() - before
  } finally {
    await context.close()
  }
}

async function saved(page: Page): Promise<void> {
  await page.locator('.status').filter({ hasText: 'Saved' }).first().waitFor()
}

/** Compressed bytes of scripts and styles since now. */
async function weigh(session: CDPSession): Promise<() => number> {
  await session.send('Network.enable')
  const kinds = new Map<string, string>()
  let weight = 0
  session.on('Network.responseReceived', (event) => kinds.set(event.requestId, event.type))
  session.on('Network.loadingFinished', (event) => {
    const kind = kinds.get(event.requestId)
    if (kind === 'Script' || kind === 'Stylesheet') weight += event.encodedDataLength
  })
  return () => weight
}
