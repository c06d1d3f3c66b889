/** The key of the HTTP API: a file only the server's user reads, made at the first start (SPEC-groups G20). */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '../../errors.ts'
import type { Log } from '../../log.ts'

export interface ApiKey {
  /** Compares in the same time whatever is wrong. */
  fits(given: string): boolean
}

/** Characters of a key. */
const SHORTEST = 16

/**
 * Finds the key: in the file that `--apikey` names, else in `APIKEY.txt` beside the settings file or, where that folder
 * cannot be written, in `var` below it. Makes it (64 hex digits, mode 0600) where there is none.
 * @throws AppError `badSettings` when the named file can neither be read nor made
 */
export function findApiKey(args: readonly string[], settingsFile: string, log: Log): ApiKey | null {
  const named = namedFile(args)
  const folder = dirname(settingsFile)
  const files = named === null ? [join(folder, 'APIKEY.txt'), join(folder, 'var', 'APIKEY.txt')] : [named]
  for (const file of files) {
    const key = read(file)
    if (key === null) continue
    if (key.length < SHORTEST) {
      log.error(`${file} holds no key of at least ${SHORTEST} characters; the HTTP API stays closed`)
      return null
    }
    return keyOf(key)
  }
  const key = randomBytes(32).toString('hex')
  for (const file of files) {
    if (make(file, key)) {
      log.info(`The key of the HTTP API was made: ${file}`)
      return keyOf(key)
    }
    // Another server may have been faster.
    const theirs = read(file)
    if (theirs !== null && theirs.length >= SHORTEST) return keyOf(theirs)
  }
  if (named !== null) throw new AppError('badSettings', `${named} cannot be written; --apikey names it`)
  log.warn(`no folder for APIKEY.txt can be written (${files.join(', ')}); the HTTP API stays closed`)
  return null
}

/** A key that is known already. */
export function keyOf(key: string): ApiKey {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  const wanted = hash(key)
  return { fits: (given) => timingSafeEqual(hash(given), wanted) }
}

function namedFile(args: readonly string[]): string | null {
  for (const [at, arg] of args.entries()) {
    if (arg.startsWith('--apikey=')) return resolve(arg.slice('--apikey='.length))
    if (arg !== '--apikey') continue
    const value = args[at + 1]
    if (value === undefined) throw new AppError('badSettings', '--apikey needs the name of a file')
    return resolve(value)
  }
  return null
}

/** Null when there is no such file, or none we may read. */
function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

function make(file: string, key: string): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true })
    // Never over what another server made at the same moment, and never through what lies there.
    writeFileSync(file, key, { mode: 0o600, flag: 'wx' })
    chmodSync(file, 0o600)
    return true
  } catch {
    return false
  }
}
