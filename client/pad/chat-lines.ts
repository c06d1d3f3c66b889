/** The lines of a chat as a page has them: kept in order, without gaps, capped; and how they stand on screen. Pure. */
import { LIMITS } from '../../shared/protocol.ts'
import type { ChatMessage } from '../../shared/protocol.ts'

/** Lines a page has at most (SPEC-pads P19). */
export const MOST_LINES = 1000
/** Ms after which the next line of the same person gets their name again. */
const BLOCK = 5 * 60_000

export interface Lines {
  /** Ascending by id, without gaps. */
  readonly list: readonly ChatMessage[]
  /** There are lines before the first. */
  readonly more: boolean
}

export const NO_LINES: Lines = { list: [], more: false }

/** An answer to a question, or what came by itself. */
export interface Arrival {
  messages: readonly ChatMessage[]
  older: boolean
  more: boolean
}

/** The lines after an arrival. A gap that nobody can fill any more ends the lines before it: the page asks for them again. */
export function withArrival(lines: Lines, { messages, older, more }: Arrival): Lines {
  const first = messages[0]
  const last = messages.at(-1)
  if (first === undefined || last === undefined)
    return older && lines.list.length === 0 ? { list: [], more } : lines
  const oldest = lines.list[0]
  const newest = lines.list.at(-1)
  if (oldest === undefined || newest === undefined)
    return { list: messages, more: older ? more : first.id > 0 }
  if (first.id > newest.id + 1) return { list: messages, more: true }
  // An answer that came too late to be joined to what is here.
  if (last.id < oldest.id - 1) return lines
  const byId = new Map<number, ChatMessage>()
  for (const message of [...lines.list, ...messages]) byId.set(message.id, message)
  const list = [...byId.values()].sort((a, b) => a.id - b.id)
  return { list, more: first.id < oldest.id ? more : lines.more }
}

/** The newest lines when there are too many. */
export function capped(lines: Lines): Lines {
  if (lines.list.length <= MOST_LINES) return lines
  return { list: lines.list.slice(-MOST_LINES), more: true }
}

/** May the page ask for a page of older lines? */
export function mayGrow(lines: Lines): boolean {
  return lines.more && lines.list.length + LIMITS.chatPage <= MOST_LINES
}

/** Lines of one person that follow each other. */
export interface Block {
  author: string
  name: string
  lines: readonly ChatMessage[]
}

/** A day, by the reader's clock. */
export interface Day {
  /** Ms of its first line. */
  time: number
  blocks: readonly Block[]
}

/** Lines by days and people (P17). */
export function daysOf(list: readonly ChatMessage[]): Day[] {
  const days: { time: number; blocks: { author: string; name: string; lines: ChatMessage[] }[] }[] = []
  let before: ChatMessage | undefined
  for (const line of list) {
    let day = days.at(-1)
    if (day === undefined || before === undefined || midnight(before.time) !== midnight(line.time)) {
      day = { time: line.time, blocks: [] }
      days.push(day)
    }
    const block = day.blocks.at(-1)
    const same = block?.author === line.author && block.name === line.name
    if (block && same && line.time - (before?.time ?? 0) < BLOCK) block.lines.push(line)
    else day.blocks.push({ author: line.author, name: line.name, lines: [line] })
    before = line
  }
  return days
}

/** How a day is called: today, yesterday, else its date. */
export function dayName(time: number, now: number, language: string): string {
  const days = Math.round((midnight(time) - midnight(now)) / 86_400_000)
  if (days === 0 || days === -1) {
    const word = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
    return word.charAt(0).toLocaleUpperCase(language) + word.slice(1)
  }
  const year =
    new Date(time).getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const }
  const date = { weekday: 'long', day: 'numeric', month: 'long', ...year } as const
  return new Intl.DateTimeFormat(language, date).format(time)
}

function midnight(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0)
}

/** Reads lines of the server; what is no line is left out. */
export function readMessages(value: unknown): ChatMessage[] {
  if (!Array.isArray(value)) return []
  return value.filter((one: unknown): one is ChatMessage => {
    if (typeof one !== 'object' || one === null) return false
    const { id, author, name, text, time, key } = one as Partial<Record<keyof ChatMessage, unknown>>
    const words = [author, name, text, key].every((part) => typeof part === 'string')
    return words && Number.isSafeInteger(id) && Number.isFinite(time)
  })
}
