/** Which headings are folded, remembered on this device by their words. */

/** Headings remembered in one pad. */
const MOST = 100

/** The headings remembered as folded. */
export function read(key: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

/** Remembers them. */
export function write(key: string, names: readonly string[]): void {
  try {
    if (names.length === 0) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(names.slice(0, MOST)))
  } catch {
    // Without a memory sections are unfolded at the next visit.
  }
}
