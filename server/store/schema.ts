/**
 * The tables, as numbered steps that only go forward (SPEC-store ST30 to ST32). Both dialects share one text; three
 * words differ. Rules for a new step: append it, never edit an old one; one statement; it must be harmless to run it
 * twice; the version before must be able to work with its result.
 *
 * Every key stands inside its CREATE TABLE, because the usual grants on MariaDB know no CREATE INDEX and no REFERENCES.
 */
import type { Database, Dialect } from './database.ts'
import { integer } from './database.ts'

/** Longest name of a document and longest key of a setting, in characters. */
export const NAME_LIMIT = 191

interface Words {
  autoId: string
  bytes: string
  /** What follows a table's closing bracket; `clustered` tables are stored in the order of their primary key. */
  table: string
  clustered: string
}

const INNODB = 'ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'

const WORDS: Record<Dialect, Words> = {
  sqlite: {
    autoId: 'INTEGER PRIMARY KEY AUTOINCREMENT',
    bytes: 'BLOB',
    table: '',
    clustered: 'WITHOUT ROWID',
  },
  mariadb: {
    autoId: 'BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY',
    bytes: 'LONGBLOB',
    table: INNODB,
    clustered: INNODB,
  },
}

/** The steps for a dialect; step 1 is the first. */
export function schemaSteps(dialect: Dialect): readonly string[] {
  const { autoId, bytes, table, clustered } = WORDS[dialect]
  return [
    `CREATE TABLE IF NOT EXISTS inkpad_document (
      id ${autoId},
      name VARCHAR(${NAME_LIMIT}) NOT NULL,
      generation VARCHAR(64) NOT NULL,
      created BIGINT NOT NULL,
      UNIQUE (name)
    ) ${table}`,
    `CREATE TABLE IF NOT EXISTS inkpad_row (
      document BIGINT NOT NULL,
      seq BIGINT NOT NULL,
      author VARCHAR(64) NOT NULL,
      time BIGINT NOT NULL,
      crc BIGINT NOT NULL,
      bytes ${bytes} NOT NULL,
      PRIMARY KEY (document, seq)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_client (
      document BIGINT NOT NULL,
      client BIGINT NOT NULL,
      seq BIGINT NOT NULL,
      author VARCHAR(64) NOT NULL,
      PRIMARY KEY (document, client)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_chunk (
      document BIGINT NOT NULL,
      seq_to BIGINT NOT NULL,
      seq_from BIGINT NOT NULL,
      time_from BIGINT NOT NULL,
      time_to BIGINT NOT NULL,
      bytes ${bytes} NOT NULL,
      PRIMARY KEY (document, seq_to)
    ) ${table}`,
    `CREATE TABLE IF NOT EXISTS inkpad_snapshot (
      document BIGINT NOT NULL,
      seq BIGINT NOT NULL,
      time BIGINT NOT NULL,
      bytes ${bytes} NOT NULL,
      PRIMARY KEY (document, seq)
    ) ${table}`,
    `CREATE TABLE IF NOT EXISTS inkpad_author (
      id VARCHAR(64) NOT NULL,
      name VARCHAR(255) NOT NULL,
      colour VARCHAR(32) NOT NULL,
      seen BIGINT NOT NULL,
      PRIMARY KEY (id)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_token (
      hash VARCHAR(64) NOT NULL,
      author VARCHAR(64) NOT NULL,
      time BIGINT NOT NULL,
      PRIMARY KEY (hash)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_readonly (
      pad VARCHAR(${NAME_LIMIT}) NOT NULL,
      id VARCHAR(64) NOT NULL,
      PRIMARY KEY (pad),
      UNIQUE (id)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_setting (
      name VARCHAR(${NAME_LIMIT}) NOT NULL,
      value ${dialect === 'mariadb' ? 'LONGTEXT' : 'TEXT'} NOT NULL,
      PRIMARY KEY (name)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_pad (
      document BIGINT NOT NULL,
      name VARCHAR(${NAME_LIMIT}) NOT NULL,
      edited BIGINT NOT NULL,
      versions BIGINT NOT NULL,
      bytes BIGINT NOT NULL,
      PRIMARY KEY (document),
      UNIQUE (name),
      UNIQUE (edited, document),
      UNIQUE (versions, document),
      UNIQUE (bytes, document)
    ) ${table}`,
    `INSERT INTO inkpad_pad (document, name, edited, versions, bytes)
      SELECT d.id, SUBSTR(d.name, 3),
        COALESCE((SELECT MAX(r.time) FROM inkpad_row r WHERE r.document = d.id), d.created),
        COALESCE((SELECT MAX(r.seq) FROM inkpad_row r WHERE r.document = d.id), 1), 0
      FROM inkpad_document d
      WHERE d.name >= 'p/' AND d.name < 'p0'
        AND NOT EXISTS (SELECT 1 FROM inkpad_pad p WHERE p.document = d.id)`,
    `CREATE TABLE IF NOT EXISTS inkpad_plugin_value (
      plugin VARCHAR(64) NOT NULL,
      name VARCHAR(200) NOT NULL,
      value ${dialect === 'mariadb' ? 'LONGTEXT' : 'TEXT'} NOT NULL,
      PRIMARY KEY (plugin, name)
    ) ${table}`,
    `CREATE TABLE IF NOT EXISTS inkpad_chat (
      document BIGINT NOT NULL,
      id BIGINT NOT NULL,
      author VARCHAR(64) NOT NULL,
      name VARCHAR(255) NOT NULL,
      words ${dialect === 'mariadb' ? 'LONGTEXT' : 'TEXT'} NOT NULL,
      time BIGINT NOT NULL,
      client_key VARCHAR(64) NOT NULL,
      PRIMARY KEY (document, id),
      UNIQUE (document, author, client_key)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_pad_value (
      document BIGINT NOT NULL,
      name VARCHAR(64) NOT NULL,
      value ${dialect === 'mariadb' ? 'LONGTEXT' : 'TEXT'} NOT NULL,
      time BIGINT NOT NULL,
      PRIMARY KEY (document, name)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_account (
      id VARCHAR(64) NOT NULL,
      provider VARCHAR(64) NOT NULL,
      subject VARCHAR(255) NOT NULL,
      author VARCHAR(64) NOT NULL,
      profile ${dialect === 'mariadb' ? 'LONGTEXT' : 'TEXT'} NOT NULL,
      seen BIGINT NOT NULL,
      PRIMARY KEY (id),
      UNIQUE (author)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_session (
      hash VARCHAR(64) NOT NULL,
      account VARCHAR(64) NOT NULL,
      sid VARCHAR(64) NOT NULL,
      created BIGINT NOT NULL,
      seen BIGINT NOT NULL,
      ends BIGINT NOT NULL,
      about ${dialect === 'mariadb' ? 'LONGTEXT' : 'TEXT'} NOT NULL,
      PRIMARY KEY (hash),
      UNIQUE (account, hash),
      UNIQUE (sid, hash),
      UNIQUE (ends, hash)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_picture (
      document BIGINT NOT NULL,
      hash VARCHAR(64) NOT NULL,
      type VARCHAR(32) NOT NULL,
      width BIGINT NOT NULL,
      height BIGINT NOT NULL,
      size BIGINT NOT NULL,
      author VARCHAR(64) NOT NULL,
      time BIGINT NOT NULL,
      used BIGINT NOT NULL,
      PRIMARY KEY (document, hash),
      UNIQUE (used, time, document, hash)
    ) ${table}`,
    `CREATE TABLE IF NOT EXISTS inkpad_picture_piece (
      document BIGINT NOT NULL,
      hash VARCHAR(64) NOT NULL,
      piece BIGINT NOT NULL,
      bytes ${bytes} NOT NULL,
      PRIMARY KEY (document, hash, piece)
    ) ${table}`,
    `CREATE TABLE IF NOT EXISTS inkpad_grant (
      who VARCHAR(${NAME_LIMIT}) NOT NULL,
      document BIGINT NOT NULL,
      level BIGINT NOT NULL,
      seen BIGINT NOT NULL,
      pass VARCHAR(64) NOT NULL,
      PRIMARY KEY (who, document),
      UNIQUE (document, who)
    ) ${clustered}`,
    `INSERT INTO inkpad_grant (who, document, level, seen, pass)
      SELECT SUBSTR(v.value, 1, 64), v.document, 4, 0, ''
      FROM inkpad_pad_value v JOIN inkpad_document d ON d.id = v.document
      WHERE v.name = 'owner' AND d.name >= 'p/' AND d.name < 'p0'
        AND NOT EXISTS (SELECT 1 FROM inkpad_grant g WHERE g.document = v.document AND g.level = 4)`,
    `CREATE TABLE IF NOT EXISTS inkpad_group (
      id VARCHAR(64) NOT NULL,
      created BIGINT NOT NULL,
      PRIMARY KEY (id)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_mapper (
      kind VARCHAR(16) NOT NULL,
      hash VARCHAR(64) NOT NULL,
      id VARCHAR(64) NOT NULL,
      PRIMARY KEY (kind, hash),
      UNIQUE (kind, id, hash)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_group_session (
      id VARCHAR(64) NOT NULL,
      grp VARCHAR(64) NOT NULL,
      author VARCHAR(64) NOT NULL,
      valid_until BIGINT NOT NULL,
      PRIMARY KEY (id),
      UNIQUE (grp, id),
      UNIQUE (author, grp, id),
      UNIQUE (valid_until, id)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_user (
      id VARCHAR(64) NOT NULL,
      name VARCHAR(191) NOT NULL,
      name_key VARCHAR(191) NOT NULL,
      version BIGINT NOT NULL,
      created BIGINT NOT NULL,
      seen BIGINT NOT NULL,
      admin BIGINT NOT NULL,
      blocked BIGINT NOT NULL,
      proof ${dialect === 'mariadb' ? 'LONGTEXT' : 'TEXT'} NOT NULL,
      PRIMARY KEY (id),
      UNIQUE (name_key)
    ) ${clustered}`,
    `CREATE TABLE IF NOT EXISTS inkpad_audit (
      number ${autoId},
      time BIGINT NOT NULL,
      kind VARCHAR(32) NOT NULL,
      who VARCHAR(255) NOT NULL,
      who_id VARCHAR(191) NOT NULL,
      address VARCHAR(64) NOT NULL,
      target VARCHAR(255) NOT NULL,
      facts ${dialect === 'mariadb' ? 'LONGTEXT' : 'TEXT'} NOT NULL,
      UNIQUE (time, number)
    ) ${table}`,
  ]
}

/**
 * Brings the schema up to date. A server killed anywhere in between, and two servers at once, do no harm: each step
 * may run twice, and is recorded after it ran. Steps recorded by a newer version are left alone.
 */
export async function migrate(database: Database): Promise<void> {
  const steps = schemaSteps(database.dialect)
  await database.write((session) =>
    session.run(
      `CREATE TABLE IF NOT EXISTS inkpad_migration (
        step BIGINT NOT NULL,
        time BIGINT NOT NULL,
        PRIMARY KEY (step)
      ) ${WORDS[database.dialect].clustered}`,
    ),
  )
  const recorded = await database.read(async (session) => {
    const rows = await session.all('SELECT step FROM inkpad_migration')
    return new Set(rows.map((row) => integer(row, 'step')))
  })
  for (const [index, statement] of steps.entries()) {
    const step = index + 1
    if (recorded.has(step)) continue
    await database.write(async (session) => {
      await session.run(statement)
      await session.insert('inkpad_migration', ['step', 'time'], [[step, Date.now()]], 'keep')
    })
  }
}
