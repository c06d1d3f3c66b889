/** Real reverse proxies in front of a server: Apache, nginx, HAProxy, Caddy, each as a process with a folder of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export type ProxyKind = 'apache' | 'nginx' | 'haproxy' | 'caddy'

const PROGRAMS: Readonly<Record<ProxyKind, string>> = {
  apache: '/usr/sbin/apache2',
  nginx: '/usr/sbin/nginx',
  haproxy: '/usr/sbin/haproxy',
  caddy: '/usr/bin/caddy',
}

const MODULES =
  'mpm_event authn_core authn_file authz_core authz_host authz_user access_compat auth_basic alias env filter headers mime proxy proxy_http proxy_wstunnel rewrite setenvif socache_shmcb ssl substitute'

export interface Proxy {
  /** What it wrote, its error log included. */
  log(): Promise<string>
  stop(): Promise<void>
}

/** Whether it is installed. */
export function hasProxy(kind: ProxyKind): boolean {
  return spawnSync('test', ['-x', PROGRAMS[kind]]).status === 0
}

/** Certificate and key for `localhost` that tests have; Caddy and HAProxy want them in one file. */
export async function certificates(): Promise<{ cert: string; key: string }> {
  const folder = path.resolve('tests/support/tls')
  return { cert: path.join(folder, 'first.cert.pem'), key: path.join(folder, 'first.key.pem') }
}

/** Starts a proxy with its own configuration language; resolves when `port` is open. */
export async function startProxy(kind: ProxyKind, port: number, config: string): Promise<Proxy> {
  const folder = await mkdtemp(path.join(os.tmpdir(), `inkpad-${kind}-`))
  await chmod(folder, 0o777)
  const file = path.join(folder, 'config')
  await writeFile(file, wholeConfig(kind, folder, config))
  const child = spawn(PROGRAMS[kind], argumentsOf(kind, file, folder), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const log = async (): Promise<string> =>
    output + (await readFile(path.join(folder, 'error.log'), 'utf8').catch(() => ''))
  await untilOpen(port, child, log)
  return {
    log,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGTERM')
        await Promise.race([gone, wait(5000, undefined, { ref: false })])
        child.kill('SIGKILL')
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

function argumentsOf(kind: ProxyKind, file: string, folder: string): string[] {
  if (kind === 'apache') return ['-D', 'FOREGROUND', '-f', file]
  if (kind === 'nginx')
    return ['-c', file, '-p', folder, '-e', path.join(folder, 'error.log'), '-g', 'daemon off;']
  if (kind === 'haproxy') return ['-db', '-f', file]
  return ['run', '--adapter', 'caddyfile', '--config', file]
}

/** What every installation has around the part that is about us. */
function wholeConfig(kind: ProxyKind, folder: string, config: string): string {
  switch (kind) {
    case 'apache':
      return [
        `ServerRoot "${folder}"`,
        `PidFile "${folder}/pid"`,
        `ErrorLog "${folder}/error.log"`,
        'ServerName localhost',
        'TypesConfig /etc/mime.types',
        'User www-data',
        'Group www-data',
        ...MODULES.split(' ').map(
          (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
        ),
        config,
      ].join('\n')
    case 'nginx':
      return [
        `pid ${folder}/pid;`,
        'events { worker_connections 512; }',
        'http {',
        ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
          (name) => `${name}_temp_path ${folder}/${name};`,
        ),
        'access_log off;',
        config,
        '}',
      ].join('\n')
    case 'haproxy':
      return `defaults\n  mode http\n  timeout connect 5s\n  timeout client 50s\n  timeout server 50s\n${config}\n`
    case 'caddy':
      return `{\n  admin off\n  auto_https off\n}\n${config}\n`
  }
}

async function untilOpen(port: number, child: ChildProcess, log: () => Promise<string>): Promise<void> {
  const end = Date.now() + 10_000
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the proxy ended with ${child.exitCode}:\n${await log()}`)
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => (socket.destroy(), resolve(true)))
      socket.once('error', () => resolve(false))
    })
    if (open) return
    if (Date.now() > end) throw new Error(`the proxy does not listen:\n${await log()}`)
    await wait(30)
  }
}
