/** What pages get from the settings. */
import type { PageSettings } from '../../shared/page-settings.ts'
import { isDark } from './rules.ts'
import type { Settings } from './schema.ts'

/** How the installation looks before anybody chose. */
export interface Look {
  /** null: as the person's system has it. */
  theme: 'light' | 'dark' | null
  /** Nobody chooses another one. */
  fixed: boolean
  /** The text is as wide as the window. */
  wide: boolean
}

/** The installation's look (`enableDarkMode`, `skinVariants`). */
export function lookOf({ enableDarkMode, skinVariants }: Settings): Look {
  const wide = skinVariants.includes('full-width-editor')
  if (!enableDarkMode) return { theme: 'light', fixed: true, wide }
  return { theme: isDark(skinVariants) ? 'dark' : null, fixed: false, wide }
}

/** The part of a page's boot data that is the same for all. */
export function pageSettings(settings: Settings): PageSettings {
  const { privacyBanner: banner, toolbar } = settings
  return {
    keysOff: Object.entries(settings.padShortcutEnabled)
      .filter(([, on]) => !on)
      .map(([name]) => name),
    toolbar: { left: toolbar.left, right: toolbar.right },
    privacy: banner.enabled
      ? {
          title: banner.title,
          body: banner.body,
          learnMore: banner.learnMoreUrl,
          closable: banner.dismissal === 'dismissible',
        }
      : null,
    words: settings.customLocaleStrings,
    recentPads: settings.showRecentPads,
    padWide: settings.enablePadWideSettings,
    padPlugins: settings.enablePluginPadOptions,
    deletableByAll: settings.allowPadDeletionByAllUsers,
  }
}
