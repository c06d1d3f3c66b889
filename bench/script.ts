/** Script and layout per event, from the browser's own counters. */
import type { CDPSession, Page } from 'playwright-core'

/** The text of a pad once it can be written in. */
export const EDITABLE = '[role=textbox][contenteditable=true]'

/** ms of script and of style and layout per event, from the browser's own counters. */
export async function scriptPerEvent(
  session: CDPSession,
  page: Page,
  events: () => Promise<number>,
): Promise<{ script: number; layout: number }> {
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
    return { script: value('ScriptDuration'), layout: value('LayoutDuration') + value('RecalcStyleDuration') }
  }
  const before = await read()
  const count = await events()
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  const after = await read()
  return {
    script: ((after.script - before.script) * 1000) / count,
    layout: ((after.layout - before.layout) * 1000) / count,
  }
}
