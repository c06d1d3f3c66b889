/** Archives as strangers make them, byte by byte where an honest writer would not. */
import { deflateRawSync, crc32 } from 'node:zlib'

export interface ZipPart {
  name: string
  content: Buffer | string
  /** What the directory says instead of the truth. */
  size?: number
  flags?: number
  method?: number
}

/** An archive of these parts. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, size, flags = 0, method = 8 } of parts) {
    const bytes = Buffer.from(content)
    const packed = method === 8 ? deflateRawSync(bytes) : bytes
    const words = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(method, 8)
    local.writeUInt32LE(sum(bytes), 14)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size ?? bytes.length, 22)
    local.writeUInt16LE(words.length, 26)
    files.push(local, words, packed)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(flags, 8)
    central.writeUInt16LE(method, 10)
    central.writeUInt32LE(sum(bytes), 16)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(size ?? bytes.length, 24)
    central.writeUInt16LE(words.length, 28)
    central.writeUInt32LE(offset, 42)
    directory.push(central, words)
    offset += 30 + words.length + packed.length
  }
  const length = directory.reduce((all, one) => all + one.length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, ...directory, end])
}

/** Node 20 has it since 20.15. */
function sum(bytes: Buffer): number {
  return crc32(bytes)
}

const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

/** A Word document with this body, and further parts. */
export function docxOf(body: string, more: readonly ZipPart[] = [], before = ''): Buffer {
  return zipOf([
    { name: '[Content_Types].xml', content: TYPES },
    { name: 'word/document.xml', content: `${before}<w:document ${W}><w:body>${body}</w:body></w:document>` },
    ...more,
  ])
}
