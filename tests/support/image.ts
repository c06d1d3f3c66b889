/**
 * The image of the Dockerfile, built and run without a container engine: buildah builds it on a Debian that debootstrap
 * makes, with Node from npm in the official image's place; it runs in a mount namespace of its own, on a root that cannot
 * be written, as the image's user, on the host's network. Needs root, a Debian, buildah and debootstrap.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './free-port.ts'

const run = promisify(execFile)
const MOST_OUTPUT = 64 * 1024 * 1024
const BASE = 'docker.io/library/node:24-bookworm-slim'
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt'

/** What is missing to build the image here; none: it can be built. */
export async function missingForImages(): Promise<readonly string[]> {
  if (process.getuid?.() !== 0) return ['root']
  const there = async (name: string): Promise<boolean> =>
    run('sh', ['-c', `command -v ${name}`]).then(
      () => true,
      () => false,
    )
  const missing = []
  for (const name of ['buildah', 'debootstrap', 'unshare']) if (!(await there(name))) missing.push(name)
  return missing
}

/** An image as its store describes it. */
export interface ImageFacts {
  User: string
  Cmd: string[]
  Entrypoint: string[]
  ExposedPorts: Record<string, unknown>
  Volumes: Record<string, unknown>
  WorkingDir: string
  Healthcheck: { Test: string[]; Interval: number; Timeout: number }
}

export interface Image {
  /** What building wrote. */
  readonly log: string
  facts(): Promise<ImageFacts>
  /** Starts a container with this environment over the image's own. */
  start(env?: Record<string, string>): Promise<Container>
  remove(): Promise<void>
}

export interface Container {
  readonly port: number
  /** Ms from the start to a healthy `/health`. */
  readonly healthyAfter: number
  /** The server's process id. */
  pid(): Promise<number>
  output(): string
  /** Runs a command inside as the image's user; gives its exit code and output. */
  exec(command: readonly string[]): Promise<{ code: number; output: string }>
  /** Sends a signal to the container's first process and waits for the end; gives the exit code. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
  /** Starts it again on the same volume. */
  again(): Promise<Container>
}

/** Builds the image with build arguments, from the files of the working copy that git knows. */
export async function buildImage(args: Readonly<Record<string, string>>): Promise<Image> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inkpad-image-'))
  const buildah = async (...words: string[]): Promise<string> => {
    const { stdout, stderr } = await run(
      'buildah',
      [
        '--root',
        path.join(folder, 'S'),
        '--runroot',
        path.join(folder, 'T'),
        '--storage-driver',
        'overlay',
        ...words,
      ],
      { maxBuffer: MOST_OUTPUT, cwd: folder },
    )
    return stdout + (words[0] === 'bud' ? stderr : '')
  }
  await baseImage(folder, buildah)
  const context = path.join(folder, 'context')
  await mkdir(context)
  await run('sh', ['-c', `git ls-files -z | xargs -0 tar cf - | tar xf - -C ${context}`], {
    maxBuffer: MOST_OUTPUT,
  })
  await writeFile(path.join(folder, 'npmrc'), 'cafile=/host-certificates.crt\n')
  const log = await buildah(
    'bud',
    '--isolation',
    'chroot',
    '--format',
    'docker',
    '--pull-never',
    '--layers=false',
    '-v',
    `${CERTIFICATES}:/host-certificates.crt:ro`,
    '-v',
    `${folder}/npmrc:/root/.npmrc:ro`,
    ...Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    '--tag',
    'inkpad-under-test',
    context,
  )
  const running = new Set<ChildProcess>()
  return {
    log,
    async facts() {
      const all: unknown = JSON.parse(
        await buildah('inspect', '--type', 'image', 'localhost/inkpad-under-test'),
      )
      return (all as { Docker: { config: ImageFacts } }).Docker.config
    },
    async start(env = {}) {
      const name = (await buildah('from', '--pull-never', 'localhost/inkpad-under-test')).trim()
      const root = (await buildah('mount', name)).trim()
      const variables = JSON.parse(await buildah('inspect', name)) as {
        Docker: { config: { Env: string[] } }
      }
      const volume = path.join(folder, `var-${name}`)
      await mkdir(volume)
      await run('chown', ['5001:0', volume])
      const own = [
        ...variables.Docker.config.Env,
        ...Object.entries(env).map(([key, value]) => `${key}=${value}`),
      ]
      return startContainer({ root, volume, env: own, port: await freePort(), running })
    },
    async remove() {
      for (const child of running) child.kill('SIGKILL')
      await buildah('umount', '--all').catch(() => '')
      await buildah('rm', '--all').catch(() => '')
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

/** A Debian with Node where the official image has it. */
async function baseImage(folder: string, buildah: (...words: string[]) => Promise<string>): Promise<void> {
  const root = path.join(folder, 'base')
  await run('debootstrap', ['--variant=minbase', '--include=ca-certificates', 'bookworm', root], {
    maxBuffer: MOST_OUTPUT,
  })
  const node = path.join(folder, 'node')
  await run(
    'npm',
    [
      'install',
      '--prefix',
      node,
      '--ignore-scripts',
      '--no-audit',
      `node-linux-${process.arch}@24`,
      'npm@11',
    ],
    { maxBuffer: MOST_OUTPUT },
  )
  const modules = path.join(node, 'node_modules')
  await cp(path.join(modules, `node-linux-${process.arch}/bin/node`), path.join(root, 'usr/local/bin/node'))
  await chmod(path.join(root, 'usr/local/bin/node'), 0o755)
  await mkdir(path.join(root, 'usr/local/lib/node_modules'), { recursive: true })
  await cp(path.join(modules, 'npm'), path.join(root, 'usr/local/lib/node_modules/npm'), { recursive: true })
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', path.join(root, 'usr/local/bin/npm'))
  const container = (await buildah('from', 'scratch')).trim()
  await buildah('add', container, root, '/')
  await buildah(
    'config',
    '--env',
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    container,
  )
  await buildah('commit', '--format', 'docker', container, BASE)
  await buildah('rm', container)
}

interface Wish {
  root: string
  volume: string
  env: readonly string[]
  port: number
  running: Set<ChildProcess>
}

const HEALTHY_LIMIT = 30_000

async function startContainer(wish: Wish): Promise<Container> {
  const { root, volume, port, running } = wish
  const env = [...wish.env, `PORT=${port}`, 'IP=127.0.0.1']
  const inside = 'cd /opt/etherpad-lite && exec tini -s -- etherpad'
  const script = [
    `mount --bind ${root} ${root}`,
    `mount -o remount,ro,bind ${root}`,
    `mount --bind ${volume} ${root}/opt/etherpad-lite/var`,
    `mount --bind /proc ${root}/proc`,
    `mount --bind /dev ${root}/dev`,
    `exec env -i "$@" chroot --userspec=5001:0 ${root} /bin/sh -c '${inside}'`,
  ].join(' && ')
  const begun = performance.now()
  const child = spawn('unshare', ['-m', '--propagation', 'private', 'sh', '-c', script, 'sh', ...env], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  while (!(await healthy(port))) {
    if (child.exitCode !== null) throw new Error(`the container ended with ${child.exitCode}:\n${output}`)
    if (performance.now() - begun > HEALTHY_LIMIT) throw new Error(`the container is not healthy:\n${output}`)
    await wait(20)
  }
  const healthyAfter = performance.now() - begun
  return {
    port,
    healthyAfter,
    output: () => output,
    pid: async () => (await childrenOf(child.pid ?? 0))[0] ?? 0,
    async exec(command) {
      const words = ['--userspec=5001:0', root, 'env', '-i', ...env, ...command]
      try {
        const { stdout, stderr } = await run('chroot', words)
        return { code: 0, output: stdout + stderr }
      } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
        return { code, output: stdout + stderr }
      }
    },
    async end(signal) {
      if (signal === 'SIGTERM') child.kill(signal)
      else
        for (const pid of [...(await childrenOf(child.pid ?? 0)), child.pid ?? 0]) process.kill(pid, signal)
      const code = await ended
      running.delete(child)
      return code
    },
    again: () => startContainer(wish),
  }
}

async function healthy(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(1000) })
    return response.ok
  } catch {
    return false
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  const found: number[] = []
  for (const thread of await readdir(`/proc/${pid}/task`)) {
    const { stdout } = await run('cat', [`/proc/${pid}/task/${thread}/children`])
    found.push(...stdout.split(' ').filter(Boolean).map(Number))
  }
  return found
}
