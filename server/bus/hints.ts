/** What the hints of other servers lead to: a look into the database, of which several at once are one (docs/SPEC-bus.md BU32, BU33). */
import type { Log } from '../log.ts'
import type { Bus } from './types.ts'

/** Looks; what they reject with is logged, and the next look, once a second, finds the same. */
export interface Looks {
  /** At these pads. */
  pads(pads: readonly string[]): Promise<void>
  /** At all pads that are open here. */
  allPads(): Promise<void>
  /** At sessions and accounts. */
  people(): void
  /** At who may open pads of a group. */
  group(group: string): Promise<void>
  notice(): Promise<void>
  plugins(): Promise<void>
}

/** Ms in which hints are gathered. */
const GATHER = 10

/** Listens until the answer is called. */
export function followHints(bus: Bus, looks: Looks, log: Log): () => void {
  const pads = new Set<string>()
  const groups = new Set<string>()
  const others = new Set<'allPads' | 'notice' | 'plugins'>()
  let timer: NodeJS.Timeout | undefined

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      const work = [...others].map((what) => looks[what]())
      for (const group of groups) work.push(looks.group(group))
      if (pads.size > 0 && !others.has('allPads')) work.push(looks.pads([...pads]))
      pads.clear()
      groups.clear()
      others.clear()
      for (const one of work)
        one.catch((error: unknown) => log.debug('a hint led nowhere', { error: String(error) }))
    }, GATHER).unref()
  }

  const off = bus.listen({
    heard(message) {
      if (message.kind === 'people') looks.people()
      else if (message.kind === 'pad') pads.add(message.pad)
      else if (message.kind === 'group') groups.add(message.group)
      else if (message.kind === 'notice' || message.kind === 'plugins') others.add(message.kind)
      else return
      soon()
    },
    missed() {
      looks.people()
      others.add('allPads').add('notice').add('plugins')
      soon()
    },
  })
  return () => {
    off()
    clearTimeout(timer)
  }
}
