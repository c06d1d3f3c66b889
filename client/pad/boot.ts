import { readPageSettings } from '../../shared/page-settings.ts'
import { isPluginName } from '../../shared/plugin.ts'
import { readPadSettings } from '../../shared/settings.ts'
import type { BootPlugin, PadBoot, PadOptions, PageLogin } from '../../shared/settings.ts'
import { DEFAULT_OPTIONS } from './options.ts'

/** What the server put into the page, checked; null when it is missing or broken. */
export function readBoot(text: string | null | undefined): PadBoot | null {
  const value = parse(text)
  if (!isRecord(value)) return null
  const { pad, title, readOnly, readOnlyId, version } = value
  if (typeof pad !== 'string' || pad === '') return null
  return {
    pad,
    title: typeof title === 'string' ? title : '',
    readOnly: readOnly === true,
    readOnlyId: typeof readOnlyId === 'string' ? readOnlyId : null,
    version: typeof version === 'string' ? version : '',
    padOptions: readServerOptions(value['padOptions']),
    plugins: readPlugins(value['plugins']),
    padSettings: readPadSettings(value['padSettings']),
    owner: value['owner'] === true,
    notice: typeof value['notice'] === 'string' ? value['notice'] : '',
    settings: readPageSettings(value['settings']),
    ...readLogin(value['login']),
  }
}

function readLogin(value: unknown): { login?: PageLogin } {
  if (!isRecord(value)) return {}
  const as = value['as']
  return {
    login: {
      as: isRecord(as) ? { name: typeof as['name'] === 'string' ? as['name'] : '' } : null,
      can: value['can'] === true,
    },
  }
}

/** The plugins of a page; the server made the list, so only its shape is checked. */
export function readPlugins(value: unknown): readonly BootPlugin[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (one: unknown): one is BootPlugin =>
      isRecord(one) && isPluginName(one['name']) && isRecord(one['settings']),
  )
}

/** The server's options; what is missing or of another type keeps its default. */
function readServerOptions(value: unknown): PadOptions {
  if (!isRecord(value)) return DEFAULT_OPTIONS
  const flag = (key: keyof PadOptions): boolean => {
    const given = value[key]
    return typeof given === 'boolean' ? given : DEFAULT_OPTIONS[key] === true
  }
  const text = (key: keyof PadOptions): string | null => {
    const given = value[key]
    return typeof given === 'string' && given !== '' ? given : null
  }
  return {
    noColors: flag('noColors'),
    showControls: flag('showControls'),
    showChat: flag('showChat'),
    showLineNumbers: flag('showLineNumbers'),
    useMonospaceFont: flag('useMonospaceFont'),
    userName: text('userName'),
    userColor: text('userColor'),
    rtl: flag('rtl'),
    alwaysShowChat: flag('alwaysShowChat'),
    chatAndUsers: flag('chatAndUsers'),
    lang: text('lang'),
    fadeInactiveAuthorColors: flag('fadeInactiveAuthorColors'),
    enforceReadableAuthorColors: flag('enforceReadableAuthorColors'),
    showMenuRight: flag('showMenuRight'),
  }
}

function parse(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
