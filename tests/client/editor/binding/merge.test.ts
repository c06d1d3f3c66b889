import { expect, test } from '@jest/globals'
import { SCENARIOS, runScenario } from '../../../support/merge-scenarios.ts'

test.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
  'R1, merge %s',
  (_name, scenario) => {
    expect(runScenario(scenario)).toBe(scenario.result)
  },
)
