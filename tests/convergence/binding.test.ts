/** Random editing converges and every editor always shows its text (SPEC-text R1). ROUNDS and SEED come from the environment. */
import { expect, test } from '@jest/globals'
import { fuzzRound } from '../support/binding-fuzz.ts'

const rounds = Number(process.env['ROUNDS'] ?? 80)
const first = Number(process.env['SEED'] ?? 1)
const actions = Number(process.env['ACTIONS'] ?? 120)

test(
  `R1: ${rounds} rounds of random editing from seed ${first}, all checks after every action`,
  () => {
    const wrong: string[] = []
    for (let seed = first; seed < first + rounds && wrong.length < 3; seed += 1) {
      const found = fuzzRound(seed, { actions })
      if (found) wrong.push(found)
    }
    expect(wrong).toEqual([])
  },
  10_000 + rounds * 2000,
)

const tableRounds = Math.ceil(rounds / 4)

test(
  `R1, TV1: ${tableRounds} rounds with tables, of which rows, columns and cells change as well`,
  () => {
    const wrong: string[] = []
    for (let seed = first; seed < first + tableRounds && wrong.length < 3; seed += 1) {
      const found = fuzzRound(seed, { actions, tables: true })
      if (found) wrong.push(found)
    }
    expect(wrong).toEqual([])
  },
  10_000 + tableRounds * 4000,
)
