/**
 * The names and ids that appear in URLs, cookies and messages, each with its one rule.
 * The forms are Etherpad's, so that links, API scripts and exports keep working.
 */

const PAD_NAME = /^(g\.[a-zA-Z0-9]{16}\$)?[^$]{1,50}$/u
const READ_ONLY_ID = /^r\.[0-9a-f]{32}$/
const LINK_ID = /^k\.[0-9a-f]{32}$/
const AUTHOR_ID = /^a\.[a-zA-Z0-9]{16}$/
const CONTROL = /\p{Cc}/u

/** The author under whom the server itself writes: default text, tidying, restores. */
export const SYSTEM_AUTHOR = 'a.inkpad0000server'

/** The one author of all connections that prove no identity, such as a stock Yjs client. */
export const ANONYMOUS_AUTHOR = 'a.inkpad0anonymous'

/**
 * Is this a pad's name, exactly as stored? One to fifty characters without `$`, optionally behind a group's
 * `g.XXXXXXXXXXXXXXXX$`; no control characters, no `/ ? & # \`, not `.` or `..`, and already clean.
 */
export function isPadName(name: string): boolean {
  return (
    PAD_NAME.test(name) &&
    !CONTROL.test(name) &&
    !/[/?&#\\]/.test(name) &&
    name !== '.' &&
    name !== '..' &&
    !isReadOnlyId(name) &&
    !isLinkId(name) &&
    cleanPadName(name) === name
  )
}

/** The name a person most likely meant: NFC, no space at the ends, runs of spaces and of colons become `_`. */
export function cleanPadName(raw: string): string {
  return raw.normalize('NFC').trim().replace(/\s+/gu, '_').replace(/:+/g, '_')
}

/** Is this a read-only id, `r.` and 32 hex digits? */
export function isReadOnlyId(id: string): boolean {
  return READ_ONLY_ID.test(id)
}

/** Is this the id of a secret link, `k.` and 32 hex digits (SPEC-access L103)? */
export function isLinkId(id: string): boolean {
  return LINK_ID.test(id)
}

/** The same for a log: the id of a secret link opens its pad, so it is cut short. */
export function withoutLink(text: string): string {
  return text.replace(/(k\.[0-9a-f]{4})[0-9a-f]{28}/g, '$1…')
}

/** Does this stand in an address in place of a pad's name? */
export function isStandIn(name: string): boolean {
  return isReadOnlyId(name) || isLinkId(name)
}

/** Is this an author's id, `a.` and 16 letters or digits? */
export function isAuthorId(id: string): boolean {
  return AUTHOR_ID.test(id)
}
