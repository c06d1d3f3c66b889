/** What pages of ours never do, because frames of others forbid it or because it would leave the frame (DESIGN D10). */
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { sourceFiles } from '../support/source-tree.ts'

const files = sourceFiles(join(import.meta.dirname, '../..'), [
  'client',
  'plugins',
  'server',
  'shared',
]).filter(({ path }) => !path.includes('.test.'))

/** Lines of our sources that fit, with where they stand; comments are no code. */
function found(pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line) && pattern.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  )
}

test('House: no alert, no confirm, no prompt: frames of other sites have none', () => {
  expect(found(/(?<![\w.'"])(window\.)?(alert|confirm|prompt)\(/)).toEqual([])
})

test('House: nothing leads the window around a frame anywhere', () => {
  expect(found(/\b(top|parent)\.location|['"]_(top|parent)['"]|target="_(top|parent)"/)).toEqual([])
})

test('House: what opens a new tab leaves it no way back, but for the pop-up that signs in', () => {
  const tabs = found(/_blank/)
  expect(tabs.length).toBeGreaterThan(5)
  expect(tabs.filter((line) => !line.includes('noopener') && !line.includes('data-popup'))).toEqual([])
})

test('House: messages between windows go to an origin that is named', () => {
  expect(found(/postMessage\([^)]*['"]\*['"]/)).toEqual([])
})
