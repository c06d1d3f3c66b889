/** The one place that decides what the screen may say about unsaved changes. */
import { Close } from '../../shared/protocol.ts'
import type { StoreState } from '../../shared/protocol.ts'
import type { Refusal, Status } from './types.ts'

export interface Facts {
  /** There is content to show. */
  ready: boolean
  /** The server has welcomed this connection. */
  welcomed: boolean
  /** The first attempt to connect has neither succeeded nor failed. */
  first: boolean
  /** Nothing is under way in either direction. */
  settled: boolean
  unsaved: number
  kept: boolean
  store: StoreState
  /** The server takes writes of this session, or none are meant. */
  takes: boolean
  refusal: Refusal | null
  retryAt: number | undefined
}

export function statusOf(facts: Facts): Status {
  const { unsaved, kept, store } = facts
  const base = { unsaved, kept, store }
  if (facts.refusal !== null) return { ...base, state: 'refused', reason: facts.refusal }
  if (!facts.ready) return { ...base, state: 'loading', ...retry(facts) }
  if (!facts.welcomed) {
    return facts.first ? { ...base, state: 'saving' } : { ...base, state: 'offline', ...retry(facts) }
  }
  if (unsaved > 0 && !facts.takes) return { ...base, state: 'refused', reason: 'forbidden' }
  return { ...base, state: unsaved === 0 && facts.settled ? 'saved' : 'saving' }
}

function retry({ retryAt }: Facts): { retryAt?: number } {
  return retryAt === undefined ? {} : { retryAt }
}

/** Emits the status when it has changed: once for all changes of the same moment. */
export function createTeller(now: () => Status, emit: (status: Status) => void): () => void {
  let told: Status | null = null
  let telling = false
  return () => {
    if (telling) return
    telling = true
    queueMicrotask(() => {
      telling = false
      const status = now()
      if (told !== null && sameStatus(told, status)) return
      told = status
      emit(status)
    })
  }
}

function sameStatus(a: Status, b: Status): boolean {
  return (
    a.state === b.state &&
    a.unsaved === b.unsaved &&
    a.kept === b.kept &&
    a.store === b.store &&
    a.reason === b.reason &&
    a.retryAt === b.retryAt
  )
}

/** What a final close code means to the person. */
export function refusalOf(code: number): Refusal {
  switch (code) {
    case Close.deleted:
      return 'deleted'
    case Close.generation:
      return 'generation'
    case Close.forbidden:
      return 'forbidden'
    case Close.unauthenticated:
      return 'unauthenticated'
    case Close.tooLarge:
      return 'tooLarge'
    default:
      return 'badData'
  }
}
