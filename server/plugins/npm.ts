/** Runs npm: without a shell, without install scripts, with a limit of time, and told nothing of our own environment. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { AppError } from '../errors.ts'
import type { Environment } from '../settings/substitute.ts'

/** What one run gave. */
export interface NpmResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs npm with these arguments in a folder. @throws AppError when it cannot be run, or takes too long */
export type Npm = (args: readonly string[], folder: string) => Promise<NpmResult>

/** Ms a run may take, and characters of its output that are kept. */
const LIMIT = 120_000
const OUTPUT = 2_000_000

/** Variables npm needs to find its registry, its way through a proxy and its certificates. */
const PASSED =
  /^(PATH|HOME|USERPROFILE|APPDATA|SystemRoot|LANG|TMPDIR|NODE_EXTRA_CA_CERTS|(https?|no|all)_proxy|npm_config_(registry|userconfig|globalconfig|cafile|ca|cert|key|strict_ssl|https?_proxy|proxy|noproxy|@.*|\/\/.*))$/i

/** npm as it is installed beside Node, or wherever PATH has it. */
export function createNpm(env: Environment, limit = LIMIT): Npm {
  const passed = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => PASSED.test(name) && value !== undefined),
  )
  return (args, folder) =>
    new Promise((resolve, reject) => {
      const child = spawn('npm', args, {
        cwd: folder,
        env: { ...passed, npm_config_cache: join(folder, '.cache') },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (chunk: Buffer) => {
        if (stdout.length < OUTPUT) stdout += chunk.toString('utf8')
      })
      child.stderr.on('data', (chunk: Buffer) => {
        if (stderr.length < OUTPUT) stderr += chunk.toString('utf8')
      })
      const timer = setTimeout(() => {
        end(child)
        reject(new AppError('badRequest', `npm took longer than ${limit / 1000} seconds and was ended.`))
      }, limit)
      child.on('error', () => {
        clearTimeout(timer)
        reject(new AppError('badRequest', 'npm is not installed on this server, or cannot be run.'))
      })
      child.on('close', (code) => {
        clearTimeout(timer)
        resolve({ code: code ?? 1, stdout, stderr })
      })
    })
}

/** Ends it with all it started. */
function end(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

/** Options of every run: no talk of its own, and no minutes of trying a registry that is away. */
export const QUIET_OPTIONS: readonly string[] = [
  '--no-update-notifier',
  '--logs-max=0',
  '--loglevel=error',
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=500',
  '--fetch-timeout=30000',
]

/** Options of every installation: nothing is run, and libraries that we share with plugins are not installed again. */
export const INSTALL_OPTIONS: readonly string[] = [
  '--ignore-scripts',
  '--omit=peer',
  '--omit=dev',
  '--legacy-peer-deps',
  '--install-links',
  '--save-exact',
  '--no-audit',
  '--no-fund',
  ...QUIET_OPTIONS,
]

/** Why npm failed, in a sentence for the administrator; `what` is what was asked for. */
export function npmFailure(what: string, { stderr }: NpmResult): AppError {
  const say = (sentence: string) => new AppError('badRequest', sentence)
  if (/\bE404\b/.test(stderr)) return say(`The registry has no package ${what}.`)
  if (/\bETARGET\b/.test(stderr)) return say(`The registry has no such version of ${what}.`)
  if (isOffline(stderr)) return say('The npm registry cannot be reached from this server.')
  if (/\b(EACCES|EROFS|EPERM)\b/.test(stderr))
    return say('Inkpad may not write into its folder for plugins (var/plugins).')
  if (/\bENOSPC\b/.test(stderr)) return say('There is no room left on the disk.')
  const line = /^npm (?:error|ERR!) (?!code\b)(.+)$/m.exec(stderr)?.[1] ?? 'it did not say why'
  return say(`npm could not install ${what}: ${line.slice(0, 300)}`)
}

/** Could the registry not be reached? */
export function isOffline(stderr: string): boolean {
  return /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/.test(
    stderr,
  )
}
