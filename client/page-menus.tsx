/** Language and appearance, for pages that have no settings panel. */
import type { JSX } from 'preact'
import { keepLanguage, language, LANGUAGES, setLanguage, t } from './i18n.ts'
import { MenuButton } from './ui/menu-button.tsx'
import type { MenuItem } from './ui/menu.tsx'
import { setTheme, theme, themeFixed } from './ui/theme.ts'

/** Chooses the language. `before` is done first, such as fetching further words of it. */
export function LanguageMenu({ before }: { before?: (code: string) => Promise<unknown> }): JSX.Element {
  return <MenuButton label={t('home.language')} icon="globe" groups={() => [languageItems(before)]} />
}

/** Chooses between light, dark and the system's way. */
export function ThemeMenu(): JSX.Element {
  const icon = theme.value === 'light' ? 'sun' : 'moon'
  return <MenuButton label={t('home.theme')} icon={icon} groups={() => [themeItems()]} />
}

/** The languages there are, to choose one. `before` is done first. */
export function languageItems(before?: (code: string) => Promise<unknown>): MenuItem[] {
  return LANGUAGES.map(({ code, name }) => ({
    id: `language-${code}`,
    label: name,
    checked: code === language(),
    run: () => {
      keepLanguage(code)
      void (before?.(code) ?? Promise.resolve()).then(() => setLanguage(code))
    },
  }))
}

const THEME_ICONS = { light: 'sun', dark: 'moon' } as const

/** Light, dark and the system's way, to choose one; none where the page's address has fixed it. */
export function themeItems(): MenuItem[] {
  if (themeFixed()) return []
  return (['system', 'light', 'dark'] as const).map((value) => ({
    id: `theme-${value}`,
    label: t(`settings.theme.${value}`),
    ...(value === 'system' ? {} : { icon: THEME_ICONS[value] }),
    checked: theme.value === value,
    run: () => setTheme(value),
  }))
}
