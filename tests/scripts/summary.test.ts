import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'

interface Counted {
  passed: number
  failed: number
  skipped: number
  skippedNames: string[]
}
interface Summary {
  summaryOf: (report: unknown, failed: boolean) => Counted
  summaryLine: (sum: { passed: number; failed: number; skipped: number }) => string
}
const { summaryOf, summaryLine } = (await import(
  new URL('../../scripts/summary.mjs', import.meta.url).href
)) as Summary

const report = (more: Record<string, unknown>) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...more,
})

test('Tests: the last line has its form', () => {
  expect(summaryLine({ passed: 3, failed: 0, skipped: 1 })).toBe('3 passed, 0 failed, 1 skipped')
})

test.each([
  [report({}), false, { passed: 3, failed: 0, skipped: 0 }],
  [report({ numFailedTests: 2 }), true, { passed: 3, failed: 2, skipped: 0 }],
  [report({ numRuntimeErrorTestSuites: 1 }), true, { passed: 3, failed: 1, skipped: 0 }],
  [report({}), true, { passed: 3, failed: 1, skipped: 0 }],
  [report({ numPassedTests: 0 }), false, { passed: 0, failed: 1, skipped: 0 }],
  [null, true, { passed: 0, failed: 1, skipped: 0 }],
])('Tests: %j with a bad exit %s counts as %j', (given, failed, counted) => {
  expect(summaryOf(given, failed)).toMatchObject(counted)
})

test('Tests: skipped tests are named', () => {
  const testResults = [
    {
      assertionResults: [
        { status: 'pending', fullName: 'a b' },
        { status: 'passed', fullName: 'c' },
      ],
    },
  ]
  expect(summaryOf(report({ numPendingTests: 1, testResults }), false).skippedNames).toEqual(['a b'])
})

test('Two commands: npm start and npm test need nothing but Node', () => {
  for (const name of ['start', 'test', 'build', 'dev', 'install', 'run', 'stale', 'programs', 'summary']) {
    const text = readFileSync(new URL(`../../scripts/${name}.mjs`, import.meta.url), 'utf8')
    for (const [, target = ''] of text.matchAll(/(?:from|import\()\s*'([^']+)'/g))
      expect(target).toMatch(/^(node:|\.\/)/)
  }
})
