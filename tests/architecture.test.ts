import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { breach, cycleOf, holdsSql, importsOf, pluginsNamed, sourceFiles } from './support/source-tree.ts'

const root = join(import.meta.dirname, '..')
const files = sourceFiles(root, ['shared', 'server', 'client', 'plugins'])
const others = sourceFiles(root, ['tests', 'bench', 'scripts'])

/**
 * Where bundled plugins are named all the same: a guide that is quoted. Besides these only what is no code does: docs,
 * README and CHANGELOG, `plugins/known.json`, and the blocks of `plugins/container.txt` in `settings.json.docker`.
 */
const NAMES_PLUGINS = ['tests/support/deployment-guide.ts']

describe('the tree', () => {
  test('House: imports point one way', () => {
    const breaches = files.flatMap((file) => importsOf(file).map((target) => breach(file.path, target)))
    expect(breaches.filter((found) => found !== null)).toEqual([])
    expect(files.length).toBeGreaterThan(50)
  })

  test('House: no import cycles', () => {
    expect(cycleOf(files)).toBeNull()
  })

  test('House: SQL stands in server/store only', () => {
    const found = files.filter((file) => !file.path.startsWith('server/store/') && holdsSql(file.text))
    expect(found.map((file) => file.path)).toEqual([])
    expect(files.some((file) => file.path.startsWith('server/store/') && holdsSql(file.text))).toBe(true)
  })

  test('House: nothing outside its folder names a plugin, no test either: any folder of them may go', () => {
    const plugins = readdirSync(join(root, 'plugins')).filter((name) => name.startsWith('ep_'))
    const outside = [...files.filter(({ path }) => !path.startsWith('plugins/')), ...others]
    const found = outside.filter(({ path }) => !NAMES_PLUGINS.includes(path))
    expect(found.flatMap((file) => pluginsNamed(file, plugins))).toEqual([])
    // A test of a plugin's is its own: another's folder may not be there.
    const own = files.filter(({ path }) => path.startsWith('plugins/') && /\.test\.tsx?$/.test(path))
    const neighbours = own.flatMap((file) =>
      pluginsNamed(
        file,
        plugins.filter((name) => !file.path.startsWith(`plugins/${name}/`)),
      ),
    )
    expect(neighbours).toEqual([])
  })

  test('House: no file grows past 600 lines; those above 300 are named', () => {
    const sizes = files.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    const long = sizes.filter(({ lines }) => lines > 300).sort((a, b) => b.lines - a.lines)
    for (const { path, lines } of long) process.stdout.write(`above 300 lines: ${path} (${lines})\n`)
    expect(long.filter(({ lines }) => lines > 600)).toEqual([])
  })
})

test('House: ARCHITECTURE.md names every folder, and nothing that is not there', () => {
  const tree = /```\n([\s\S]*?)```/.exec(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'))?.[1] ?? ''
  const named: string[] = []
  let parent = ''
  for (const line of tree.split('\n')) {
    const indent = line.startsWith('  ')
    const names =
      line
        .trim()
        .split(/\s{2,}/)[0]
        ?.split(' ')
        .filter(Boolean) ?? []
    if (!indent) parent = names[0]?.endsWith('/') === true ? names[0] : ''
    named.push(...names.map((name) => (indent ? parent + name : name)))
  }
  for (const name of named) expect([name, existsSync(join(root, name))]).toEqual([name, true])
  for (const half of ['server', 'client', 'shared'])
    for (const entry of readdirSync(join(root, half), { withFileTypes: true }))
      if (entry.isDirectory()) expect(named).toContain(`${half}/${entry.name}/`)
})

describe('the check itself can fail', () => {
  test.each([
    ['shared/a.ts', 'server/b.ts'],
    ['shared/a.ts', 'node:fs'],
    ['shared/a.ts', 'preact'],
    ['server/a.ts', 'client/b.ts'],
    ['server/http/a.ts', 'server/main.ts'],
    ['server/a.ts', 'tests/support/b.ts'],
    ['client/pad/a.tsx', 'server/b.ts'],
    ['client/pad/a.tsx', 'node:path'],
    ['client/home/a.tsx', 'client/pad/main.tsx'],
    ['client/ui/a.tsx', 'client/i18n.ts'],
    ['client/ui/a.tsx', 'shared/colour.ts'],
    ['plugins/ep_a/client.tsx', 'client/ui/b.tsx'],
    ['plugins/ep_a/server.ts', 'server/log.ts'],
    ['plugins/ep_a/client.tsx', 'plugins/ep_b/shared.ts'],
    ['plugins/ep_a/client.tsx', 'tests/support/b.ts'],
    ['plugins/ep_a/ep_a.test.ts', 'plugins/ep_b/shared.ts'],
    ['client/plugins/a.ts', 'plugins/ep_a/client.tsx'],
    ['shared/text/a.ts', 'express'],
  ])('House: %s importing %s is a breach', (from, to) => {
    expect(breach(from, to)).toContain(`${from} imports ${to}`)
  })

  test.each([
    ['shared/a.ts', 'shared/b.ts'],
    ['shared/a.ts', 'lib0/encoding'],
    ['server/a.ts', 'shared/b.ts'],
    ['server/a.ts', 'node:fs'],
    ['client/pad/a.tsx', 'client/net/b.ts'],
    ['client/ui/a.tsx', 'client/ui/b.tsx'],
    ['client/ui/a.tsx', 'preact'],
    ['plugins/ep_a/client.tsx', 'plugins/ep_a/shared.ts'],
    ['plugins/ep_a/client.tsx', 'shared/plugin.ts'],
    ['plugins/ep_a/ep_a.test.ts', 'tests/support/b.ts'],
    ['shared/plugin/server.ts', 'express'],
  ])('House: %s importing %s is allowed', (from, to) => {
    expect(breach(from, to)).toBeNull()
  })

  test('House: imports are found in every form', () => {
    const text = [
      "import a from './a.ts'",
      "import type { B } from '../b.ts'",
      "import {\n  c,\n} from 'c'",
      "import './d.css'",
      "export * from './e.ts'",
      "const f = await import('./f.ts')",
    ].join('\n')
    expect(importsOf({ path: 'server/x/y.ts', text })).toEqual([
      'server/x/a.ts',
      'server/b.ts',
      'c',
      'server/x/d.css',
      'server/x/e.ts',
      'server/x/f.ts',
    ])
  })

  test('House: names of plugins are found, as they are and as styles have them; longer names are others', () => {
    const named = (text: string) => pluginsNamed({ path: 'server/a.ts', text }, ['ep_a', 'ep_b_c'])
    expect(named("import x from '../plugins/ep_a/shared.ts'")).toEqual(['server/a.ts names ep_a'])
    expect(named("page.locator('.ep-b-c-wall'), EP__ep_b_c__lines")).toEqual(['server/a.ts names ep_b_c'])
    expect(named('ep_ab ep_a_b step_a ep_b ep-ab')).toEqual([])
  })

  test('House: cycles and SQL are found', () => {
    const a = { path: 'server/a.ts', text: "import { b } from './b.ts'" }
    const b = { path: 'server/b.ts', text: "import { c } from './c.ts'" }
    const c = { path: 'server/c.ts', text: "import { a } from './a.ts'" }
    expect(cycleOf([a, b, c])).toEqual(['server/a.ts', 'server/b.ts', 'server/c.ts', 'server/a.ts'])
    expect(cycleOf([a, b, { ...c, text: "import type { A } from './a.ts'" }])).toBeNull()
    expect(holdsSql("db.all('SELECT id FROM pad WHERE x = 1')")).toBe(true)
    expect(holdsSql("label('Select all pads from the list')")).toBe(false)
  })
})

const use = (target: string) => `import { x } from '${target}'\nexport const y = x\n`

/** File, content, rule that must name it. */
const VIOLATIONS: readonly [string, string, string][] = [
  ['shared/server-import.ts', use('../server/b.ts'), 'no-restricted-imports'],
  ['shared/text/client-import.ts', use('../../client/b.ts'), 'no-restricted-imports'],
  ['shared/node-import.ts', use('node:fs'), 'no-restricted-imports'],
  ['shared/dom.ts', 'export const y = document.title\n', 'no-restricted-globals'],
  ['shared/process.ts', 'export const y = process.pid\n', 'no-restricted-globals'],
  ['server/http/client-import.ts', use('../../client/b.ts'), 'no-restricted-imports'],
  ['server/main-import.ts', use('./main.ts'), 'no-restricted-imports'],
  ['server/dom.ts', 'export const y = window.name\n', 'no-restricted-globals'],
  ['client/pad/server-import.ts', use('../../server/b.ts'), 'no-restricted-imports'],
  ['client/pad/node-import.ts', use('node:fs'), 'no-restricted-imports'],
  ['client/pad/main-import.ts', use('./main.tsx'), 'no-restricted-imports'],
  ['client/process.ts', 'export const y = process.pid\n', 'no-restricted-globals'],
  ['client/ui/neighbour-import.ts', use('../i18n.ts'), 'no-restricted-imports'],
  ['client/ui/folder-import.ts', use('../pad/b.ts'), 'no-restricted-imports'],
  ['client/ui/shared-import.ts', use('../../shared/b.ts'), 'no-restricted-imports'],
  ['client/ui/node-import.ts', use('node:fs'), 'no-restricted-imports'],
  ['server/cycle-a.ts', "import { b } from './cycle-b.ts'\nexport const a = () => b()\n", 'no-cycle'],
  ['server/cycle-b.ts', "import { a } from './cycle-a.ts'\nexport const b = () => a()\n", 'no-cycle'],
  ['server/any.ts', 'export const f = (x: any) => String(x)\n', 'no-explicit-any'],
  ['server/bang.ts', 'export const f = (x?: { y: number }) => x!.y\n', 'no-non-null-assertion'],
  ['server/default.ts', 'export default 1\n', 'no-default-export'],
  ['server/console.ts', "export const f = () => console.log('x')\n", 'no-console'],
]

const ALLOWED: readonly [string, string][] = [
  ['shared/b.ts', 'export const x = 1\n'],
  ['server/fine.ts', `${use('../shared/b.ts')}export const pid = process.pid\n`],
  ['client/pad/fine.ts', use('../../shared/b.ts')],
  [
    'client/ui/fine.ts',
    "import { h } from 'preact'\nimport { f } from './f.ts'\nexport const y = [h, f, document.title]\n",
  ],
  ['client/ui/f.ts', 'export const f = 1\n'],
]

describe('lint', () => {
  let folder: string
  let complaints: string[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'inkpad-lint-'))
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
    for (const [path, text] of [...VIOLATIONS, ...ALLOWED]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const lint = join(root, 'node_modules/oxlint/bin/oxlint')
    const output = await promisify(execFile)(process.execPath, [lint, '--format', 'unix', '.'], {
      cwd: folder,
    }).then(
      ({ stdout }) => stdout,
      (error: { stdout?: string }) => error.stdout ?? '',
    )
    complaints = output.split('\n')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(VIOLATIONS)('House: lint refuses %s', (path, _text, rule) => {
    expect(complaints.some((line) => line.startsWith(`${path}:`) && line.includes(rule))).toBe(true)
  })

  test.each(ALLOWED)('House: lint lets %s through', (path) => {
    expect(complaints.filter((line) => line.startsWith(`${path}:`))).toEqual([])
  })
})
