/**
 * Which pads somebody has open here, and what other servers of the same database changed in them besides the text: one
 * question for all of them, about once a second (SPEC-pads P6, P33, P40).
 */
import type { Log } from '../log.ts'
import type { PadNews, Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'

export interface Following {
  /** Has somebody this pad open, its text or its board? */
  isOpen(pad: string): boolean
  /** Looks now at these pads, or at all that are open here. */
  look(pads?: readonly string[]): Promise<void>
  /** `news` is called for every open pad after each look, `closed` when the last person left it or it was deleted. */
  listen(listener: FollowingListener): () => void
  close(): void
}

export interface FollowingListener {
  news?(pad: string, news: PadNews): void
  closed?(pad: string): void
  /** After each look at all pads, whether or not one is open. */
  looked?(): void
}

interface FollowingParts {
  store: Pick<Store, 'padNews'>
  sync: Pick<Sync, 'listen'>
  log: Log
  /** Ms between the end of a look and the next; 0 for never, where no other server can be. */
  every: number
}

/** The pad a document belongs to. */
export function padOf(document: string): string {
  return document.slice(2)
}

/** Begins to follow. */
export function createFollowing({ store, sync, log, every }: FollowingParts): Following {
  /** People by document. */
  const open = new Map<string, Set<string>>()
  const listeners = new Set<FollowingListener>()
  let timer: NodeJS.Timeout | undefined
  let said = ''

  const isOpen = (pad: string): boolean => open.has(`p/${pad}`) || open.has(`b/${pad}`)
  const closed = (document: string): void => {
    if (!open.delete(document) || isOpen(padOf(document))) return
    for (const listener of listeners) listener.closed?.(padOf(document))
  }
  const stop = sync.listen({
    joined(document, { author }) {
      const here = open.get(document) ?? new Set()
      open.set(document, here.add(author))
    },
    left(document, { author }) {
      const here = open.get(document)
      here?.delete(author)
      if (here?.size === 0) closed(document)
    },
    removed: closed,
  })

  async function look(some?: readonly string[]): Promise<void> {
    const pads = new Set(some?.filter(isOpen) ?? [...open.keys()].map(padOf))
    try {
      const all = await store.padNews([...pads].map((pad) => `p/${pad}`))
      for (const news of all)
        for (const listener of listeners)
          if (isOpen(padOf(news.document))) listener.news?.(padOf(news.document), news)
      if (some === undefined) for (const listener of listeners) listener.looked?.()
      said = ''
    } catch (error) {
      if (String(error) !== said) log.warn('open pads could not be followed', { error: String(error) })
      said = String(error)
    }
  }
  function later(): void {
    timer = setTimeout(() => void look().finally(() => timer && later()), every)
    timer.unref()
  }
  if (every > 0) later()

  return {
    isOpen,
    look,
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close() {
      clearTimeout(timer)
      timer = undefined
      stop()
      listeners.clear()
    },
  }
}
