/** One thing to do a little later; of several times asked for the earliest counts. */
export class Soon {
  readonly #run: () => void
  #timer: NodeJS.Timeout | null = null
  #immediate: NodeJS.Immediate | null = null
  /** Monotonic ms of the timer. */
  #at = Infinity

  constructor(run: () => void) {
    this.#run = run
  }

  get waiting(): boolean {
    return this.#timer !== null || this.#immediate !== null
  }

  /** In `ms`; without any wait once everything that has arrived by now is read. */
  in(ms: number): void {
    if (this.#immediate) return
    if (ms <= 0) {
      this.cancel()
      this.#immediate = setImmediate(() => this.#do())
      return
    }
    const at = performance.now() + ms
    // Timers are as exact as whole milliseconds.
    if (at >= this.#at - 1) return
    this.cancel()
    this.#at = at
    this.#timer = setTimeout(() => this.#do(), Math.ceil(ms))
  }

  #do(): void {
    this.#timer = null
    this.#immediate = null
    this.#at = Infinity
    this.#run()
  }

  cancel(): void {
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#immediate) clearImmediate(this.#immediate)
    this.#timer = null
    this.#immediate = null
    this.#at = Infinity
  }
}
