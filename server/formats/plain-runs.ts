/** The words of a line. */
import type { Run } from './tree.ts'

export function plainRuns(runs: readonly Run[]): string {
  let text = ''
  for (const run of runs) text += 'text' in run ? run.text : run.embed.text
  return text
}
