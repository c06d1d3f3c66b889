/** Keeps titles, and tells everybody in the pad. */
import { allows } from '../../shared/access.ts'
import type { ServerContext } from '../../shared/plugin.ts'
import type { declaration } from './shared.ts'
import { tidyTitle } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

export interface TitleMessages extends Record<string, unknown> {
  title: string
}

export function server(context: ServerContext<Fields, TitleMessages>): void {
  const { store } = context
  const key = (pad: string): string => `title/${pad}`
  const titleOf = async (pad: string): Promise<string> => {
    const kept = await store.get(key(pad))
    return typeof kept === 'string' ? kept : ''
  }
  context.receive('title', async (from, pad, title) => {
    if (!allows(await context.level(pad, from), 'write')) {
      // The page of somebody who may no longer write shows what stands.
      context.send(pad, 'title', await titleOf(pad), from.author)
      return
    }
    const line = tidyTitle(title)
    if (line === '') await store.delete(key(pad))
    else await store.set(key(pad), line)
    // What stands, not what came: of two at the same moment everybody sees the one that was kept.
    context.send(pad, 'title', await titleOf(pad))
  })
  context.startData(async (pad) => ({ title: await titleOf(pad) }))
  context.on('connect', async ({ pad, person }) => {
    context.send(pad, 'title', await titleOf(pad), person.author)
  })
  context.holds(async (pad) => (await titleOf(pad)) !== '')
  context.on('padRemove', ({ pad }) => store.delete(key(pad)))
}
