/** Tells a person that they were mentioned, in the name the server knows. */
import { allows } from '../../shared/access.ts'
import type { Fields, ServerContext } from '../../shared/plugin.ts'
import type { Told } from './shared.ts'

/** Ms between two tellings of one person to another. */
const REST = 3000
/** Pairs that are remembered. */
const MOST = 1000

export function server(context: ServerContext<Fields, { mention: Told }>): void {
  const last = new Map<string, number>()
  context.receive('mention', async (from, pad, told) => {
    if (told.to === from.author || !allows(await context.level(pad, from), 'write')) return
    const pair = `${pad} ${from.author} ${told.to}`
    const now = Date.now()
    if (now - (last.get(pair) ?? 0) < REST) return
    last.delete(pair)
    last.set(pair, now)
    for (const [oldest] of last) {
      if (last.size <= MOST) break
      last.delete(oldest)
    }
    context.send(pad, 'mention', { ...told, by: from.name }, told.to)
  })
}
