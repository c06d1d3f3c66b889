/** Plugins: the author's guide shows the very plugin that the tests install, and names what there is. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { LIBRARIES } from '../../../shared/plugin/libraries.ts'

const guide = readFileSync(resolve('docs/PLUGINS.md'), 'utf8')

test.each(['package.json', 'shared.js', 'server.js', 'client.js', 'wall.js', 'style.css', 'locales/en.json'])(
  'Guide: %s stands there as it is',
  (name) => {
    expect(guide).toContain(
      readFileSync(join(resolve('tests/support/sample-plugin'), name), 'utf8').trimEnd(),
    )
  },
)

test('Guide: the libraries that are shared, and the parts of the server context, are named', () => {
  for (const library of LIBRARIES) expect(guide).toContain(`\`${library}\``)
  const contract = readFileSync(resolve('shared/plugin/server.ts'), 'utf8')
  const body = contract.slice(contract.indexOf('export interface ServerContext'))
  const members = [...body.matchAll(/^ {2}(?:readonly )?(\w+)[(<:]/gm)].map((match) => match[1] ?? '')
  expect(members.length).toBeGreaterThan(12)
  for (const member of members.filter((name) => name !== 'name'))
    expect(guide).toMatch(new RegExp(`\\b${member}\\b`))
})
