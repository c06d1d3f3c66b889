/** What is remembered of an author. */
export interface AuthorRow {
  id: string
  name: string
  colour: string
  /** Last time they were here. */
  seen: number
}
