/** How far a file is (SPEC-formats F36). */

/** What is being done: it waits for its turn, the text is read, the board drawn, the file written, pages made, or another program at work. */
export type Stage =
  /** `place` in the line, from 1. */
  | { readonly name: 'waiting'; readonly place: number }
  | { readonly name: 'reading' | 'drawing' | 'writing' | 'pages' | 'converting' }

/** Who waits for a file. */
export interface Watch {
  /** Gives it up; what nobody waits for any longer is not made. */
  readonly signal?: AbortSignal
  readonly stage?: (stage: Stage) => void
}
