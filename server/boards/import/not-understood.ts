/** Something in an SVG that shapes of ours cannot show: the whole of it becomes a picture (SPEC-board B524). */
export class NotUnderstood extends Error {
  readonly what: string
  constructor(what: string) {
    super(what)
    this.what = what
  }
}
