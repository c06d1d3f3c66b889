/** Bytes as text, whatever wrote them (SPEC-formats F63). */
import { Refusal } from './refusal.ts'

const REPLACED = /\r\n?|\u2028|\u2029|\u0085/g
// oxlint-disable-next-line no-control-regex -- these have no place in a text; tabs and newlines do
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** UTF-8, UTF-16 by its mark or its zeros, else Windows' letters of the West. @throws Refusal for what is no text */
export function decoded(bytes: Buffer): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const wide = wideEncoding(bytes)
  if (wide !== null) return new TextDecoder(wide).decode(bytes)
  if (looksBinary(bytes)) throw new Refusal('unknown', 'no text')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return western(bytes)
  }
}

/** Windows' signs where Latin-1 has control characters, from 0x80; Node 20 decodes them wrongly. */
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

function western(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (sign) => WESTERN[sign.charCodeAt(0) - 0x80] ?? sign)
}

/** Line ends of all systems become newlines, control characters go. */
export function plainLines(text: string): string {
  return text.replace(REPLACED, '\n').replace(CONTROL, '')
}

const SAMPLE = 4096

/** Texts in Latin letters have a zero in every second byte when each letter takes two. */
function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, SAMPLE)
  if (sample.length < 4 || sample.length % 2 === 1) return null
  let even = 0
  let odd = 0
  sample.forEach((byte, at) => {
    if (byte === 0) {
      if (at % 2 === 0) even += 1
      else odd += 1
    }
  })
  const half = sample.length / 2
  if (odd > half * 0.6 && even < half * 0.05) return 'utf-16le'
  return even > half * 0.6 && odd < half * 0.05 ? 'utf-16be' : null
}

function looksBinary(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, SAMPLE)
  let odd = 0
  for (const byte of sample) if (byte === 0 || (byte < 32 && ![9, 10, 12, 13, 27].includes(byte))) odd += 1
  return odd > sample.length * 0.02
}
