/** Pictures among pasted words (SPEC-text I8), those that go from pad to pad (I7), and those the server refuses (I3). */
import { describe, expect, test } from '@jest/globals'
import { signal } from '@preact/signals'
import { EditorState } from 'prosemirror-state'
import { Schema } from 'prosemirror-model'
import type { ClientContext, PadPictures } from '../../shared/plugin.ts'
import type { PictureUnderWay } from '../../shared/plugin/pictures.ts'
import { hasImages } from './files.ts'
import { escaped, fileOfData, filesInRtf, imagesIn, withImages } from './pasted.ts'
import { takeBack } from './taken-back.ts'

const PNG = 'data:image/png;base64,iVBORw0KGgo='
const found = (html: string): string[] => imagesIn(html).map(({ kind, alt }) => `${kind} ${alt}`.trim())

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
    const images = imagesIn(html)
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
    expect(imagesIn('<img src="https://a.example/x" alt="'.repeat(100_000))).toEqual([])
    expect(hasImages('<img '.repeat(1_000_000))).toBe(false)
    expect(filesInRtf('{\\pict\\pngblip '.repeat(200_000))).toEqual([])
  })
})

test('I3: a picture the server will never take leaves the text, wherever it stands, and the person learns why', () => {
  const schema = new Schema({
    nodes: {
      doc: { content: 'line+' },
      line: { content: 'inline*' },
      text: { group: 'inline' },
      embed: { group: 'inline', inline: true, attrs: { embed: { default: '' } } },
    },
  })
  const image = (key: string, alt: string) => ({ image: { key: key.repeat(43), width: 4, height: 3, alt } })
  const embed = (key: string, alt = '') => schema.node('embed', { embed: JSON.stringify(image(key, alt)) })
  let state = EditorState.create({
    doc: schema.node('doc', null, [
      schema.node('line', null, [schema.text('a'), embed('b', 'Oak'), schema.text('c'), embed('d')]),
      schema.node('line', null, [embed('b', 'Oak')]),
    ]),
  })
  const said: string[] = []
  const underWay = signal<ReadonlyMap<string, PictureUnderWay>>(new Map())
  const context: Pick<ClientContext, 'run' | 'toast' | 't'> & {
    formats: Pick<ClientContext['formats'], 'embedOf'>
  } = {
    run: (command) => command(state, (tr) => (state = state.apply(tr))),
    toast: (words) => said.push(words),
    t: (key, values) => [key, ...Object.values(values ?? {})].join(' '),
    formats: { embedOf: ({ attrs }) => (attrs['embed'] ? JSON.parse(String(attrs['embed'])) : null) },
  }
  const off = takeBack(context as ClientContext, { underWay } as unknown as PadPictures)
  const way = (key: string, trouble: PictureUnderWay['trouble']) =>
    (underWay.value = new Map([[key.repeat(43), { part: 0, trouble }]]))
  way('b', null)
  expect(state.doc.childCount).toBe(2)
  way('b', 'tooLarge')
  way('b', 'tooLarge')
  expect(state.doc.toString()).toBe('doc(line("ac", embed), line)')
  expect(said).toEqual(['takenBack Oak trouble.tooLarge'])
  off()
})
