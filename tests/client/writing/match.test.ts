import { expect, test } from '@jest/globals'
import { fitness, fitting, folded } from '../../../client/writing/match.ts'
import { optionAfter } from '../../../client/writing/option-keys.ts'

test('W1: a name is found without its accents and capitals, by beginnings of words, by further words', () => {
  expect(folded('Überschrift ÉTÉ')).toBe('uberschrift ete')
  expect(fitness('uber', 'Überschrift 1')).toBe(1)
  expect(fitness('1 üb', 'Überschrift 1')).toBe(2)
  expect(fitness('schrift', 'Überschrift 1')).toBe(3)
  expect(fitness('todo', 'Task list', 'todo checkbox')).toBe(4)
  expect(fitness('lst', 'Task list', 'todo')).toBeNull()
})

test('W1: better ones stand first, equal ones keep their order', () => {
  const all = ['Move down', 'Table', 'Task list', 'Unlist', 'A list']
  expect(fitting('list', all, (one) => [one, ''])).toEqual(['Task list', 'A list', 'Unlist'])
  const tables = [
    ['Table of contents', 'contents index'],
    ['Insert table', 'grid rows table'],
  ] as const
  expect(fitting('table', tables, ([name, further]) => [name, further])[0]?.[0]).toBe('Insert table')
  expect(fitting('', all, (one) => [one, ''])).toEqual(all)
})

test('W1: the arrows go round the ends, other keys do not move', () => {
  expect(optionAfter('ArrowDown', 2, 3)).toBe(0)
  expect(optionAfter('ArrowUp', 0, 3)).toBe(2)
  expect(optionAfter('PageDown', 0, 30)).toBe(8)
  expect(optionAfter('x', 0, 3)).toBeNull()
  expect(optionAfter('ArrowDown', 0, 0)).toBeNull()
})
