/** Programs the tests drive besides Node: found, or installed where that is allowed. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { run } from './run.mjs'

/** Debian package -> names its program may have. */
const NEEDED = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome'],
  'mariadb-server': ['mariadbd', 'mysqld'],
  'redis-server': ['redis-server'],
}

const FOLDERS = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin']

/** Names of the packages whose program is not on this machine. */
export function missingPrograms() {
  const present = (name) => FOLDERS.some((folder) => folder !== '' && existsSync(path.join(folder, name)))
  return Object.entries(NEEDED)
    .filter(([, names]) => !names.some(present))
    .map(([name]) => name)
}

/** Is this Debian (or a child of it), and are we root? */
function mayInstall() {
  const release = '/etc/os-release'
  const debian =
    existsSync(release) && /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync(release, 'utf8'))
  return debian && process.getuid?.() === 0
}

/** Installs what is missing, or says what to install. Gives what is still missing. */
export async function installPrograms() {
  const missing = missingPrograms()
  if (missing.length === 0) return []
  if (!mayInstall()) {
    console.error(
      `Tests need programs that are not here: ${missing.join(', ')}. On Debian: sudo apt-get install ${missing.join(' ')}`,
    )
    return missing
  }
  console.log(`Installing ${missing.join(', ')} (apt-get)...`)
  // RUNLEVEL keeps the packages from starting their services; tests start their own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  try {
    await run('apt-get', ['update', '-qq'], { env })
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env })
  } catch (error) {
    console.error(`apt-get did not succeed: ${error.message}`)
  }
  return missingPrograms()
}
