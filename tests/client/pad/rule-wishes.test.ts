/** The dialog's picture of a pad's rule while its wishes are on their way (SPEC-access L119). */
import { expect, test } from '@jest/globals'
import { createRuleWishes } from '../../../client/pad/rule-wishes.ts'
import { OPEN_RULE } from '../../../shared/rule.ts'

const one = { ...OPEN_RULE, everybody: 'read' as const }
const two = { ...one, signedIn: 'write' as const }
const foreign = { ...OPEN_RULE, everybody: 'none' as const }

test('L119: the answer to one wish does not take the next one from the screen', () => {
  const wishes = createRuleWishes()
  wishes.wish(one)
  wishes.wish(two)
  expect(wishes.told({ ...one })).toBe(two)
  expect(wishes.told({ ...two })).toEqual(two)
  expect(wishes.told(foreign)).toBe(foreign)
})

test('L119: two wishes may be answered by one word, and keys in another order are the same rule', () => {
  const wishes = createRuleWishes()
  const people = { 'a.a': 'read', 'a.b': 'write' } as const
  wishes.wish(one)
  wishes.wish({ ...two, people })
  const { everybody, ...more } = two
  const told = { ...more, everybody, people: { 'a.b': 'write', 'a.a': 'read' } as const }
  expect(wishes.told(told)).toBe(told)
})

test("L119: there and back again is three wishes; a stranger's word and a refusal end them", () => {
  const wishes = createRuleWishes()
  for (const rule of [one, two, one]) wishes.wish(rule)
  expect(wishes.told({ ...one })).toBe(one)
  expect(wishes.told({ ...two })).toBe(one)
  wishes.wish(two)
  expect(wishes.told(foreign)).toBe(foreign)
  expect(wishes.told({ ...one })).toEqual(one)
  wishes.wish(two)
  wishes.drop()
  expect(wishes.told({ ...one })).toEqual(one)
})
