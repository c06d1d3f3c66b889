/** Settings: ssl makes a server of our own that speaks https. Keys and certificates in support/tls are for these tests only. */
import { cpSync, mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { once } from 'node:events'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { addressOf } from '../../server/listen.ts'
import { createLog, silent } from '../../server/log.ts'
import { createWebServer } from '../../server/web-server.ts'

const TLS = join(import.meta.dirname, '../support/tls')
const pem = (name: string) => join(TLS, name)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkpad-tls-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Puts a pair where the server looks for it, newer than any before. */
let clock = 1_000_000_000
function install(name: 'first' | 'second', parts: readonly ('key' | 'cert')[] = ['key', 'cert']) {
  for (const part of parts) {
    const file = join(folder, `${part}.pem`)
    cpSync(pem(`${name}.${part}.pem`), file)
    clock += 10
    utimesSync(file, clock, clock)
  }
  return { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem'), ca: [] }
}

/** Who the server says it is. */
function subjectAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { port, host: '127.0.0.1', rejectUnauthorized: false, agent: false },
      (response) => {
        const name = (response.socket as TLSSocket).getPeerCertificate().subject.CN
        response.resume().once('end', () => resolve(String(name)))
      },
    )
    asked.once('error', reject)
    asked.end()
  })
}

const app = (_request: unknown, response: { end(text: string): unknown }) => void response.end('hello')

describe('Settings: ssl', () => {
  test('pages come by https, and a renewed certificate is taken up without a stop', async () => {
    const lines: string[] = []
    const log = createLog('info', (_level, line) => lines.push(line))
    const { server, secure, renew } = createWebServer(app, install('first'), log)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    expect(secure).toBe(true)
    expect(addressOf(server, { ip: '127.0.0.1', basePath: null }, secure)).toBe(`https://localhost:${port}/`)
    expect(await subjectAt(port)).toBe('first.test')
    expect(renew()).toBe(false)

    install('second')
    expect(renew()).toBe(true)
    expect(await subjectAt(port)).toBe('second.test')

    // Half of a pair: what was good stays, and the log says why.
    install('first', ['cert'])
    expect(renew()).toBe(false)
    expect(await subjectAt(port)).toBe('second.test')
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(['info', 'error'])
    server.close()
    server.closeAllConnections()
  })

  test('without it pages come by http', () => {
    const { server, secure } = createWebServer(app, { key: null, cert: null, ca: [] }, silent)
    expect(secure).toBe(false)
    server.close()
  })

  test.each([
    [
      'a file that is not there',
      { key: '/nowhere/k.pem', cert: pem('first.cert.pem') },
      'ssl.key is "/nowhere/k.pem", which cannot be read (ENOENT)',
    ],
    [
      'a key of another certificate',
      { key: pem('second.key.pem'), cert: pem('first.cert.pem') },
      'ssl: key and certificate cannot be used together (',
    ],
    [
      'a certificate in place of the key',
      { key: pem('first.cert.pem'), cert: pem('first.cert.pem') },
      'ssl: key and certificate cannot be used together (',
    ],
  ])('%s stops the start with one line', (_case, pair, line) => {
    const make = () => createWebServer(app, { ...pair, ca: [] }, silent)
    expect(make).toThrow(line)
    expect(make).toThrow(/^[^\n]*$/)
  })
})
