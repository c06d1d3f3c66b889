/** Kinds of documents that only others read, by how they begin. */

/** Word before 2007 and whatever else is kept in Microsoft's compound files. */
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/** `doc`, `rtf`, or null. */
export function oldKindOf(bytes: Uint8Array): 'doc' | 'rtf' | null {
  const beginning = Buffer.from(bytes.subarray(0, 8))
  if (beginning.equals(OLE)) return 'doc'
  return beginning.toString('latin1').startsWith('{\\rtf') ? 'rtf' : null
}
