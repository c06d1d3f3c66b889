/**
 * Signing in inside frames, in Chromium, with a real OpenID provider that refuses to stand in one: frames of the same site
 * and of another, whose cookies the browser blocks; with and without a session at the provider (docs/SPEC-access.md L50
 * to L54). Hosts below `localhost` are loopback to the browser, count as secure, and are sites of their own.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Browser, FrameLocator } from 'playwright-core'
import { startChromium, startOwnBrowser, visitor } from '../../tests/support/chromium.ts'
import type { Visitor } from '../../tests/support/chromium.ts'
import { freePort } from '../../tests/support/free-port.ts'
import { startInkpad } from '../../tests/support/inkpad.ts'
import type { InkpadProcess } from '../../tests/support/inkpad.ts'
import { startMeeting } from '../../tests/support/meeting.ts'
import type { Meeting, MeetingWish } from '../../tests/support/meeting.ts'
import { CLIENT, startOidc } from '../../tests/support/oidc.ts'
import type { OidcServer } from '../../tests/support/oidc.ts'
import { PATIENCE } from '../../tests/support/pad-page.ts'
import { picture } from '../../tests/support/pictures.ts'

const LIMIT = 90_000
const REALM = '/auth/realms/foundation'

let browser: Browser
let inkpad: InkpadProcess
let idp: OidcServer
let meeting: Meeting
/** Our address as browsers have it. */
let pads: string
const people: Visitor[] = []

beforeAll(async () => {
  const [port, idpPort] = [await freePort(), await freePort()]
  pads = `http://pads.darkstar.localhost:${port}/`
  meeting = await startMeeting(pads)
  const issuer = `http://sso.darkstar.localhost:${idpPort}${REALM}`
  idp = await startOidc({
    plugin: 'ep_openid_connect',
    base: pads,
    host: 'sso.darkstar.localhost',
    port: idpPort,
  })
  // To us the provider is at its number: our system need not know hosts below localhost.
  const inside = `http://127.0.0.1:${idpPort}${REALM}`
  inkpad = await startInkpad({
    PORT: String(port),
    EP__requireAuthentication: 'true',
    FRAME_ANCESTORS: [SAME, OTHER].map((host) => `http://${host}:${meeting.port}`).join(' '),
    EP__ep_openid_connect__issuer_metadata: JSON.stringify({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${inside}/token`,
      userinfo_endpoint: `${inside}/me`,
      jwks_uri: `${inside}/jwks`,
      end_session_endpoint: `${issuer}/session/end`,
    }),
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_BASE_URL: pads,
  })
  browser = await startChromium()
}, LIMIT)
afterEach(() => Promise.all(people.splice(0).map(({ context }) => context.close())).then(() => undefined))
afterAll(async () => {
  await browser?.close()
  await meeting?.stop()
  await inkpad?.remove()
  await idp?.stop()
}, 60_000)

const SAME = 'meet.darkstar.localhost'
const OTHER = 'school.elsewhere.localhost'

async function person(): Promise<Visitor> {
  const one = await visitor(browser)
  one.page.setDefaultTimeout(PATIENCE)
  people.push(one)
  return one
}

/** What went wrong. That a frame is asked first who is around it (SPEC-embedding EM4) browsers note, too. */
const faults = ({ problems }: Visitor): readonly string[] =>
  problems.filter((one) => !/status of 403/.test(one))

async function openFrame({ page }: Visitor, host: string, wish: MeetingWish = {}): Promise<FrameLocator> {
  await page.goto(meeting.url('framed', wish, host), { waitUntil: 'commit' })
  return showFrame(page)
}

async function showFrame(page: Visitor['page']): Promise<FrameLocator> {
  await page.getByRole('button', { name: 'Open shared document' }).click()
  return page.frameLocator('iframe')
}

/** At the provider's own page, in whatever window it stands. */
async function enterAtProvider(page: Visitor['page'], name: string): Promise<void> {
  await page.locator('input[name=login]').fill(name)
  await page.locator('input[name=password]').fill('x')
  await page.locator('button[type=submit]').click()
}

/** As somebody who signed in to something else today. */
async function signedInAtProvider(one: Visitor, name: string): Promise<void> {
  const tab = await one.context.newPage()
  await tab.goto(`${pads}login?next=p%2Felsewhere&tried=1`)
  await tab.getByRole('link', { name: 'Single sign-on' }).click()
  await enterAtProvider(tab, name)
  await tab.locator('.ProseMirror').waitFor({ timeout: PATIENCE })
  await tab.close()
  // The session here ends, the one at the provider stays.
  await one.context.clearCookies({ domain: new URL(pads).hostname })
}

/** The pad in the frame, as this person, who can write in it. */
async function writesAs(one: Visitor, frame: FrameLocator, name: string): Promise<void> {
  await frame.locator('.ProseMirror[contenteditable=true]').waitFor({ timeout: PATIENCE })
  await frame.locator('.ProseMirror').click()
  await one.page.keyboard.press('Control+End')
  await one.page.keyboard.type(` written by ${name}`)
  const words = frame.locator('.ProseMirror .by', { hasText: `written by ${name}` }).first()
  await words.waitFor({ timeout: PATIENCE })
  await frame.locator('.status', { hasText: /^\s*Saved\s*$/ }).waitFor({ timeout: PATIENCE })
  await frame.locator('.people-button').click()
  await frame.getByText(`Signed in as ${name} of Keycloak`).waitFor({ timeout: PATIENCE })
}

/** By the button in the frame; gives the pop-up. */
async function openPopup(one: Visitor, frame: FrameLocator): Promise<Visitor['page']> {
  const button = frame.getByRole('link', { name: 'Sign in' })
  await button.waitFor({ timeout: PATIENCE })
  const [popup] = await Promise.all([one.page.waitForEvent('popup'), button.click()])
  return popup
}

const closed = (popup: Visitor['page']): Promise<unknown> =>
  popup.isClosed() ? Promise.resolve() : popup.waitForEvent('close', { timeout: PATIENCE })

test(
  'L50: a frame of the same site whose person the provider knows opens the pad without a click',
  async () => {
    const one = await person()
    await signedInAtProvider(one, 'ada')
    await writesAs(one, await openFrame(one, SAME), 'ada')
    expect(one.context.pages()).toHaveLength(1)
    expect(faults(one)).toEqual([])
  },
  LIMIT,
)

test(
  'L52, L53: a frame of the same site without a session at the provider opens by the pop-up, which closes',
  async () => {
    const one = await person()
    const frame = await openFrame(one, SAME)
    const popup = await openPopup(one, frame)
    await picture(one.page, 'framed-sign-in')
    await enterAtProvider(popup, 'bo')
    await closed(popup)
    await writesAs(one, frame, 'bo')
    // In the frame the provider's pages were asked once, silently, and never shown.
    expect(faults(one)).toEqual([])
  },
  LIMIT,
)

test(
  'L52, L53: a frame of another site opens by the pop-up, with cookies of other sites blocked; it stays signed in',
  async () => {
    const one = await person()
    const frame = await openFrame(one, OTHER)
    const popup = await openPopup(one, frame)
    await enterAtProvider(popup, 'cy')
    await closed(popup)
    await writesAs(one, frame, 'cy')
    const cookies = await one.context.cookies(pads)
    expect(cookies.filter(({ name }) => name === 'login-framed')).toHaveLength(1)
    await one.page.reload()
    const again = await showFrame(one.page)
    await again.locator('.ProseMirror[contenteditable=true]').waitFor({ timeout: PATIENCE })
    expect(faults(one)).toEqual([])
  },
  LIMIT,
)

test(
  'L53: a frame of another site whose person the provider knows: the pop-up asks nothing and closes',
  async () => {
    const one = await person()
    await signedInAtProvider(one, 'dee')
    const frame = await openFrame(one, OTHER)
    const popup = await openPopup(one, frame)
    await closed(popup)
    await writesAs(one, frame, 'dee')
    expect(faults(one)).toEqual([])
  },
  LIMIT,
)

test(
  'P9: a sandboxed frame of another site signs in by the pop-up, too, which may leave the sandbox',
  async () => {
    const one = await person()
    const frame = await openFrame(one, OTHER, { sandbox: true })
    const popup = await openPopup(one, frame)
    await enterAtProvider(popup, 'gus')
    await closed(popup)
    await writesAs(one, frame, 'gus')
    expect(one.page.url()).toBe(meeting.url('framed', { sandbox: true }, OTHER))
  },
  LIMIT,
)

test(
  'P9: where a browser allows cookies of other sites the same way leads there',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'inkpad-profile-'))
    const one = await startOwnBrowser(folder)
    people.push(one)
    one.page.setDefaultTimeout(PATIENCE)
    const frame = await openFrame(one, OTHER)
    const popup = await openPopup(one, frame)
    await enterAtProvider(popup, 'hal')
    await closed(popup)
    await writesAs(one, frame, 'hal')
    expect(faults(one)).toEqual([])
    await one.context.close()
    await rm(folder, { recursive: true, force: true })
  },
  LIMIT,
)

test(
  'L54: where the opener is gone the pop-up says so, and the frame goes on when one returns to it',
  async () => {
    const one = await person()
    const frame = await openFrame(one, SAME)
    const popup = await openPopup(one, frame)
    // As a provider's page that cuts the tie does.
    await popup.locator('input[name=login]').waitFor()
    await popup.evaluate(() => {
      window.opener = null
    })
    const tab = await one.context.newPage()
    await tab.goto(popup.url())
    await popup.close()
    await enterAtProvider(tab, 'eve')
    await tab.getByText('You can close this window').waitFor()
    // Headless windows are never left; the page's own events are what it listens to.
    await frame.locator('body').evaluate(() => {
      window.dispatchEvent(new Event('blur'))
      window.dispatchEvent(new Event('focus'))
    })
    await writesAs(one, frame, 'eve')
    expect(faults(one)).toEqual([])
  },
  LIMIT,
)

test(
  'L50: a provider that does not answer is waited for a while, then the button is there, and works',
  async () => {
    const one = await person()
    let held = 0
    // The way there, as the browser follows it: no answer ever comes.
    await one.context.route(/silent=1/, () => void held++)
    const frame = await openFrame(one, SAME)
    const popup = await openPopup(one, frame)
    expect(held).toBe(1)
    await enterAtProvider(popup, 'fay')
    await closed(popup)
    await writesAs(one, frame, 'fay')
  },
  LIMIT,
)

test(
  'EM4: a silent sign-in elsewhere hides who embeds the pad; the one who may is found out, the one who may not, too',
  async () => {
    const one = await person()
    await signedInAtProvider(one, 'ida')
    const asked: string[] = []
    one.page.on('response', (answer) => {
      if (answer.status() === 403) asked.push(new URL(answer.url()).pathname)
    })
    await writesAs(one, await openFrame(one, SAME, { referrer: false }), 'ida')
    // Once before the sign-in; its mark came back with the person.
    expect(asked).toEqual(['/p/framed'])
    expect(one.page.frames().some((frame) => frame.url().endsWith('&inFrame=1'))).toBe(true)
    await one.context.clearCookies({ domain: new URL(pads).hostname })
    await writesAs(one, await openFrame(one, SAME), 'ida')
    expect(asked).toEqual(['/p/framed', '/p/framed'])

    // Signed in or not: of the pad nothing stands in a frame of a neighbour who is not listed.
    const frame = await openFrame(one, 'evil.darkstar.localhost')
    await frame.getByRole('heading', { name: 'This page cannot be shown here' }).waitFor()
    expect(await frame.locator('.ProseMirror, #app, [data-frame]').count()).toBe(0)
  },
  LIMIT,
)

test(
  'EM9, L25: who signs out in a frame comes to the provider’s way out in a tab, and is not signed in again unasked',
  async () => {
    const one = await person()
    await signedInAtProvider(one, 'jo')
    const frame = await openFrame(one, SAME)
    await writesAs(one, frame, 'jo')
    await one.page.keyboard.press('Escape')
    await frame.getByRole('button', { name: 'More', exact: true }).last().click()
    const [tab] = await Promise.all([
      one.context.waitForEvent('page'),
      frame.getByRole('menuitem', { name: 'Sign out' }).click(),
    ])
    await tab.waitForURL((url) => url.hostname === 'sso.darkstar.localhost')
    await frame.locator('[data-popup]').waitFor()
    expect(await frame.locator('.ProseMirror').count()).toBe(0)
    expect(one.page.url()).toBe(meeting.url('framed', {}, SAME))
  },
  LIMIT,
)
