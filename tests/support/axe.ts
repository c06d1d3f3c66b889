/** axe-core in a page: what a checker of the Web Content Accessibility Guidelines finds. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

interface AxeResult {
  id: string
  impact: string | null
  nodes: { target: string[]; any: { message: string }[] }[]
}

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The serious and critical findings on the page as it is now, once movement has ended, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  await page.evaluate(SOURCE)
  const violations = await page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: unknown): Promise<{ violations: AxeResult[] }> }
    }
    const { violations: found } = await axe.run({ runOnly: tags, resultTypes: ['violations'] })
    return found.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.slice(0, 5).map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? ''})`),
    }))
  }, RULES)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.join('; ')}`)
}
