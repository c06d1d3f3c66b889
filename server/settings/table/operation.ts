/** Settings of logs, figures and limits. */
import { LIMITS } from '../../../shared/protocol.ts'
import { LOG_LAYOUTS, LOG_LEVELS } from '../../log.ts'
import { DEFAULT_LIMITS } from '../../sync/types.ts'
import type { Limits } from '../../sync/types.ts'
import { choice, flag, idle, number } from '../field.ts'
import type { Field } from '../field.ts'

const MAX = Number.MAX_SAFE_INTEGER

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

export const OPERATION = {
  loglevel: choice('info', LOG_LEVELS, 'LOGLEVEL', 'How much is logged', {
    trace: 'debug',
    all: 'debug',
    fatal: 'error',
    off: 'error',
  }),
  logLayoutType: choice(
    'json',
    LOG_LAYOUTS,
    'LOG_LAYOUT_TYPE',
    'A line of the log: "json" for programs, "basic" or "colored" for people',
  ),
  logconfig: idle(
    null,
    null,
    "log4js' own settings",
    'the log goes to standard output; loglevel and logLayoutType shape it',
    // What Etherpad's files hold.
    { quiet: (value) => JSON.stringify(value) === '{"appenders":[{"type":"console"}]}' },
  ),
  ipLogging: choice(
    'anonymous',
    ['anonymous', 'truncated', 'full'],
    'IP_LOGGING',
    'Network addresses in the log: not at all, without their last part, or whole',
  ),
  disableIPlogging: flag(
    false,
    'DISABLE_IP_LOGGING',
    'Etherpad\'s older word for ipLogging "anonymous"; true counts before ipLogging',
  ),
  exposeVersion: flag(false, 'EXPOSE_VERSION', 'Tell our version in /health'),
  enableMetrics: flag(false, 'ENABLE_METRICS', 'Serve /metrics and /stats/prometheus to anybody'),
  scalingDiveMetrics: idle(
    false,
    null,
    'Further figures about many people at once',
    'what there is to measure is in the metrics anyway',
  ),
  dumpOnUncleanExit: flag(
    false,
    'DUMP_ON_UNCLEAN_EXIT',
    'When stopping takes too long, the log says what was still open',
  ),
  loadTest: flag(
    false,
    'LOAD_TEST',
    'For load tests: no limits on rates and on connections of one person or address. Never on a public server',
  ),
  minify: idle(true, 'MINIFY', "Make the page's scripts small", 'the page is always built small'),
  maxAge: number(21_600, 0, 31_536_000, 'MAX_AGE', 'Seconds browsers keep files whose name does not change'),
  commitRateLimiting: {
    duration: number(
      1,
      1,
      86_400,
      'COMMIT_RATE_LIMIT_DURATION',
      "Etherpad's limit of changes: seconds. Other values than 1 and 10 set limits.messageRate, ten messages for each change",
    ),
    points: number(10, 1, 1_000_000, 'COMMIT_RATE_LIMIT_POINTS', 'Changes in that time'),
  },
  limits: limitFields(),
}
