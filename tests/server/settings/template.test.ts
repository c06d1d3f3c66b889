import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'jsonc-parser'
import { loadSettings } from '../../../server/settings/load.ts'
import { settingsReference } from '../../../server/settings/reference.ts'
import { fields } from '../../../server/settings/schema.ts'
import { settingsFile } from '../../../server/settings/template.ts'
import { OUR_BLOCKS } from '../../support/deployment-guide.ts'

const root = join(import.meta.dirname, '../../..')
const files = [
  ['template', 'settings.json.template', null],
  ['docker', 'settings.json.docker', readFileSync(join(root, 'plugins/container.txt'), 'utf8')],
] as const
const writes = Boolean(process.env.WRITE_SETTINGS_FILES)

describe.each(files)('%s', (_kind, name, blocks) => {
  const file = join(root, name)
  if (writes) writeFileSync(file, settingsFile(blocks))

  test(`Settings: ${name} is what the table says (WRITE_SETTINGS_FILES=1 writes it)`, () => {
    expect(readFileSync(file, 'utf8')).toBe(settingsFile(blocks))
  })

  test(`Settings: ${name} alone gives the defaults, without a warning or a note`, () => {
    const loaded = loadSettings({ args: ['-s', file], env: {}, root: '/nowhere' })
    expect(loaded.settings).toEqual(loadSettings({ args: [], env: {}, root: '/nowhere' }).settings)
    expect(loaded.warnings).toEqual([])
    expect(loaded.notes).toEqual([])
  })

  test(`Settings: ${name} names every setting, each with a comment`, () => {
    const text = readFileSync(file, 'utf8')
    const content: unknown = parse(text)
    for (const [path, field] of fields()) {
      let node = content as Record<string, unknown>
      for (const key of path) {
        expect(Object.keys(node)).toContain(key)
        node = node[key] as Record<string, unknown>
      }
      expect(text).toContain(`// ${field.about}`)
    }
  })

  test(`Settings: every variable named in ${name} decides what the file shows it at`, () => {
    const content = parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    for (const [path, field] of fields()) {
      if (field.env === null) continue
      const written = path.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], content)
      expect(written).toMatch(new RegExp(`^\\$\\{${field.env}:`))
    }
  })
})

test('Settings: docs/SETTINGS.md is what the table says (WRITE_SETTINGS_FILES=1 writes it)', () => {
  const file = join(root, 'docs/SETTINGS.md')
  if (writes) writeFileSync(file, settingsReference())
  expect(readFileSync(file, 'utf8')).toBe(settingsReference())
})

test('Settings: the lines administrators search for stand in settings.json.docker', () => {
  const text = readFileSync(join(root, 'settings.json.docker'), 'utf8')
  expect(text).toContain('"requireAuthentication": "${REQUIRE_AUTHENTICATION:false}"')
  expect(text).toContain('"abiword": "${ABIWORD:null}"')
})

test("Settings: the container's file holds the deployment guide's blocks of plugins", () => {
  const content: unknown = parse(readFileSync(join(root, 'settings.json.docker'), 'utf8'))
  expect(content).toMatchObject(OUR_BLOCKS)
})
