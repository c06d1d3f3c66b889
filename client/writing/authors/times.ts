/** When parts of the text were written, asked of the server (SPEC-writing W14). */
import { language } from '../../i18n.ts'
import type { ItemId } from './items-at.ts'

/** Items of one question. */
const AT_ONCE = 50
/** Times kept. */
const MOST = 5000
/** Ms the server has to answer. */
const PATIENCE = 8000

interface TimesParts {
  /** Address of the pad's page, without question mark. */
  address: string
  /** Proves who this is where cookies do not. */
  ticket: () => string | undefined
  fetch: (url: string, options: RequestInit) => Promise<Pick<Response, 'ok' | 'json'>>
}

export interface Times {
  /** What is known already, in ms since 1970. */
  known(item: ItemId): number | undefined
  /** The time of an item; undefined where nobody can say it now. Never rejects. */
  of(item: ItemId): Promise<number | undefined>
  /** Learns the times of these; true when something new is known. */
  learn(items: readonly ItemId[]): Promise<boolean>
}

/** Creates the {@link Times} of a page. */
export function createTimes({ address, ticket, fetch: get }: TimesParts): Times {
  const times = new Map<string, number>()

  async function ask(ids: readonly string[]): Promise<boolean> {
    const proof = ticket()
    try {
      const response = await get(`${address}/written?at=${ids.join()}`, {
        credentials: 'same-origin',
        headers: { Accept: 'application/json', ...(proof === undefined ? {} : { 'X-Inkpad-Ticket': proof }) },
        signal: AbortSignal.timeout(PATIENCE),
      })
      const answer: unknown = response.ok ? await response.json() : null
      const list = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'times') : null
      if (!Array.isArray(list)) return false
      let fresh = false
      for (const [index, id] of ids.entries()) {
        const time: unknown = list[index]
        if (typeof time !== 'number' || !Number.isFinite(time)) continue
        times.set(id, time)
        fresh = true
      }
      for (const [oldest] of times) {
        if (times.size <= MOST) break
        times.delete(oldest)
      }
      return fresh
    } catch {
      return false
    }
  }

  const self: Times = {
    known: (item) => times.get(idOf(item)),
    async of(item) {
      if (self.known(item) === undefined) await ask([idOf(item)])
      return self.known(item)
    },
    async learn(items) {
      const ids = [...new Set(items.map(idOf))].filter((id) => !times.has(id))
      let fresh = false
      for (let at = 0; at < ids.length; at += AT_ONCE)
        fresh = (await ask(ids.slice(at, at + AT_ONCE))) || fresh
      return fresh
    },
  }
  return self
}

const idOf = ({ client, clock }: ItemId): string => `${client}-${clock}`

/** A time in the language in use: of today without the day. `now` in ms since 1970. */
export function shownTime(time: number, now: number): string {
  const sameDay = new Date(time).toDateString() === new Date(now).toDateString()
  return new Intl.DateTimeFormat(
    language(),
    sameDay ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  ).format(time)
}
