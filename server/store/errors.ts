/** The three ways in which a store fails. */

/**
 * What is stored contradicts itself: a row is missing, bytes fail their checksum. Trying again does not help; the
 * document must stay closed until somebody repaired it (SPEC-store ST4).
 */
export class StoreDamage extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreDamage'
  }
}

/**
 * Rows that do not continue their document: another server took the `seq` first, or the document was deleted. Nothing
 * was written. Read these documents' tails, renumber, append again.
 */
export class SeqConflict extends Error {
  readonly documents: readonly number[]
  constructor(documents: readonly number[]) {
    super(`seq taken in documents ${documents.join(', ')}`)
    this.name = 'SeqConflict'
    this.documents = documents
  }
}

/** The database cannot be reached, refused, or did not answer in time. Nothing is known about the last write. */
export class StoreDown extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreDown'
  }
}
