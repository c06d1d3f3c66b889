/** Counts what runs of the suite gave. */

/**
 * Numbers of a Jest report (`--json`); null: there is none. `failed`: Jest's exit code was not 0. A file that could not
 * run is a failure, and so is a bad exit without any.
 */
export function summaryOf(report, failed) {
  if (report === null) return { ...nothing(), failed: 1, failedNames: ['the tests gave no report'] }
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  const skippedNames = tests
    .filter(({ status }) => status === 'pending' || status === 'todo' || status === 'skipped')
    .map(({ fullName }) => fullName)
  const broken = report.numFailedTests + report.numRuntimeErrorTestSuites
  return {
    passed: report.numPassedTests,
    failed: broken === 0 && failed ? 1 : broken,
    skipped: report.numPendingTests + report.numTodoTests,
    skippedNames,
    failedNames: failed ? failuresOf(report) : [],
    secondNames: tests
      .filter(({ status, invocations }) => status === 'passed' && invocations > 1)
      .map(({ fullName }) => fullName),
  }
}

/** What failed, by name; a file of which no test failed could not run, or failed at its end. */
function failuresOf(report) {
  const names = brokenFiles(report).flatMap((name) => {
    const tests = report.testResults.find((file) => file.name === name).assertionResults
    const failures = tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName)
    return failures.length > 0 ? failures.map((test) => `${test} (${name})`) : [name]
  })
  return names.length > 0 ? names : ['Jest ended badly, and no test says why']
}

/** The files of a report in which something failed. */
export function brokenFiles(report) {
  return (report?.testResults ?? []).filter(({ status }) => status === 'failed').map(({ name }) => name)
}

/** A report in which files that ran again count as they then did; without a second report, as they were. */
export function withSecondRun(first, second) {
  if (second === null) return first
  const again = new Map(second.testResults.map((file) => [file.name, file]))
  const testResults = first.testResults.map((file) => secondTry(file, again.get(file.name)))
  const count = (wanted) =>
    testResults.flatMap((file) => file.assertionResults).filter(({ status }) => status === wanted).length
  return {
    ...first,
    testResults,
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numRuntimeErrorTestSuites: testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    ).length,
  }
}

function secondTry(before, after) {
  if (!after) return before
  const passed = new Set(
    before.assertionResults.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName),
  )
  const assertionResults = after.assertionResults.map((test) =>
    passed.has(test.fullName) ? test : { ...test, invocations: 2 },
  )
  return { ...after, assertionResults }
}

/** Numbers to begin with. */
export function nothing() {
  return {
    passed: 0,
    failed: 0,
    skipped: 0,
    skippedNames: /** @type {string[]} */ ([]),
    failedNames: /** @type {string[]} */ ([]),
    /** Tests that passed at their second try only. */
    secondNames: /** @type {string[]} */ ([]),
  }
}

/** All parts of the suite together; when no test ran in any of them, that is a failure. */
export function sumOf(parts) {
  const sum = nothing()
  for (const part of parts) {
    for (const key of ['passed', 'failed', 'skipped']) sum[key] += part[key]
    sum.skippedNames.push(...part.skippedNames)
    sum.failedNames.push(...part.failedNames)
    sum.secondNames.push(...part.secondNames)
  }
  return sum.passed + sum.failed === 0 ? { ...sum, failed: 1 } : sum
}

/** The line a run ends with. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
