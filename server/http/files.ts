/** Small files that come with the server: mark, style of plain pages, robots.txt, manifest.json. */
import { resolve } from 'node:path'
import { Router } from 'express'
import type { Response } from 'express'
import type { Settings } from '../settings/schema.ts'
import type { BuiltFile, ClientBuild } from './client-build.ts'
import { EARLY_SCRIPT } from './early-script.ts'
import { pluginStyleRoutes } from './plugin-styles.ts'

/** A drop of ink above a line. */
const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28">
<rect width="28" height="28" rx="7" fill="#0b6e5f"/>
<path d="M14 4.9c3 3.4 5 6 5 8.7a5 5 0 0 1-10 0c0-2.7 2-5.3 5-8.7z" fill="#fff"/>
<path d="M8 22.4h12" stroke="#fff" stroke-width="2" stroke-linecap="round"/>
</svg>
`

const PLAIN_STYLE = `:root { color-scheme: light dark; }
[data-theme='light'] { color-scheme: light; }
[data-theme='dark'] { color-scheme: dark; }
body { margin: 0; background: light-dark(#f4f5f7, #0f1114); color: light-dark(#1a1d23, #e8eaee);
  font: 14px/20px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  display: grid; min-block-size: 100dvh; place-items: center; }
main { box-sizing: border-box; inline-size: min(480px, 100%); padding: 24px; text-align: center; }
img { display: block; margin: 0 auto 20px; }
h1 { margin: 0 0 12px; font-size: 20px; line-height: 28px; letter-spacing: -0.01em; text-wrap: balance; }
p { margin: 0 0 20px; color: light-dark(#545b68, #a9b0bc); overflow-wrap: anywhere; text-wrap: pretty; }
p:last-child { margin: 0; }
a { display: inline-block; padding: 8px 14px; border-radius: 6px; background: light-dark(#0b6e5f, #4cc2a8);
  color: light-dark(#ffffff, #06231d); font-weight: 500; text-decoration: none; }
a:hover { background: light-dark(#095a4e, #6bd3bb); }
a:focus-visible { outline: 2px solid light-dark(#0b6e5f, #4cc2a8); outline-offset: 2px; }
button { box-sizing: border-box; inline-size: 100%; padding: 8px 14px; border: 0; border-radius: 6px; font: inherit;
  font-weight: 500; background: light-dark(#0b6e5f, #4cc2a8); color: light-dark(#ffffff, #06231d); cursor: pointer; }
button:hover { background: light-dark(#095a4e, #6bd3bb); }
a.wide { display: block; }
a.quiet, button.quiet { background: none; color: light-dark(#0a5fae, #7db7ff); text-decoration: underline; }
:is(button, input):focus-visible { outline: 2px solid light-dark(#0b6e5f, #4cc2a8); outline-offset: 2px; }
button.plain { color: light-dark(#1a1d23, #e8eaee); background: none; box-shadow: inset 0 0 0 1px light-dark(#7c8491, #757d8a); }
@media (min-width: 500px) {
  main:has(form, .wide) { inline-size: 400px; margin-block: 24px; padding: 36px; border-radius: 10px; background: light-dark(#ffffff, #16181d);
    border: 1px solid light-dark(#dfe2e8, #2c3139); }
}
form { margin: 0 0 20px; text-align: start; }
h2 { margin: 0 0 12px; font-size: 14px; line-height: 20px; font-weight: 600; text-align: center; }
form p { margin: 0 0 12px; }
label { display: block; margin-block-end: 4px; color: light-dark(#1a1d23, #e8eaee); font-weight: 500; }
input { box-sizing: border-box; inline-size: 100%; min-block-size: 36px; padding: 6px 10px; font: inherit; color: inherit;
  background: light-dark(#ffffff, #16181d); border: 1px solid light-dark(#7c8491, #757d8a); border-radius: 6px; }
.wrong { padding: 8px 12px; border-radius: 6px; color: light-dark(#b3261e, #ff8f85);
  background: light-dark(#fcebe9, #3a1d1b); }
li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 12px; min-block-size: 36px; }
li form { margin: 0; }
li button { inline-size: auto; padding-inline: 6px; }
ul { margin: 0 0 20px; padding: 0; list-style: none; text-align: start; color: light-dark(#545b68, #a9b0bc); }
.done { padding: 8px 12px; border-radius: 6px; color: light-dark(#0b5c4f, #6bd3bb); background: light-dark(#e2f3ef, #12302b); }
p.done, p.wrong { margin: 0 0 20px; }
form + form, .done + form { padding-block-start: 4px; }
button.grave { background: light-dark(#b3261e, #ff8f85); color: light-dark(#ffffff, #3a1d1b); }
button.grave:hover { background: light-dark(#93201a, #ffaaa2); }
.check { display: flex; align-items: baseline; gap: 10px; }
.check input { inline-size: auto; min-block-size: 0; flex: none; margin: 0; accent-color: light-dark(#0b6e5f, #4cc2a8); }
.check label { margin: 0; font-weight: 400; }
.facts { display: grid; gap: 8px; padding-inline-start: 20px; list-style: disc; }
.facts li { display: list-item; min-block-size: 0; }
.qr { display: block; margin: 0 auto 20px; border-radius: 6px; }
.key, .codes { font: 15px/24px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.key { display: inline-block; margin-block-start: 4px; color: light-dark(#1a1d23, #e8eaee); user-select: all; }
.codes { display: grid; gap: 0; color: light-dark(#1a1d23, #e8eaee); }
.codes li { justify-content: center; min-block-size: 28px; }
.codes code { font: inherit; }
@media print { .codes ~ p, body > main > img { display: none; } }
@media (pointer: coarse) { a, button { padding-block: 12px; } input { min-block-size: 44px; }
  .check { align-items: center; } .check input { min-block-size: 24px; inline-size: 24px; } .check label { padding-block: 12px; } }
`

const ROBOTS = 'User-agent: *\nDisallow: /p/\n'

/** Routes of the small files and of the built client. `root` is the project's folder. */
export function fileRoutes(settings: Settings, client: ClientBuild, root: string): Router {
  const router = Router({ strict: true, caseSensitive: true })
  const small = (type: string, text: string) => (_request: unknown, response: Response) => {
    response.type(type).set('Cache-Control', `public, max-age=${settings.maxAge}`).send(text)
  }
  router.get('/plain.css', small('text/css', PLAIN_STYLE))
  router.get('/early.js', small('text/javascript', EARLY_SCRIPT))
  router.get('/robots.txt', small('text/plain', ROBOTS))
  router.get('/manifest.json', small('application/manifest+json', webManifest(settings.title)))
  router.get(['/favicon.ico', '/favicon.svg'], (_request, response) => {
    const own = settings.favicon
    response.set('Cache-Control', `public, max-age=${settings.maxAge}`)
    if (own === null) response.type('image/svg+xml').send(MARK)
    else if (/^https?:\/\//i.test(own)) response.status(302).set('Location', own).end()
    else response.sendFile(resolve(root, own), { cacheControl: false, dotfiles: 'allow' })
  })
  router.get('/assets/:name', (request, response, next) => {
    const file = client.file(request.params.name)
    if (file === null) next()
    else sendBuilt(response, file, request.acceptsEncodings.bind(request))
  })
  router.use(pluginStyleRoutes(client))
  router.get('/sw.js', (_request, response, next) => {
    const script = client.worker()
    if (script === null) return next()
    response.type('text/javascript').set({
      'Cache-Control': 'no-cache',
      // A service worker obeys the policy it came with; ours fetches pages and files of this host.
      'Content-Security-Policy': "default-src 'none'; connect-src 'self'",
    })
    response.sendFile(script, { cacheControl: false })
  })
  return router
}

function sendBuilt(
  response: Response,
  file: BuiltFile,
  accepts: (...encodings: string[]) => string | false,
): void {
  const encoding = file.encodings.find((one) => accepts(one) === one)
  // The name holds a hash of the content.
  response.set({ 'Content-Type': file.type, 'Cache-Control': 'public, max-age=31536000, immutable' })
  if (file.encodings.length > 0) response.vary('Accept-Encoding')
  if (encoding === undefined) response.sendFile(file.path, { cacheControl: false })
  else {
    response.set('Content-Encoding', encoding)
    response.sendFile(`${file.path}.${encoding === 'br' ? 'br' : 'gz'}`, {
      cacheControl: false,
      acceptRanges: false,
    })
  }
}

function webManifest(title: string): string {
  const manifest = {
    name: title,
    short_name: title,
    start_url: './',
    scope: './',
    display: 'minimal-ui',
    background_color: '#f4f5f7',
    theme_color: '#0b6e5f',
    icons: [{ src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  }
  return JSON.stringify(manifest, null, 1)
}
