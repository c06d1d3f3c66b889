/** Runs patterns beside the page: one that never ends is stopped from outside. */
import { findIn } from './search.ts'
import type { Found, Query } from './search.ts'

/** What is asked. */
export interface Search {
  id: number
  texts: readonly string[]
  query: Query
  most: number
  instead?: string
}

/** What is answered. */
export interface Answer {
  id: number
  found: Found
}

const self = globalThis as unknown as {
  postMessage(message: Answer, transfer: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent<Search>) => void): void
}

self.addEventListener('message', ({ data: { id, texts, query, most, instead } }) => {
  self.postMessage({ id, found: findIn(texts, query, most, instead) }, [])
})
