import { expect, test } from '@jest/globals'

interface Counted {
  passed: number
  failed: number
  skipped: number
  skippedNames: string[]
  failedNames: string[]
  secondNames: string[]
}
interface Summary {
  brokenFiles: (report: unknown) => string[]
  summaryOf: (report: unknown, failed: boolean) => Counted
  withSecondRun: (first: unknown, second: unknown) => unknown
  sumOf: (parts: readonly Counted[]) => Counted
  summaryLine: (sum: { passed: number; failed: number; skipped: number }) => string
}
const { brokenFiles, summaryOf, sumOf, summaryLine, withSecondRun } = (await import(
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
const counted = (passed: number, failed: number, skipped = 0): Counted => ({
  passed,
  failed,
  skipped,
  skippedNames: Array.from({ length: skipped }, (_, index) => `test ${index}`),
  failedNames: [],
  secondNames: [],
})

test('Tests: the last line has its form', () => {
  expect(summaryLine({ passed: 3, failed: 0, skipped: 1 })).toBe('3 passed, 0 failed, 1 skipped')
})

test.each([
  [report({}), false, { passed: 3, failed: 0, skipped: 0 }],
  [report({ numFailedTests: 2 }), true, { passed: 3, failed: 2, skipped: 0 }],
  [report({ numRuntimeErrorTestSuites: 1 }), true, { passed: 3, failed: 1, skipped: 0 }],
  [report({}), true, { passed: 3, failed: 1, skipped: 0 }],
  [report({ numPassedTests: 0 }), false, { passed: 0, failed: 0, skipped: 0 }],
  [null, true, { passed: 0, failed: 1, skipped: 0 }],
])('Tests: %j with a bad exit %s counts as %j', (given, failed, wanted) => {
  expect(summaryOf(given, failed)).toMatchObject(wanted)
})

test('Tests: what failed is named: tests, files that could not run, an end nobody explains', () => {
  const test = (fullName: string, status: string) => ({ fullName, status })
  const testResults = [
    { name: 'a.ts', status: 'passed', assertionResults: [test('a', 'passed')] },
    { name: 'b.ts', status: 'failed', assertionResults: [test('b', 'failed'), test('c', 'passed')] },
    { name: 'd.ts', status: 'failed', assertionResults: [] },
  ]
  expect(summaryOf(report({ numFailedTests: 1, testResults }), true).failedNames).toEqual([
    'b (b.ts)',
    'd.ts',
  ])
  expect(summaryOf(report({}), true).failedNames).toHaveLength(1)
  expect(summaryOf(report({}), false).failedNames).toEqual([])
  expect(summaryOf(null, true).failedNames).toHaveLength(1)
})

test('Tests: parts add up, and a suite in which nothing ran has failed', () => {
  expect(sumOf([counted(3, 0, 1), counted(0, 0), counted(2, 1)])).toEqual({
    passed: 5,
    failed: 1,
    skipped: 1,
    skippedNames: ['test 0'],
    failedNames: [],
    secondNames: [],
  })
  expect(sumOf([counted(0, 0), counted(0, 0, 2)])).toMatchObject({ passed: 0, failed: 1, skipped: 2 })
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

test('Tests: what passed at the second try only is named', () => {
  const assertionResults = [
    { status: 'passed', fullName: 'a', invocations: 1 },
    { status: 'passed', fullName: 'b', invocations: 2 },
    { status: 'failed', fullName: 'c', invocations: 2 },
  ]
  const { secondNames } = summaryOf(report({ numFailedTests: 1, testResults: [{ assertionResults }] }), true)
  expect(secondNames).toEqual(['b'])
})

const file = (name: string, ...tests: readonly [name: string, status: string][]) => ({
  name,
  status: tests.length === 0 || tests.some(([, status]) => status === 'failed') ? 'failed' : 'passed',
  assertionResults: tests.map(([fullName, status]) => ({ fullName, status, invocations: 1 })),
})
const first = report({
  numPassedTests: 2,
  numFailedTests: 1,
  numRuntimeErrorTestSuites: 1,
  testResults: [file('/a', ['a1', 'passed']), file('/b', ['b1', 'passed'], ['b2', 'failed']), file('/c')],
})

test('Tests: files with failures are those that run once more', () => {
  expect(brokenFiles(first)).toEqual(['/b', '/c'])
  expect(brokenFiles(null)).toEqual([])
})

test('Tests: what passes when its file runs once more has passed, and is named', () => {
  const again = report({
    testResults: [file('/b', ['b1', 'passed'], ['b2', 'passed']), file('/c', ['c1', 'passed'])],
  })
  expect(summaryOf(withSecondRun(first, again), false)).toMatchObject({
    passed: 4,
    failed: 0,
    secondNames: ['b2', 'c1'],
  })
})

test('Tests: what fails twice has failed, and so has a second run without a report', () => {
  const again = report({ testResults: [file('/b', ['b1', 'failed'], ['b2', 'passed']), file('/c')] })
  expect(summaryOf(withSecondRun(first, again), true)).toMatchObject({
    passed: 2,
    failed: 2,
    secondNames: ['b2'],
  })
  expect(summaryOf(withSecondRun(first, null), true)).toMatchObject({ passed: 2, failed: 2 })
})
