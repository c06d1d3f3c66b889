/** Sends what waits, one picture after the other, again and again until the server has it or will never take it (SPEC-text I3). */
import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { PictureTrouble, PictureUnderWay } from '../../shared/plugin/pictures.ts'
import { PictureError } from '../board/pictures/source.ts'

/** Ms until the next attempt: the first one, and the longest. */
const SOON = 2000
const LATE = 60_000
/** What does not pass by itself. A pad that is not there may be one that was just begun. */
const FINAL: ReadonlySet<PictureTrouble> = new Set(['tooLarge', 'noPicture', 'full', 'forbidden'])
/** Attempts for a pad that is not there. */
const MISSING = 6

export interface Sending {
  readonly underWay: ReadonlySignal<ReadonlyMap<string, PictureUnderWay>>
  add(key: string, bytes: Blob): void
  /** The bytes of a picture that is not sent yet. */
  bytesOf(key: string): Blob | undefined
  /** There is a connection again. */
  retry(): void
  stop(): void
}

interface SendingParts {
  send: (bytes: Blob, progress: (part: number) => void) => Promise<{ key: string }>
  /** The server has it. */
  sent: (key: string) => void
  /** It will never be sent. */
  failed: (key: string, trouble: PictureTrouble) => void
  /** Runs once after `ms`; the result cancels. */
  after: (ms: number, run: () => void) => () => void
}

export function createSending({ send, sent, failed, after }: SendingParts): Sending {
  const underWay = signal<ReadonlyMap<string, PictureUnderWay>>(new Map())
  const queue = new Map<string, Blob>()
  let busy = false
  let stopped = false
  let pause = SOON
  let missing = 0
  let cancel: (() => void) | null = null

  function note(key: string, state: PictureUnderWay | null): void {
    const next = new Map(underWay.peek())
    if (state) next.set(key, state)
    else next.delete(key)
    underWay.value = next
  }

  async function work(): Promise<void> {
    if (busy) return
    busy = true
    cancel?.()
    cancel = null
    try {
      for (const [key, bytes] of queue) {
        if (stopped || !(await one(key, bytes))) break
      }
    } finally {
      busy = false
    }
    if (queue.size === 0 || stopped) return
    cancel = after(pause, begin)
    pause = Math.min(LATE, pause * 2)
  }
  const begin = (): void => void work()

  /** False: better later. */
  async function one(key: string, bytes: Blob): Promise<boolean> {
    try {
      await send(bytes, (part) => note(key, { part, trouble: null }))
      queue.delete(key)
      note(key, null)
      pause = SOON
      missing = 0
      sent(key)
      return true
    } catch (error) {
      const trouble = error instanceof PictureError ? error.trouble : 'offline'
      if (trouble === 'gone') missing += 1
      if (!FINAL.has(trouble) && missing < MISSING) {
        note(key, { part: 0, trouble: null })
        return false
      }
      queue.delete(key)
      note(key, { part: 0, trouble })
      failed(key, trouble)
      return true
    }
  }

  return {
    underWay,
    add(key, bytes) {
      if (queue.has(key)) return
      queue.set(key, bytes)
      note(key, { part: 0, trouble: null })
      begin()
    },
    bytesOf: (key) => queue.get(key),
    retry() {
      pause = SOON
      begin()
    },
    stop() {
      stopped = true
      cancel?.()
    },
  }
}
