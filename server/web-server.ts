/** The HTTP server, or with the setting `ssl` the HTTPS server; certificates that are renewed are taken up while it runs. */
import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Server as SecureServer } from 'node:https'
import { createSecureContext } from 'node:tls'
import { AppError } from './errors.ts'
import type { Log } from './log.ts'
import type { Settings } from './settings/schema.ts'
import { isTree } from './settings/substitute.ts'

/** Ms in which a client must have sent headers and a whole request, and a quiet connection is kept. */
const PATIENCE = { keepAliveTimeout: 65_000, requestTimeout: 60_000, headersTimeout: 20_000 }
/** Ms between two looks at the certificate's files. */
const LOOK = 60 * 60_000

/** A server, and a way to look for a renewed certificate now. */
export interface WebServer {
  server: Server
  /** The pages are at https addresses of our own. */
  secure: boolean
  /** Takes up a certificate whose files changed; false when none did. What is wrong with it is logged. */
  renew: () => boolean
}

/** @throws AppError `badSettings` with one line when key or certificate cannot be used */
export function createWebServer(
  app: RequestListener,
  ssl: Settings['ssl'],
  log: Log,
  look: number = LOOK,
): WebServer {
  if (ssl.key === null || ssl.cert === null)
    return { server: createServer(PATIENCE, app), secure: false, renew: () => false }
  const files = { key: ssl.key, cert: ssl.cert, ca: ssl.ca }
  const server: SecureServer = createSecureServer({ ...PATIENCE, ...readCertificate(files) }, app)
  let known = changeOf(files)
  const renew = (): boolean => {
    const now = changeOf(files)
    if (now === known) return false
    known = now
    try {
      server.setSecureContext(readCertificate(files))
      log.info('the certificate was renewed')
      return true
    } catch (error) {
      log.error('the certificate changed and cannot be used; the one before stays', {
        error: error instanceof Error ? error.message : String(error),
      })
      return false
    }
  }
  const timer = setInterval(renew, look)
  timer.unref()
  server.once('close', () => clearInterval(timer))
  return { server, secure: true, renew }
}

interface Files {
  key: string
  cert: string
  ca: readonly string[]
}

function readCertificate({ key, cert, ca }: Files): { key: string; cert: string; ca?: string[] } {
  const read = (name: string, file: string): string => {
    try {
      return readFileSync(file, 'utf8')
    } catch (error) {
      const code = isTree(error) && 'code' in error ? String(error.code) : String(error)
      throw new AppError(
        'badSettings',
        `ssl.${name} is ${JSON.stringify(file)}, which cannot be read (${code})`,
      )
    }
  }
  const pair = {
    key: read('key', key),
    cert: read('cert', cert),
    ...(ca.length === 0 ? {} : { ca: ca.map((file) => read('ca', file)) }),
  }
  try {
    createSecureContext(pair)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('badSettings', `ssl: key and certificate cannot be used together (${reason})`)
  }
  return pair
}

/** Something else after any of the files changed. */
function changeOf({ key, cert, ca }: Files): string {
  return [key, cert, ...ca]
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false })
      return stat === undefined ? 'gone' : `${stat.mtimeMs} ${stat.size} ${stat.ino}`
    })
    .join('\n')
}
