/** Settings of the installation's name and look. */
import { readWords } from '../../../shared/page-settings.ts'
import type { OwnWords } from '../../../shared/page-settings.ts'
import { choice, custom, flag, idle, optionalText, text, words } from '../field.ts'

const SKIN = 'super-light-toolbar super-light-editor light-background'

/** An http or https address, for people. */
const ADDRESS = {
  allowed: 'an http or https address, or null',
  check: (given: string) => (/^https?:\/\//i.test(given) && URL.canParse(given) ? given : null),
}

const customLocaleStrings = custom<OwnWords>({
  fallback: {},
  env: null,
  about:
    'Words in place of ours, by language and key: {"de": {"home.open": "Los"}}. The keys stand in client/locales/en.json',
  allowed: 'an object of languages with objects of texts: {"de": {"KEY": "TEXT"}}',
  read: (value) => {
    const read = readWords(value)
    return read === null ? { refused: {} } : { value: read }
  },
})

export const INSTALLATION = {
  title: text('Inkpad', 'TITLE', 'Name of this installation'),
  favicon: optionalText(
    'FAVICON',
    'A file (from the project folder) or an http address; null for our own mark',
  ),
  socialMeta: {
    description: optionalText(
      'SOCIAL_META_DESCRIPTION',
      'What messengers and search engines show under a link to this installation',
    ),
  },
  showRecentPads: flag(true, 'SHOW_RECENT_PADS', 'The start page lists the pads this browser opened lately'),
  enableDarkMode: flag(true, 'ENABLE_DARK_MODE', 'Dark for those who want it; false is light for everybody'),
  skinName: idle(
    'colibris',
    'SKIN_NAME',
    "Folder of Etherpad's skin",
    'there is one look, made from design tokens; a skin made for Etherpad does not fit it',
    { quiet: (value) => value === 'no-skin' || value === 'colibris' || value === null },
  ),
  skinVariants: words(
    SKIN.split(' '),
    'SKIN_VARIANTS',
    '"dark-editor" or "super-dark-editor" makes dark the default, "full-width-editor" the text as wide as the window',
    "Etherpad's variants with spaces between them",
    (word) => /^[\w-]{1,60}$/.test(word),
  ),
  privacyBanner: {
    enabled: flag(false, 'PRIVACY_BANNER_ENABLED', 'A word on privacy above every pad'),
    title: text('Privacy notice', 'PRIVACY_BANNER_TITLE', 'Its heading'),
    body: text(
      'What you write is kept on this server, and everybody who has the link of a pad can read it.',
      'PRIVACY_BANNER_BODY',
      'Its text',
    ),
    learnMoreUrl: optionalText('PRIVACY_BANNER_LEARN_MORE_URL', 'Where people read on', ADDRESS),
    dismissal: choice(
      'dismissible',
      ['dismissible', 'sticky'],
      'PRIVACY_BANNER_DISMISSAL',
      '"dismissible": people may close it for good; "sticky": it stays',
    ),
  },
  customLocaleStrings,
}
