/** Why a file cannot be taken (SPEC-board B520); short and stable. */
export type ImportFaultCode =
  /** Not a file of a kind known here, or a broken one. */
  | 'unreadable'
  /** It declares entities or leads out of itself. */
  | 'unsafe'
  /** More than a board takes. */
  | 'large'
  /** The machine lacks a program for it. */
  | 'noConverter'

export class ImportFault extends Error {
  readonly code: ImportFaultCode
  constructor(code: ImportFaultCode) {
    super(`import: ${code}`)
    this.name = 'ImportFault'
    this.code = code
  }
}
