import type { ReadonlySignal } from '@preact/signals'

/** Reads signals, so that the effect or computed value around it follows them. */
export function watch(...signals: readonly ReadonlySignal<unknown>[]): void {
  signals.forEach(({ value }) => value)
}
