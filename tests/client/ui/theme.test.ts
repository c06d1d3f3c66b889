/** @jest-environment jsdom */
import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import { EARLY_SCRIPT } from '../../../server/http/early-script.ts'

/** A page as the server writes it, after the early script and the client's start. */
async function open(marks: Record<string, string>, kept: string | null) {
  const root = document.documentElement
  for (const name of ['theme', 'themeStandard', 'themeFixed']) delete root.dataset[name]
  Object.assign(root.dataset, marks)
  if (kept === null) localStorage.removeItem('theme')
  else localStorage.setItem('theme', kept)
  const script = document.createElement('script')
  script.textContent = EARLY_SCRIPT
  document.head.append(script)
  const early = root.dataset['theme']
  jest.resetModules()
  const { showTheme, setTheme, theme, themeFixed } = await import('../../../client/ui/theme.ts')
  showTheme()
  // Nothing may change under the eyes when the client takes over.
  expect(root.dataset['theme']).toBe(early)
  return { root, setTheme, theme, themeFixed }
}

const DARK = { theme: 'dark', themeStandard: 'dark' }
const ONLY_LIGHT = { theme: 'light', themeStandard: 'light', themeFixed: '' }

beforeEach(() => {
  document.head.innerHTML = '<meta name="theme-color" content="#f4f5f7">'
})

describe("Settings: the installation's theme (skinVariants, enableDarkMode)", () => {
  test.each<[Record<string, string>, string | null, string | undefined]>([
    [{}, null, undefined],
    [{}, 'dark', 'dark'],
    [{}, 'nonsense', undefined],
    [DARK, null, 'dark'],
    [DARK, 'light', 'light'],
    [DARK, 'system', undefined],
    [ONLY_LIGHT, null, 'light'],
    [ONLY_LIGHT, 'dark', 'light'],
  ])('%j with %j kept shows %j', async (marks, kept, shown) => {
    const { root } = await open(marks, kept)
    expect(root.dataset['theme']).toBe(shown)
  })

  test('a choice is kept against the standard, and choosing the standard keeps nothing', async () => {
    const { root, setTheme } = await open(DARK, null)
    setTheme('system')
    expect(localStorage.getItem('theme')).toBe('system')
    expect(root.dataset['theme']).toBeUndefined()
    setTheme('dark')
    expect(localStorage.getItem('theme')).toBeNull()
    expect(root.dataset['theme']).toBe('dark')
  })

  test('a fixed theme says so', async () => {
    expect((await open(ONLY_LIGHT, 'dark')).themeFixed()).toBe(true)
    expect((await open(DARK, null)).themeFixed()).toBe(false)
  })
})
