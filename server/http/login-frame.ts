/** Signing in inside a frame of another page: the part with the pop-up, and the page at its end (SPEC-access L50 to L54). */
import type { Request } from 'express'
import { escapeHtml } from './html.ts'
import { say } from './words.ts'

/** Does the page stand in a frame? Browsers say so over https; elsewhere the script of the page does. */
export function isInFrame(request: Pick<Request, 'get' | 'query'>): boolean {
  const inside = ['iframe', 'frame', 'embed', 'object'].includes(request.get('Sec-Fetch-Dest') ?? '')
  return inside || request.query['framed'] === '1'
}

export interface FramePart {
  up: string
  lang: string
  next: string
  /** For the pop-up. */
  note: string
  /** Where it is tried first without asking; '' when it was, or cannot be. */
  silent: string
  /** Is there a way to sign in that stands elsewhere and needs a pop-up? */
  needsPopup: boolean
  /** HTML: ways that work in the frame itself. */
  forms: string
  /** HTML: the way on as a guest. */
  guest: string
}

/** The choice of ways in a frame, as HTML. */
export function framePart({ up, lang, next, note, silent, needsPopup, forms, guest }: FramePart): string {
  const query = (more: Record<string, string>): string =>
    new URLSearchParams({ ...more, ...(next === '' ? {} : { next }) }).toString()
  const again = `${up}login?${query({ framed: '1' })}`
  const button = needsPopup
    ? `<p>${escapeHtml(say(lang, 'login.frame.popup'))}</p>
<p><a class="wide" data-popup target="_blank" href="${escapeHtml(`${up}login?${query({ popup: note })}`)}">${escapeHtml(say(lang, 'login.enter'))}</a></p>
`
    : ''
  return `<div data-frame data-silent="${escapeHtml(silent === '' ? '' : up + silent)}" data-again="${escapeHtml(again)}">
<p data-trying role="status" hidden>${escapeHtml(say(lang, 'login.frame.trying'))}</p>
<div data-ways>
${button}${forms}
<p><a class="quiet" target="_blank" rel="noopener" href="${escapeHtml(up + next || './')}">${escapeHtml(say(lang, 'login.frame.tab'))}</a></p>
${guest}
</div>
<form data-hand method="post" action="${up}login/handed" hidden>
<input type="hidden" name="code">
<input type="hidden" name="next" value="${escapeHtml(next)}">
</form>
</div>`
}

/** What a pop-up ends with: it hands over by its script; where nobody is there to take it, its words say what to do. */
export function handedPage(lang: string): { heading: string; message: string; more: string } {
  return {
    heading: say(lang, 'login.inNameless'),
    message: say(lang, 'login.frame.handed'),
    more: '<div data-handed></div>',
  }
}
