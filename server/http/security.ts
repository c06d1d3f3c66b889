/** Headers that say what a browser may do with an answer (DESIGN D11). */
import type { RequestHandler, Response } from 'express'
import { frameSources } from './frame-rule.ts'

/** Everything our pages need besides scripts; nothing inline, nothing from elsewhere, no text turned into code. */
const POLICY = [
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  // prosemirror-view wraps clipboard HTML, which it parses into a document of its own, in a policy of this name.
  // The others make the addresses of our workers: the service worker (client/offline), the one that paints boards (client/board).
  'trusted-types ProseMirrorClipboard inkpad-worker inkpad-painter inkpad-finder',
]

const FEATURES = [
  'camera',
  'geolocation',
  'microphone',
  'payment',
  'usb',
  'display-capture',
  'browsing-topics',
]

const NO_FEATURES = FEATURES.map((feature) => `${feature}=()`).join(', ')

/** Half a year in seconds; for this host alone, since others may share its domain. */
const STAY_SECURE = 'max-age=15552000'

/** Headers of every answer. Data and files are never framed and never loaded by other sites. */
export const secureDefaults: RequestHandler = (request, response, next) => {
  // Ours to say only where we know that it came over https: our own certificate, or a proxy that is trusted.
  if (request.secure) response.set('Strict-Transport-Security', STAY_SECURE)
  response.set({
    'Content-Security-Policy':
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
  })
  next()
}

/** For {@link pageHeaders}: a page that stands in no frame, whoever may frame others. */
export const NOBODY: readonly string[] = ["'none'"]

/**
 * Headers of a page. `ancestors` are the sites that may frame it besides our own (setting `embedding.frameAncestors`),
 * `scripts` the hashes of its own inline scripts, `frames` the origins it may show in frames.
 */
export function pageHeaders(
  response: Response,
  ancestors: readonly string[],
  scripts: readonly string[] = [],
  frames: readonly string[] = [],
): void {
  const sources = frameSources(ancestors).join(' ')
  const inline = ["script-src 'self'", ...scripts].join(' ')
  const framed = frames.length === 0 ? [] : [`frame-src ${frames.join(' ')}`]
  const policy = ["default-src 'none'", inline, ...POLICY, ...framed, `frame-ancestors ${sources}`]
  response.set({
    'Content-Security-Policy': policy.join('; '),
    'Permissions-Policy': NO_FEATURES,
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
    'Cache-Control': 'no-store',
  })
  // A page that others may frame must load in a frame that asks for CORP, too.
  if (sources !== "'self'" && sources !== "'none'")
    response.set('Cross-Origin-Resource-Policy', 'cross-origin')
}

/** What the pages that are about frames themselves may do besides. */
const NOTHING = "base-uri 'none'; form-action 'none'; object-src 'none'"

/** Headers of the small page that stands in any frame, in place of ours, with nothing of a pad in it (SPEC-embedding EM4). */
export function askingHeaders(response: Response): void {
  response.set({
    'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; ${NOTHING}; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors *`,
    'Permissions-Policy': NO_FEATURES,
    'Cache-Control': 'no-store',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  })
}

/** Headers of the empty page whose policy the browser tells that one with; `sources` are those of our pages. */
export function probeHeaders(response: Response, sources: readonly string[]): void {
  response.set({
    'Content-Security-Policy': `default-src 'none'; ${NOTHING}; frame-ancestors ${sources.join(' ')}`,
    'Cache-Control': 'no-store',
  })
}
