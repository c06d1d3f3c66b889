/** Settings of the database. */
import { asText, choice, custom, idle, number, optionalText, text } from '../field.ts'

/** Etherpad's stores that keep everything in a file beside it. */
const FILES: readonly string[] = ['dirty', 'rustydb', 'sqlite']

const dbType = custom<'sqlite' | 'mariadb'>({
  fallback: 'sqlite',
  env: 'DB_TYPE',
  about: '"sqlite" keeps everything in one file; "mariadb" (also "mysql") uses a database server',
  allowed: '"sqlite", "mariadb" or "mysql"',
  text: true,
  read: (value) => {
    const name = asText(value)?.trim().toLowerCase() ?? ''
    if (name === 'mysql' || name === 'mariadb') return { value: 'mariadb' }
    if (!FILES.includes(name)) return { refused: {} }
    if (name === 'sqlite') return { value: 'sqlite' }
    return {
      value: 'sqlite',
      warning: `dbType "${name}" is Etherpad's file format; Inkpad uses its own SQLite file instead, beside it and named inkpad.db`,
    }
  },
})

export const DATABASE = {
  dbType,
  dbSettings: {
    filename: text('var/inkpad.db', 'DB_FILENAME', 'SQLite: the file, from the project folder'),
    host: text('localhost', 'DB_HOST', 'MariaDB: host, or the path of its socket'),
    port: number(3306, 1, 65_535, 'DB_PORT', 'MariaDB: port'),
    database: text('inkpad', 'DB_NAME', 'MariaDB: database'),
    user: text('inkpad', 'DB_USER', 'MariaDB: user'),
    password: text('', 'DB_PASS', 'MariaDB: password', { secret: true, keepsEmpty: true }),
    charset: text('utf8mb4', 'DB_CHARSET', 'MariaDB: character set; utf8 means utf8mb4'),
    url: optionalText(
      'DB_URL',
      'MariaDB: all of it as one address, mysql://USER:PASSWORD@HOST:3306/DATABASE; what it names counts',
      {
        secret: true,
        allowed: 'an address such as mysql://USER:PASSWORD@HOST:3306/DATABASE, or null',
        check: (given) => {
          const url = URL.canParse(given) ? new URL(given) : null
          return url !== null && /^(mysql|mariadb):$/.test(url.protocol) && url.hostname !== '' ? given : null
        },
      },
    ),
    collection: idle(null, 'DB_COLLECTION', "MongoDB's collection", 'MongoDB is not one of our databases'),
  },
  pictures: {
    store: choice(
      'database',
      ['database', 'directory'],
      'PICTURES_STORE',
      'Where new pictures are kept: in the database, or as files in a directory that is saved together with it. Those that are there already are found in both',
    ),
    directory: text('var/pictures', 'PICTURES_DIR', 'The directory of pictures, from the project folder'),
  },
  redis: {
    url: optionalText(
      'REDIS_URL',
      'With several servers on one MariaDB: a Redis through which they tell one another what happens, redis://:PASSWORD@HOST:6379 or rediss://. Without one they look into the database once a second',
      {
        secret: true,
        allowed:
          'an address such as redis://:PASSWORD@HOST:6379 or rediss://USER:PASSWORD@HOST:6380, or null',
        check: (given) => {
          const url = URL.canParse(given) ? new URL(given) : null
          return url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== '' ? given : null
        },
      },
    ),
  },
}
