/** What is offered at the cursor while somebody types on after a sign. */

/** One thing to choose. */
export interface Suggestion {
  /** Unique in its source. */
  id: string
  label: string
  /** A character, in place of an icon. */
  sign?: string
  hint?: string
  keys?: string | undefined
  disabled?: boolean
  /** Done when it is chosen, once the sign and what was typed are gone; both are undone together. */
  run: () => void
}

/** What a sign offers. */
export interface SuggestionSource {
  /** One character; it counts at the beginning of a line and after a blank. */
  sign: string
  /** The list's name, for screen readers. */
  label: () => string
  /** What fits, the best first, under titles ('' for none). Asked at every letter: quick, and no long lists. */
  find: (query: string) => readonly { title: string; options: readonly Suggestion[] }[]
}
