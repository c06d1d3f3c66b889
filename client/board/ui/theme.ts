/** Whether the board is drawn light or dark: the page's choice, else the system's. */
import { computed, signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { theme } from '../../ui/theme.ts'

const query = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)')
const systemDark = signal(query?.matches ?? false)
query?.addEventListener('change', ({ matches }) => (systemDark.value = matches))

export const isDark: ReadonlySignal<boolean> = computed(() =>
  theme.value === 'system' ? systemDark.value : theme.value === 'dark',
)

/** As drawing commands name it. */
export const boardTheme: ReadonlySignal<'light' | 'dark'> = computed(() => (isDark.value ? 'dark' : 'light'))
