/** Which Yjs client ids that nobody owns a connection may call its own (SPEC-sync S14). */

/** Ids of earlier visits one connection may bring. */
const MOST = 256

export class Claims {
  readonly #ours: boolean
  /** The ids nobody owned in the first step 2 of one of our own clients; null before it. */
  #first: ReadonlySet<number> | null = null

  constructor(ours: boolean) {
    this.#ours = ours
  }

  /**
   * Of `unowned` ids in a write, those that are the writer's. `whole`: it is a step 2; `announced`: the connection has
   * named an id. Our own clients write live only what they made, and offer it first, in their first step 2, before
   * anything of others. A stock client's lone new id is its own when it is live, or the only one it has named.
   */
  of(unowned: readonly number[], whole: boolean, announced: boolean): readonly number[] {
    if (!this.#ours) return unowned.length === 1 && !(whole && announced) ? unowned : []
    if (!whole) return unowned
    this.#first ??= new Set(unowned.slice(0, MOST))
    const first = this.#first
    return unowned.filter((client) => first.has(client))
  }

  /** A step 2 without ids nobody owns was taken, so what the next one brings of them is others'. */
  offered(): void {
    this.#first ??= NONE
  }
}

const NONE: ReadonlySet<number> = new Set()
