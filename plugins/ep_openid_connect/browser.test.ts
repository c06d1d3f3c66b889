/** Signing in at a real OpenID provider with Keycloak's paths and frame headers, in real browsers. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { inRoom } from '../../tests/support/admin-page.ts'
import { startChromium, visitor } from '../../tests/support/chromium.ts'
import type { Visitor } from '../../tests/support/chromium.ts'
import { freePort } from '../../tests/support/free-port.ts'
import { startInkpad } from '../../tests/support/inkpad.ts'
import type { InkpadProcess } from '../../tests/support/inkpad.ts'
import { CLIENT, startOidc } from '../../tests/support/oidc.ts'
import type { OidcServer } from '../../tests/support/oidc.ts'
import { untilAnswer } from '../../tests/support/page-asks.ts'
import { goToEnd, padOf, PATIENCE, untilSaved, untilShows } from '../../tests/support/pad-page.ts'
import type { PadPage } from '../../tests/support/pad-page.ts'
import { until } from '../../tests/support/wait.ts'

/** For up to three people who sign in, on a machine that has other things to do. */
const LIMIT = 150_000

let browser: Browser
let inkpad: InkpadProcess
let idp: OidcServer
let idpPort: number
const people: Visitor[] = []

beforeAll(async () => {
  idpPort = await freePort()
  browser = await startChromium()
  // The provider is away when we start: that must not matter.
  const port = await freePort()
  inkpad = await startInkpad({
    PORT: String(port),
    // The names the deployment guide has.
    OIDC_ISSUER: `http://127.0.0.1:${idpPort}/auth/realms/foundation`,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_BASE_URL: `http://127.0.0.1:${port}`,
    EP__requireAuthentication: 'true',
    EP__ep_openid_connect__user_properties: JSON.stringify({
      is_admin: { role: 'pad-admin' },
      readOnly: { claim: 'pad.reader' },
    }),
  })
}, LIMIT)
afterEach(() => Promise.all(people.splice(0).map(({ context }) => context.close())).then(() => undefined))
afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
  await idp?.stop()
}, 30_000)

async function person(): Promise<Visitor> {
  const one = await visitor(browser)
  one.page.setDefaultTimeout(PATIENCE)
  people.push(one)
  return one
}

/** The provider's page asks for a name; any password does. */
async function enterAtProvider({ page }: Visitor, name: string): Promise<void> {
  await page.waitForURL(/\/auth\/realms\/foundation\//)
  await page.locator('input[name=login]').fill(name)
  await page.locator('input[name=password]').fill('x')
  await page.locator('button[type=submit]').click()
}

async function signIn(name: string, pad = 'p/notes'): Promise<PadPage> {
  const one = await person()
  await one.page.goto(`${inkpad.url}${pad}`)
  // Without asking it does not work: the choice of ways to sign in, as soon as the provider was found.
  const button = one.page.getByRole('link', { name: 'Single sign-on' })
  const end = Date.now() + PATIENCE
  while ((await button.count()) === 0 && Date.now() < end) await one.page.reload()
  await button.click()
  await enterAtProvider(one, name)
  return padOf(one)
}

test(
  'while the provider is away the pad stays closed and says so; it opens once the provider is there',
  async () => {
    const one = await person()
    await one.page.goto(`${inkpad.url}p/notes`)
    await one.page.getByRole('heading', { level: 1 }).waitFor()
    expect(await one.page.locator('.ProseMirror').count()).toBe(0)
    expect(await one.page.locator('body').innerText()).not.toContain('Welcome')
    await until('the log tells why', () => /the provider cannot be used/.test(inkpad.output()), PATIENCE)
    expect(inkpad.output()).not.toContain(CLIENT.secret)
    // A second try finds the first one's at this port.
    idp ??= await startOidc({
      plugin: 'ep_openid_connect',
      base: inkpad.url,
      port: idpPort,
      backchannel: true,
    })
    const ada = await signIn('ada')
    await untilSaved(ada)
    await goToEnd(ada)
    await ada.page.keyboard.type('ada was let in')
    await untilSaved(ada)
    expect(ada.page.url()).toBe(`${inkpad.url}p/notes`)
    // The token endpoint was asked by us, not by the browser.
    expect(idp.requests).toContain('POST /auth/realms/foundation/token')
  },
  LIMIT,
)

test(
  'one person on two devices is one author, with the name of the provider',
  async () => {
    const [desk, phone] = [await signIn('bo'), await signIn('bo')]
    await untilShows('ada was let in', desk, phone)
    await desk.page
      .getByRole('button', { name: /people|person/i })
      .first()
      .click()
    await desk.page.getByText('bo of Keycloak').first().waitFor()
    expect(await desk.page.locator('.panel').getByText('bo of Keycloak').count()).toBe(1)
  },
  LIMIT,
)

test(
  'a claim makes a reader, a role an administrator',
  async () => {
    idp.claims.set('rae', { pad: { reader: true } })
    idp.claims.set('cy', { realm_access: { roles: ['pad-admin'] } })
    const rae = await signIn('rae')
    await untilShows('ada was let in', rae)
    expect(await rae.text.getAttribute('contenteditable')).toBe('false')
    const cy = await signIn('cy')
    await cy.page.goto(`${inkpad.url}admin/`)
    await inRoom(cy.page, 'Overview')
    const ada = await signIn('ada')
    expect((await ada.page.request.get(`${inkpad.url}admin/api/overview`)).status()).toBe(401)
  },
  LIMIT,
)

test(
  'signing out ends the session here and at the provider',
  async () => {
    const dee = await signIn('dee')
    await dee.page.goto(`${inkpad.url}ep_openid_connect/logout`)
    // The provider asks whether it is meant so.
    await dee.page.waitForURL(/session\/end/)
    await dee.page.locator('button[value=yes], button[name=logout]').first().click()
    await dee.page.waitForURL((url) => url.href.startsWith(inkpad.url))
    await dee.page.goto(`${inkpad.url}p/notes`)
    await dee.page.getByRole('link', { name: 'Single sign-on' }).click()
    await dee.page.locator('input[name=login]').waitFor()
  },
  LIMIT,
)

test(
  'signing out at the provider ends the session here from behind, within seconds',
  async () => {
    const eve = await signIn('eve')
    await untilSaved(eve)
    const other = await eve.context.newPage()
    await other.goto(`${idp.issuer}/session/end`)
    await other.locator('button[value=yes], button[name=logout]').first().click()
    await until(
      'the provider told us',
      () => idp.requests.some((one) => one.includes('session/end/confirm')),
      PATIENCE,
    )
    await untilAnswer(eve.page, 'notes', ({ status }) => status !== 200)
  },
  LIMIT,
)

test(
  'Attack B3: answers that are not for this browser are refused with a page, not a loop or a crash',
  async () => {
    const one = await person()
    for (const query of ['', '?code=x', '?code=x&state=y', '?error=login_required&state=forged']) {
      const answer = await one.page.goto(`${inkpad.url}ep_openid_connect/callback${query}`)
      expect(answer?.status()).toBe(400)
      expect(await one.page.getByRole('heading', { level: 1 }).count()).toBe(1)
    }
    const forged = await fetch(`${inkpad.url}ep_openid_connect/backchannel-logout`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'logout_token=eyJhbGciOiJub25lIn0.e30.',
    })
    expect(forged.status).toBe(400)
    expect(forged.headers.get('cache-control')).toBe('no-store')
  },
  LIMIT,
)
