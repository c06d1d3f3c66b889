/** Plugins: third parties' packages, installed for real by npm from a tarball, a folder and a registry of our own. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { createNpm } from '../../../server/plugins/npm.ts'
import { createPackages } from '../../../server/plugins/packages.ts'
import { startRegistry } from '../../support/registry.ts'
import type { Registry } from '../../support/registry.ts'
import { samplePackage } from '../../support/sample-package.ts'
import type { SamplePackage } from '../../support/sample-package.ts'

const LONG = 60_000
let sample: SamplePackage
let newer: SamplePackage
let registry: Registry
let home: string
let warnings: string[]

beforeAll(async () => {
  sample = await samplePackage()
  newer = await samplePackage({ manifest: { version: '1.1.0' }, inkpad: { about: 'Newer.' } })
}, LONG)
beforeEach(async () => {
  registry = await startRegistry(sample)
  home = mkdtempSync(join(tmpdir(), 'inkpad-packages-'))
  warnings = []
})
afterEach(async () => {
  await registry.close()
  rmSync(home, { recursive: true, force: true })
})
afterAll(() => {
  sample.remove()
  newer.remove()
})

const folder = () => join(home, 'var/plugins')
const open = (options: { catalog?: boolean; registry?: string } = {}) =>
  createPackages({
    folder: folder(),
    npm: createNpm({ ...process.env, npm_config_registry: options.registry ?? registry.url }),
    catalog: options.catalog ?? true,
    libraries: resolve('node_modules'),
    warn: (message) => warnings.push(message),
  })
const NONE: ReadonlySet<string> = new Set()
const versions = () => readdirSync(join(folder(), 'ep_kudos')).filter((name) => name !== 'installed.json')

test(
  'Packages: a packed plugin is installed without a registry, and found by the next server',
  async () => {
    const packages = open({ registry: 'http://127.0.0.1:9/' })
    const found = await packages.install(sample.tarball, NONE)
    expect(found).toMatchObject({
      facts: { name: 'ep_kudos', version: '1.0.0', title: 'Kudos', standard: false, languages: ['en', 'de'] },
      source: 'package',
      package: { name: 'ep_kudos', registry: false },
    })
    expect(found.files?.client).toMatch(/^plugin-files\/ep_kudos\/1\.0\.0-[0-9a-f]{10}\/client\.js$/)
    expect(found.files?.locales).toMatch(/\/locales$/)
    expect(existsSync(found.shared)).toBe(true)
    expect(open().find()).toEqual([found])
    // Nothing else came along: no library that pages and server have themselves, no cache, no staging.
    expect(readdirSync(join(folder(), 'ep_kudos', versions()[0] ?? '', 'node_modules'))).toEqual([
      '.package-lock.json',
      'ep_kudos',
    ])
    expect(readdirSync(folder()).sort()).toEqual(['ep_kudos', 'node_modules'])
    await expect(packages.update('ep_kudos')).rejects.toThrow('was installed from a file')
  },
  LONG,
)

test(
  'Packages: a folder is installed as it would be packed',
  async () => {
    writeFileSync(join(sample.folder, 'not-packed.js'), 'export {}')
    const found = await open({ registry: 'http://127.0.0.1:9/' }).install(sample.folder, NONE)
    expect(found.facts).toMatchObject({ name: 'ep_kudos', version: '1.0.0' })
    expect(existsSync(join(found.shared, '../client.js'))).toBe(true)
    expect(existsSync(join(found.shared, '../not-packed.js'))).toBe(false)
  },
  LONG,
)

test(
  'Packages: by name the newest, by name and version that one; updated, and removed',
  async () => {
    const packages = open()
    registry.publish(newer)
    const exact = await packages.install('ep_kudos@1.0.0', NONE)
    expect(exact.facts.version).toBe('1.0.0')
    const updated = await packages.update('ep_kudos')
    expect(updated.facts).toMatchObject({ version: '1.1.0', about: 'Newer.' })
    expect(updated.mark).not.toBe(exact.mark)
    // Pages that were open may still fetch from the version before.
    expect(versions()).toHaveLength(2)
    expect(packages.lookup('ep_kudos', exact.mark)).not.toBeNull()
    expect(await packages.update('ep_kudos')).toEqual(updated)
    await packages.remove('ep_kudos')
    expect(packages.find()).toEqual([])
    expect(packages.lookup('ep_kudos', exact.mark)).toBeNull()
    expect((await packages.install('ep_kudos', NONE)).facts.version).toBe('1.1.0')
    expect(registry.asked.some((path) => path.includes('yjs'))).toBe(false)
  },
  LONG,
)

test(
  'Packages: the same version with other content is another one',
  async () => {
    const packages = open()
    const other = await samplePackage({ files: { 'more.js': 'export {}' } })
    const first = await packages.install(sample.tarball, NONE)
    const second = await packages.install(other.tarball, NONE)
    other.remove()
    expect(second.facts.version).toBe(first.facts.version)
    expect(second.mark).not.toBe(first.mark)
    expect(second.shared).not.toBe(first.shared)
    const third = await packages.install(newer.tarball, NONE)
    expect(versions().sort()).toEqual([second.mark, third.mark].sort())
  },
  LONG,
)

test(
  'Packages: what is wrong is said in a sentence, and what was installed stays',
  async () => {
    const packages = open()
    await packages.install(sample.tarball, NONE)
    const bad = async (changes: Parameters<typeof samplePackage>[0]) => {
      const made = await samplePackage(changes)
      const error = await packages.install(made.tarball, NONE).catch((caught: unknown) => caught)
      made.remove()
      return error instanceof Error ? error.message : 'installed'
    }
    expect(await bad({ inkpad: null })).toBe(
      'ep_kudos cannot be used: its package.json has no "inkpad", so it is no plugin of Inkpad.',
    )
    expect(await bad({ inkpad: { api: 2 } })).toContain('api is 2; allowed is 1')
    expect(await bad({ inkpad: { client: './gone.js' } })).toContain(
      'inkpad.client is "./gone.js", which is not in',
    )
    expect(await bad({ inkpad: { client: '../../x.js' } })).toContain('allowed is a path inside the package')
    expect(await bad({ inkpad: { shared: undefined } })).toContain('inkpad.shared is missing')
    expect(await bad({ manifest: { name: 'kudos' } })).toContain(`a plugin's is ep_... or @you/ep_...`)
    await expect(packages.install(sample.tarball, new Set(['ep_kudos']))).rejects.toThrow(
      'ep_kudos comes with Inkpad.',
    )
    expect(packages.find().map(({ facts }) => facts.version)).toEqual(['1.0.0'])
    expect(readdirSync(folder()).sort()).toEqual(['ep_kudos', 'node_modules'])
  },
  LONG,
)

test(
  'Packages: scripts of a package are never run',
  async () => {
    const mark = join(home, 'ran')
    const made = await samplePackage({
      manifest: {
        scripts: Object.fromEntries(
          ['preinstall', 'install', 'postinstall', 'prepare'].map((name) => [name, `touch ${mark}`]),
        ),
      },
    })
    await open().install(made.tarball, NONE)
    await open().install(made.folder, NONE)
    made.remove()
    expect(existsSync(mark)).toBe(false)
  },
  LONG,
)

test.each([
  ['', 'Say which plugin to install.'],
  ['left-pad', 'left-pad is no name of a plugin'],
  ['ep_a;rm -rf /', 'is no name of a plugin'],
  ['--global', 'is no name of a plugin'],
  ['git+https://example.org/ep_a', 'is no name of a plugin'],
  ['ep_a@^1.0.0', '^1.0.0 is no exact version'],
  ['ep_a@file:../x', 'file:../x is no exact version'],
  ['/nowhere/ep_a.tgz', 'There is no file or folder /nowhere/ep_a.tgz on this server.'],
  ['./tests', './tests has no package.json.'],
])('Packages: %j is refused before npm hears of it', async (what, sentence) => {
  const npm = () => Promise.reject(new Error('npm was run'))
  const packages = createPackages({ folder: folder(), npm, libraries: '', catalog: true, warn: () => {} })
  await expect(packages.install(what, NONE)).rejects.toThrow(sentence)
})

test(
  'Packages: a package or version nobody published, and a registry that is away, are told as such',
  async () => {
    await expect(open().install('ep_nothing', NONE)).rejects.toThrow(
      'The registry has no package ep_nothing.',
    )
    await expect(open().install('ep_kudos@9.9.9', NONE)).rejects.toThrow(
      'The registry has no such version of ep_kudos.',
    )
    const away = open({ registry: 'http://127.0.0.1:9/' })
    await expect(away.install('ep_kudos', NONE)).rejects.toThrow('cannot be reached')
  },
  LONG,
)

test(
  'Packages: the catalog is searched by keyword and words, and is off when the settings say so',
  async () => {
    const packages = open()
    const foreign = await samplePackage({ manifest: { name: 'ep_foreign', keywords: ['etherpad'] } })
    registry.publish(newer, foreign)
    foreign.remove()
    await packages.install(sample.tarball, NONE)
    expect(await packages.search('thanks')).toEqual({
      state: 'found',
      entries: [
        {
          name: 'ep_kudos',
          version: '1.1.0',
          about: 'Thanks between the people of a pad.',
          installed: '1.0.0',
        },
      ],
    })
    expect(await packages.search('')).toMatchObject({ entries: [{ name: 'ep_kudos' }] })
    expect(await packages.search('-- --registry=x "; ls nothing')).toEqual({ state: 'found', entries: [] })
    const asked = registry.asked.length
    expect(await open({ catalog: false }).search('thanks')).toMatchObject({ state: 'off' })
    expect(registry.asked).toHaveLength(asked)
  },
  LONG,
)

test(
  'Packages: a search without a network says so',
  async () => {
    expect(await open({ registry: 'http://127.0.0.1:9/' }).search('x')).toEqual({
      state: 'offline',
      why: 'The npm registry cannot be reached from this server.',
    })
  },
  LONG,
)

test('Packages: npm that takes too long is ended with all it started', async () => {
  const heard = createServer((socket) => socket.on('error', () => {}).resume())
  await new Promise<void>((done) => {
    heard.listen(0, '127.0.0.1', done)
  })
  const { port } = heard.address() as AddressInfo
  const npm = createNpm({ ...process.env, npm_config_registry: `http://127.0.0.1:${port}/` }, 1500)
  mkdirSync(folder(), { recursive: true })
  await expect(npm(['view', 'ep_kudos'], folder())).rejects.toThrow('npm took longer than 1.5 seconds')
  // Closed once no connection is left: the process is gone.
  await new Promise((done) => heard.close(done))
})

test('Packages: what was damaged on the disk is told in one line, and nothing else suffers', async () => {
  const broken = join(folder(), 'ep_broken')
  mkdirSync(broken, { recursive: true })
  const entry = { version: '1.0.0-a', package: 'ep_broken', registry: false }
  writeFileSync(join(broken, 'installed.json'), JSON.stringify(entry))
  const packages = open()
  expect(packages.find()).toEqual([])
  expect(packages.find()).toEqual([])
  expect(warnings).toEqual([expect.stringContaining('var/plugins/ep_broken: ')])
})

test('Packages: a folder that cannot be written is told with what to do', async () => {
  const file = join(home, 'a file')
  writeFileSync(file, '')
  const npm = () => Promise.reject(new Error('npm was run'))
  const packages = createPackages({
    folder: join(file, 'plugins'),
    npm,
    libraries: '',
    catalog: true,
    warn: () => {},
  })
  expect(packages.find()).toEqual([])
  await expect(packages.install('ep_kudos', NONE)).rejects.toThrow('(ENOTDIR); let Inkpad write there')
})
