/** Ids of groups and of their sessions, in Etherpad's forms (SPEC-groups G1). */
import { createHash, randomBytes, randomInt } from 'node:crypto'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const GROUP = /^g\.[a-zA-Z0-9]{16}$/
const SESSION = /^s\.[0-9a-f]{32}$/
/** Sessions of one cookie that are looked at. */
const MOST = 20

/** A new group: `g.` and 16 letters or digits. */
export function newGroupId(): string {
  return `g.${Array.from({ length: 16 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`
}

/** A new session: `s.` and 128 random bits in hex. */
export function newGroupSessionId(): string {
  return `s.${randomBytes(16).toString('hex')}`
}

export function isGroupId(value: string): boolean {
  return GROUP.test(value)
}

/** The group a pad belongs to; null for none. */
export function groupOf(pad: string): string | null {
  const at = pad.indexOf('$')
  const group = pad.slice(0, Math.max(0, at))
  return isGroupId(group) ? group : null
}

/** What is kept of another system's name: its SHA-256 in hex. */
export function hashMapper(mapper: string): string {
  return createHash('sha256').update(mapper).digest('hex')
}

/** The sessions in a cookie's value or a query: several with commas between, quoted or not, percent-encoded or not. */
export function sessionIdsIn(value: string): readonly string[] {
  let plain = value
  try {
    plain = decodeURIComponent(value)
  } catch {
    // As it stands, then.
  }
  const ids = plain
    .replace(/^"|"$/g, '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => SESSION.test(id))
  return [...new Set(ids)].slice(0, MOST)
}
