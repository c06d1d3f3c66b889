/** Language and appearance, for pages that have no settings panel. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { keepLanguage, language, LANGUAGES, setLanguage, t } from './i18n.ts'
import { ToolButton } from './ui/button.tsx'
import { Menu } from './ui/menu.tsx'
import { boxOf } from './ui/popover.tsx'
import { setTheme, theme } from './ui/theme.ts'

/** Chooses the language. `before` is done first, such as fetching further words of it. */
export function LanguageMenu({ before }: { before?: (code: string) => Promise<unknown> }): JSX.Element {
  const open = useSignal(false)
  const place = useRef<HTMLSpanElement>(null)
  return (
    <span ref={place}>
      <ToolButton
        label={t('home.language')}
        icon="globe"
        expanded={open.value}
        onClick={() => (open.value = true)}
      />
      {open.value && (
        <Menu
          label={t('home.language')}
          align="end"
          anchor={() => boxOf(place.current)}
          groups={[
            LANGUAGES.map(({ code, name }) => ({
              id: code,
              label: name,
              checked: code === language(),
              run: () => {
                keepLanguage(code)
                void (before?.(code) ?? Promise.resolve()).then(() => setLanguage(code))
              },
            })),
          ]}
          onClose={() => (open.value = false)}
        />
      )}
    </span>
  )
}

/** Chooses between light, dark and the system's way. */
export function ThemeMenu(): JSX.Element {
  const open = useSignal(false)
  const place = useRef<HTMLSpanElement>(null)
  return (
    <span ref={place}>
      <ToolButton
        label={t('home.theme')}
        icon={theme.value === 'light' ? 'sun' : 'moon'}
        expanded={open.value}
        onClick={() => (open.value = true)}
      />
      {open.value && (
        <Menu
          label={t('home.theme')}
          align="end"
          anchor={() => boxOf(place.current)}
          groups={[
            (['system', 'light', 'dark'] as const).map((value) => ({
              id: value,
              label: t(`settings.theme.${value}`),
              checked: theme.value === value,
              run: () => setTheme(value),
            })),
          ]}
          onClose={() => (open.value = false)}
        />
      )}
    </span>
  )
}
