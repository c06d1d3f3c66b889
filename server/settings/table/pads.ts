/** Settings of pads: their first text, how they look, their keys and tools. */
import { readToolGroups } from '../../../shared/page-settings.ts'
import type { ToolGroups } from '../../../shared/page-settings.ts'
import { asText, custom, flag, idle, later, number, optionalText, text, unquoted } from '../field.ts'
import type { Field } from '../field.ts'

const DEFAULT_TEXT = `Welcome to Inkpad!

Everybody who has this page's link can write here, at the same time. Every change is kept.
`

const defaultPadText = custom<string>({
  ...text(DEFAULT_TEXT, 'DEFAULT_PAD_TEXT', 'Text of a new pad', { keepsEmpty: true }),
  read: (value) => {
    const given = asText(value)
    if (given === null) return { refused: {} }
    const inner = unquoted(given)
    // Line breaks written as `\n` come from `.env` files that were passed on as they are.
    const broken = inner.includes('\n') ? inner : inner.replaceAll('\\n', '\n')
    return { value: broken.replace(/\r\n?/g, '\n') }
  },
})

const userColor = optionalText('PAD_OPTIONS_USER_COLOR', 'Colour of new guests as #rrggbb', {
  allowed: 'a colour such as #b8510d, or null',
  check: (given) => {
    const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(given)?.[1]?.toLowerCase()
    if (hex === undefined) return null
    return `#${hex.length === 3 ? hex.replace(/./g, '$&$&') : hex}`
  },
})

const padOptions = {
  noColors: flag(false, 'PAD_OPTIONS_NO_COLORS', "Hide people's colours"),
  showControls: flag(true, 'PAD_OPTIONS_SHOW_CONTROLS', 'Show the toolbar'),
  showChat: flag(true, 'PAD_OPTIONS_SHOW_CHAT', 'Show the chat'),
  showLineNumbers: flag(true, 'PAD_OPTIONS_SHOW_LINE_NUMBERS', 'Show line numbers'),
  useMonospaceFont: flag(false, 'PAD_OPTIONS_USE_MONOSPACE_FONT', 'Letters of equal width'),
  userName: optionalText('PAD_OPTIONS_USER_NAME', 'Name of new guests'),
  userColor,
  rtl: flag(false, 'PAD_OPTIONS_RTL', 'Text runs from right to left'),
  alwaysShowChat: flag(false, 'PAD_OPTIONS_ALWAYS_SHOW_CHAT', 'Keep the chat open'),
  chatAndUsers: flag(false, 'PAD_OPTIONS_CHAT_AND_USERS', 'Keep chat and list of people open'),
  lang: optionalText('PAD_OPTIONS_LANG', "Language of the interface; null for the browser's own", {
    allowed: 'a language code such as de or pt-br, or null',
    check: (given) => (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(given) ? given.toLowerCase() : null),
  }),
  fadeInactiveAuthorColors: flag(
    true,
    'PAD_OPTIONS_FADE_INACTIVE_AUTHOR_COLORS',
    'Fade colours of people who left',
  ),
  enforceReadableAuthorColors: flag(
    true,
    'PAD_OPTIONS_ENFORCE_READABLE_AUTHOR_COLORS',
    'Keep text readable on any colour',
  ),
  showMenuRight: flag(true, 'PAD_OPTIONS_SHOW_MENU_RIGHT', "Show the toolbar's end side"),
}

/** Etherpad's names of keys, with what they do. */
const SHORTCUTS = {
  altF9: 'Alt+F9 leads to the toolbar',
  altC: 'Alt+C leads to the chat',
  cmdShift2: 'Ctrl+Shift+2 tells who wrote the line',
  delete: 'Backspace and Delete remove',
  return: 'Enter makes a line',
  esc: 'Escape leads out of the text',
  cmdS: 'Ctrl+S marks the version',
  tab: 'Tab indents',
  cmdZ: 'Ctrl+Z and Ctrl+Shift+Z undo and redo',
  cmdY: 'Ctrl+Y does again',
  cmdI: 'Ctrl+I: italic',
  cmdB: 'Ctrl+B: bold',
  cmdU: 'Ctrl+U: underlined',
  cmd5: 'Ctrl+5: struck out',
  cmdShiftL: 'Ctrl+Shift+L: list with bullets',
  cmdShiftN: 'Ctrl+Shift+N: numbered list',
  cmdShift1: 'Ctrl+Shift+1: numbered list',
  cmdShiftC: 'Ctrl+Shift+C takes colours of authors away',
  cmdShiftD: 'Ctrl+Shift+D doubles the line',
  cmdShiftK: 'Ctrl+Shift+K removes the line',
  cmdH: 'Ctrl+H is Backspace',
  ctrlHome: "Ctrl+Home: the browser's own key, whatever stands here",
  pageUp: "Page up: the browser's own key, whatever stands here",
  pageDown: "Page down: the browser's own key, whatever stands here",
} as const

/** `altF9` → `ALT_F9`, `cmdShift2` → `CMD_SHIFT_2`, `cmd5` → `CMD_5`. */
function shortcutVariable(name: string): string {
  const words = name.replace(/([a-z])(?=[A-Z0-9])/g, '$1_').toUpperCase()
  return `PAD_SHORTCUTS_ENABLED_${words}`
}

const padShortcutEnabled = Object.fromEntries(
  Object.entries(SHORTCUTS).map(([name, about]) => [name, flag(true, shortcutVariable(name), about)]),
) as { [K in keyof typeof SHORTCUTS]: Field<boolean> }

function tools(about: string): Field<ToolGroups | null> {
  return custom<ToolGroups | null>({
    fallback: null,
    env: null,
    about,
    allowed: 'groups of tools such as [["bold", "italic"], ["undo", "redo"]], or null for our own order',
    read: (value) => {
      const groups = readToolGroups(value)
      return groups === null ? { refused: {} } : { value: groups }
    },
  })
}

const KEPT = 'every revision is packed small and kept; giving old ones up is still to come'
/** Five numbers of Etherpad's own scrolling. */
const SCROLLING = 'the line that is written stays in view with room around it'

export const PADS = {
  defaultPadText,
  padOptions,
  padShortcutEnabled,
  toolbar: {
    left: tools(
      'Tools at the toolbar\'s beginning, in groups: [["bold", "italic", "underline", "strikethrough"], ["undo", "redo"]]',
    ),
    right: tools('Tools at its end: [["importexport", "timeslider"], ["settings", "embed", "showusers"]]'),
    timeslider: idle(null, null, "Tools of Etherpad's history", 'the history has a bar of its own'),
  },
  enablePadWideSettings: flag(
    true,
    'ENABLE_PAD_WIDE_SETTINGS',
    "A pad's owner may decide how it looks for all",
  ),
  enablePluginPadOptions: flag(
    true,
    'ENABLE_PLUGIN_PAD_OPTIONS',
    "A pad's owner may set what plugins let pads decide",
  ),
  allowPadDeletionByAllUsers: flag(
    false,
    'ALLOW_PAD_DELETION_BY_ALL_USERS',
    'Everybody who may write in a pad may delete it; else its owner and whoever has its deletion token',
  ),
  lowerCasePadIds: flag(false, 'LOWER_CASE_PAD_IDS', 'Capital letters in names of pads become small'),
  cleanup: {
    enabled: later(
      flag(
        false,
        'CLEANUP_ENABLED',
        'Old revisions may be given up for good by the admin page and the API (compactPad)',
      ),
      KEPT,
    ),
    keepRevisions: later(number(5, 1, 1_000_000, 'CLEANUP_KEEP_REVISIONS', 'Revisions that stay then'), KEPT),
  },
  suppressErrorsInPadText: idle(
    false,
    'SUPPRESS_ERRORS_IN_PAD_TEXT',
    'Keep warnings out of new pads',
    'warnings never stand in a pad',
  ),
  automaticReconnectionTimeout: idle(
    0,
    'AUTOMATIC_RECONNECTION_TIMEOUT',
    'Seconds until a page that lost its connection is loaded again',
    'pages connect again by themselves, at once and for as long as it takes',
  ),
  scrollWhenFocusLineIsOutOfViewport: {
    percentage: {
      editionAboveViewport: idle(0, 'FOCUS_LINE_PERCENTAGE_ABOVE', 'Room above the line', SCROLLING),
      editionBelowViewport: idle(0, 'FOCUS_LINE_PERCENTAGE_BELOW', 'Room below the line', SCROLLING),
    },
    duration: idle(0, 'FOCUS_LINE_DURATION', 'Milliseconds of scrolling', SCROLLING),
    scrollWhenCaretIsInTheLastLineOfViewport: idle(
      false,
      'FOCUS_LINE_CARET_SCROLL',
      'Scroll from the last line in view',
      SCROLLING,
    ),
    percentageToScrollWhenUserPressesArrowUp: idle(
      0,
      'FOCUS_LINE_PERCENTAGE_ARROW_UP',
      'Part of the window to scroll with arrow up',
      SCROLLING,
    ),
  },
  indentationOnNewLine: idle(
    true,
    null,
    'Indent after a bracket or colon',
    'Enter goes on with lists and indentation and adds no spaces of its own',
    { quiet: (value) => value === false },
  ),
}
