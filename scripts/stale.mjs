/** Is what npm installed, or what we built, older than what it was made from? */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Where a build notes how new its sources were. */
export const STAMP = 'dist/built'
/** Where an installation notes which lockfile it followed. */
const INSTALLED = 'node_modules/.inkpad-installed'

const SOURCES = [
  'client',
  'server',
  'shared',
  'plugins',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vite.config.ts',
]

/** Time (ms) of the newest source file. */
export function newestSource(root) {
  const newest = (file) => {
    const stat = statSync(file, { throwIfNoEntry: false })
    if (stat === undefined) return 0
    if (!stat.isDirectory()) return stat.mtimeMs
    // The folder's own time tells of files that were removed.
    return Math.max(stat.mtimeMs, ...readdirSync(file).map((name) => newest(path.join(file, name))))
  }
  return Math.max(...SOURCES.map((name) => newest(path.join(root, name))))
}

/** Does the build have to be made again? */
export function buildIsStale(root) {
  const stamp = path.join(root, STAMP)
  return !existsSync(stamp) || Number(readFileSync(stamp, 'utf8')) < newestSource(root)
}

function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
}

/** Do the installed packages differ from the lockfile? */
export function packagesAreStale(root) {
  const noted = path.join(root, INSTALLED)
  if (existsSync(noted) && readFileSync(noted, 'utf8') === lockHash(root)) return false
  return !installedByNpm(root)
}

/** npm keeps what it installed beside it; equal versions mean there is nothing to do. */
function installedByNpm(root) {
  const own = path.join(root, 'node_modules/.package-lock.json')
  if (!existsSync(own)) return false
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(own, 'utf8')).packages
  return Object.entries(wanted).every(
    ([name, { version, optional, devOptional }]) =>
      name === '' || optional === true || devOptional === true || present[name]?.version === version,
  )
}

/** Notes that the packages follow the lockfile. */
export function notePackages(root) {
  writeFileSync(path.join(root, INSTALLED), lockHash(root))
}
