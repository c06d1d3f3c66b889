/** Time that passes only when a test says so. */
export interface Clock {
  now(): number
  after(ms: number, run: () => void): () => void
  /** Lets `ms` pass, running what is due in order. */
  advance(ms: number): void
  /** Timers that are set. */
  readonly waiting: number
}

export function createClock(start = 1_700_000_000_000): Clock {
  let time = start
  let serial = 0
  const timers = new Map<number, { at: number; run: () => void }>()
  return {
    now: () => time,
    after(ms, run) {
      const id = serial++
      timers.set(id, { at: time + Math.max(0, ms), run })
      return () => timers.delete(id)
    },
    advance(ms) {
      const end = time + ms
      for (;;) {
        let due: [number, { at: number; run: () => void }] | null = null
        for (const timer of timers) {
          if (timer[1].at <= end && (due === null || timer[1].at < due[1].at)) due = timer
        }
        if (due === null) break
        timers.delete(due[0])
        time = Math.max(time, due[1].at)
        due[1].run()
      }
      time = end
    },
    get waiting() {
      return timers.size
    },
  }
}
