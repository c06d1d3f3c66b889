/** Where browsers find the board's fonts (B500): written from the packages that are installed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const root = join(import.meta.dirname, '../../..')
const { styles } = (await import(
  new URL('../../../scripts/write/board-fonts.mjs', import.meta.url).href
)) as {
  styles: () => string
}

test('B500: the faces are those of the fonts that are here (node scripts/write/board-fonts.mjs writes them)', () => {
  expect(readFileSync(join(root, 'client/styles/board-fonts.css'), 'utf8')).toBe(styles())
})
