/**
 * The service worker: lets a pad that was open here before open again without a network. It keeps the built files and
 * the pages of pads that were visited; texts and edits are not its matter (`client/net` keeps them). The build writes
 * the names of all built files before this script, so that each build is a new worker.
 */

/** The part of a service worker's scope that is used; the project's types are those of a page. */
interface WorkerScope {
  readonly registration: { readonly scope: string }
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  /** Built files, relative to the scope; written by the build. */
  readonly builtFiles?: readonly string[]
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void
  addEventListener(type: 'message', listener: (event: Extendable & { readonly data: unknown }) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void
}
interface Extendable {
  waitUntil(promise: Promise<unknown>): void
}
interface Fetching extends Extendable {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}

const worker = globalThis as unknown as WorkerScope
const PAGES = 'inkpad-pages-1'
const FILES = 'inkpad-files-1'
const PLUGINS = 'inkpad-plugins-1'
const MOST_PAGES = 50
const MOST_FILES = 300
const MOST_PLUGIN_FILES = 200
/** How long the network may take, in ms, before a page that is kept here is shown instead. */
const PATIENCE = 4000
/** The script that sets the theme before the first paint; its name holds no hash. */
const EARLY = 'early.js'
/** Files of third parties' plugins, and the style sheets of bundled ones. */
const OF_PLUGINS = /^plugin-(files|styles)\//
/** Answers of a proxy whose server is away. */
const AWAY = new Set([502, 503, 504])

worker.addEventListener('install', (event) => {
  event.waitUntil(keepFiles().then(() => worker.skipWaiting()))
})
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('message', (event) => {
  if (typeof event.data === 'string') event.waitUntil(keepPage(event.data))
  else if (Array.isArray(event.data)) event.waitUntil(keepPluginFiles(event.data))
})
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const path = pathInScope(request.url)
  if (request.method !== 'GET' || path === null) return
  if (request.mode === 'navigate') {
    if (inFrameOfOthers(request)) return
    if (/^(p\/[^/]+(\/board)?)?$/.test(path)) event.respondWith(page(event))
  } else if (path.startsWith('assets/')) event.respondWith(file(request))
  else if (OF_PLUGINS.test(path)) event.respondWith(pluginFile(request))
  else if (path === EARLY) event.respondWith(early(request))
})

/**
 * Is it asked in a frame of another site's page? The server has to know that (SPEC-embedding EM3), and what a worker asks
 * does not say it; so the browser asks by itself as long as there is a network.
 */
function inFrameOfOthers({ destination, referrer }: Request): boolean {
  const own = new URL(worker.registration.scope).origin
  const inFrame = ['iframe', 'frame', 'embed', 'object'].includes(destination)
  return inFrame && navigator.onLine && !(URL.canParse(referrer) && new URL(referrer).origin === own)
}

/** The path below our root; null for anything that is not ours. */
function pathInScope(url: string): string | null {
  const { origin, pathname } = new URL(url)
  const scope = new URL(worker.registration.scope)
  return origin === scope.origin && pathname.startsWith(scope.pathname)
    ? pathname.slice(scope.pathname.length)
    : null
}

/** All files of this build, so that parts of the page that were never opened work without a network too. */
async function keepFiles(): Promise<void> {
  const cache = await caches.open(FILES)
  await cache.add(new URL(EARLY, worker.registration.scope).href)
  for (const name of worker.builtFiles ?? []) {
    const url = new URL(name, worker.registration.scope).href
    if ((await cache.match(url)) === undefined) await cache.add(url)
  }
  await thin(cache, MOST_FILES)
}

/** Fetches and keeps a page that was shown before this worker was there. */
async function keepPage(url: string): Promise<void> {
  const path = pathInScope(url)
  if (path === null || !path.startsWith('p/')) return
  await remember(url, await fetch(url, { credentials: 'same-origin' }))
}

/** Keeps an answer if it is a page; the query of an address changes nothing in it. A full disk costs only this. */
async function remember(url: string, response: Response): Promise<void> {
  if (!response.ok || response.redirected) return
  const key = url.replace(/[?#].*$/, '')
  try {
    const cache = await caches.open(PAGES)
    // Deleted first, so that the pages stand in the order of their last visit.
    await cache.delete(key)
    await cache.put(key, response)
    await thin(cache, MOST_PAGES)
  } catch {
    // Opening without a network is a gift, not a promise.
  }
}

async function page(event: Fetching): Promise<Response> {
  const { request } = event
  const kept = await caches.match(request.url.replace(/[?#].*$/, ''), { cacheName: PAGES })
  const fresh = fetch(request).then((response) => {
    event.waitUntil(remember(request.url, response.clone()))
    return response
  })
  if (kept === undefined) return fresh
  const late = new Promise<Response>((resolve) => {
    setTimeout(() => resolve(kept), PATIENCE)
  })
  const network = fresh.then(
    (response) => (AWAY.has(response.status) ? kept : response),
    () => kept,
  )
  return Promise.race([network, late])
}

/** Built files carry a hash of their content in their names, so a kept one is always right. */
async function file(request: Request): Promise<Response> {
  const kept = await caches.match(request, { cacheName: FILES })
  return kept ?? fetch(request)
}

/** Files of plugins carry their version in their addresses. */
async function pluginFile(request: Request): Promise<Response> {
  const kept = await caches.match(request.url, { cacheName: PLUGINS })
  if (kept !== undefined) return kept
  const response = await fetch(request)
  await keepPluginFile(request.url, response.clone())
  return response
}

/** Keeps those that a page fetched before this worker was there. */
async function keepPluginFiles(urls: readonly unknown[]): Promise<void> {
  for (const url of urls.slice(0, MOST_PLUGIN_FILES)) {
    if (typeof url !== 'string' || !OF_PLUGINS.test(pathInScope(url) ?? '')) continue
    if ((await caches.match(url, { cacheName: PLUGINS })) === undefined)
      await keepPluginFile(url, await fetch(url))
  }
}

async function keepPluginFile(url: string, response: Response): Promise<void> {
  if (!response.ok) return
  try {
    const cache = await caches.open(PLUGINS)
    await cache.put(url, response)
    await thin(cache, MOST_PLUGIN_FILES)
  } catch {
    // Opening without a network is a gift, not a promise.
  }
}

async function early(request: Request): Promise<Response> {
  return fetch(request).catch(async (error: unknown) => {
    const kept = await caches.match(request, { cacheName: FILES })
    if (kept === undefined) throw error
    return kept
  })
}

/** Deletes the oldest entries. */
async function thin(cache: Cache, most: number): Promise<void> {
  const keys = await cache.keys()
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(key)
}
