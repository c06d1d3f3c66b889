/** A meeting's link with a token behind the #, in a real browser: the person is in the pad, the token nowhere. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { SignJWT } from 'jose'
import type { Browser } from 'playwright-core'
import { startChromium, visitor } from '../../tests/support/chromium.ts'
import { startInkpad } from '../../tests/support/inkpad.ts'
import type { InkpadProcess } from '../../tests/support/inkpad.ts'
import { goToEnd, padOf, PATIENCE, untilSaved } from '../../tests/support/pad-page.ts'

const SECRET = 'a secret of 24 characters'

let browser: Browser
let inkpad: InkpadProcess
beforeAll(async () => {
  browser = await startChromium()
  inkpad = await startInkpad({
    JWT_APP_ID: 'jitsi',
    JWT_APP_SECRET: SECRET,
    EP__requireAuthentication: 'true',
  })
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await inkpad?.remove()
}, 30_000)

const token = (room: string): Promise<string> =>
  new SignJWT({ room, context: { user: { name: 'Ada of the meeting', email: 'ada@example.org' } } })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('jitsi')
    .setAudience('jitsi')
    .setExpirationTime('5 minutes')
    .sign(new TextEncoder().encode(SECRET))

test('L61, L63: a token behind the # opens the closed pad of its room, and is gone from the address', async () => {
  const one = await visitor(browser)
  one.page.setDefaultTimeout(PATIENCE)
  const secret = await token('standup')
  await one.page.goto(`${inkpad.url}p/Standup?lang=en#jwt=${secret}&config.x=1`)
  const pad = await padOf(one)
  await one.page.locator('[contenteditable=true]').waitFor()
  await goToEnd(pad)
  await one.page.keyboard.type(' in the meeting')
  await untilSaved(pad)
  expect(one.page.url()).toBe(`${inkpad.url}p/Standup?lang=en`)
  await one.page.locator('.people-button').click()
  await one.page.getByText('Signed in as Ada of the meeting').waitFor()
  expect(one.problems).toEqual([])
  expect(inkpad.output()).not.toContain(secret)
  const other = await one.page.goto(`${inkpad.url}p/payroll#jwt=${secret}`)
  expect(other?.status()).toBe(403)
  await one.page.waitForURL(`${inkpad.url}p/payroll`)
  expect(await one.page.locator('.ProseMirror').count()).toBe(0)
  await one.context.close()
}, 60_000)
