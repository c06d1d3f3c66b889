/** What is told when the server has started (docs/SPEC-store.md ST50). */
import { expect, test } from '@jest/globals'
import { createLog } from '../../../server/log.ts'
import { tellDurability } from '../../../server/store/index.ts'
import { StoreDown } from '../../../server/store/store.ts'

test('ST50: a database that goes away before it is asked is told of and ends nothing; our own mistakes are not hidden', async () => {
  const lines: string[] = []
  const log = createLog('info', (_, line) => lines.push(line))
  const away = async (): Promise<readonly string[]> => {
    throw new StoreDown('MariaDB at here:1 cannot be reached.')
  }
  await tellDurability({ durability: away }, log)
  await tellDurability({ durability: async () => ['The disk is not waited for.'] }, log)
  expect(lines.map((line) => /cannot be reached|not waited for/.exec(line)?.[0])).toEqual([
    'cannot be reached',
    'not waited for',
  ])
  const wrong = async (): Promise<readonly string[]> => {
    throw new TypeError('a mistake')
  }
  await expect(tellDurability({ durability: wrong }, log)).rejects.toThrow('a mistake')
})
