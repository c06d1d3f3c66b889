/** The rooms of the server's rooms: arrows between their files point one way, those of types too. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { cycleOf, sourceFiles } from '../../support/source-tree.ts'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
const files = sourceFiles(root, ['server/sync', 'server/store'])

/** The file with its type imports as imports like any other. */
const withTypes = ({ path: at, text }: { path: string; text: string }) => ({
  path: at,
  text: text.replaceAll(/^(import|export) type /gm, '$1 '),
})

test('House: no file of the sync server or the store knows, even by a type, one that knows it', () => {
  expect(files.length).toBeGreaterThan(50)
  expect(cycleOf(files.map(withTypes))).toBeNull()
})

test('House: a circle of types alone is found', () => {
  const a = { path: 'server/sync/a.ts', text: "import type { B } from './b.ts'" }
  const b = { path: 'server/sync/b.ts', text: "import type { A } from './a.ts'" }
  expect(cycleOf([a, b])).toBeNull()
  expect(cycleOf([a, b].map(withTypes))).not.toBeNull()
})

test('House: each of these files fits a look: at most 300 lines', () => {
  expect(files.filter(({ text }) => text.split('\n').length > 301).map(({ path: at }) => at)).toEqual([])
})
