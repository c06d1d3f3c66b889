/** The tests notice when a rule is missing: each rule of the binding is switched off once. */
import { expect, test } from '@jest/globals'
import { ALL_RULES } from '../../client/editor/binding/local.ts'
import type { Rules } from '../../client/editor/binding/local.ts'
import { TestEditor, seededDoc } from '../support/editors.ts'
import { fuzzRound } from '../support/binding-fuzz.ts'
import { SCENARIOS, runScenario } from '../support/merge-scenarios.ts'

/** The first violation some checks find under these rules, or undefined. */
function firstViolation(rules: Rules): string | undefined {
  for (const scenario of SCENARIOS) {
    const result = runScenario(scenario, rules)
    if (result !== scenario.result) return `${scenario.name}: ${result}`
  }
  const one = new TestEditor(seededDoc(2, 'ab\ncd\n'), { rules })
  one.dispatch(one.state.tr.insert(4, one.state.schema.node('block', { embed: '{"divider":true}' })))
  const lengths = one.text.length
  one.destroy()
  if (lengths !== 8) return 'T6: a block came without its newline'
  for (let seed = 1; seed <= 25; seed += 1) {
    const wrong = fuzzRound(seed, { actions: 60, rules })
    if (wrong) return wrong
  }
  return undefined
}

test('the checks find nothing when all rules are on', () => {
  expect(firstViolation(ALL_RULES)).toBeUndefined()
})

test.each([
  ['R4 no boundary inside a character', 'snap'],
  ['R5 Enter behind the old newline', 'enter'],
  ['R6 the first newline goes', 'join'],
  ['T6 a block and its newline', 'block'],
] as const)('without %s the checks find a violation', (_name, rule) => {
  expect(firstViolation({ ...ALL_RULES, [rule]: false })).toBeDefined()
})
