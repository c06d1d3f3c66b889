/** Plugins of the built server, as an administrator runs it: bundled ones, the command line, and one that breaks. */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readKnownNames } from '../../server/plugins/find.ts'
import { ask, BROWSER } from '../support/ask.ts'
import { GUIDE_VARIABLES } from '../support/deployment-guide.ts'
import { startInkpad } from '../support/inkpad.ts'
import type { InkpadProcess } from '../support/inkpad.ts'
import { samplePackage } from '../support/sample-package.ts'
import { until } from '../support/wait.ts'

const BUNDLED = readdirSync(resolve('plugins')).filter((name) => name.startsWith('ep_'))
/** Those that a page has a use for. */
const IN_PAGES = BUNDLED.filter((name) =>
  ['client.tsx', 'style.css'].some((file) => existsSync(resolve('plugins', name, file))),
)
/** As administrators write it for Etherpad. */
const GUIDE = GUIDE_VARIABLES.ETHERPAD_PLUGINS
const LONG = 120_000
let inkpad: InkpadProcess
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkpad-plugins-'))
  env = {
    PLUGIN_FOLDER: folder,
    ETHERPAD_PLUGINS: [GUIDE, ...BUNDLED].join(' '),
    NPM_CONFIG_REGISTRY: 'http://127.0.0.1:9/',
  }
  inkpad = await startInkpad(env)
}, LONG)
afterAll(async () => {
  await inkpad.remove()
  await rm(folder, { recursive: true, force: true })
})

/** What `npm run plugin` runs once everything is built. */
const COMMAND = `
  import { pluginCommand } from ${JSON.stringify(pathToFileURL(resolve('dist/server/plugins/command.js')).href)}
  process.exitCode = await pluginCommand(process.argv.slice(1), {
    env: process.env, root: ${JSON.stringify(resolve('.'))}, bundled: ${JSON.stringify(resolve('dist/plugins'))},
    cwd: process.cwd(), out: (line) => console.log(line), err: (line) => console.error(line),
  })`

const plugin = async (...args: string[]) => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', COMMAND, '--', ...args],
    { env: { ...process.env, ...env, DB_FILENAME: join(inkpad.folder, 'inkpad.db') } },
  )
  return stdout
}

async function on(pad = 'x'): Promise<string[]> {
  const { text } = await ask(inkpad.port, `/p/${pad}`, { headers: BROWSER })
  const json = /id="boot">\n([\s\S]*?)\n<\/script>/.exec(text)?.[1] ?? 'null'
  return (JSON.parse(json) as { plugins: { name: string }[] }).plugins.map(({ name }) => name)
}

async function follows(names: readonly string[]): Promise<void> {
  // No answer yet is not an answer without plugins.
  let now: string[] = ['nobody was asked yet']
  const look = setInterval(() => {
    on().then(
      (list) => (now = list),
      () => (now = ['nobody answers']),
    )
  }, 100)
  try {
    await until(
      'the server follows',
      () => [...now].sort().join() === [...names].sort().join(),
      15_000,
      () => now,
    )
  } finally {
    clearInterval(look)
  }
}

test("Plugins: all that come with Inkpad are on when they are named; the guide's line is warned of only where a plugin is gone", async () => {
  expect((await on()).sort()).toEqual(IN_PAGES)
  const listed = await plugin('list')
  expect(new Set(Array.from(listed.matchAll(/^on +(ep_\w+)/gm), ([, name]) => name))).toEqual(
    new Set(BUNDLED),
  )
  const { toCome, builtIn, instead } = readKnownNames(resolve('plugins'))
  const replaced = Object.keys(instead).filter((name) => BUNDLED.includes(instead[name] ?? ''))
  const here = new Set([...BUNDLED, ...toCome, ...builtIn, ...replaced])
  const gone = GUIDE.split(' ').filter((name) => !here.has(name))
  const warnings = [...inkpad.output().matchAll(/"level":"(?:warn|error)".*plugin.*/g)].map(([line]) => line)
  expect(warnings.map((line) => line.match(/ep_\w+/g))).toEqual(gone.length === 0 ? [] : [gone])
})

test(
  'Plugins: npm run plugin installs, switches off and on, and removes while the server runs; a restart keeps it',
  async () => {
    const sample = await samplePackage()
    expect(await plugin('install', sample.tarball)).toBe('ep_kudos 1.0.0 is installed and switched on.\n')
    sample.remove()
    await follows([...IN_PAGES, 'ep_kudos'])
    expect((await ask(inkpad.port, '/plugin/ep_kudos/total?pad=nobody')).status).toBe(403)
    await inkpad.terminate()
    await inkpad.start()
    await follows([...IN_PAGES, 'ep_kudos'])
    await plugin('disable', 'ep_kudos')
    await follows(IN_PAGES)
    await plugin('enable', 'ep_kudos')
    await follows([...IN_PAGES, 'ep_kudos'])
    expect(await plugin('list')).toContain('on   ep_kudos 1.0.0 (installed)  Kudos\n')
    await plugin('remove', 'ep_kudos')
    await follows(IN_PAGES)
  },
  LONG,
)

test(
  'Plugins: one that throws where nobody can catch it is switched off, and the process runs on',
  async () => {
    const server = `
      export function server(context) {
        context.routes.get('/throw', (request, response) => {
          setTimeout(() => { throw new Error('boom') }, 1)
          response.json({})
        })
        context.routes.get('/reject', (request, response) => {
          void Promise.reject(new Error('boom'))
          response.json({})
        })
      }`
    const sample = await samplePackage({ files: { 'server.js': server } })
    await plugin('install', sample.tarball)
    sample.remove()
    for (const [at, path] of ['throw', 'reject'].entries()) {
      if (at > 0) {
        await inkpad.terminate()
        await inkpad.start()
      }
      await follows([...IN_PAGES, 'ep_kudos'])
      const before = inkpad.pid
      expect((await ask(inkpad.port, `/plugin/ep_kudos/${path}`)).status).toBe(200)
      await follows(IN_PAGES)
      expect(inkpad.pid).toBe(before)
    }
    expect(inkpad.output()).toContain('a plugin failed and is switched off')
    await plugin('remove', 'ep_kudos')
  },
  LONG,
)
