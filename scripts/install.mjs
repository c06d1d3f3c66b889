/** Installs the packages of the lockfile when they are not there. */
import { notePackages, packagesAreStale } from './stale.mjs'
import { root, run } from './run.mjs'

/** Runs `npm ci` if needed. */
export async function installPackages() {
  if (!packagesAreStale(root)) return
  console.log('Installing packages (npm ci)...')
  // Building needs the tools even where NODE_ENV says production.
  await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', [
    'ci',
    '--include=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ])
  notePackages(root)
}
