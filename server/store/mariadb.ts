/** The store in MariaDB. */
import type { Log } from '../log.ts'
import type { Database } from './database.ts'
import { storeOf } from './facade.ts'
import type { MariadbAddress, MariadbDatabase, MariadbTimes } from './mariadb-driver.ts'
import type { Call, OperationName } from './operations.ts'
import { operations } from './operations.ts'
import type { Store } from './store.ts'
import { StoreDown } from './store.ts'

/** Below this, large pastes and snapshots of large pads do not fit. */
const PACKET_WISH = 16 * 1024 * 1024

export function openMariadbStore(address: MariadbAddress, log: Log, times?: MariadbTimes): Store {
  let database: MariadbDatabase | null = null
  let running = 0
  let idle: (() => void) | null = null

  const connected = (): MariadbDatabase => {
    if (database === null) throw new StoreDown('The store is not open.')
    return database
  }
  const call = (async (name: OperationName, ...values: unknown[]) => {
    const operation = operations[name] as (database: Database, ...rest: unknown[]) => Promise<unknown>
    running++
    try {
      return await operation(connected(), ...values)
    } finally {
      running--
      if (running === 0) idle?.()
    }
  }) as Call

  return storeOf({
    kind: 'mariadb',
    call,
    open: async () => {
      // Loaded only where it is used: it costs memory and time at the start.
      const { connectMariadb } = await import('./mariadb-driver.ts')
      database ??= connectMariadb(address, (message) => log.warn(message), times)
      await call('migrate')
    },
    close: async () => {
      const last = database
      if (last === null) return
      database = null
      if (running > 0)
        await new Promise<void>((resolve) => {
          idle = resolve
        })
      await last.close()
    },
    durability: async () => durabilityOf(await connected().variables(VARIABLES)),
  })
}

const VARIABLES = [
  'innodb_flush_log_at_trx_commit',
  'innodb_doublewrite',
  'log_bin',
  'sync_binlog',
  'wsrep_on',
  'max_allowed_packet',
]

function durabilityOf(values: ReadonlyMap<string, string>): string[] {
  const sentences: string[] = []
  const flush = values.get('innodb_flush_log_at_trx_commit')
  if (flush !== undefined && flush !== '1')
    sentences.push(
      `MariaDB does not wait for the disk (innodb_flush_log_at_trx_commit is ${flush}, not 1): saved edits may be lost when it crashes or power fails.`,
    )
  if (values.get('log_bin') === 'ON' && values.get('sync_binlog') !== '1')
    sentences.push(
      `MariaDB's binary log is not flushed with each commit (sync_binlog is ${values.get('sync_binlog')}, not 1): after a crash, replicas may miss saved edits.`,
    )
  if (values.get('innodb_doublewrite') === 'OFF')
    sentences.push(
      'MariaDB writes pages once (innodb_doublewrite is OFF): a crash while writing may damage them.',
    )
  if (values.get('wsrep_on') === 'ON')
    sentences.push(
      'MariaDB is a Galera cluster: let all Inkpad servers use the same node, and know that a node may confirm an edit before the others have it on disk.',
    )
  const packet = Number(values.get('max_allowed_packet') ?? PACKET_WISH)
  if (packet < PACKET_WISH)
    sentences.push(
      `MariaDB takes only ${packet} bytes at once (max_allowed_packet): larger changes cannot be saved. Set it to 16M or more.`,
    )
  return sentences
}
