/** Gives the administrator's templates to those who may write in a pad. */
import { allows } from '../../shared/access.ts'
import type { ServerContext } from '../../shared/plugin.ts'
import { readFolder } from './folder.ts'
import type { declaration } from './shared.ts'
import type { Template } from './template.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

/** Ms the folder is not read again. */
const KEPT = 10_000

export function server(context: ServerContext<Fields>): void {
  let known: { folder: string; at: number; templates: Promise<Template[]> } | undefined
  const templates = (folder: string): Promise<Template[]> => {
    if (known?.folder !== folder || Date.now() - known.at > KEPT)
      known = {
        folder,
        at: Date.now(),
        templates: readFolder(folder, (message) => context.log.warn(message, { folder })),
      }
    return known.templates
  }
  context.routes.get('/list', async (request, response) => {
    const { pad } = request.query
    const { folder } = context.settings()
    const level = typeof pad === 'string' ? await context.level(pad, await context.personOf(request)) : 'none'
    if (!allows(level, 'write')) {
      response.status(403).json([])
      return
    }
    response.json(folder === '' ? [] : await templates(folder))
  })
}
