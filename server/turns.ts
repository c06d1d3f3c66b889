/** Runs one piece of work on a thing after the other, in the order in which they were asked for. */
export type Turns = <T>(thing: string, work: () => Promise<T>) => Promise<T>

/** Turns for each thing by name; what is asked for waits for what was asked for before, however that ended. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return async (thing, work) => {
    const now = (last.get(thing) ?? Promise.resolve()).then(work, work)
    last.set(thing, now)
    try {
      return await now
    } finally {
      if (last.get(thing) === now) last.delete(thing)
    }
  }
}
