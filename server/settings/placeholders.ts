/** Passwords that stand in examples, and that everybody knows therefore (SPEC-access SE2). */
import type { Fault } from './check.ts'
import type { Settings } from './schema.ts'

/** Placeholders of settings files, of guides, and of people in a hurry. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'admin',
  'admin123',
  'administrator',
  'adminpassword',
  'changeme',
  'changeme1',
  'change-me',
  'change_me',
  'changethis',
  'default',
  'etherpad',
  'example',
  'geheim',
  'inkpad',
  'letmein',
  'password',
  'password1',
  'passwort',
  'placeholder',
  'replaceme',
  'root',
  'secret',
  'test',
  'todo',
  'user',
  'yourpassword',
  'your-password',
  '123456',
  '12345678',
  '1234567890',
])

/** Is a secret one that everybody knows? */
export function isPlaceholder(secret: string): boolean {
  return PLACEHOLDERS.has(secret.trim().toLowerCase())
}

/**
 * Accounts and databases whose password everybody knows. In production an account is a fault, so that nothing starts; the
 * database's, which others may not reach, is a warning as all are elsewhere.
 */
export function placeholders(
  { users, dbType, dbSettings }: Settings,
  production: boolean,
): { faults: readonly Fault[]; warnings: readonly string[] } {
  const found = Object.entries(users)
    .filter(([name, { password }]) => password !== '' && (isPlaceholder(password) || password === name))
    .map(([name]) => ({
      path: ['users', name, 'password'],
      line: `users.${name}.password is a placeholder that everybody knows; allowed is a password of your own`,
    }))
  const warnings =
    dbType === 'mariadb' && isPlaceholder(dbSettings.password)
      ? ['dbSettings.password is a placeholder that everybody knows; give the database a password of its own']
      : []
  return production
    ? { faults: found, warnings }
    : { faults: [], warnings: [...found.map(({ line }) => line), ...warnings] }
}
