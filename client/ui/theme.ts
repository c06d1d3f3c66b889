import { signal } from '@preact/signals'

/** Light, dark, or as the system has it. */
export type Theme = 'system' | 'light' | 'dark'

const KEY = 'theme'

/** The installation's own theme, which counts until somebody chooses. */
function standard(): Theme {
  const given = document.documentElement.dataset['themeStandard']
  return given === 'light' || given === 'dark' ? given : 'system'
}

/** The installation lets nobody choose. */
export function themeFixed(): boolean {
  return 'themeFixed' in document.documentElement.dataset
}

/** The theme of this browser. */
export const theme = signal<Theme>(stored())

/** Chooses a theme, keeps it in this browser and shows it. */
export function setTheme(value: Theme): void {
  theme.value = value
  try {
    if (value === standard()) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, value)
  } catch {
    // A browser that keeps nothing still shows the theme now.
  }
  showTheme()
}

/** Puts the theme on the page and tells the browser's frame its colour. Call once at the start. */
export function showTheme(): void {
  const root = document.documentElement
  if (theme.value === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = theme.value
  const colour = getComputedStyle(root).backgroundColor
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    // As the server wrote it, one for each scheme; a choice overrules both, and "system" gives each its own again.
    meta.dataset['own'] ??= meta.content
    meta.content = theme.value === 'system' ? meta.dataset['own'] : colour
  }
}

function stored(): Theme {
  try {
    const value = themeFixed() ? null : localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' || value === 'system' ? value : standard()
  } catch {
    return standard()
  }
}
