/** All settings, once: key, kind, default, environment variable, meaning. Keys and variables are Etherpad's where it has them. */
import { LIMITS } from '../../shared/protocol.ts'
import { LOG_LEVELS } from '../log.ts'
import { DEFAULT_LIMITS } from '../sync/types.ts'
import type { Limits } from '../sync/types.ts'
import { asNumber, asText, choice, custom, flag, number, optionalText, text, words } from './field.ts'
import type { Field } from './field.ts'
import { usersField } from './users.ts'

const DEFAULT_TEXT = `Welcome to Inkpad!

Everybody who has this page's link can write here, at the same time. Every change is kept.
`

const MAX = Number.MAX_SAFE_INTEGER
const DAY = 86_400_000

/** Limits both ends know may only be narrowed. */
const CEILINGS: Partial<Record<keyof Limits, number>> = { message: LIMITS.message, update: LIMITS.message }

const LIMIT_NOTES: Readonly<Record<keyof Limits, string>> = {
  message: 'Bytes of one message from a browser',
  update: 'Bytes of one change inside a message',
  document: 'Bytes of a whole pad as stored',
  messageRate: 'Messages a second a connection may send',
  messageBurst: 'Messages a connection may send at once',
  byteRate: 'Bytes a second a connection may send',
  byteBurst: 'Bytes a connection may send at once',
  connectionsPerPad: 'Connections of one pad',
  connectionsPerAuthor: 'Connections of one person',
  connectionsPerAddress: 'Connections from one public network address',
  clientsPerDocument: 'Tabs that may ever have written in one pad',
  bufferPresence: 'Bytes a slow reader may have waiting before cursors are held back',
  bufferUpdates: 'Bytes a slow reader may have waiting before changes are held back',
  bufferClose: 'Bytes a slow reader may have waiting before it is disconnected',
  stall: 'Milliseconds a reader that takes nothing is kept',
  unsavedPerPad: 'Bytes of changes kept in memory for one pad while the database is away',
  unsavedTotal: 'Bytes of changes kept in memory for all pads while the database is away',
  unsavedTime: 'Milliseconds pads stay writable while the database is away',
  linger: 'Milliseconds a pad stays in memory after its last visitor',
}

function limitFields(): { [K in keyof Limits]: Field<number> } {
  const keys = Object.keys(DEFAULT_LIMITS) as (keyof Limits)[]
  const fields = keys.map((key) => {
    const env = `LIMITS_${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`
    return [key, number(DEFAULT_LIMITS[key], 1, CEILINGS[key] ?? MAX, env, LIMIT_NOTES[key])]
  })
  return Object.fromEntries(fields) as { [K in keyof Limits]: Field<number> }
}

/** A port's number, or the path of a Unix socket. */
const port = custom<number | string>({
  fallback: 9001,
  env: 'PORT',
  about: 'Port to listen on; a path such as /run/inkpad.sock makes it a Unix socket',
  allowed: 'a whole number from 0 to 65535, or a path beginning with /',
  read: (value) => {
    const given = asNumber(value)
    if (given !== null) return given >= 0 && given <= 65_535 ? { value: given } : { refused: {} }
    return typeof value === 'string' && value.startsWith('/') ? { value } : { refused: {} }
  },
})

/** Express' `trust proxy`, as in Etherpad. */
const trustProxy = custom<boolean | number | string>({
  fallback: false,
  env: 'TRUST_PROXY',
  about:
    'Believe X-Forwarded-* headers: true, the number of proxies in front, or their addresses; only when every request comes through a proxy that sets them',
  allowed: 'true, false, a number of proxies, or addresses and networks with commas between them',
  read: (value) => {
    if (typeof value === 'boolean') return { value }
    if (value === 'true' || value === 'false') return { value: value === 'true' }
    const hops = asNumber(value)
    if (hops !== null) return hops >= 0 && hops <= 100 ? { value: hops } : { refused: {} }
    const known = /^(loopback|linklocal|uniquelocal|[\d.]+(\/\d{1,2})?|[\da-f:.]*:[\da-f:.]*(\/\d{1,3})?)$/i
    if (typeof value !== 'string' || !value.split(',').every((part) => known.test(part.trim())))
      return { refused: {} }
    return { value }
  },
})

const dbType = custom<'sqlite' | 'mariadb'>({
  fallback: 'sqlite',
  env: 'DB_TYPE',
  about: '"sqlite" keeps everything in one file; "mariadb" (also "mysql") uses a database server',
  allowed: '"sqlite", "mariadb" or "mysql"',
  text: true,
  read: (value) => {
    const name = asText(value)?.trim().toLowerCase()
    if (name === 'sqlite') return { value: 'sqlite' }
    if (name === 'mysql' || name === 'mariadb') return { value: 'mariadb' }
    if (name !== 'dirty') return { refused: {} }
    return {
      value: 'sqlite',
      warning:
        'dbType "dirty" is Etherpad\'s file format; Inkpad uses its own SQLite file instead, beside it and named inkpad.db',
    }
  },
})

const defaultPadText = custom<string>({
  ...text(DEFAULT_TEXT, 'DEFAULT_PAD_TEXT', 'Text of a new pad', { keepsEmpty: true }),
  read: (value) => {
    const given = asText(value)
    return given === null ? { refused: {} } : { value: given.replace(/\r\n?/g, '\n') }
  },
})

/** Addresses without their trailing slash, so that a path can be added. */
const publicURL = optionalText('PUBLIC_URL', 'Address people use, such as https://example.org/pad', {
  allowed: 'an http or https address without query and fragment',
  check: (given) => {
    const url = URL.canParse(given) ? new URL(given) : null
    const plain =
      url !== null && /^https?:$/.test(url.protocol) && url.search + url.hash + url.username === ''
    return plain ? url.href.replace(/\/+$/, '') : null
  },
})

const basePath = optionalText(
  'BASE_PATH',
  'Path before ours that a proxy leaves in requests, such as /pad; not needed when the proxy removes it',
  {
    allowed: 'a path such as /pad, or null',
    check: (given) => {
      const path = given.replace(/\/+$/, '')
      return /^(\/[\w.~-]+)+$/.test(path) && !/\/\.{1,2}(\/|$)/.test(path) ? path : null
    },
  },
)

const userColor = optionalText('PAD_OPTIONS_USER_COLOR', 'Colour of new guests as #rrggbb', {
  allowed: 'a colour such as #b8510d, or null',
  check: (given) => {
    const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(given)?.[1]?.toLowerCase()
    if (hex === undefined) return null
    return `#${hex.length === 3 ? hex.replace(/./g, '$&$&') : hex}`
  },
})

const ANCESTOR = /^(\*|'self'|'none'|https?:|https?:\/\/(\*\.)?[\w.-]+(:(\d{1,5}|\*))?)$/i

/** Nested like the settings file; every leaf is a {@link Field}. */
export const SCHEMA = {
  title: text('Inkpad', 'TITLE', 'Name of this installation'),
  favicon: optionalText(
    'FAVICON',
    'A file (from the project folder) or an http address; null for our own mark',
  ),
  ip: text('0.0.0.0', 'IP', 'Address to listen on'),
  port,
  publicURL,
  basePath,
  trustProxy,
  dbType,
  dbSettings: {
    filename: text('var/inkpad.db', 'DB_FILENAME', 'SQLite: the file, from the project folder'),
    host: text('localhost', 'DB_HOST', 'MariaDB: host, or the path of its socket'),
    port: number(3306, 1, 65_535, 'DB_PORT', 'MariaDB: port'),
    database: text('inkpad', 'DB_NAME', 'MariaDB: database'),
    user: text('inkpad', 'DB_USER', 'MariaDB: user'),
    password: text('', 'DB_PASS', 'MariaDB: password', { secret: true, keepsEmpty: true }),
    charset: text('utf8mb4', 'DB_CHARSET', 'MariaDB: character set; utf8 means utf8mb4'),
  },
  defaultPadText,
  padOptions: {
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
  },
  lowerCasePadIds: flag(false, 'LOWER_CASE_PAD_IDS', 'Capital letters in names of pads become small'),
  requireAuthentication: flag(
    false,
    'REQUIRE_AUTHENTICATION',
    'Everybody has to sign in (not yet available)',
  ),
  users: usersField,
  cookie: {
    prefix: custom<string>({
      ...text('', null, 'Put before the names of our cookies', { keepsEmpty: true }),
      env: 'COOKIE_PREFIX',
      allowed: 'letters, digits, - and _',
      read: (value) =>
        typeof value === 'string' && /^[\w-]{0,40}$/.test(value) ? { value } : { refused: {} },
    }),
    sameSite: choice('Lax', ['Lax', 'Strict', 'None'], 'COOKIE_SAME_SITE', 'Who may send our cookies along'),
    lifetime: number(60 * DAY, 60_000, 400 * DAY, 'COOKIE_LIFETIME', 'Milliseconds a guest is remembered'),
  },
  embedding: {
    frameAncestors: words(
      ['*'],
      'FRAME_ANCESTORS',
      "Sites that may show pads in a frame; * for all, 'self' for none but this host",
      "*, 'self', 'none' or origins such as https://meet.example.org",
      (word) => ANCESTOR.test(word),
    ),
  },
  socketIo: {
    allowedOrigins: words(
      [],
      'SOCKETIO_ALLOWED_ORIGINS',
      'Further origins whose pages may connect to pads',
      'origins such as https://example.org',
      (word) => URL.canParse(word) && new URL(word).origin === word.replace(/\/$/, '').toLowerCase(),
    ),
  },
  loglevel: choice('info', LOG_LEVELS, 'LOGLEVEL', 'How much is logged', {
    trace: 'debug',
    all: 'debug',
    fatal: 'error',
    off: 'error',
  }),
  exposeVersion: flag(false, 'EXPOSE_VERSION', 'Tell our version in /health'),
  enableMetrics: flag(false, 'ENABLE_METRICS', 'Serve /metrics and /stats/prometheus to anybody'),
  maxAge: number(21_600, 0, 31_536_000, 'MAX_AGE', 'Seconds browsers keep files whose name does not change'),
  limits: limitFields(),
} as const

/** The settings a schema makes. */
export type SettingsOf<S> = {
  readonly [K in keyof S]: S[K] extends Field<infer T> ? T : SettingsOf<S[K]>
}

/** All settings, checked. Passwords inside: never log it as a whole. */
export type Settings = SettingsOf<typeof SCHEMA>

type Branch = { readonly [key: string]: Field<unknown> | Branch }

/** Is this node of the schema a setting, not a group of them? */
export function isField(node: Field<unknown> | Branch): node is Field<unknown> {
  return typeof node.read === 'function'
}

/** The schema as a table: path and field, in the order of the file. */
export function fields(
  branch: Branch = SCHEMA,
  path: readonly string[] = [],
): [readonly string[], Field<unknown>][] {
  return Object.entries(branch).flatMap(([key, node]) =>
    isField(node) ? [[[...path, key], node] as [string[], Field<unknown>]] : fields(node, [...path, key]),
  )
}
