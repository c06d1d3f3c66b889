/** Which Yjs client ids that nobody owns a connection may call its own (SPEC-sync S14). */

export class Claims {
  readonly #ours: boolean
  /** One of our own clients has said that it brings what others wrote. */
  #others = false

  constructor(ours: boolean) {
    this.#ours = ours
  }

  /**
   * Of `unowned` ids in a write, those that are the writer's. `whole`: it is a step 2; `announced`: the connection has
   * named an id. Our own clients write live only what they made, and offer it before anything of others, and say when
   * that begins. A stock client's lone new id is its own when it is live, or the only one it has named.
   */
  of(unowned: readonly number[], whole: boolean, announced: boolean): readonly number[] {
    if (!this.#ours) return unowned.length === 1 && !(whole && announced) ? unowned : []
    return whole && this.#others ? [] : unowned
  }

  /** From now on its step 2 may hold what others wrote. */
  others(): void {
    this.#others = true
  }
}
