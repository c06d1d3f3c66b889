import { expect, test } from '@jest/globals'
import hljs from 'highlight.js/lib/core'
import { LANGUAGES, languageOf } from './languages.ts'
import { tokensOf } from './tokens.ts'

const CODE = `const a = "<b> & 'c'" // why\nlet n = 0x1f + \`x\${a}y\``

test('E1: pieces lie where the words are, whatever signs the code has', async () => {
  const grammar = await languageOf('ts')?.load()
  if (!grammar) throw new Error('no grammar')
  hljs.registerLanguage('typescript', grammar.default)
  const tokens = tokensOf(hljs.highlight(CODE, { language: 'typescript' }).value)
  const words = tokens.map(({ from, to, kind }) => [kind, CODE.slice(from, to)])
  expect(words).toContainEqual(['keyword', 'const'])
  expect(words).toContainEqual(['string', `"<b> & 'c'"`])
  expect(words).toContainEqual(['comment', '// why'])
  expect(words).toContainEqual(['number', '0x1f'])
  let at = 0
  for (const { from, to } of tokens) {
    expect(from).toBeGreaterThanOrEqual(at)
    expect(to).toBeGreaterThan(from)
    at = to
  }
})

test('E1: every language in the choice has its grammar, and its name can be the format of a line', async () => {
  for (const { id, load } of LANGUAGES) {
    expect(typeof (await load()).default).toBe('function')
    expect(id).toMatch(/^[a-z]{1,40}$/)
    expect(languageOf(id)?.id).toBe(id)
  }
  expect(languageOf('C++')?.id).toBe('cpp')
  expect(languageOf('klingon')).toBeUndefined()
})
