/** Why a file is not imported (SPEC-formats F60). The words for people are the page's; scripts get the status. */

export type Reason =
  /** Not what its name or its beginning says, or broken. */
  | 'damaged'
  /** A kind of file nobody here reads. */
  | 'unknown'
  /** A kind that only LibreOffice or AbiWord reads, and there is none. */
  | 'converter'
  /** Holds programs. */
  | 'macros'
  /** Locked with a password. */
  | 'locked'
  /** Larger, deeper or more than we take. */
  | 'tooLarge'
  /** Took too long, or too much memory. */
  | 'tooLong'
  /** Nothing that could be imported is in it. */
  | 'empty'

/** A file that is refused; never our fault. */
export class Refusal extends Error {
  readonly reason: Reason
  constructor(reason: Reason, detail = '') {
    super(detail === '' ? reason : `${reason}: ${detail}`)
    this.name = 'Refusal'
    this.reason = reason
  }
}
