/** Counting what people send and how many they are (SPEC-sync S28, S29). */

/** A token bucket without a timer. Units are whatever is counted; `now` in ms. */
export class Bucket {
  #tokens: number
  #at: number
  readonly #rate: number
  readonly #burst: number
  constructor(rate: number, burst: number, now: number) {
    this.#rate = rate / 1000
    this.#burst = burst
    this.#tokens = burst
    this.#at = now
  }

  /** Takes `amount`; false when there is not enough, then nothing is taken. */
  take(amount: number, now: number): boolean {
    if (now > this.#at) {
      this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#at) * this.#rate)
      this.#at = now
    }
    if (this.#tokens < amount) return false
    this.#tokens -= amount
    return true
  }
}

/** How many of something each key holds; keys with none take no memory. */
export class Tally {
  readonly #counts = new Map<string, number>()

  /** The keys that count anything. */
  keys(): ReadonlySet<string> {
    return new Set(this.#counts.keys())
  }

  of(key: string): number {
    return this.#counts.get(key) ?? 0
  }

  add(key: string): void {
    this.#counts.set(key, this.of(key) + 1)
  }

  remove(key: string): void {
    const left = this.of(key) - 1
    if (left > 0) this.#counts.set(key, left)
    else this.#counts.delete(key)
  }
}
