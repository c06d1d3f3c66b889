/**
 * Packed rows (DESIGN D5): a run of rows as columns, which compress far better than rows do. Content of the sealed
 * record, all numbers lib0 varints:
 *
 *     form 1, count, first seq, first time, authors (count, strings),
 *     then four columns of length `count`: author number, time minus the time before (signed), length, bytes
 *
 * A row's new client ids stay in `inkpad_client` and are not repeated here.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { seal, unseal } from './seal.ts'
import { StoreDamage } from './store.ts'
import type { Chunk, LogRow } from './store.ts'

const FORM = 1

/** Packs rows of one document, ascending without gaps. */
export async function packChunk(rows: readonly LogRow[]): Promise<Chunk> {
  const first = rows[0]
  const last = rows.at(-1)
  if (first === undefined || last === undefined) throw new RangeError('a chunk needs rows')
  const authors = [...new Set(rows.map((row) => row.author))]
  const numbers = new Map(authors.map((author, number) => [author, number]))
  const encoder = encoding.createEncoder()
  for (const number of [FORM, rows.length, first.seq, first.time, authors.length])
    encoding.writeVarUint(encoder, number)
  for (const author of authors) encoding.writeVarString(encoder, author)
  for (const row of rows) encoding.writeVarUint(encoder, numbers.get(row.author) ?? 0)
  let before = first.time
  for (const row of rows) {
    encoding.writeVarInt(encoder, row.time - before)
    before = row.time
  }
  for (const row of rows) encoding.writeVarUint(encoder, row.bytes.length)
  for (const row of rows) encoding.writeUint8Array(encoder, row.bytes)
  return {
    from: first.seq,
    to: last.seq,
    timeFrom: first.time,
    timeTo: last.time,
    bytes: await seal(encoding.toUint8Array(encoder)),
  }
}

/** The rows of a chunk again. @throws StoreDamage */
export async function unpackChunk(document: number, bytes: Uint8Array): Promise<LogRow[]> {
  const content = await unseal(bytes)
  try {
    return decode(document, content)
  } catch (error) {
    throw new StoreDamage('a chunk of packed rows cannot be read', { cause: error })
  }
}

function decode(document: number, content: Uint8Array): LogRow[] {
  const decoder = decoding.createDecoder(content)
  const uint = () => decoding.readVarUint(decoder)
  if (uint() !== FORM) throw new RangeError('unknown form of a chunk')
  const count = uint()
  if (count > content.length) throw new RangeError('more rows than bytes')
  const firstSeq = uint()
  let time = uint()
  const authors = Array.from({ length: Math.min(uint(), count) }, () => decoding.readVarString(decoder))
  const column = (read: () => number) => Array.from({ length: count }, read)
  const authorNumbers = column(uint)
  const gaps = column(() => decoding.readVarInt(decoder))
  const lengths = column(uint)
  return lengths.map((length, index) => {
    const author = authors[authorNumbers[index] ?? -1]
    if (author === undefined) throw new RangeError('unknown author number')
    time += gaps[index] ?? 0
    return {
      document,
      seq: firstSeq + index,
      author,
      time,
      bytes: decoding.readUint8Array(decoder, length),
    }
  })
}
