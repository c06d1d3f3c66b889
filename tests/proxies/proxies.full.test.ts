/** One journey behind every proxy of DESIGN D10: pad, board, administration, export (rules 1 to 7 of docs/admin/proxies.md). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { inRoom, PASSWORD, signIn } from '../support/admin-page.ts'
import { startChromium, visitor } from '../support/chromium.ts'
import type { Visitor } from '../support/chromium.ts'
import { freePort } from '../support/free-port.ts'
import { startInkpad } from '../support/inkpad.ts'
import type { InkpadProcess } from '../support/inkpad.ts'
import { untilInk } from '../support/page-asks.ts'
import { goToEnd, openPadFor, PATIENCE, untilEqual, untilSaved, untilShows } from '../support/pad-page.ts'
import { certificates, hasProxy, startProxy } from '../support/proxies.ts'
import type { Proxy } from '../support/proxies.ts'
import { CONFIGURATIONS } from './configurations.ts'
import type { Ports } from './configurations.ts'

const LIMIT = 120_000

let browser: Browser
let folder: string
/** Stands where Jitsi does, and notes who came. */
let jitsi: Server
const visits: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'inkpad-proxies-'))
  // Proxies read as users of their own.
  await chmod(folder, 0o755)
  // The name of the guide, and certificates of ours.
  browser = await startChromium([
    '--host-resolver-rules=MAP meet.darkstar.lan 127.0.0.1',
    '--ignore-certificate-errors',
  ])
  jitsi = createServer((request, response) => {
    visits.push(request.url ?? '')
    response.writeHead(404).end('Jitsi')
  })
  jitsi.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'))
  await new Promise<void>((resolve) => jitsi.listen(0, '127.0.0.1', resolve))
}, 60_000)
afterAll(async () => {
  await browser?.close()
  jitsi?.closeAllConnections()
  jitsi?.close()
  await rm(folder, { recursive: true, force: true })
}, 30_000)

async function portsFor(inkpad: number): Promise<Ports> {
  const { cert, key } = await certificates()
  const both = path.join(folder, 'both.pem')
  await writeFile(both, (await readFile(cert, 'utf8')) + (await readFile(key, 'utf8')))
  const passwords = path.join(folder, 'htaccess.epl')
  const { stdout } = spawnSync('htpasswd', ['-B', '-n', '-b', 'admin', PASSWORD], { encoding: 'utf8' })
  await writeFile(passwords, stdout, { mode: 0o644 })
  return {
    proxy: await freePort(),
    inkpad,
    jitsi: (jitsi.address() as AddressInfo).port,
    cert,
    key,
    both,
    passwords,
  }
}

/** Requests and WebSockets of a page, as far as they are not of the browser itself. */
function watchRequests({ page }: Visitor): { urls: string[]; frames: string[] } {
  const seen = { urls: [] as string[], frames: [] as string[] }
  page.on('request', (request) => seen.urls.push(request.url()))
  page.on('websocket', (socket) => {
    socket.on('framereceived', () => seen.frames.push(socket.url()))
  })
  return seen
}

function carrierOf(frames: readonly string[]): string {
  if (frames.some((url) => url.includes('/sync/'))) return 'websocket'
  return frames.length > 0 ? 'socket.io' : 'polling'
}

/** What went wrong in pages, but for the browser's word that plain http has less protection. */
function faultsOf(...people: readonly Visitor[]): string[] {
  return people.flatMap(({ problems }) => problems.filter((one) => !one.includes('origin was untrustworthy')))
}

for (const behind of CONFIGURATIONS) {
  const there = hasProxy(behind.kind) ? describe : describe.skip
  there(behind.name, () => {
    let inkpad: InkpadProcess
    let proxy: Proxy
    let base: string
    const hosted = `${behind.secure ? 'https' : 'http'}://meet.darkstar.lan`

    beforeAll(async () => {
      inkpad = await startInkpad({ ADMIN_PASSWORD: PASSWORD, ...behind.env })
      const ports = await portsFor(inkpad.port)
      proxy = await startProxy(behind.kind, ports.proxy, behind.config(ports))
      base = `${hosted}:${ports.proxy}${behind.prefix}`
    }, 60_000)
    afterAll(async () => {
      await proxy?.stop()
      await inkpad?.remove()
    }, 30_000)

    test(
      `D10: two people write, by ${behind.carrier}; names and exports stay under the prefix`,
      async () => {
        visits.length = 0
        const one = await visitor(browser)
        const seen = watchRequests(one)
        const ada = await openPadFor(one, `${base}/p/through%20here`)
        expect(new URL(ada.page.url()).pathname).toBe(`${behind.prefix}/p/through_here`)
        const bo = await openPadFor(await visitor(browser), `${base}/p/through_here`)
        await untilSaved(ada, bo)
        await goToEnd(ada)
        await ada.page.keyboard.type('ada was here')
        await untilShows('ada was here', bo)
        await goToEnd(bo)
        await bo.page.keyboard.type(', bo too')
        await untilShows('ada was here, bo too', ada)
        await untilSaved(ada, bo)
        await untilEqual(ada, bo)
        expect(carrierOf(seen.frames)).toBe(behind.carrier)
        const text = await ada.page.evaluate(async () => (await fetch('through_here/export/txt')).text())
        expect(text).toContain('ada was here, bo too')
        const astray = seen.urls.filter((url) => !url.startsWith(`${base}/`) && url.startsWith('http'))
        expect(astray).toEqual([])
        expect(visits).toEqual([])
        expect(faultsOf(ada, bo)).toEqual([])
        await Promise.all([one.context.close(), bo.context.close()])
      },
      LIMIT,
    )

    test(
      'D10: what one draws on the board is there for the other',
      async () => {
        const [ada, bo] = await Promise.all([visitor(browser), visitor(browser)])
        for (const { page } of [ada, bo]) {
          page.setDefaultTimeout(PATIENCE)
          await page.goto(`${base}/p/drawn/board`)
          await page.locator('.status', { hasText: 'Saved' }).waitFor()
        }
        await ada.page.keyboard.press('p')
        await ada.page.mouse.move(400, 300)
        await ada.page.mouse.down()
        await ada.page.mouse.move(520, 360, { steps: 8 })
        await ada.page.mouse.up()
        await ada.page.locator('.status', { hasText: 'Saved' }).waitFor()
        await untilInk(bo.page, 'board/export/json')
        expect(faultsOf(ada, bo)).toEqual([])
        await Promise.all([ada.context.close(), bo.context.close()])
      },
      LIMIT,
    )

    test(
      behind.basic === true
        ? "D10: the proxy's Basic authentication opens the administration"
        : 'D10: the administration opens with its password',
      async () => {
        const admin = await visitor(
          browser,
          behind.basic === true ? { httpCredentials: { username: 'admin', password: PASSWORD } } : {},
        )
        admin.page.setDefaultTimeout(PATIENCE)
        const answer = await admin.page.goto(`${base}/admin/`)
        expect(answer?.status()).toBe(200)
        if (behind.basic !== true) await signIn(admin.page)
        await inRoom(admin.page, 'Overview')
        expect(admin.page.url().startsWith(`${base}/admin`)).toBe(true)
        await admin.context.close()
      },
      LIMIT,
    )
  })
}
