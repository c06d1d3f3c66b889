/** What a frame gets in which our pages may not stand, or of which that is not known yet (SPEC-embedding EM2 to EM6). */
import { Router } from 'express'
import type { Request, Response } from 'express'
import { lookOf } from '../settings/page.ts'
import type { Settings } from '../settings/schema.ts'
import { rawPath, rawQuery, wayUp } from './canonical.ts'
import { CHECKED, frameSources, mustAsk, originOf, settingWith } from './frame-rule.ts'
import { FRAME_SCRIPT } from './frame-script.ts'
import { barePage, escapeHtml } from './html.ts'
import { languageOf } from './language.ts'
import { askingHeaders, probeHeaders } from './security.ts'
import { say } from './words.ts'

/** Pages that others embed by their address, and the way to one that keeps a session. */
const EMBEDDED = ['/', '/p/:pad', '/p/:pad/board', '/auth_session']

/** Stands before everything that knows people: what is answered here has no cookie and asks for no session. */
export function frameRoutes(settings: Settings): Router {
  const router = Router({ strict: true, caseSensitive: true })
  const sources = frameSources(settings.embedding.frameAncestors)

  router.get('/framed.js', (_request, response) => {
    response.type('text/javascript').set('Cache-Control', `public, max-age=${settings.maxAge}`)
    response.send(FRAME_SCRIPT)
  })
  router.get('/framed', (_request, response) => {
    probeHeaders(response, sources)
    response.type('html').send('<!doctype html>\n<html data-framed>\n<title></title>\n</html>\n')
  })
  router.get(EMBEDDED, (request, response, next) => {
    const asked = {
      dest: request.get('Sec-Fetch-Dest'),
      site: request.get('Sec-Fetch-Site'),
      storage: request.get('Sec-Fetch-Storage-Access'),
      referer: request.get('Referer'),
      checked: request.query[CHECKED] !== undefined,
    }
    if (mustAsk(asked, sources)) sendAsking(settings, sources, request, response)
    else next()
  })
  return router
}

/** The small page: hidden while it finds out, shown where that cannot be or the answer is no. */
function sendAsking(
  settings: Settings,
  sources: readonly string[],
  request: Request,
  response: Response,
): void {
  const lang = languageOf(request, settings.padOptions.lang)
  const path = rawPath(request.originalUrl)
  const up = wayUp(path)
  // Relative, as all our addresses are: no proxy's prefix needs to be known.
  const query = rawQuery(request.originalUrl)
  const here = `./${path.slice(path.lastIndexOf('/') + 1)}${query}`
  const on = `${here}${query === '' ? '?' : '&'}${CHECKED}=1`
  const known = sources.filter((source) => !source.startsWith("'")).join(' ')
  const variable = settingWith(sources, originOf(request.get('Referer'))?.origin ?? null)
  const heading = say(lang, 'frame.refused')
  askingHeaders(response)
  response
    .status(403)
    .type('html')
    .send(
      barePage({
        up,
        title: heading,
        lang,
        look: lookOf(settings),
        body: `<main data-on="${escapeHtml(on)}" data-probe="${up}framed" data-known="${escapeHtml(known)}">
<img src="${up}favicon.ico" alt="" width="40" height="40">
<h1>${escapeHtml(heading)}</h1>
<p>${escapeHtml(say(lang, 'frame.why'))}</p>
<p><a target="_blank" rel="noopener" href="${escapeHtml(here)}">${escapeHtml(say(lang, 'login.frame.tab'))}</a></p>
<p>${escapeHtml(say(lang, 'frame.setting'))}
<code class="key" dir="ltr" data-variable="FRAME_ANCESTORS">FRAME_ANCESTORS=${escapeHtml(variable)}</code></p>
</main>
<script src="${up}framed.js"></script>`,
      }),
    )
}
