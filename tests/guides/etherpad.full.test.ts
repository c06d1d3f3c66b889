/**
 * The two deployment guides, from their first line to their last, with Inkpad in Etherpad's place: MariaDB with the guide's
 * grants, Apache with the guide's blocks, an OpenID provider at Keycloak's paths with Keycloak's frame headers, a page in a
 * meeting's place, and two browsers at the guide's own addresses. What the guides warn of must not be so here: open
 * documents, guessable boards, a broken prefix, a second login.
 */
import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { CONFIGURATIONS } from '../proxies/configurations.ts'
import { inRoom } from '../support/admin-page.ts'
import { startChromium, visitor } from '../support/chromium.ts'
import type { Visitor } from '../support/chromium.ts'
import { GUIDE_BLOCKS, GUIDE_LOGIN, GUIDE_VARIABLES } from '../support/deployment-guide.ts'
import { freePort } from '../support/free-port.ts'
import { startInkpad } from '../support/inkpad.ts'
import type { InkpadProcess } from '../support/inkpad.ts'
import { startMariadb } from '../support/mariadb.ts'
import type { Mariadb } from '../support/mariadb.ts'
import { startMeeting } from '../support/meeting.ts'
import type { Meeting } from '../support/meeting.ts'
import { startOidc } from '../support/oidc.ts'
import type { OidcServer } from '../support/oidc.ts'
import { untilAnswer, untilInk } from '../support/page-asks.ts'
import { goToEnd, padOf, PATIENCE, untilEqual, untilSaved, untilShows } from '../support/pad-page.ts'
import type { PadPage } from '../support/pad-page.ts'
import { hasProxy, startProxy } from '../support/proxies.ts'
import type { Proxy } from '../support/proxies.ts'

const LIMIT = 120_000
const PADS = 'https://meet.darkstar.lan/pad/'
const ISSUER = 'https://sso.darkstar.lan/auth/realms/foundation'

const there = hasProxy('apache') ? test : test.skip

let folder: string
/** Apache's port, which the browsers reach as 443. */
let https = 0
let mariadb: Mariadb
let idp: OidcServer
let meeting: Meeting
let inkpad: InkpadProcess
let apache: Proxy
/** Two computers. */
let browsers: readonly Browser[] = []

beforeAll(async () => {
  if (!hasProxy('apache')) return
  folder = await mkdtemp(path.join(os.tmpdir(), 'inkpad-guide-'))
  await chmod(folder, 0o755)
  https = await freePort()
  const port = await freePort()
  const { cert, key } = certificate(folder)
  const passwords = path.join(folder, 'htaccess.epl')
  const said = execFileSync('htpasswd', ['-B', '-n', '-b', 'admin', GUIDE_VARIABLES.ADMIN_PASSWORD])
  await writeFile(passwords, said, { mode: 0o644 })

  mariadb = await startMariadb()
  idp = await startOidc({ plugin: GUIDE_LOGIN, base: PADS, issuer: ISSUER, proxied: true, backchannel: true })
  meeting = await startMeeting(PADS)
  inkpad = await startInkpad(
    {
      ...GUIDE_VARIABLES,
      PORT: String(port),
      DB_HOST: mariadb.host,
      DB_PORT: String(mariadb.port),
      DB_PASS: mariadb.password,
      REQUIRE_AUTHENTICATION: 'true',
      // The names of the guide and its certificate, as the guide's machine has them.
      NODE_OPTIONS: `--import=${path.resolve('tests/support/hosts.mjs')}`,
      TEST_HOSTS: `sso.darkstar.lan:443=127.0.0.1:${https}`,
      NODE_EXTRA_CA_CERTS: cert,
    },
    await settingsOfTheGuide(),
  )
  const blocks = CONFIGURATIONS.find(({ basic }) => basic === true)?.config
  if (blocks === undefined) throw new Error("the guide's blocks are gone")
  const ports = { proxy: https, inkpad: port, jitsi: meeting.port, cert, key, both: '', passwords }
  apache = await startProxy('apache', https, [blocks(ports), keycloakHost(https, cert, key)].join('\n'))
  const rules = ['meet', 'sso'].map((name) => `MAP ${name}.darkstar.lan:443 127.0.0.1:${https}`).join(', ')
  const flags = [`--host-resolver-rules=${rules}`, '--ignore-certificate-errors']
  browsers = await Promise.all([startChromium(flags), startChromium(flags)])
}, LIMIT)
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()))
  await apache?.stop()
  await inkpad?.remove()
  await meeting?.stop()
  await idp?.stop()
  await mariadb?.remove()
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
}, 60_000)

function certificate(into: string): { cert: string; key: string } {
  const [cert, key] = [path.join(into, 'cert.pem'), path.join(into, 'key.pem')]
  const names = 'subjectAltName=DNS:meet.darkstar.lan,DNS:sso.darkstar.lan'
  const wish =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=darkstar.lan'
  execFileSync('openssl', [...wish.split(' '), '-addext', names, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  })
  return { cert, key }
}

/** `settings.json.docker` with the edits that the guide has people make. */
async function settingsOfTheGuide(): Promise<string> {
  const ours = await readFile(path.resolve('settings.json.docker'), 'utf8')
  return ours
    .replace(/\n}\n$/, `,${GUIDE_BLOCKS}}\n`)
    .replace('"abiword": "${ABIWORD:null}"', '"abiword": "${ABIWORD:/usr/bin/abiword}"')
}

/** Keycloak's own host, as the series' second episode has it. */
const keycloakHost = (https: number, cert: string, key: string): string => `<VirtualHost *:${https}>
ServerName sso.darkstar.lan
SSLEngine on
SSLCertificateFile ${cert}
SSLCertificateKeyFile ${key}
RequestHeader set X-Forwarded-Proto "https"
ProxyPreserveHost On
ProxyPass / http://127.0.0.1:${idp.port}/
ProxyPassReverse / http://127.0.0.1:${idp.port}/
</VirtualHost>`

async function person(computer: 0 | 1, options: BrowserContextOptions = {}): Promise<Visitor> {
  const browser = browsers[computer]
  if (browser === undefined) throw new Error('no browser')
  const one = await visitor(browser, options)
  one.page.setDefaultTimeout(PATIENCE)
  return one
}

/** What Apache answers to somebody without any cookie or password. */
function statusOf(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = { host: '127.0.0.1', port: https, path: address, rejectUnauthorized: false }
    const headers = { host: 'meet.darkstar.lan' }
    request({ ...asked, headers, servername: 'meet.darkstar.lan', agent: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}

async function enterAtKeycloak(page: Page, name: string): Promise<void> {
  await page.waitForURL((url) => url.hostname === 'sso.darkstar.lan')
  await page.locator('input[name=login]').fill(name)
  await page.locator('input[name=password]').fill('x')
  await page.locator('button[type=submit]').click()
}

/** From the pad's address to the pad, by the provider. */
async function signIn(one: Visitor, name: string, pad: string): Promise<PadPage> {
  await one.page.goto(`${PADS}p/${pad}`)
  const button = one.page.getByRole('link', { name: 'Single sign-on' })
  // The provider is looked for again every few seconds until it was there.
  const end = Date.now() + PATIENCE
  while ((await button.count()) === 0 && Date.now() < end) await one.page.reload()
  if ((await button.count()) === 0)
    throw new Error(`no way in:\n${await one.page.locator('body').innerText()}\n${inkpad.output()}`)
  await button.click()
  await enterAtKeycloak(one.page, name)
  const pad_ = await padOf(one)
  expect(one.page.url()).toBe(`${PADS}p/${pad}`)
  return pad_
}

there(
  'Guide: from the login to the logout: a pad and a board for two, the administration by Basic, a meeting’s frame without a second login',
  async () => {
    const pad = `notes${Date.now().toString(36)}`
    const [ada, bo] = [await signIn(await person(0), 'ada', pad), await signIn(await person(1), 'bo', pad)]
    // The text of new pads is the guide's.
    await untilShows('Welcome to Slackware Web Chat!', ada, bo)
    await untilSaved(ada, bo)
    await goToEnd(ada)
    await ada.page.keyboard.type('ada was here')
    await untilShows('ada was here', bo)
    await goToEnd(bo)
    await bo.page.keyboard.type(', bo too 😀')
    await untilShows('ada was here, bo too 😀', ada)
    await untilSaved(ada, bo)
    await untilEqual(ada, bo)
    // A file for the desktop, with the text in it.
    const docx = await ada.page.evaluate(async (name) => {
      const answer = await fetch(`${name}/export/docx`)
      return [answer.status, (await answer.arrayBuffer()).byteLength > 1000]
    }, pad)
    expect(docx).toEqual([200, true])

    const board = await ada.context.newPage()
    await board.goto(`${PADS}p/${pad}/board`)
    await board.locator('.status', { hasText: 'Saved' }).waitFor({ timeout: PATIENCE })
    await board.locator('#board').focus()
    await board.keyboard.press('p')
    await board.mouse.move(500, 300)
    await board.mouse.down()
    await board.mouse.move(620, 380, { steps: 8 })
    await board.mouse.up()
    await untilInk(bo.page, `${pad}/board/export/json`)
    await board.close()

    // In the meeting the same person opens the same pad: no second login, not even a click.
    const room = await ada.context.newPage()
    await room.goto(`https://meet.darkstar.lan/${pad}?name=Ada`)
    await room.getByRole('button', { name: 'Open shared document' }).click()
    const frame = room.frameLocator('iframe')
    await frame.locator('.ProseMirror[contenteditable=true]').waitFor({ timeout: PATIENCE })
    await frame.locator('.ProseMirror').getByText('ada was here').first().waitFor({ timeout: PATIENCE })
    // Nor when only Keycloak knows the person: the frame asks it without showing it.
    await ada.context.clearCookies({ domain: 'meet.darkstar.lan' })
    await room.reload()
    await room.getByRole('button', { name: 'Open shared document' }).click()
    await frame.locator('.ProseMirror[contenteditable=true]').waitFor({ timeout: PATIENCE })
    await frame.locator('.people-button').click()
    await frame.getByText('Signed in as ada of Keycloak').waitFor({ timeout: PATIENCE })
    await room.close()

    // Who did not sign in sees nothing of it, however well they guess.
    const stranger = await person(1)
    for (const address of [`p/${pad}`, `p/${pad}/board`]) {
      await stranger.page.goto(PADS + address)
      await stranger.page.getByRole('link', { name: 'Single sign-on' }).waitFor()
      expect(await stranger.page.locator('body').innerText()).not.toContain('was here')
    }
    for (const address of [`p/${pad}/export/txt`, `p/${pad}/board/export/json`, `p/${pad}/1/export/html`])
      expect(await untilAnswer(stranger.page, PADS + address, ({ status }) => status === 401)).not.toContain(
        'was here',
      )
    expect(await statusOf('/pad/admin/')).toBe(401)

    const admin = await person(0, {
      httpCredentials: { username: 'admin', password: GUIDE_VARIABLES.ADMIN_PASSWORD },
    })
    const opened = await admin.page.goto(`${PADS}admin/`)
    expect(opened?.status()).toBe(200)
    await inRoom(admin.page, 'Overview')
    await admin.page.getByText('MariaDB').first().waitFor()

    // All of it is in the database of the guide: a server that dies loses nothing.
    await inkpad.kill9()
    await inkpad.start()
    await untilSaved(bo)
    const text = await untilAnswer(bo.page, `${pad}/export/txt`, ({ status }) => status === 200)
    expect(text).toContain('ada was here, bo too 😀')

    // Out here is out at Keycloak, and the pad asks again.
    await bo.page.goto(`${PADS}${GUIDE_LOGIN}/logout`)
    await bo.page.waitForURL((url) => url.hostname === 'sso.darkstar.lan')
    await bo.page.locator('button[value=yes], button[name=logout]').first().click()
    await bo.page.waitForURL((url) => url.href.startsWith(PADS))
    await bo.page.goto(`${PADS}p/${pad}`)
    await bo.page.getByRole('link', { name: 'Single sign-on' }).click()
    await bo.page.locator('input[name=login]').waitFor()

    const secrets = [mariadb.password, GUIDE_VARIABLES.OIDC_CLIENT_SECRET, GUIDE_VARIABLES.ADMIN_PASSWORD]
    for (const secret of secrets) expect(inkpad.output()).not.toContain(secret)
    // The provider has no icon, and the server was away for a moment; nothing was thrown, and no policy broken.
    const faults = [ada, bo]
      .flatMap(({ problems }) => problems)
      .filter((one) => !one.startsWith('Failed to load resource'))
    expect(faults).toEqual([])
    await Promise.all([ada, bo, stranger, admin].map(({ context }) => context.close()))
  },
  LIMIT,
)
