/**
 * `plugin-styles/MARK/NAME+NAME.css`: the style sheets of the bundled plugins of a page, in one file. It stands in the
 * page's head, so that the text looks right before the script comes, and without it. The address says all there is to
 * know, so that any server of an installation can answer.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Router } from 'express'
import { isPluginName } from '../../shared/plugin.ts'
import type { ClientBuild } from './client-build.ts'

/** The most plugins in one address. */
const MOST = 200

/** The address of the style sheets of these plugins, relative to our root; null when none of them has one. */
export function pluginStyles(client: ClientBuild, names: readonly string[]): string | null {
  const styled = names.slice(0, MOST).filter((name) => (client.plugin(name)?.styles.length ?? 0) > 0)
  return styled.length === 0 ? null : `plugin-styles/${markOf(client, styled)}/${styled.join('+')}.css`
}

/** The files' names hold hashes of their contents. */
function markOf(client: ClientBuild, names: readonly string[]): string {
  const files = names.flatMap((name) => client.plugin(name)?.styles ?? [])
  return createHash('sha256').update(files.join()).digest('hex').slice(0, 12)
}

/** The route. Another mark is that of another build: this one's styles are as good for now. */
export function pluginStyleRoutes(client: ClientBuild): Router {
  const router = Router({ strict: true, caseSensitive: true })
  router.get('/plugin-styles/:mark/:names', (request, response, next) => {
    const { mark, names: given } = request.params
    const names = given.endsWith('.css') ? given.slice(0, -4).split('+') : []
    if (names.length === 0 || names.length > MOST || !names.every(isPluginName)) return next()
    const files = names.flatMap((name) => client.plugin(name)?.styles ?? [])
    const texts = files
      .map((file) => client.file(basename(file))?.path)
      .map((path) => path && readFileSync(path))
    if (texts.length === 0) return next()
    const same = mark === markOf(client, names)
    response
      .type('text/css')
      .set('Cache-Control', same ? 'public, max-age=31536000, immutable' : 'no-cache')
      .send(texts.join('\n'))
  })
  return router
}
