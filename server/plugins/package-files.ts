/** `plugin-files/NAME/VERSION/...`: what pages fetch of third parties' plugins. A version never changes. */
import { existsSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { Router } from 'express'
import { isPluginName } from '../../shared/plugin.ts'
import { isInside } from './package-facts.ts'
import type { PackageFiles } from './package-facts.ts'

/** A package's folder and what it names of its files; null when there is no such version. */
export type PackageLookup = (name: string, version: string) => { home: string; files: PackageFiles } | null

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

const SEGMENT = /^[\w@][\w@.+-]*$/

/** The routes. Only files that the package names for pages are given out, and those beside and below them. */
export function packageFileRoutes(lookup: PackageLookup): Router {
  const router = Router({ strict: true, caseSensitive: true })
  router.get('/plugin-files/:name/:version/*path', (request, response, next) => {
    const { name, version } = request.params
    const segments: readonly string[] = [request.params.path ?? []].flat()
    if (!isPluginName(name) || !SEGMENT.test(version) || !segments.every((part) => SEGMENT.test(part)))
      return next()
    const found = lookup(name, version)
    const path = segments.join('/')
    const type = TYPES[extname(path)]
    if (found === null || type === undefined || !isForPages(found.files, path)) return next()
    const file = join(found.home, path)
    if (!existsSync(file) || !statSync(file).isFile() || !isInside(found.home, file)) return next()
    response.set({ 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' })
    response.sendFile(file, { cacheControl: false, dotfiles: 'allow' })
  })
  return router
}

/** Is this path one of those pages may have? */
export function isForPages({ shared, server, client, style, locales }: PackageFiles, path: string): boolean {
  if (path === server || path === 'package.json' || path.split('/').includes('node_modules')) return false
  const folders = [shared, client, style].flatMap((file) => (file === null ? [] : folderOf(file)))
  if (locales !== null) folders.push(`${locales}/`)
  return folders.some((folder) => path.startsWith(folder))
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1)
}
