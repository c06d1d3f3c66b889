/** The HTML of our pages. Every address in it is relative to the page (DESIGN D10), and no line of ours is long. */
import { directionOf } from '../../shared/languages.ts'
import type { Look } from '../settings/page.ts'
import type { PageFiles } from './client-build.ts'

/** Escapes a text for an element's content or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

/** JSON that can stand in a script element of type `application/json`. */
export function jsonForHtml(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/[<>&\u2028\u2029]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** What every page has. */
interface Frame {
  /** From the page to our root: `''` or `'../'`... */
  up: string
  title: string
  /** Code of the language; the direction follows from it. */
  lang: string
  look?: Look
}

/** The page of the client: works without scripts as far as reading goes. */
export interface Shell extends Frame {
  files: PageFiles
  /** Put into `<script type="application/json" id="boot">`. */
  boot: unknown
  /** HTML inside `<div id="app">` until the script takes over. */
  content: string
  /** Search engines stay out. */
  hidden: boolean
  /** Further elements of the head. */
  meta?: readonly string[]
  /** Text of the import map; without one nothing inline runs. */
  importMap?: string | undefined
}

function top({ lang, look }: Frame): string {
  const { theme, fixed, wide } = look ?? { theme: null, fixed: false, wide: false }
  const marks = [
    theme === null ? '' : ` data-theme="${theme}" data-theme-standard="${theme}"`,
    fixed ? ' data-theme-fixed' : '',
    wide ? ' data-wide' : '',
  ].join('')
  return `<!doctype html>\n<html lang="${escapeHtml(lang)}" dir="${directionOf(lang)}"${marks}>`
}

/** `early`: with the script that has to run before the first paint. */
function head({ up, title }: Frame, more: readonly string[], early = true): string {
  return [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">',
    `<title>${escapeHtml(title)}</title>`,
    '<meta name="color-scheme" content="light dark">',
    '<meta name="theme-color" content="#f4f5f7" media="(prefers-color-scheme: light)">',
    '<meta name="theme-color" content="#0f1114" media="(prefers-color-scheme: dark)">',
    `<link rel="icon" href="${up}favicon.ico">`,
    ...(early ? [`<script src="${up}early.js"></script>`] : []),
    ...more,
  ].join('\n')
}

/** A page of the client. */
export function shellPage(shell: Shell): string {
  const { up, files } = shell
  const links = [
    // Before anything is fetched that may need it.
    ...(shell.importMap === undefined ? [] : [`<script type="importmap">${shell.importMap}</script>`]),
    `<link rel="manifest" href="${up}manifest.json">`,
    ...files.styles.map((file) => `<link rel="stylesheet" href="${escapeHtml(up + file)}">`),
    ...files.preloads.map((file) => `<link rel="modulepreload" href="${escapeHtml(up + file)}">`),
    `<script type="module" src="${escapeHtml(up + files.script)}"></script>`,
    ...(files.later ?? []).map((file) => `<link rel="modulepreload" href="${escapeHtml(up + file)}">`),
    ...(shell.hidden ? ['<meta name="robots" content="noindex, nofollow">'] : []),
    ...(shell.meta ?? []),
  ]
  return `${top(shell)}
<head>
${head(shell, links)}
</head>
<body>
<div id="app">
${shell.content}
</div>
<script type="application/json" id="boot">
${jsonForHtml(shell.boot)}
</script>
</body>
</html>
`
}

/**
 * A page that needs no client: errors, notes, signing in. `home` is the name of the way to the start page, `more` HTML
 * before it.
 */
export function plainPage(
  page: Frame & { heading: string; message: string; home: string; more?: string },
): string {
  const { more = '' } = page
  const quiet = more === '' ? '' : ' class="quiet"'
  const message = page.message === '' ? '' : `<p>${escapeHtml(page.message)}</p>\n`
  const way = `<p><a${quiet} href="${page.up || './'}">${escapeHtml(page.home)}</a></p>\n`
  return `${top(page)}
<head>
${head(page, [`<link rel="stylesheet" href="${page.up}plain.css">`, '<meta name="robots" content="noindex">'])}
</head>
<body>
<main>
<img src="${page.up}favicon.ico" alt="" width="40" height="40">
<h1>${escapeHtml(page.heading)}</h1>
${message}${more === '' ? '' : `${more}\n`}${way}</main>
</body>
</html>
`
}

/** A page that runs nothing that knows people: in a frame of strangers. `body` is HTML. */
export function barePage(page: Frame & { body: string }): string {
  const links = [
    `<link rel="stylesheet" href="${page.up}plain.css">`,
    '<meta name="robots" content="noindex">',
  ]
  return `${top(page)}
<head>
${head(page, links, false)}
</head>
<body>
${page.body}
</body>
</html>
`
}
