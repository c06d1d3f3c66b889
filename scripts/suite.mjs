/** Runs parts of the tests with Jest. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { run } from './run.mjs'
import { brokenFiles, summaryOf, withSecondRun } from './summary.mjs'

/** Files at once in a part; more would make waiting tests wait for each other. */
const WORKERS = { together: 4, browsers: 2, alone: 1, full: 1 }
/** Minutes after which a part has hung. */
const MINUTES = { together: 15, browsers: 25, alone: 15, full: 25 }

/** More files with failures are not a machine that was held up. */
const MOST_AGAIN = 4

/**
 * Runs a part of `tests/parts.js`; `args` go to Jest. Files with failures, when they are few, run once more by
 * themselves: a machine that was held up for half a minute is no fault of a change. What only then passed is named.
 * Gives its numbers (summary.mjs).
 */
export async function runPart(part, args, more = {}) {
  console.log(`\n== tests: ${part}`)
  const first = await jest(part, WORKERS[part], args, more)
  const files = brokenFiles(first.report)
  if (files.length === 0 || files.length > MOST_AGAIN) return summaryOf(first.report, first.failed)
  console.log(`\n== once more, by themselves: ${files.map((file) => path.basename(file)).join(', ')}`)
  const flags = args.filter((arg) => arg.startsWith('-'))
  const second = await jest(part, 1, [...flags, '--runTestsByPath', ...files], more)
  return summaryOf(withSecondRun(first.report, second.report), second.failed)
}

/** One run of Jest, `atOnce` files at a time; its report is null when it gave none. */
async function jest(part, atOnce, args, more) {
  const folder = mkdtempSync(path.join(tmpdir(), 'inkpad-test-'))
  const file = path.join(folder, 'report.json')
  const command = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js']
  const most = Math.min(atOnce, availableParallelism())
  const workers = most > 1 ? `--maxWorkers=${most}` : '--runInBand'
  const options = ['--config', 'tests/jest.config.js', '--forceExit', '--passWithNoTests', workers]
  const env = { ...more, ...process.env, FORCE_COLOR: process.env.FORCE_COLOR ?? '0', INKPAD_PART: part }
  let failed = false
  try {
    await run(process.execPath, [...command, ...options, '--json', '--outputFile', file, ...args], {
      env,
      limit: MINUTES[part] * 60_000,
    })
  } catch (error) {
    console.error(error.message)
    failed = true
  }
  const report = read(file)
  rmSync(folder, { recursive: true, force: true })
  if (report === null) console.error(`the tests of ${part} gave no report`)
  return { report, failed }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
