/** Whose the Yjs client ids of a document are, and how many an author may bring (SPEC-sync S14). */
import { ANONYMOUS_AUTHOR } from '../../shared/ids.ts'
import { Bucket } from './limits.ts'

/** New ids of one author at once and a second; many share the anonymous author, at most a full pad of them. */
const NAMED = { burst: 256, rate: 1 }
const ANONYMOUS = { burst: 2000, rate: 10 }
/** Of a document's ids, at most this part is one person's. */
const SHARE = 4
/** Authors whose rate is remembered. */
const RATES = 1000

export class Owners {
  /** Bound in the log. */
  readonly #bound = new Map<number, string>()
  readonly #counts = new Map<string, number>()
  /** Said by connections that are here, before their first write. */
  #announced: Map<number, { author: string; count: number }> | null = null
  #rates: Map<string, Bucket> | null = null

  get bound(): ReadonlyMap<number, string> {
    return this.#bound
  }

  /** The first author stays. */
  bind(client: number, author: string): void {
    if (this.#bound.has(client)) return
    this.#bound.set(client, author)
    this.#counts.set(author, (this.#counts.get(author) ?? 0) + 1)
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

  /** May the author bring so many new ids to a document that takes `most`? `never`: they have their share. */
  mayBring(author: string, count: number, most: number, now: number): 'yes' | 'later' | 'never' {
    const anonymous = author === ANONYMOUS_AUTHOR
    if (!anonymous && (this.#counts.get(author) ?? 0) + count > most / SHARE) return 'never'
    this.#rates ??= new Map()
    let rate = this.#rates.get(author)
    if (!rate) {
      if (this.#rates.size >= RATES) this.#rates.clear()
      const { rate: perSecond, burst } = anonymous ? ANONYMOUS : NAMED
      rate = new Bucket(perSecond, burst, now)
      this.#rates.set(author, rate)
    }
    return rate.take(count, now) ? 'yes' : 'later'
  }
}
