/**
 * `save`: a page in a tab of its own that saves a file of a pad, for frames whose sandbox lets nobody save (SPEC-embedding EM9).
 * Browsers refuse files to the sandbox and to what it opens; a page that is open may ask for them.
 */
import { Router } from 'express'
import { AppError } from '../errors.ts'
import { lookOf } from '../settings/page.ts'
import type { Settings } from '../settings/schema.ts'
import { isCanonicalPath, rawPath } from './canonical.ts'
import { escapeHtml, plainPage } from './html.ts'
import { languageOf } from './language.ts'
import { fieldOf } from './login-forms.ts'
import { NOBODY, pageHeaders } from './security.ts'
import { say } from './words.ts'

/** A file of a pad or of its board, below our root. */
const FILE = /^p\/[^/?#\\\s]{1,400}(\/board)?\/export\/[a-z]{1,20}(\?[\w=&.,%-]{0,500})?$/

const SCRIPT = `location.replace(document.querySelector('[data-file]').href)
`

export function frameSaveRoutes(settings: Settings): Router {
  const router = Router({ strict: true, caseSensitive: true })

  router.get('/save.js', (_request, response) => {
    response.type('text/javascript').set('Cache-Control', `public, max-age=${settings.maxAge}`).send(SCRIPT)
  })
  router.get('/save', (request, response) => {
    const file = fieldOf(request.query, 'file')
    if (!FILE.test(file) || !isCanonicalPath(rawPath(`/${file}`)))
      throw new AppError('notFound', 'The address leads to nothing we have.')
    const lang = languageOf(request, null)
    const heading = say(lang, 'frame.saving')
    pageHeaders(response, NOBODY)
    response.type('html').send(
      plainPage({
        up: '',
        title: `${heading} · ${settings.title}`,
        lang,
        look: lookOf(settings),
        heading,
        message: say(lang, 'frame.saved'),
        more: `<p><a data-file href="${escapeHtml(file)}">${escapeHtml(say(lang, 'frame.saveAgain'))}</a></p>
<script src="save.js"></script>`,
        home: say(lang, 'page.home'),
      }),
    )
  })
  return router
}
