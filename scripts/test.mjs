/**
 * `npm test`: installs what tests need, builds, checks style and types, runs the suite; the last line says
 * `N passed, N failed, N skipped`, where each check counts as one. `--full` (npm run test:full) sets INKPAD_FULL=1,
 * which adds the tests with heavier real parts, and makes the random ones longer. Other arguments go to Jest.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { installPackages } from './install.mjs'
import { installPrograms } from './programs.mjs'
import { LONGER } from './long.mjs'
import { run } from './run.mjs'
import { summaryOf, summaryLine } from './summary.mjs'

const args = process.argv.slice(2)
const full = args.includes('--full')
const forJest = args.filter((arg) => arg !== '--full')
const sum = { passed: 0, failed: 0, skipped: 0 }

async function check(what, work) {
  console.log(`\n== ${what}`)
  try {
    await work()
    sum.passed++
  } catch (error) {
    console.error(`${what}: failed (${error.message})`)
    sum.failed++
  }
}

const node = (...command) => run(process.execPath, command)

async function suite() {
  console.log('\n== tests')
  const folder = mkdtempSync(path.join(tmpdir(), 'inkpad-test-'))
  const report = path.join(folder, 'report.json')
  const jest = [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--config',
    'tests/jest.config.js',
  ]
  const env = {
    ...(full ? { INKPAD_FULL: '1', ...LONGER } : {}),
    ...process.env,
    FORCE_COLOR: process.env.FORCE_COLOR ?? '0',
  }
  let error = null
  try {
    await run(
      process.execPath,
      [...jest, '--runInBand', '--forceExit', '--json', '--outputFile', report, ...forJest],
      {
        env,
      },
    )
  } catch (caught) {
    error = caught
  }
  let result = null
  try {
    result = JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    console.error('the suite gave no report')
  }
  rmSync(folder, { recursive: true, force: true })
  const counted = summaryOf(result, error !== null)
  for (const key of Object.keys(sum)) sum[key] += counted[key]
  for (const name of counted.skippedNames) console.log(`skipped: ${name}`)
}

try {
  await installPackages()
  await check('programs the tests drive', async () => {
    const missing = await installPrograms()
    if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`)
  })
  await check('build', async () => (await import('./build.mjs')).build())
  await check('lint (oxlint)', () => node('node_modules/oxlint/bin/oxlint', '--type-aware'))
  await check('format (oxfmt)', () => node('node_modules/oxfmt/bin/oxfmt', '--check'))
  await check('types (tsc)', () => node('node_modules/typescript/bin/tsc'))
  await suite()
} catch (error) {
  console.error(error.message)
  sum.failed++
}
process.exitCode = sum.failed === 0 ? 0 : 1
console.log(`\n${summaryLine(sum)}`)
