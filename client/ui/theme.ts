import { signal } from '@preact/signals'

/** Light, dark, or as the system has it. */
export type Theme = 'system' | 'light' | 'dark'

const KEY = 'theme'

/** The theme of this browser. */
export const theme = signal<Theme>(stored())

/** Chooses a theme, keeps it in this browser and shows it. */
export function setTheme(value: Theme): void {
  theme.value = value
  try {
    if (value === 'system') localStorage.removeItem(KEY)
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
  let meta = document.querySelector<HTMLMetaElement>('meta[name="theme-color"]:not([media])')
  if (!meta) {
    meta = document.createElement('meta')
    meta.name = 'theme-color'
    document.head.append(meta)
  }
  meta.content = getComputedStyle(root).backgroundColor
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : 'system'
  } catch {
    return 'system'
  }
}
