import type { Off } from './types.ts'

/** Listeners by event name. A throwing listener is reported and hurts nobody else. */
export interface Emitter<Events> {
  on<E extends keyof Events>(event: E, listener: (value: Events[E]) => void): Off
  emit<E extends keyof Events>(event: E, value: Events[E]): void
  clear(): void
}

export function createEmitter<Events>(report: (error: unknown) => void): Emitter<Events> {
  const listeners = new Map<keyof Events, Set<(value: never) => void>>()
  return {
    on(event, listener) {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      return () => set.delete(listener)
    },
    emit(event, value) {
      for (const listener of Array.from(listeners.get(event) ?? [])) {
        try {
          listener(value as never)
        } catch (error) {
          report(error)
        }
      }
    },
    clear: () => listeners.clear(),
  }
}
