/** Data from the server in a view: what came last stays while the next is on its way, so that nothing jumps. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { explain } from './api.ts'

/** Something the server knows. */
export interface Remote<T> {
  /** What came last; null before the first. */
  readonly value: T | null
  /** Why the last request failed; null when it did not. */
  readonly problem: string | null
  readonly busy: boolean
  /** Asks again. */
  readonly again: () => void
  /** Asks again; resolves when the answer is shown, or failed. */
  readonly refresh: () => Promise<void>
}

/** Asks at once and whenever `key` changes; answers to older questions are dropped. */
export function useRemote<T>(key: string, load: () => Promise<T>): Remote<T> {
  const value = useSignal<T | null>(null)
  const problem = useSignal<string | null>(null)
  const busy = useSignal(true)
  const turn = useRef(0)
  const latest = useRef(load)
  latest.current = load

  const ask = async (): Promise<void> => {
    const mine = (turn.current += 1)
    busy.value = true
    try {
      const answer = await latest.current()
      if (turn.current !== mine) return
      value.value = answer
      problem.value = null
    } catch (error) {
      if (turn.current === mine) problem.value = explain(error)
    } finally {
      if (turn.current === mine) busy.value = false
    }
  }
  const again = (): void => void ask()

  useEffect(() => {
    again()
    return () => {
      turn.current += 1
    }
  }, [key])
  return { value: value.value, problem: problem.value, busy: busy.value, again, refresh: ask }
}

/** Runs something again and again while the page is looked at. */
export function useEvery(ms: number, run: () => void): void {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') latest.current()
    }, ms)
    return () => clearInterval(timer)
  }, [ms])
}
