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

/** What `npm run test:full` needs besides: real proxies, what builds images, and what judges our files. */
export const NEEDED_BY_FULL = {
  apache2: ['apache2'],
  nginx: ['nginx'],
  haproxy: ['haproxy'],
  caddy: ['caddy'],
  'apache2-utils': ['htpasswd'],
  buildah: ['buildah'],
  pandoc: ['pandoc'],
  'libreoffice-writer-nogui': ['soffice'],
  'poppler-utils': ['pdftotext'],
  qpdf: ['qpdf'],
  tidy: ['tidy'],
  epubcheck: ['epubcheck'],
  abiword: ['abiword'],
  // The grammar of OpenDocument, for Jing, which comes with epubcheck.
  'libjopendocument-java': ['jOpenDocument-1.3.jar'],
  debootstrap: ['debootstrap'],
}

const FOLDERS = [
  ...(process.env.PATH ?? '').split(path.delimiter),
  '/usr/sbin',
  '/usr/local/sbin',
  '/sbin',
  '/usr/share/java',
]

/** Milliseconds one call of apt-get may take. */
const LIMIT = 10 * 60_000

/** apt-get asks nothing, does not start what it installs (tests start their own), and gives up where there is no network. */
const QUIETLY = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
const OPTIONS = [
  '-qq',
  '-o',
  'Acquire::Retries=2',
  '-o',
  'Acquire::http::Timeout=30',
  '-o',
  'DPkg::Lock::Timeout=120',
]

/** Names of the packages of `needed` whose program is in none of the folders. */
export function missingPrograms(folders = FOLDERS, needed = NEEDED) {
  const present = (name) => folders.some((folder) => folder !== '' && existsSync(path.join(folder, name)))
  return Object.entries(needed)
    .filter(([, names]) => !names.some(present))
    .map(([name]) => name)
}

/** Is the system that `release` (os-release) describes Debian or a child of it? */
export function isDebian(release) {
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release)
}

function mayInstall() {
  const release = '/etc/os-release'
  return existsSync(release) && isDebian(readFileSync(release, 'utf8')) && process.getuid?.() === 0
}

/** Installs what is missing, or says what to install. Gives what is still missing. Other `parts` are for tests. */
export async function installPrograms(parts = {}) {
  const { missing = missingPrograms, allowed = mayInstall, command = run, say = console.error } = parts
  const before = missing()
  if (before.length === 0) return []
  const byHand = `sudo apt-get install ${before.join(' ')}`
  if (!allowed()) {
    say(
      `Tests need programs that are not here: ${before.join(', ')}. Only root of a Debian installs them by itself; there: ${byHand}`,
    )
    return before
  }
  say(`Installing ${before.join(', ')} (apt-get)...`)
  const options = { env: { ...process.env, ...QUIETLY }, limit: LIMIT }
  try {
    await command('apt-get', [...OPTIONS, 'update'], options)
    await command('apt-get', [...OPTIONS, 'install', '-y', '--no-install-recommends', ...before], options)
  } catch (error) {
    say(
      `apt-get did not succeed (${error.message}). Is there no network, or is another apt-get at work? By hand: ${byHand}`,
    )
  }
  return missing()
}
