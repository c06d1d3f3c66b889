/** Searches in the page or beside it. A pattern gets a second; one that needs longer is stopped. */
// oxlint-disable-next-line import/default -- the bundler's own kind of module
import workerAddress from './find-worker.ts?worker&url'
import type { Answer, Search } from './find-worker.ts'
import { expressionOf, findIn } from './search.ts'
import type { Found, Query } from './search.ts'

/** Ms a pattern may take. */
export const PATIENCE = 1000
/** The most places found. */
export const MOST = 10_000

/** What was found, or why nothing: the pattern is none, or takes too long. */
export type Result = Found | 'bad' | 'slow'

export interface Searcher {
  /** A later search makes an earlier one answer `null`. */
  search(texts: readonly string[], query: Query, instead?: string): Promise<Result | null>
  stop(): void
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string }
}
let policy: ReturnType<TrustedTypes['createPolicy']> | undefined

/** Under our content security policy only a policy of this name may make the address of a script (DESIGN D11). */
function trusted(script: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
  if (!types) return script
  policy ??= types.createPolicy('inkpad-finder', {
    createScriptURL(url) {
      if (new URL(url, location.href).origin !== location.origin)
        throw new TypeError('not the address of our worker')
      return url
    },
  })
  return policy.createScriptURL(script)
}

/** Makes one; `start` starts the worker. */
export function createSearcher(
  start: () => Worker = () => new Worker(trusted(workerAddress), { type: 'module' }),
): Searcher {
  let worker: Worker | undefined
  let last = 0
  let cancel: (() => void) | undefined

  function stop(): void {
    worker?.terminate()
    worker = undefined
  }

  function beside(search: Search): Promise<Result | null> {
    return new Promise((resolve) => {
      const helper = (worker ??= start())
      const done = (result: Result | null): void => {
        clearTimeout(timer)
        helper.removeEventListener('message', hear)
        helper.removeEventListener('error', fail)
        cancel = undefined
        resolve(result)
      }
      const hear = ({ data }: MessageEvent<Answer>): void => {
        if (data.id === search.id) done(data.found)
      }
      const fail = (): void => {
        stop()
        done('slow')
      }
      const timer = setTimeout(fail, PATIENCE)
      cancel = () => {
        stop()
        done(null)
      }
      helper.addEventListener('message', hear)
      helper.addEventListener('error', fail)
      helper.postMessage(search, [])
    })
  }

  return {
    async search(texts, query, instead) {
      cancel?.()
      last += 1
      if (query.words !== '' && expressionOf(query) === null) return 'bad'
      if (!query.pattern) return findIn(texts, query, MOST, instead)
      const search: Search = { id: last, texts, query, most: MOST }
      return beside(instead === undefined ? search : { ...search, instead })
    },
    stop() {
      cancel?.()
      stop()
    },
  }
}
