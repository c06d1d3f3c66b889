/** Logging: one line an event, to standard output; warnings and errors to standard error. */

/** From most to least talkative. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** JSON for programs; words for people, with or without colours. */
export const LOG_LAYOUTS = ['json', 'basic', 'colored'] as const
export type LogLayout = (typeof LOG_LAYOUTS)[number]

/** `data` must hold no secrets: no cookies, tokens, passwords or pad text. */
export type Log = Record<LogLevel, (message: string, data?: Record<string, unknown>) => void>

type Write = (level: LogLevel, line: string) => void

/** Colours of terminals: grey, none, yellow, red. */
const COLOURS: Readonly<Record<LogLevel, string>> = { debug: '90', info: '39', warn: '33', error: '31' }

function lineOf(layout: LogLayout, level: LogLevel, message: string, data?: Record<string, unknown>): string {
  const time = new Date().toISOString()
  if (layout === 'json') return JSON.stringify({ time, level, message, ...data })
  const more = data === undefined || Object.keys(data).length === 0 ? '' : ` ${JSON.stringify(data)}`
  // What people sent may stand in a message: a line stays one, and terminals get no orders.
  const text = `${message}${more}`.replace(/[\p{Cc}\u2028\u2029]/gu, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  const head = `[${time}] [${level.toUpperCase()}]`
  return layout === 'basic' ? `${head} ${text}` : `\u001b[${COLOURS[level]}m${head}\u001b[39m ${text}`
}

/** A log that writes from `level` up. `write` is for tests. */
export function createLog(level: LogLevel, write?: Write, layout: LogLayout = 'json'): Log {
  const put =
    write ??
    ((at: LogLevel, line: string) => {
      if (at === 'warn' || at === 'error') console.error(line)
      else console.log(line)
    })
  const from = LOG_LEVELS.indexOf(level)
  const at = (name: LogLevel) => (message: string, data?: Record<string, unknown>) => {
    if (LOG_LEVELS.indexOf(name) < from) return
    put(name, lineOf(layout, name, message, data))
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** A log that says nothing, for tests. */
export const silent: Log = createLog('error', () => {})
