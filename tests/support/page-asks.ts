/** Asks a page until its answer is right: `waitForFunction` takes any promise for a yes. */
import type { Page } from 'playwright-core'
import { PATIENCE } from './pad-page.ts'

/** Fetches `address` in the page (relative to it, with its cookies) until the answer is right; gives the text. */
export async function untilAnswer(
  page: Page,
  address: string,
  isRight: (answer: { status: number; text: string }) => boolean,
): Promise<string> {
  const end = Date.now() + PATIENCE
  for (;;) {
    const answer = await page.evaluate(async (path) => {
      const response = await fetch(path, { redirect: 'manual' })
      return { status: response.status, text: await response.text() }
    }, address)
    if (isRight(answer)) return answer.text
    if (Date.now() > end) throw new Error(`${address} is answered ${JSON.stringify(answer).slice(0, 500)}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** A stroke, or the straight line that it becomes where the pen rests before it is lifted, as on a busy machine. */
const DRAWN = /"h":\s*\{"(?:\$bytes"|t":\s*"line")/

/** Waits until the board at `address` (its export as JSON) has what a pen drew. */
export function untilInk(page: Page, address: string): Promise<string> {
  return untilAnswer(page, address, ({ status, text }) => status === 200 && DRAWN.test(text))
}
