/**
 * Before each test file. Random properties see the same values in each usual run, so that a red run says something of the
 * change; `FC_SEED` chooses others. All but the part `together` (parts.js)
 * drives browsers and processes that a busy machine may hold up: it has a second try, which the run's end names.
 */
import { readFileSync } from 'node:fs'
import { expect, jest } from '@jest/globals'

const SEED = 20_261_128

const { FC_SEED: seed = SEED, INKPAD_PART: part } = process.env
const file = expect.getState().testPath ?? ''
if (file !== '' && /from 'fast-check'/.test(readFileSync(file, 'utf8'))) {
  const { default: fc } = await import('fast-check')
  fc.configureGlobal({ seed: Number(seed) })
}
if (part !== undefined && part !== '' && part !== 'together')
  jest.retryTimes(1, { logErrorsBeforeRetry: true })
