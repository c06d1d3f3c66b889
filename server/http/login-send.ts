/** Sends a page of signing in: plain, framed by whom the settings allow, with the script of these pages. */
import type { Request, Response } from 'express'
import { lookOf } from '../settings/page.ts'
import type { Settings } from '../settings/schema.ts'
import { rawPath, wayUp } from './canonical.ts'
import { plainPage } from './html.ts'
import { languageOf } from './language.ts'
import { pageHeaders } from './security.ts'
import { say } from './words.ts'

/** What stands in a plain page. */
export interface PlainContent {
  heading: string
  message: string
  /** HTML. */
  more: string
}

/** `popup`: the page is one of a pop-up, which must not lose sight of who opened it. */
export function sendPlain(
  settings: Settings,
  request: Request,
  response: Response,
  status: number,
  content: PlainContent,
  popup = false,
): void {
  const lang = languageOf(request, null)
  const up = wayUp(rawPath(request.originalUrl))
  pageHeaders(response, settings.embedding.frameAncestors)
  if (popup) response.set('Cross-Origin-Opener-Policy', 'unsafe-none')
  // Without a referrer browsers send forms from nowhere, which is what ours are told apart by.
  response.set('Referrer-Policy', 'same-origin')
  response
    .status(status)
    .type('html')
    .send(
      plainPage({
        ...content,
        more: `${content.more}\n<script src="${up}login.js"></script>`,
        up,
        title: `${content.heading} · ${settings.title}`,
        lang,
        look: lookOf(settings),
        home: say(lang, 'page.home'),
      }),
    )
}
