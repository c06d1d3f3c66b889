/** Plain text from the clipboard (SPEC-text P8, P12). */

// oxlint-disable-next-line no-control-regex -- these have no place in a text
const UNSEEN = /[\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f]/g

/** The text with line ends of every system as newlines, without control characters; tabs stay. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?|\u2028|\u2029/g, '\n').replace(UNSEEN, '')
}

/** The address when a text is nothing but one; null otherwise. */
export function onlyAddress(text: string): string | null {
  const trimmed = text.trim()
  return /^(?:https?:\/\/|mailto:)\S+$/i.test(trimmed) ? trimmed : null
}
