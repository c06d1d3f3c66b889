/** The compose files that come with us: what they set is there to be set, and the guide's names lead to ours. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { loadSettings } from '../../server/settings/load.ts'
import { GUIDE_VARIABLES } from '../support/deployment-guide.ts'

const root = join(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** The lines of a service. */
function linesOf(file: string, service: string): readonly string[] {
  const lines = read(file).split('\n')
  const rest = lines.slice(lines.indexOf(`  ${service}:`) + 1)
  const end = rest.findIndex((line) => /^ {0,2}\S/.test(line))
  return end < 0 ? rest : rest.slice(0, end)
}

/** Names and texts of a service's environment, in either of the two ways to write it. */
function environmentOf(file: string, service: string): ReadonlyMap<string, string> {
  const lines = linesOf(file, service)
  const rest = lines.slice(lines.indexOf('    environment:') + 1)
  const end = rest.findIndex((line) => /^ {0,4}\S/.test(line))
  const own = rest.slice(0, end < 0 ? undefined : end)
  return new Map(
    own.flatMap((line) => {
      const found = /^ {6}(?:- (\w+)=|(\w+): )(.*)$/.exec(line)
      return found === null ? [] : [[found[1] ?? found[2] ?? '', found[3] ?? ''] as const]
    }),
  )
}

/** Every variable that the settings or a plugin know. */
function isKnown(name: string): boolean {
  const plugins = readdirSync(join(root, 'plugins'))
    .filter((entry) => entry.startsWith('ep_'))
    .map((entry) => read(`plugins/${entry}/shared.ts`))
  return [read('settings.json.docker'), read('docs/SETTINGS.md'), read('Dockerfile'), ...plugins].some(
    (text) => new RegExp(`\\b${name}\\b`).test(text),
  )
}

test.each([
  ['docker-compose.yml', 'inkpad'],
  ['docs/admin/etherpad.yml', 'etherpad'],
])('House: %s sets nothing that nobody reads', (file, service) => {
  const environment = environmentOf(file, service)
  expect(environment.size).toBeGreaterThan(5)
  expect([...environment.keys()].filter((name) => !isKnown(name))).toEqual([])
})

test('Guide: the file for docker-jitsi-meet hands on every variable of the guide under the name it has in .env', () => {
  const environment = environmentOf('docs/admin/etherpad.yml', 'etherpad')
  for (const name of [...Object.keys(GUIDE_VARIABLES), 'REQUIRE_AUTHENTICATION']) {
    const inEnv = name.startsWith('ETHERPAD_') ? name : `ETHERPAD_${name}`
    expect([name, environment.get(name)]).toEqual([
      name,
      expect.stringMatching(new RegExp(`^\\$\\{${inEnv}(:-[^}]*)?\\}$`)),
    ])
  }
})

test('Guide: with an empty .env the file starts what a container without any variable starts', () => {
  const given = [...environmentOf('docs/admin/etherpad.yml', 'etherpad')].map(([name, text]) => [
    name,
    text.replace(/^\$\{\w+(?::-([^}]*))?\}$/, (_whole, otherwise?: string) => otherwise ?? ''),
  ])
  const load = (env: Record<string, string>) =>
    loadSettings({ args: [], env, root, text: read('settings.json.docker') })
  const loaded = load(Object.fromEntries(given) as Record<string, string>)
  expect(loaded.warnings).toEqual([])
  expect(loaded.settings).toMatchObject({ dbType: 'sqlite', requireAuthentication: false, users: {} })
})

test('House: volumes that services name are declared', () => {
  for (const file of ['docker-compose.yml', 'docs/admin/etherpad.yml']) {
    const text = read(file)
    const named = [...text.matchAll(/volumes: \['(\w+):/g)].map(([, name]) => name)
    const declared = [...(/\nvolumes:\n([\s\S]*)$/.exec(text)?.[1] ?? '').matchAll(/^ {2}(\w+):/gm)].map(
      ([, name]) => name,
    )
    expect([file, named.length > 0, named.filter((name) => !declared.includes(name))]).toEqual([
      file,
      true,
      [],
    ])
  }
})

test('BU20, House: the Redis of docker-compose.yml keeps nothing, is for servers only, and is the one that is set', () => {
  const redis = linesOf('docker-compose.yml', 'redis').join('\n')
  expect(redis).toContain("'--save', '', '--appendonly', 'no'")
  expect(redis).toContain('networks: [inside]')
  expect(redis).toContain('healthcheck:')
  expect(redis).not.toMatch(/ports:|volumes:/)
  expect(read('docker-compose.yml')).toContain('  inside:\n    internal: true\n')
  const url = environmentOf('docker-compose.yml', 'inkpad').get('REDIS_URL') ?? ''
  expect(new URL(url).hostname).toBe('redis')
  const env = { DB_TYPE: 'mariadb', REDIS_URL: url }
  const loaded = loadSettings({ args: [], env, root, text: read('settings.json.docker') })
  expect(loaded.settings.redis.url).toBe(url)
})
