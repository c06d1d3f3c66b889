/** Pictures among pasted words (SPEC-text I8). */
import { describe, expect, test } from '@jest/globals'
import { hasImages, isPictureAlone } from './files.ts'
import { escaped, fileOfData, filesInRtf, imagesIn, isOwnPicture, withImages } from './pasted.ts'

const PAGE = 'https://pads.example/sub/p/notes?lang=de'
const KEY = 'k'.repeat(43)
const PNG = 'data:image/png;base64,iVBORw0KGgo='
const found = (html: string): string[] => imagesIn(html, PAGE).map(({ kind, alt }) => `${kind} ${alt}`.trim())

describe('I8: pictures among pasted words', () => {
  test('those that come along, and those that are elsewhere and described', () => {
    const html = [
      `<p>One <img src="${PNG}" alt="An oak &amp; a &quot;bench&quot;">`,
      `<img alt='Two' width=600 src='file:///C:/Temp/msohtmlclip1/clip_image001.png'>`,
      '<IMG SRC=https://a.example/x.png ALT="A map">',
      '<img src="https://a.example/dot.gif" alt="counted here" width="1" height="1">',
      '<img src="https://a.example/y.png">',
      '<a href="https://a.example/z"><img src="https://a.example/z.png" alt="In a link"></a>',
      '<img src="javascript:alert(1)" alt="No address"><img alt="Nothing">',
      '<img src="data:text/html;base64,AAAA" alt="No picture">',
      '<img src="https://a.example/s.png" alt="🙂"></p>',
    ].join('\n')
    expect(found(html)).toEqual(['data An oak & a "bench"', 'file Two', 'elsewhere A map'])
    expect(hasImages(html)).toBe(true)
    expect(hasImages('<p>no <b>picture</b> <img alt="x"></p>')).toBe(false)
  })

  test('other words take their place, escaped, and nothing else changes', () => {
    const html = `<p>a<img src="${PNG}">b<img src="https://a.example/x" alt="Seen &lt;here&gt;">c</p>`
    const images = imagesIn(html, PAGE)
    expect(withImages(html, images, ['<i>', null])).toBe('<p>a<i>bc</p>')
    expect(withImages(html, images, [null, escaped(images[1]?.alt ?? '')])).toBe(
      '<p>abSeen &#60;here&#62;c</p>',
    )
  })

  test('a data address is its bytes, or nothing', async () => {
    const file = fileOfData(PNG)
    expect([file?.type, [...new Uint8Array((await file?.arrayBuffer()) ?? [])].slice(0, 4)]).toEqual([
      'image/png',
      [0x89, 0x50, 0x4e, 0x47],
    ])
    expect(fileOfData('data:image/png;base64,§')).toBeNull()
  })

  test("an office program's pictures stand in its RTF, each once, in their order", async () => {
    const hex = (bytes: number[]): string =>
      bytes.map((byte, at) => byte.toString(16).padStart(2, '0') + (at % 30 === 29 ? '\r\n' : '')).join('')
    const first = Array.from({ length: 64 }, (_, at) => at)
    const second = Array.from({ length: 48 }, (_, at) => 255 - at)
    const rtf =
      `{\\rtf1 Words {\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn x}{\\sv \\{y\\}}}}\\picw600\\pngblip\\bliptag12{\\*\\blipuid 00112233445566778899aabbccddeeff}\r\n${hex(first)}}}` +
      `{\\nonshppict{\\pict\\picw600\\wmetafile8 ${hex(second)}}} more {\\pict\\jpegblip ${hex(second)}} {\\pict\\wmetafile8 ${hex(first)}}}`
    const files = filesInRtf(rtf)
    expect(files.map(({ type }) => type)).toEqual(['image/png', 'image/jpeg'])
    expect([...new Uint8Array((await files[0]?.arrayBuffer()) ?? [])]).toEqual(first)
    expect([...new Uint8Array((await files[1]?.arrayBuffer()) ?? [])]).toEqual(second)
    expect(filesInRtf('{\\pict\\pngblip broken')).toEqual([])
  })

  test('of what is broken everything is looked at once: megabytes of it are nothing, at once', () => {
    expect(imagesIn('<img src="https://a.example/x" alt="'.repeat(100_000), PAGE)).toEqual([])
    expect(hasImages('<img '.repeat(1_000_000))).toBe(false)
    expect(filesInRtf('{\\pict\\pngblip '.repeat(200_000))).toEqual([])
  })
})

describe('I9: pictures that are dragged here from another page', () => {
  test('a picture alone, whatever stands around it and with its address beside it; not words with pictures', () => {
    const html = '<meta charset="utf-8"><a href="https://a.example/z"><img src="https://a.example/z.png"></a>'
    expect(isPictureAlone(html, '')).toBe(true)
    expect(isPictureAlone(html, ' https://a.example/z.png\n')).toBe(true)
    expect(isPictureAlone(html, 'See https://a.example/z.png')).toBe(false)
    expect(isPictureAlone(`<p>Words ${html}</p>`, '')).toBe(false)
  })

  test('pictures of pads of this server are told from all others', () => {
    const own = `https://pads.example/sub/p/other/pictures/${KEY}`
    expect(isOwnPicture(own, PAGE)).toBe(true)
    expect(
      imagesIn(`<img src="${own}"><img src="${own}x" alt="A map">`, PAGE).map(({ kind }) => kind),
    ).toEqual(['own', 'elsewhere'])
    for (const [src, page] of [
      [own.replace('pads.', 'pads2.'), PAGE],
      [own.replace('https:', 'http:'), PAGE],
      [own.replace('/sub', ''), PAGE],
      [own.replace('other', 'a/../b'), PAGE],
      [own.replace('other', 'other?x'), PAGE],
      [`${own}?x=1`, PAGE],
      [own, 'https://pads.example/sub/b/notes'],
      [own, 'about:blank'],
    ] as const)
      expect([src, isOwnPicture(src, page)]).toEqual([src, false])
  })
})
