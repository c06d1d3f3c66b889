import type { Range, Scan } from './scan.ts'

/** What the guard asks of the document the update is meant for. */
export interface View {
  /** The next clock expected of a client; 0 for an unknown one. */
  clock(client: number): number
  /** Whose a client id is; undefined when nobody wrote or announced it. */
  owner(client: number): string | undefined
  /** Whether all of a known range is deleted already. */
  deleted(client: number, from: number, to: number): boolean
  /** Client ids the document has. */
  clientCount: number
}

export interface AdmitOptions {
  /** Client ids a document may have. */
  clientsPerDocument: number
  /** Client ids one update may bring. */
  freshPerUpdate: number
}

/**
 * `known`: everything is there already; acknowledge. `gap`: something before it is missing; do not apply, answer with
 * step 1. `foreign`: new clocks under ids of others. `full`: too many client ids. `apply`: `fresh` are the client ids
 * to bind to the author, `ranges` what is new.
 */
export type Admission =
  | { verdict: 'known' }
  | { verdict: 'gap' }
  | { verdict: 'foreign'; clients: readonly number[] }
  | { verdict: 'full' }
  | { verdict: 'apply'; fresh: readonly number[]; ranges: readonly Range[] }

/** Decides what to do with an update; pure. Throws {@link GuardError} `cycle` for structs that wait for each other. */
export function admit(scan: Scan, view: View, author: string, options: AdmitOptions): Admission {
  throw new Error(`not yet: ${scan.structs} ${view.clientCount} ${author} ${options.freshPerUpdate}`)
}
