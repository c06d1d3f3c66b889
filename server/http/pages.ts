/** The pages: start page, pads and boards. Who asks, may they read, the shell with the text inside (ARCHITECTURE.md). */
import { Router } from 'express'
import type { Request, Response } from 'express'
import { cleanPadName, isPadName, isStandIn } from '../../shared/ids.ts'
import { NO_PAD_SETTINGS } from '../../shared/settings.ts'
import type { BootPlugin, PadBoot, PageLogin } from '../../shared/settings.ts'
import type { PassNotes } from '../access/pass-notes.ts'
import type { Access, Entry, People } from '../access/types.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Commons } from '../pads/commons.ts'
import type { Pads } from '../pads/pads.ts'
import type { Plugins } from '../plugins/types.ts'
import { lookOf, pageSettings } from '../settings/page.ts'
import type { Settings } from '../settings/schema.ts'
import { rawQuery } from './canonical.ts'
import type { ClientBuild, PageFiles } from './client-build.ts'
import type { Guests } from './guests.ts'
import type { LoginDesk } from './login-desk.ts'
import { escapeHtml, shellPage } from './html.ts'
import { importMapOf } from './import-map.ts'
import { languageOf } from './language.ts'
import { enterPage, notedPerson } from './page-entry.ts'
import { pluginStyles } from './plugin-styles.ts'
import { pageHeaders } from './security.ts'
import { socialMeta } from './social-meta.ts'
import { say } from './words.ts'
import type { Word } from './words.ts'

/** What pages are made from. */
export interface PageParts {
  settings: Settings
  log: Log
  access: Access
  people: Pick<People, 'people'>
  notes: Pick<PassNotes, 'read'>
  pads: Pads
  /** What the people of a pad share besides its text. */
  commons: Pick<Commons, 'page'>
  plugins: Pick<Plugins, 'boot' | 'frames'>
  client: ClientBuild
  guests: Guests
  desk: Pick<LoginDesk, 'page'>
  version: string
}

/** Nobody can sign in. */
const NO_LOGIN: PageLogin = { as: null, can: false }
const NOTHING_SHARED = { padSettings: NO_PAD_SETTINGS, notice: '' }
/** Ms a page waits for the pad's text and the person; the client works without. */
const PATIENCE = 3000

/** The routes `/`, `/p/NAME`, its board `/p/NAME/board` and Etherpad's `/p/NAME/timeslider`. */
export function pageRoutes(parts: PageParts): Router {
  const { settings, client } = parts
  const router = Router({ strict: true, caseSensitive: true })
  const version = settings.exposeVersion ? parts.version : ''

  router.get('/', async (request, response) => {
    const login = await tolerant(parts.desk.page(request), NO_LOGIN, parts.log)
    const lang = languageOf(request, null)
    const files = built(client, 'home')
    pageHeaders(response, settings.embedding.frameAncestors)
    const content = `<main class="plain">\n<h1>${escapeHtml(settings.title)}</h1>\n${noScript(lang, 'page.noScriptHome')}\n</main>`
    response.type('html').send(
      shellPage({
        up: '',
        title: settings.title,
        lang,
        files,
        boot: { title: settings.title, version, settings: pageSettings(settings), login },
        content,
        hidden: false,
        look: lookOf(settings),
        meta: socialMeta(settings, { path: '', title: settings.title }),
      }),
    )
  })

  const place = (kind: Kind) => async (request: Request<{ pad: string }>, response: Response) => {
    const { pad: name } = request.params
    const clean = isStandIn(name) ? name : cleanPadName(name)
    if (clean !== name && isPadName(clean)) {
      redirect(request, response, addressOf(kind, clean))
      return
    }
    await sendPad(parts, name, request, response, {
      kind,
      version,
      lang: languageOf(request, settings.padOptions.lang),
      rtl: 'rtl' in request.query ? request.query['rtl'] === 'true' : settings.padOptions.rtl,
      files: built(client, kind),
    })
  }
  router.get('/p/:pad', place('pad'))
  router.get('/p/:pad/board', place('board'))

  router.get('/p/:pad/', () => {
    throw new AppError('notFound', "A pad's address has no slash at its end.")
  })

  router.get('/p/:pad/timeslider', (request, response) => {
    redirect(request, response, `../${encodeURIComponent(request.params.pad)}`)
  })
  return router
}

/** A pad's text or its board: two pages of one name, with one gate. */
type Kind = 'pad' | 'board'

/** Relative to the page of this kind. */
function addressOf(kind: Kind, name: string): string {
  const address = encodeURIComponent(name)
  return kind === 'pad' ? address : `../${address}/board`
}

interface Page {
  kind: Kind
  version: string
  lang: string
  rtl: boolean
  files: PageFiles
}

async function sendPad(
  parts: PageParts,
  name: string,
  request: Request,
  response: Response,
  page: Page,
): Promise<void> {
  const { settings, log } = parts
  const isBoard = page.kind === 'board'
  const up = isBoard ? '../../' : '../'
  const person =
    (await notedPerson(parts, name, request)) ??
    (await tolerant(parts.guests.known(request, response), undefined, log))
  const place = { name, board: isBoard, navigation: isNavigation(request) }
  const entered = await enterPage(parts, person ?? null, place, request, response)
  if (entered === null) return
  const { entry, closed } = entered
  if (entry.shown !== name) {
    redirect(request, response, addressOf(page.kind, entry.shown))
    return
  }
  // `undefined`: nobody knows who it is, so the browser keeps the cookie it has.
  const known =
    person === null && place.navigation
      ? await tolerant(parts.guests.welcome(request, response, parts.pads.colours(entry.pad)), null, log)
      : (person ?? null)
  const readOnly = entry.level === 'read'
  const [text, readOnlyId, shared, plugins, login] = await Promise.all([
    isBoard ? null : closed ? undefined : tolerant(parts.pads.html(entry.pad), undefined, log),
    readOnly || closed || !place.navigation ? null : tolerant(parts.pads.readOnlyId(entry.pad), null, log),
    closed ? NOTHING_SHARED : tolerant(parts.commons.page(entry.pad), NOTHING_SHARED, log),
    isBoard || closed ? [] : tolerant(parts.plugins.boot(entry.pad, known), [], log),
    tolerant(parts.desk.page(request), NO_LOGIN, log),
  ])
  const boot: PadBoot = {
    pad: entry.shown,
    title: settings.title,
    readOnly,
    padOptions: settings.padOptions,
    readOnlyId,
    version: page.version,
    plugins,
    ...shared,
    owner: entry.level === 'own',
    ...(login.can || login.as !== null ? { login } : {}),
    settings: pageSettings(settings),
  }
  // A third party's plugin may be installed while this page is open, and a map cannot come later than the first module.
  const libraries = isBoard ? new Map<string, string>() : parts.client.libraries()
  const map = libraries.size === 0 ? null : importMapOf(libraries, up)
  pageHeaders(
    response,
    settings.embedding.frameAncestors,
    map === null ? [] : [map.source],
    isBoard ? [] : parts.plugins.frames(),
  )
  response.type('html').send(
    shellPage({
      up,
      title: `${entry.shown} · ${settings.title}`,
      lang: page.lang,
      files: withPlugins(page.files, plugins, parts.client),
      importMap: map?.text,
      boot,
      content: isBoard ? boardForReaders(entry, page.lang, request.query) : readable(entry, text, page),
      hidden: true,
      look: lookOf(settings),
      meta: socialMeta(settings, {
        path: `p/${encodeURIComponent(entry.shown)}${isBoard ? '/board' : ''}`,
        title: `${entry.shown} · ${settings.title}`,
      }),
    }),
  )
}

/** The text for readers without scripts. `undefined`: it could not be read; null: no such pad yet. */
function readable(
  entry: Entry,
  text: string | null | undefined,
  { lang, rtl }: { lang: string; rtl: boolean },
): string {
  const body =
    text === undefined
      ? noScript(lang, 'page.unread')
      : text === null
        ? noScript(lang, 'page.empty')
        : `${noScript(lang, 'page.noScript')}\n${text}`
  const kind = entry.level === 'read' ? 'reader without-tools' : 'reader'
  const direction = rtl ? ' dir="rtl"' : ''
  return `<main class="${kind}"${direction} aria-label="${escapeHtml(entry.shown)}">\n${body}\n</main>`
}

/**
 * A board needs its script; without one there is the way to the text. Its header is there from the first paint on, where the
 * page will have one (SPEC-board B303).
 */
function boardForReaders({ shown }: Entry, lang: string, query: Request['query']): string {
  const bare = query['hideMenu'] === 'true' || query['showControls'] === 'false'
  const inGroup = shown.startsWith('g.') ? shown.indexOf('$') + 1 : 0
  const name = isStandIn(shown) ? '' : shown.slice(inGroup).replaceAll('_', ' ')
  const header = `<header class="header">
<span class="home only-wide"></span>
<div class="title"><span class="title-line"><h1 dir="auto">${escapeHtml(name)}</h1></span></div>
</header>\n`
  const way = `<p><a href="../${encodeURIComponent(shown)}">${escapeHtml(shown)}</a></p>`
  return `<div class="app on-board">
${bare ? '' : header}<noscript><main class="ending" aria-label="${escapeHtml(shown)}">
<p>${escapeHtml(say(lang, 'page.noScriptBoard'))}</p>${way}</main></noscript>\n</div>`
}

function noScript(lang: string, word: Word): string {
  return `<noscript><p>${escapeHtml(say(lang, word))}</p></noscript>`
}

function built(client: ClientBuild, name: string): PageFiles {
  const files = client.page(name)
  if (files === null)
    throw new AppError(
      'internal',
      'Inkpad is not built yet: run "npm run build" in its folder, then reload this page.',
    )
  return files
}

/** The page's files with those of the plugins that are on, so that these come with the page and not after it. */
function withPlugins(files: PageFiles, plugins: readonly BootPlugin[], client: ClientBuild): PageFiles {
  const bundled = plugins.filter((plugin) => plugin.files === undefined).map(({ name }) => name)
  const foreign = plugins.flatMap((plugin) => plugin.files ?? [])
  const modules = [
    ...bundled.flatMap((name) => client.plugin(name)?.modules ?? []),
    ...foreign.flatMap((own) => [own.shared, ...(own.client === null ? [] : [own.client])]),
  ]
  const styles = [pluginStyles(client, bundled), ...foreign.map(({ style }) => style)]
  return {
    ...files,
    styles: [...files.styles, ...styles.filter((style) => style !== null)],
    later: [...new Set(modules)].filter((file) => !files.preloads.includes(file)),
  }
}

/** A browser opening a page, not a script, a checker or a preview. */
function isNavigation(request: Request): boolean {
  return request.method === 'GET' && (request.get('Accept') ?? '').includes('text/html')
}

/** Relative to the page's own address, so that no proxy needs to mend it. */
function redirect(request: Request, response: Response, to: string): void {
  response
    .status(302)
    .set({ Location: to + rawQuery(request.originalUrl), 'Cache-Control': 'no-store' })
    .end()
}

/** What `work` gives within {@link PATIENCE}; else `otherwise`: a pad's page comes even while the database is away. */
async function tolerant<T, O>(work: Promise<T>, otherwise: O, log: Log): Promise<T | O> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<O>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE)
  })
  const done = work.catch((error: unknown) => {
    log.warn('a page comes without something', { error: String(error) })
    return otherwise
  })
  try {
    return await Promise.race([done, late])
  } finally {
    clearTimeout(timer)
  }
}
