/** Counts what a run of the suite gave. */

/**
 * Numbers of a Jest report (`--json`); null: there is none. `failed`: Jest's exit code was not 0. A file that could not
 * run is a failure, and so is a bad exit without any.
 */
export function summaryOf(report, failed) {
  if (report === null) return { passed: 0, failed: 1, skipped: 0, skippedNames: [] }
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  const skippedNames = tests
    .filter(({ status }) => status === 'pending' || status === 'todo' || status === 'skipped')
    .map(({ fullName }) => fullName)
  const broken = report.numFailedTests + report.numRuntimeErrorTestSuites
  return {
    passed: report.numPassedTests,
    failed: broken === 0 && (failed || report.numPassedTests === 0) ? 1 : broken,
    skipped: report.numPendingTests + report.numTodoTests,
    skippedNames,
  }
}

/** The line a run ends with. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
