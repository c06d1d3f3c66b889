/** Kinds of documents that only others read, by how they begin. */

export type ConvertedKind = 'doc' | 'rtf' | 'pdf'

/** Word before 2007 and whatever else is kept in Microsoft's compound files. */
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/** What it is, or null for what we read ourselves. */
export function convertedKindOf(bytes: Uint8Array): ConvertedKind | null {
  const beginning = Buffer.from(bytes.subarray(0, 8))
  if (beginning.equals(OLE)) return 'doc'
  const words = beginning.toString('latin1')
  if (words.startsWith('%PDF-')) return 'pdf'
  return words.startsWith('{\\rtf') ? 'rtf' : null
}
