/**
 * `npm test`: installs what tests need, builds, checks style and types, runs the suite; the last line says
 * `N passed, N failed, N skipped`, where each check counts as one. `--full` (npm run test:full) runs what that leaves
 * out, and nothing of it again: longer random runs, and tests that need more (`*.full.test.ts`, see tests/README.md).
 * Other arguments go to Jest.
 */
import { installPackages } from './install.mjs'
import { installPrograms, missingPrograms, NEEDED_BY_FULL } from './programs.mjs'
import { LONGER } from './long.mjs'
import { root, run } from './run.mjs'
import { buildIsStale } from './stale.mjs'
import { runPart } from './suite.mjs'
import { nothing, sumOf, summaryLine } from './summary.mjs'

const args = process.argv.slice(2)
const full = args.includes('--full')
const forJest = args.filter((arg) => arg !== '--full')
const checks = nothing()

async function check(what, work) {
  console.log(`\n== ${what}`)
  try {
    await work()
    checks.passed++
  } catch (error) {
    console.error(`${what}: failed (${error.message})`)
    checks.failed++
    checks.failedNames.push(what)
  }
}

const node = (...command) => run(process.execPath, command)
const build = async () => (await import('./build.mjs')).build()

async function programs() {
  const missing = await installPrograms()
  if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`)
}

async function usual() {
  await check('programs the tests drive', programs)
  await check('build', build)
  await check('lint (oxlint)', () => node('node_modules/oxlint/bin/oxlint', '--type-aware'))
  await check('format (oxfmt)', () => node('node_modules/oxfmt/bin/oxfmt', '--check'))
  await check('types (tsc)', () => node('node_modules/typescript/bin/tsc'))
  const results = []
  for (const part of ['together', 'browsers', 'alone']) results.push(await runPart(part, forJest))
  return results
}

async function additions() {
  await programs()
  // What cannot be had here is named, and its tests are skipped by name.
  await installPrograms({ missing: () => missingPrograms(undefined, NEEDED_BY_FULL) })
  if (buildIsStale(root)) await build()
  return [await runPart('full', forJest, { INKPAD_FULL: '1', ...LONGER })]
}

let sum = checks
try {
  await installPackages()
  const tests = sumOf(await (full ? additions() : usual()))
  sum = sumOf([checks, tests])
} catch (error) {
  console.error(error.message)
  checks.failed++
  checks.failedNames.push(error.message)
}
for (const name of sum.skippedNames) console.log(`skipped: ${name}`)
for (const name of sum.secondNames) console.log(`passed at the second try only: ${name}`)
for (const name of sum.failedNames) console.log(`failed: ${name}`)
process.exitCode = sum.failed === 0 ? 0 : 1
console.log(`\n${summaryLine(sum)}`)
