/** Whose the Yjs client ids of a document are (SPEC-sync S14). */

export class Owners {
  /** Bound in the log. */
  #bound = new Map<number, string>()
  /** Said by connections that are here, before their first write. */
  #announced: Map<number, { author: string; count: number }> | null = null

  get bound(): ReadonlyMap<number, string> {
    return this.#bound
  }

  bind(client: number, author: string): void {
    this.#bound.set(client, author)
  }

  of(client: number): string | undefined {
    return this.#bound.get(client) ?? this.#announced?.get(client)?.author
  }

  /** A connection says it writes under this id; false when the id is another's. */
  announce(client: number, author: string): boolean {
    const owner = this.of(client)
    if (owner !== undefined && owner !== author) return false
    this.#announced ??= new Map()
    const count = this.#announced.get(client)?.count ?? 0
    this.#announced.set(client, { author, count: count + 1 })
    return true
  }

  withdraw(client: number): void {
    const announced = this.#announced?.get(client)
    if (announced && --announced.count <= 0) this.#announced?.delete(client)
  }
}
