/** Plugins: what a declaration may hold. */
import { expect, test } from '@jest/globals'
import { guardedFormats, readDeclaration } from '../../../server/plugins/declaration.ts'
import { flagFormat } from '../../../shared/text/formats.ts'

const field = { type: 'text', scope: 'server', label: 'l', default: '' }
const ok = {
  name: 'ep_a',
  settings: { a: field },
  messages: { wave: String },
  formats: { inline: [flagFormat('mark')] },
}

test('Plugins: a declaration that is right is taken as it is', () => {
  expect(readDeclaration('ep_a', ok)).toBe(ok)
  expect(readDeclaration('ep_a', { name: 'ep_a' })).toEqual({ name: 'ep_a' })
})

test.each([
  [undefined, 'its shared half exports no object "declaration"'],
  [{ name: 'ep_b' }, `its declaration's name is "ep_b", not "ep_a"`],
  [{ ...ok, settings: [] }, 'its settings are [], not an object'],
  [{ ...ok, settings: { 'a b': field } }, 'its setting "a b" has no proper name'],
  [{ ...ok, settings: { a__b: field } }, 'its setting "a__b" has no proper name'],
  [{ ...ok, settings: { a: { ...field, type: 'date' } } }, 'its setting a has type "date"; allowed are'],
  [{ ...ok, settings: { a: { ...field, scope: 'me' } } }, 'its setting a has scope "me"; allowed are'],
  [{ ...ok, settings: { a: { ...field, label: '' } } }, 'its setting a has no label'],
  [
    { ...ok, settings: { a: { ...field, default: {} } } },
    'its setting a has the default {}; allowed is a text',
  ],
  [
    { ...ok, settings: { a: { ...field, type: 'number', default: '5' } } },
    'its setting a has the default "5"',
  ],
  [{ ...ok, settings: { a: { ...field, type: 'secret', scope: 'pad' } } }, 'its setting a is a secret'],
  [{ ...ok, settings: { a: { ...field, type: 'choice' } } }, 'its setting a has no list "of"'],
  [{ ...ok, messages: { wave: true } }, 'its message "wave" is no check of what comes in'],
  [{ ...ok, formats: { inline: [{ name: 'x y' }] } }, 'a format of formats.inline has no proper name'],
  [{ ...ok, formats: { line: [{ name: 'x' }] } }, 'its format x has no check "validate"'],
  [{ ...ok, formats: { blocks: [5] } }, 'its formats.blocks is no list of names'],
])('Plugins: the declaration %j is refused with a sentence', (declaration, sentence) => {
  expect(() => readDeclaration('ep_a', declaration)).toThrow(sentence)
})

test('Plugins: a format that throws does not apply, and its plugin hears of it', () => {
  const told: unknown[] = []
  const bad = () => {
    throw new Error('bad')
  }
  const [format] =
    guardedFormats({ inline: [{ ...flagFormat('x'), validate: bad, draw: bad, read: bad }] }, (error) =>
      told.push(error),
    ).inline ?? []
  expect(format?.validate(true)).toBe(false)
  expect(format?.draw?.(true)).toBeNull()
  expect(
    format?.read?.({ tag: 'b', classes: [], attribute: () => '', style: () => '', text: () => '' }),
  ).toBeUndefined()
  expect(told).toHaveLength(3)
})
