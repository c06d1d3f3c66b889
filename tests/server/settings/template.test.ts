import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'jsonc-parser'
import { loadSettings } from '../../../server/settings/load.ts'
import { fields } from '../../../server/settings/schema.ts'
import { settingsFile } from '../../../server/settings/template.ts'

const root = join(import.meta.dirname, '../../..')
const files = [
  ['template', 'settings.json.template'],
  ['docker', 'settings.json.docker'],
] as const

describe.each(files)('%s', (kind, name) => {
  const file = join(root, name)
  if (process.env.WRITE_SETTINGS_FILES) writeFileSync(file, settingsFile(kind))

  test(`Settings: ${name} is what the table says (WRITE_SETTINGS_FILES=1 writes it)`, () => {
    expect(readFileSync(file, 'utf8')).toBe(settingsFile(kind))
  })

  test(`Settings: ${name} alone gives the defaults, without a warning`, () => {
    const loaded = loadSettings({ args: ['-s', file], env: {}, root: '/nowhere' })
    expect(loaded.settings).toEqual(loadSettings({ args: [], env: {}, root: '/nowhere' }).settings)
    expect(loaded.warnings).toEqual([])
  })

  test(`Settings: ${name} names every setting`, () => {
    const content: unknown = parse(readFileSync(file, 'utf8'))
    for (const [path] of fields()) {
      let node = content as Record<string, unknown>
      for (const key of path) {
        expect(Object.keys(node)).toContain(key)
        node = node[key] as Record<string, unknown>
      }
    }
  })
})

test('Settings: the lines administrators search for stand in settings.json.docker', () => {
  const text = readFileSync(join(root, 'settings.json.docker'), 'utf8')
  expect(text).toContain('"requireAuthentication": "${REQUIRE_AUTHENTICATION:false}"')
  expect(text).toContain('"abiword": "${ABIWORD:null}"')
})
