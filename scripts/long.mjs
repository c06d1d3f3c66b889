/**
 * Long runs of the random tests: `npm run convergence 1000`, `npm run faults 100`, `npm run fuzz 1000000`, each with a
 * seed as a second number to see a run again. What they find they print with its seed.
 */
import { pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { installPackages } from './install.mjs'
import { root, run } from './run.mjs'
import { buildIsStale } from './stale.mjs'

const KINDS = {
  convergence: { tests: 'tests/convergence', rounds: 'ROUNDS', many: 1000, full: 500, seed: 'SEED' },
  faults: { tests: 'tests/faults', rounds: 'FAULT_ROUNDS', many: 100, full: 15, seed: 'SEED' },
  fuzz: {
    tests: 'tests/server/sync/guard/fuzz',
    rounds: 'FUZZ_ROUNDS',
    many: 1_000_000,
    full: 20_000,
    seed: 'FUZZ_SEED',
  },
}

/** Of `npm run test:full`: the same each time, so that a red run says something of the change. */
const FULL_SEED = '20261128'

/** The rounds and seeds of `npm run test:full`, as environment variables: a few minutes in all. */
export const LONGER = {
  ...Object.fromEntries(Object.values(KINDS).map(({ rounds, full }) => [rounds, String(full)])),
  ...Object.fromEntries(Object.values(KINDS).map(({ seed }) => [seed, FULL_SEED])),
}

const isNumber = (value) => value === undefined || /^[0-9]{1,9}$/.test(value)

async function long([name, count, seed]) {
  const kind = KINDS[name]
  if (kind === undefined || !isNumber(count) || !isNumber(seed))
    throw new Error(`usage: npm run ${Object.keys(KINDS).join('|')} [ROUNDS] [SEED]`)
  await installPackages()
  if (name === 'faults' && buildIsStale(root)) await build()
  const env = { ...process.env, [kind.rounds]: count ?? String(kind.many) }
  if (seed !== undefined) env[kind.seed] = seed
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js']
  await run(process.execPath, [...jest, '--config', 'tests/jest.config.js', '--runInBand', kind.tests], {
    env,
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await long(process.argv.slice(2))
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
