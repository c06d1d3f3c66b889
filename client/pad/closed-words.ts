/** Words a person has closed on this device: they stay closed until others stand in their place. */

/** The words that were closed last under a key; null for none, or where the browser keeps nothing. */
export function closedWords(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Keeps that these words were closed. */
export function keepClosed(key: string, words: string): void {
  try {
    localStorage.setItem(key, words)
  } catch {
    // A browser that keeps nothing shows them again next time.
  }
}
