/**
 * The deployment guide for Jitsi Meet with Inkpad in Etherpad's place: Apache with the guide's blocks, the guide's `.env` through
 * our file for docker-jitsi-meet, a page in Jitsi's place that embeds pads as Jitsi does, and browsers at the guide's own
 * address, inside the meeting and outside. Then the same behind docker-jitsi-meet's own nginx.
 */
import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, FrameLocator } from 'playwright-core'
import { startChromium, visitor } from '../support/chromium.ts'
import type { Visitor } from '../support/chromium.ts'
import { freePort } from '../support/free-port.ts'
import { startInkpad } from '../support/inkpad.ts'
import type { InkpadProcess } from '../support/inkpad.ts'
import { composed, JITSI_APACHE, JITSI_ENV, JITSI_NGINX, startable } from '../support/jitsi-guide.ts'
import { startMeeting } from '../support/meeting.ts'
import type { Meeting } from '../support/meeting.ts'
import { untilInk } from '../support/page-asks.ts'
import { goToEnd, openPadFor, PATIENCE, untilSaved, untilShows } from '../support/pad-page.ts'
import { picture } from '../support/pictures.ts'
import { hasProxy, startProxy } from '../support/proxies.ts'
import type { Proxy, ProxyKind } from '../support/proxies.ts'

const LIMIT = 120_000
const HOST = 'meet.darkstar.lan'

let folder: string
let cert: string
let key: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'inkpad-jitsi-'))
  await chmod(folder, 0o755)
  cert = path.join(folder, 'cert.pem')
  key = path.join(folder, 'key.pem')
  const wish = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=${HOST} -addext subjectAltName=DNS:${HOST}`
  execFileSync('openssl', [...wish.split(' '), '-keyout', key, '-out', cert], { stdio: 'ignore' })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Ports {
  https: number
  jitsi: number
  inkpad: number
}

interface Stand {
  kind: ProxyKind
  /** Where the pads are, as `etherpad_base` has it without `p/`. */
  pads: string
  config: (ports: Ports) => string
}

const STANDS: readonly Stand[] = [
  {
    kind: 'apache',
    pads: `https://${HOST}/pad/`,
    config: ({ https, ...ports }) => `Listen 127.0.0.1:${https}
<VirtualHost *:${https}>
ServerName ${HOST}
SSLEngine on
SSLCertificateFile ${cert}
SSLCertificateKeyFile ${key}
${startable(JITSI_APACHE, ports)}
</VirtualHost>`,
  },
  {
    kind: 'nginx',
    pads: `https://${HOST}/etherpad/`,
    config: ({ https, jitsi, inkpad }) => `server { listen 127.0.0.1:${https} ssl; server_name ${HOST};
ssl_certificate ${cert}; ssl_certificate_key ${key};
${JITSI_NGINX.replace('etherpad.meet.jitsi:9001', `127.0.0.1:${inkpad}`)}
location / { proxy_pass http://127.0.0.1:${jitsi}/; proxy_set_header Host $http_host; } }`,
  },
]

describe.each(STANDS)('behind $kind', ({ kind, pads, config }) => {
  const there = hasProxy(kind) ? test : test.skip
  let meeting: Meeting
  let inkpad: InkpadProcess
  let proxy: Proxy
  /** Two computers. */
  let browsers: readonly Browser[] = []

  beforeAll(async () => {
    if (!hasProxy(kind)) return
    const https = await freePort()
    meeting = await startMeeting(pads)
    const compose = await readFile(path.resolve('docs/admin/etherpad.yml'), 'utf8')
    inkpad = await startInkpad(
      composed(compose, JITSI_ENV),
      await readFile(path.resolve('settings.json.docker'), 'utf8'),
    )
    proxy = await startProxy(kind, https, config({ https, jitsi: meeting.port, inkpad: inkpad.port }))
    const flags = [`--host-resolver-rules=MAP ${HOST}:443 127.0.0.1:${https}`, '--ignore-certificate-errors']
    browsers = await Promise.all([startChromium(flags), startChromium(flags)])
  }, LIMIT)
  afterAll(async () => {
    await Promise.all(browsers.map((browser) => browser.close()))
    await proxy?.stop()
    await inkpad?.remove()
    await meeting?.stop()
  }, 60_000)

  async function person(computer: 0 | 1, options: BrowserContextOptions = {}): Promise<Visitor> {
    const browser = browsers[computer]
    if (browser === undefined) throw new Error('no browser')
    const one = await visitor(browser, options)
    one.page.setDefaultTimeout(PATIENCE)
    return one
  }

  /** In the meeting, with the shared document open. */
  async function attend(one: Visitor, room: string, name: string): Promise<FrameLocator> {
    // Jitsi's own path, through its own proxy.
    const asked = new URL(meeting.url(room, { name }))
    await one.page.goto(`https://${HOST}${asked.pathname}${asked.search}`)
    await one.page.getByRole('button', { name: 'Open shared document' }).click()
    const frame = one.page.frameLocator('#etherpadIFrame')
    await frame.locator('.ProseMirror[contenteditable=true]').waitFor()
    return frame
  }

  const shows = (frame: FrameLocator, words: string): Promise<void> =>
    frame.locator('.ProseMirror').getByText(words).first().waitFor({ timeout: PATIENCE })

  there(
    'Guide: two in a meeting write in its document and draw on its board; who is outside works on the same, phones too',
    async () => {
      const room = `slackware${Date.now().toString(36)}`
      const [ada, bo] = [await person(0), await person(1)]
      const answers: string[] = []
      ada.page.on('response', (answer) => {
        if (answer.status() >= 400) answers.push(`${answer.status()} ${answer.url()}`)
      })
      const adas = await attend(ada, room, 'Ada Lovelace+1')
      const bos = await attend(bo, room, 'Bo')
      // What the guide sets is there: title and text of new pads.
      await shows(adas, 'Welcome to Slackware Web Chat!')
      await shows(bos, 'Welcome to Slackware Web Chat!')
      expect(await adas.locator('html').evaluate(() => document.title)).toContain('Slackware EtherPad Chat')
      await adas.locator('.ProseMirror').click()
      await ada.page.keyboard.press('Control+End')
      await ada.page.keyboard.type('ada in the meeting')
      await shows(bos, 'ada in the meeting')
      await adas.locator('.ProseMirror .by[data-by="Ada Lovelace+1"]').first().waitFor()
      await bos.locator('.ProseMirror').click()
      await bo.page.keyboard.press('Control+End')
      await bo.page.keyboard.type(', bo too')
      await shows(adas, 'ada in the meeting, bo too')
      await picture(ada.page, `guide-jitsi-${kind}`)

      // The guide's promise for those who are not in the meeting.
      const outside = await openPadFor(await person(1), `${pads}p/${room}`)
      await untilShows('ada in the meeting, bo too', outside)
      await goToEnd(outside)
      await outside.page.keyboard.type(', and from outside')
      await untilSaved(outside)
      await shows(adas, ', bo too, and from outside')
      // Jitsi's app opens the same address in a web view of its own, without any cookie from before.
      const phone = await person(0, { viewport: { width: 390, height: 700 }, isMobile: true, hasTouch: true })
      const query =
        'showControls=true&showChat=false&showLineNumbers=true&useMonospaceFont=false&userName=Cy+F.'
      const mobile = await openPadFor(phone, `${pads}p/${room}?${query}`)
      await untilShows('and from outside', mobile)
      await goToEnd(mobile)
      await phone.page.keyboard.type(', from a phone')
      await shows(bos, 'and from outside, from a phone')
      expect(
        await phone.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      ).toBe(0)

      await ada.page.getByRole('button', { name: 'Open whiteboard' }).click()
      await adas.locator('.status', { hasText: /^\s*Saved\s*$/ }).waitFor()
      const box = await ada.page.locator('iframe').boundingBox()
      const [x, y] = [(box?.x ?? 0) + 400, (box?.y ?? 0) + 260]
      await ada.page.mouse.click(x, y)
      await ada.page.keyboard.press('p')
      await ada.page.mouse.move(x, y)
      await ada.page.mouse.down()
      await ada.page.mouse.move(x + 120, y + 60, { steps: 8 })
      await ada.page.mouse.up()
      await untilInk(outside.page, `${room}/board/export/json`)

      // The meeting stayed where it was and heard nothing; its frame came at once, without a page before it.
      expect(new URL(ada.page.url()).pathname).toBe(`/${room}`)
      expect(await ada.page.evaluate('window.heard')).toEqual([])
      expect(answers).toEqual([])
      for (const { problems } of [ada, bo, outside, phone]) expect(problems).toEqual([])
      await Promise.all([ada, bo, outside, phone].map(({ context }) => context.close()))
    },
    LIMIT,
  )
})
