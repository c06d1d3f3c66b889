/**
 * The form in which snapshots and chunks lie in the database: `[version 1][method][CRC-32 of the content, big-endian]`
 * and the content as it is (method 0) or brotli (method 1). What was damaged on the way is recognised, never used.
 */
import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants, crc32 } from 'node:zlib'
import { StoreDamage } from './store.ts'

const VERSION = 1
const RAW = 0
const BROTLI = 1
const HEADER = 6
/** Smaller contents gain nothing. */
const SMALL = 64

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)

/** Compresses and adds the checksum. */
export async function seal(content: Uint8Array): Promise<Uint8Array> {
  const packed =
    content.length < SMALL
      ? null
      : await compress(content, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 5,
            [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
          },
        })
  const smaller = packed !== null && packed.length < content.length ? packed : null
  const body = smaller ?? content
  const sealed = new Uint8Array(HEADER + body.length)
  sealed[0] = VERSION
  sealed[1] = smaller === null ? RAW : BROTLI
  new DataView(sealed.buffer).setUint32(2, crc32(content))
  sealed.set(body, HEADER)
  return sealed
}

/** @throws StoreDamage when the bytes are not what {@link seal} made */
export async function unseal(sealed: Uint8Array): Promise<Uint8Array> {
  if (sealed.length < HEADER) throw new StoreDamage('a stored record is cut off')
  if (sealed[0] !== VERSION)
    throw new StoreDamage(`a stored record has the form ${String(sealed[0])}, which this version cannot read`)
  const body = sealed.subarray(HEADER)
  const content = sealed[1] === BROTLI ? await inflate(body) : body
  const expected = new DataView(sealed.buffer, sealed.byteOffset).getUint32(2)
  if (crc32(content) !== expected) throw new StoreDamage('a stored record fails its checksum')
  return content
}

async function inflate(body: Uint8Array): Promise<Uint8Array> {
  try {
    return await decompress(body)
  } catch (error) {
    throw new StoreDamage('a stored record cannot be decompressed', { cause: error })
  }
}
