import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { AppError } from '../../../server/errors.ts'
import { cleanPicture } from '../../../server/pictures/clean.ts'
import { MAX_ASSET_BYTES } from '../../../shared/board/limits.ts'
import { MOST_PIXELS } from '../../../shared/pictures/clean.ts'
import {
  exif,
  gifExtension,
  gifFile,
  jpegFile,
  jpegSegment,
  pngChunk,
  pngFile,
  webpChunk,
  webpFile,
} from '../../support/picture-files.ts'

const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const has = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).includes(latin(text))
const exifSegment = (orientation: number): Buffer =>
  jpegSegment(0xe1, Buffer.concat([latin('Exif\0\0'), exif(orientation)]))
const code = (bytes: Uint8Array): string => {
  try {
    cleanPicture(bytes)
    return 'fine'
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

/** Each kind of picture with everything that it must lose. */
const LADEN: Readonly<Record<string, Buffer>> = {
  'image/png': pngFile(4, 2, [
    pngChunk('tEXt', latin('Author\0Moe')),
    pngChunk('eXIf', exif(1)),
    pngChunk('tIME', Buffer.alloc(7)),
  ]),
  'image/jpeg': jpegFile(
    [
      exifSegment(1),
      jpegSegment(0xe1, latin('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Moe</x:xmpmeta>')),
      jpegSegment(0xed, latin('Photoshop 3.0\0 8BIM Moe')),
      jpegSegment(0xfe, latin('taken by Moe')),
    ],
    latin('a whole film with GPS 52.5200 N'),
  ),
  'image/webp': webpFile(0x0c, [
    webpChunk('EXIF', exif(1)),
    webpChunk('XMP ', latin('Moe')),
    webpChunk('Odd!', latin('Moe')),
  ]),
  'image/gif': gifFile([gifExtension(0xfe, '', 'taken by Moe'), gifExtension(0xff, 'XMP DataXMP', 'Moe')]),
}

const PLAIN: Readonly<Record<string, Buffer>> = {
  'image/png': pngFile(4, 2),
  'image/jpeg': jpegFile(),
  'image/webp': webpFile(),
  'image/gif': gifFile(),
}

describe('B430: what pictures keep', () => {
  test.each(Object.keys(LADEN))(
    '%s loses place, camera, words and what lies behind its end, and nothing else',
    (type) => {
      const { bytes, ...facts } = cleanPicture(LADEN[type] ?? Buffer.alloc(0))
      const [width, height] = type === 'image/gif' ? [1, 1] : [4, 2]
      expect(facts).toEqual({ type, width, height })
      for (const word of ['GPS', '52.52', 'Moe', 'EXIF', 'Exif'])
        expect([word, has(bytes, word)]).toEqual([word, false])
      expect(Buffer.compare(bytes, PLAIN[type] ?? Buffer.alloc(0))).toBe(0)
    },
  )

  test('a clean picture stays as it is, byte for byte, also when it is cleaned again', () => {
    for (const plain of Object.values(PLAIN)) expect(Buffer.compare(cleanPicture(plain).bytes, plain)).toBe(0)
  })

  test('colours and how an animation repeats stay', () => {
    const profile = jpegSegment(0xe2, latin('ICC_PROFILE\0\x01\x01 wide colours'))
    expect(has(cleanPicture(jpegFile([profile])).bytes, 'wide colours')).toBe(true)
    const repeats = gifExtension(0xff, 'NETSCAPE2.0', '\x01\0\0')
    expect(has(cleanPicture(gifFile([repeats])).bytes, 'NETSCAPE2.0')).toBe(true)
    expect(has(cleanPicture(pngFile(1, 1, [pngChunk('gAMA', Buffer.alloc(4))])).bytes, 'gAMA')).toBe(true)
  })

  test('which way up a photograph is held is kept, and the rest of its EXIF goes', () => {
    for (const turned of [3, 6, 8]) {
      const { width, height, bytes } = cleanPicture(jpegFile([exifSegment(turned)]))
      expect([width, height]).toEqual(turned === 3 ? [4, 2] : [2, 4])
      expect([has(bytes, 'Exif'), has(bytes, 'GPS'), has(bytes, 'Moe')]).toEqual([true, false, false])
      const again = cleanPicture(bytes)
      expect([again.width, again.height, Buffer.compare(again.bytes, bytes)]).toEqual([width, height, 0])
    }
    expect(cleanPicture(jpegFile([jpegSegment(0xe1, latin('Exif\0\0II*\0 broken'))])).width).toBe(4)
  })

  test('thumbnails in a head go', () => {
    const head = Buffer.concat([latin('JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01'), latin('RGB')])
    const whole = jpegFile()
    const laden = Buffer.concat([whole.subarray(0, 2), jpegSegment(0xe0, head), whole.subarray(20)])
    expect(has(cleanPicture(laden).bytes, 'RGB')).toBe(false)
  })
})

describe('B430: what is no picture', () => {
  test('other files are refused, whatever they begin with', () => {
    const script = latin('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    for (const bytes of [
      script,
      latin('%PDF-1.7'),
      latin('GIF89a'),
      latin('<html>'),
      Buffer.alloc(0),
      latin('BM'),
    ])
      expect(code(bytes)).toBe('badRequest')
    expect(code(Buffer.concat([pngFile(1, 1).subarray(0, 40), script]))).toBe('badRequest')
    expect(code(Buffer.concat([jpegFile().subarray(0, 30), script]))).toBe('badRequest')
  })

  test('a page hidden behind a picture is cut off', () => {
    for (const plain of Object.values(PLAIN)) {
      const { bytes } = cleanPicture(Buffer.concat([plain, latin('<html><script>alert(1)</script>')]))
      expect(Buffer.compare(bytes, plain)).toBe(0)
    }
  })

  test('too many bytes, too many pixels', () => {
    expect(code(new Uint8Array(MAX_ASSET_BYTES + 1))).toBe('tooLarge')
    const wide = pngFile(1, 1)
    wide.writeUInt32BE(60_000, 16)
    wide.writeUInt32BE(Math.ceil(MOST_PIXELS / 60_000) + 1, 20)
    expect(code(wide)).toBe('tooLarge')
    wide.writeUInt32BE(70_000, 16)
    expect(code(wide)).toBe('badRequest')
  })

  test('cut and broken files end in an answer, never in anything else', () => {
    for (const laden of Object.values(LADEN))
      for (let at = 0; at < laden.length; at++) {
        expect(['fine', 'badRequest', 'tooLarge']).toContain(code(laden.subarray(0, at)))
        const bad = Buffer.from(laden)
        bad[at] = (bad[at] ?? 0) ^ 255
        expect(['fine', 'badRequest', 'tooLarge']).toContain(code(bad))
      }
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(PLAIN)),
        fc.uint8Array({ maxLength: 60 }),
        (plain, tail) => {
          expect(['fine', 'badRequest', 'tooLarge']).toContain(
            code(Buffer.concat([plain.subarray(0, 16), tail])),
          )
        },
      ),
    )
  })
})
