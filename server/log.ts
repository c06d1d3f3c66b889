/** Logging: one line of JSON an event, to standard output; warnings and errors to standard error. */

/** From most to least talkative. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** `data` must hold no secrets: no cookies, tokens, passwords or pad text. */
export type Log = Record<LogLevel, (message: string, data?: Record<string, unknown>) => void>

/** A log that writes from `level` up. `write` is for tests. */
export function createLog(level: LogLevel, write?: (level: LogLevel, line: string) => void): Log {
  const put =
    write ??
    ((at: LogLevel, line: string) => {
      if (at === 'warn' || at === 'error') console.error(line)
      else console.log(line)
    })
  const from = LOG_LEVELS.indexOf(level)
  const at = (name: LogLevel) => (message: string, data?: Record<string, unknown>) => {
    if (LOG_LEVELS.indexOf(name) < from) return
    put(name, JSON.stringify({ time: new Date().toISOString(), level: name, message, ...data }))
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** A log that says nothing, for tests. */
export const silent: Log = createLog('error', () => {})
