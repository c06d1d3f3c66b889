import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { layersOf, valueAt } from '../../../server/settings/layers.ts'
import { coerce, substitute } from '../../../server/settings/substitute.ts'

const never = () => false
const noWarning = (warning: string): never => {
  throw new Error(warning)
}
const name = fc.stringMatching(/^[A-Z][A-Z_]{0,8}$/)
const key = fc.stringMatching(/^[a-z]{1,6}$/)
/** Texts of which some are placeholders. */
const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.tuple(name, fc.string()).map(([variable, standard]) => `\${${variable}:${standard}}`),
)
const tree = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, leaf, fc.dictionary(key, tie('node'), { maxKeys: 4 })),
})).node
const environment = fc.dictionary(name, fc.string(), { maxKeys: 8 })

function leaves(value: unknown, path: readonly string[] = []): [readonly string[], unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]]
  return Object.entries(value).flatMap(([part, inner]) => leaves(inner, [...path, part]))
}

describe('Etherpad 3: substitution', () => {
  test('a text without a placeholder, or with one that is not all of it, stays as it is', () => {
    fc.assert(
      fc.property(fc.string(), environment, fc.string({ minLength: 1 }), (text, env, around) => {
        fc.pre(!/^\$\{[^:]*(:[^]*)?\}$/.test(around + text))
        expect(substitute(around + text, env, never, noWarning)).toBe(around + text)
        expect(substitute(`x\${A:${text}}`, env, never, noWarning)).toBe(`x\${A:${text}}`)
      }),
    )
  })

  test('a variable that is set decides, even when empty; else the default, whatever stands in it', () => {
    fc.assert(
      fc.property(
        name,
        fc.string(),
        fc.option(fc.string(), { nil: undefined }),
        (variable, standard, set) => {
          const text = `\${${variable}:${standard}}`
          expect(substitute(text, { [variable]: set }, never, noWarning)).toEqual(coerce(set ?? standard))
          const kept = substitute(text, { [variable]: set }, () => true, noWarning)
          const meant = set ?? standard
          expect(kept).toBe(meant === 'null' ? null : meant === 'undefined' ? undefined : meant)
        },
      ),
    )
  })

  test('filling in twice is filling in once, where no variable holds a placeholder', () => {
    fc.assert(
      fc.property(tree, environment, (value, env) => {
        const once = substitute(value, env, never, noWarning)
        fc.pre(!JSON.stringify(once ?? null).includes('${'))
        expect(substitute(once, env, never, noWarning)).toEqual(once)
      }),
    )
  })

  test('every value has an origin, and the origin says this value', () => {
    fc.assert(
      fc.property(
        fc.dictionary(key, tree, { maxKeys: 5 }),
        fc.dictionary(key, tree, { maxKeys: 3 }),
        environment,
        (first, second, env) => {
          const files = [
            { file: 'first', content: first },
            { file: 'second', content: second },
          ]
          const layers = layersOf(files, env, never, noWarning)
          for (const [path, value] of leaves(layers.raw)) {
            if (typeof value === 'object') continue
            const origin = layers.origin(path)
            if (origin?.kind === 'default' || origin === null)
              throw new Error(`nobody says ${path.join('.')}`)
            const written = valueAt(files.find(({ file }) => file === origin.file)?.content, path)
            if (origin.kind === 'variable') expect(coerce(env[origin.variable] ?? '')).toEqual(value)
            else if (origin.variable === undefined) expect(written).toEqual(value)
            else {
              expect(env[origin.variable]).toBeUndefined()
              expect(String(written).startsWith(`\${${origin.variable}`)).toBe(true)
            }
          }
        },
      ),
    )
  })
})
