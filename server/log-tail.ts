/** The last lines of the log, kept in memory for the administrator's page. */
import type { LogLine } from '../shared/admin.ts'
import { LOG_LEVELS } from './log.ts'
import type { Log, LogLevel } from './log.ts'

/** Lines kept. */
const MOST = 500
/** Characters kept of what comes with a line. */
const LONGEST = 2000

export interface LogTail {
  /** Writes to the log it was made from, and remembers. */
  readonly log: Log
  /** Lines after the one with this id, oldest first. */
  since(id: number): readonly LogLine[]
  /** Warnings and errors, newest first. */
  lately(most: number): readonly LogLine[]
}

/** Remembers what goes to `log` from `level` up. */
export function tailOf(log: Log, level: LogLevel, now: () => number = Date.now): LogTail {
  const lines: LogLine[] = []
  let id = 0
  const from = LOG_LEVELS.indexOf(level)
  const at =
    (name: LogLevel) =>
    (message: string, data?: Record<string, unknown>): void => {
      log[name](message, data)
      if (LOG_LEVELS.indexOf(name) < from) return
      id += 1
      const facts = data === undefined ? '' : JSON.stringify(data).slice(0, LONGEST)
      lines.push({ id, time: now(), level: name, message: message.slice(0, LONGEST), facts })
      if (lines.length > MOST) lines.shift()
    }
  return {
    log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
    since: (after) => lines.filter((line) => line.id > after),
    lately: (most) =>
      lines
        .filter((line) => line.level === 'warn' || line.level === 'error')
        .slice(-most)
        .reverse(),
  }
}
