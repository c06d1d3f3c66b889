import { describe, expect, jest, test } from '@jest/globals'
import { base64OfBytes } from '../../../../shared/board/base64.ts'
import { decodePoints } from '../../../../shared/board/ink/points.ts'
import type { Shape } from '../../../../shared/board/model/shape.ts'
import { readColour } from '../../../../server/boards/import/colours.ts'
import { ImportFault } from '../../../../server/boards/import/fault.ts'
import { readNumbers, readPathData } from '../../../../server/boards/import/svg-path.ts'
import { transformOf } from '../../../../server/boards/import/svg-look.ts'
import { parseSvg, safeSvg } from '../../../../server/boards/import/svg-tree.ts'
import { chequer, pngPixels } from '../../../support/png.ts'
import { read } from './files.ts'

jest.setTimeout(60_000)

const svg = (inside: string, attributes = 'width="200" height="100"'): string =>
  `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`

const only = (inside: string, attributes?: string): Shape => {
  const shapes = [...read(svg(inside, attributes)).shapes.values()]
  const [shape] = shapes
  if (!shape || shapes.length > 1) throw new Error(`${shapes.length} shapes`)
  return shape
}

describe('SVG as shapes', () => {
  test('B524: forms, with what they inherit, moved and turned', () => {
    expect(
      only(
        '<g fill="none" stroke="navy" stroke-width="2"><rect x="1" y="2" width="30" height="20" rx="4"/></g>',
      ),
    ).toMatchObject({
      kind: 'geo',
      box: { x: 1, y: 2, w: 30, h: 20 },
      style: { form: 'rect', corner: 4, color: '#000080', width: 2, fill: 'none' },
    })
    expect(
      only(
        '<circle cx="50" cy="50" r="10" style="fill: rgb(255, 0, 0); stroke: none" transform="translate(5) scale(2)"/>',
      ),
    ).toMatchObject({
      kind: 'geo',
      box: { x: 85, y: 80, w: 40, h: 40 },
      style: { form: 'ellipse', fill: 'solid', paper: '#ff0000', color: '#ff0000' },
    })
    const turned = only('<rect width="40" height="20" transform="rotate(90)"/>')
    expect(turned.kind === 'geo' && turned.box.r).toBeCloseTo(Math.PI / 2, 5)
  })

  test('B524: a view box is the size it says', () => {
    expect(
      only('<rect width="10" height="10"/>', 'width="200" height="100" viewBox="0 0 20 10"'),
    ).toMatchObject({
      box: { x: 0, y: 0, w: 100, h: 100 },
    })
    expect(
      only('<rect width="10" height="10"/>', 'width="1in" height="1in" viewBox="0 0 96 96"'),
    ).toMatchObject({
      box: { w: 10, h: 10 },
    })
  })

  test('B524: lines, areas, strokes of a hand', () => {
    expect(only('<polygon points="0,0 10,0 10,10" fill="gold"/>')).toMatchObject({
      kind: 'line',
      path: [0, 0, 10, 0, 10, 10],
      style: { closed: true, fill: 'solid', paper: '#ffd700' },
    })
    expect(only('<path d="M0 0L50 0" stroke="red" marker-end="url(#tip)"/><marker id="tip"/>')).toMatchObject(
      {
        kind: 'line',
        style: { end: 'triangle', color: '#ff0000' },
      },
    )
    const hand = only('<path d="M0 0c10 0 20 10 20 20s10 20 20 20" fill="none" stroke="#123"/>')
    expect(hand).toMatchObject({ kind: 'ink', style: { color: '#112233', width: 1 } })
    expect(hand.kind === 'ink' && [...decodePoints(hand.points).xy].slice(-2)).toEqual([40, 40])
    const area = only('<path d="M0 0h10v10h-10z" stroke="none"/>')
    expect(area).toMatchObject({ kind: 'line', path: [0, 0, 10, 0, 10, 10, 0, 10], style: { closed: true } })
  })

  test('B524: rules of a style sheet count more than attributes and less than style', () => {
    const css =
      '/* a program */ .cls-1, .cls-2 {fill:none;stroke:#00f} rect{stroke-width:4px} #own{stroke:green} @font-face{src:url(x)}'
    const { shapes } = read(
      svg(
        `<style>${css}</style><rect class="other cls-1" fill="red" stroke-width="9" width="5" height="5"/>` +
          '<rect class="cls-2" id="own" width="5" height="5"/><rect class="cls-2" style="stroke:red" width="5" height="5"/>',
      ),
    )
    expect([...shapes.values()].map(({ style }) => [style.color, style.fill, style.width])).toEqual([
      ['#0000ff', 'none', 4],
      ['#008000', 'none', 4],
      ['#ff0000', 'none', 4],
    ])
  })

  test('B524: texts stand on their base lines, in pieces that look the same', () => {
    const { shapes } = read(
      svg(
        '<text x="10" y="50" font-size="20" font-family="Courier New">one <tspan font-weight="bold">two</tspan><tspan x="10" dy="24">three</tspan></text>',
      ),
    )
    const texts = [...shapes.values()].flatMap((shape) => (shape.kind === 'text' ? [shape] : []))
    expect(texts.map(({ text }) => text)).toEqual([
      [{ insert: 'one' }],
      [{ insert: 'two', attributes: { bold: true } }],
      [{ insert: 'three' }],
    ])
    expect(texts.map(({ style }) => style.font)).toEqual(['mono', 'mono', 'mono'])
    expect(texts[2]?.box.y).toBeCloseTo(74 - 20 * 1.001, 3)
    expect(only('<text x="100" y="50" text-anchor="middle">x</text>').style.align).toBe('center')
  })

  test('B524: pictures in it, parts used again, links', () => {
    const href = `data:image/png;base64,${base64OfBytes(chequer())}`
    expect(only(`<image x="10" y="10" width="40" height="20" xlink:href="${href}"/>`)).toMatchObject({
      kind: 'image',
      box: { x: 20, y: 10, w: 20, h: 20 },
    })
    const { shapes } = read(
      svg(
        '<defs><rect id="a" width="5" height="5"/></defs><use href="#a" x="10"/><use xlink:href="#a" x="20"/>',
      ),
    )
    expect([...shapes.values()].map((shape) => shape.kind === 'geo' && shape.box.x)).toEqual([10, 20])
    expect(only('<a href="https://example.org/"><rect width="5" height="5"/></a>').link).toBe(
      'https://example.org/',
    )
    expect(only('<a href="javascript:alert(1)"><rect width="5" height="5"/></a>').link).toBeNull()
  })

  test.each([
    [
      'gradients',
      '<linearGradient id="g"><stop stop-color="red"/></linearGradient><rect width="200" height="100" fill="url(#g)"/>',
    ],
    ['holes', '<path fill="red" d="M0 0h200v100h-200zM50 20v60h100v-60z"/>'],
    [
      'clips',
      '<clipPath id="c"><rect width="9" height="9"/></clipPath><rect clip-path="url(#c)" width="200" height="100" fill="red"/>',
    ],
    [
      'other style sheets',
      '<style>g > rect:hover{fill:red}</style><rect fill="red" width="200" height="100"/>',
    ],
    [
      'filters',
      '<filter id="f"><feGaussianBlur stdDeviation="1"/></filter><rect filter="url(#f)" width="200" height="100" fill="red"/>',
    ],
    ['slants', '<rect transform="skewX(20)" width="200" height="100" fill="red"/>'],
    ['what is not known', '<rect width="200" height="100" fill="red"/><glitter/>'],
  ])('B524: %s make it one picture, of the same size', (_name, inside) => {
    const { shapes, sink } = read(svg(inside))
    expect([...shapes.values()]).toMatchObject([{ kind: 'image', box: { x: 0, y: 0, w: 200, h: 100 } }])
    const [picture] = sink.pictures.values()
    const { width, at } = pngPixels(picture?.bytes ?? new Uint8Array(0))
    expect(width).toBe(400)
    const [red = 0, green = 0] = at(4, 6)
    expect(red - green).toBeGreaterThan(100)
  })
})

describe('hostile SVG', () => {
  test.each([
    [
      'entities that multiply',
      '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
    ],
    [
      'files of the machine',
      '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
    ],
    [
      'a document type elsewhere',
      '<!DOCTYPE svg SYSTEM "https://example.org/evil.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
    ['entities nobody declared', svg('<text>&nobody;</text>')],
    ['depth', svg('<g>'.repeat(100) + '</g>'.repeat(100))],
  ])('B524: %s are refused', (_name, file) => {
    expect(() => read(file)).toThrow(ImportFault)
  })

  test('B524: SVG’s own document type is fine', () => {
    const type =
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    expect(read(svg('<rect width="5" height="5"/>').replace('?>', `?>${type}`)).shapes.size).toBe(1)
  })

  test('B524: pictures from elsewhere are not fetched, neither as shapes nor by the rasteriser', () => {
    for (const href of [
      'https://example.org/x.png',
      '/etc/passwd',
      'file:///etc/passwd',
      'data:image/svg+xml;base64,PHN2Zy8+',
      '//example.org/x',
    ])
      expect(
        read(svg(`<image width="9" height="9" href="${href}"/><rect width="1" height="1"/>`)).missed,
      ).toEqual({ image: 1 })
  })

  test('B524: what goes to the rasteriser runs nothing and leads nowhere', () => {
    const tree = parseSvg(
      svg(
        `<script>alert(1)</script><style>@import "x"; a{}</style><style>.a{fill:url(https://example.org/x)}</style>
        <foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>
        <rect onclick="alert(1)" fill="url(https://example.org/#a)" style="filter:url( 'file:///etc/passwd')" stroke="url(#ok)"/>
        <image href="/etc/passwd"/><use xlink:href="other.svg#x"/><feImage href="https://example.org/"/>
        <text>a &lt;b&gt; &amp; "c"</text>`,
      ),
    )
    const text = safeSvg(tree)
    expect(text).not.toMatch(/script|@import|https:|file:|passwd|onclick|foreignObject|other\.svg/)
    expect(text).toContain('stroke="url(#ok)"')
    expect(text).toContain('a &lt;b&gt; &amp; &quot;c&quot;')
    expect(text.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true)
  })

  test('B524: long nonsense costs no more than its length', () => {
    const long = 'a'.repeat(200_000)
    // Squares of these lengths would take minutes.
    for (const inside of [
      `<rect width="5" height="5" transform="${long}"/>`,
      `<rect width="${'1'.repeat(200_000)}x" height="5"/>`,
      `<style>${'/*'.repeat(100_000)}</style><rect width="5" height="5"/>`,
      `<style>${long}</style><rect width="5" height="5"/>`,
      `<style>${'a{}'.repeat(1000)}</style><rect width="5" height="5"/>`,
      `<rect fill="url(${' '.repeat(200_000)}" width="5" height="5"/>`,
    ])
      expect(read(svg(inside)).shapes.size).toBe(1)
  })

  test('B524: parts that use each other end', () => {
    const bomb = `<defs>${Array.from({ length: 20 }, (_, i) => `<g id="g${i}"><use href="#g${i + 1}"/><use href="#g${i + 1}"/></g>`).join('')}<rect id="g20" width="1" height="1"/></defs><use href="#g0"/>`
    expect(() => read(svg(bomb))).toThrow('large')
    const pattern = bomb.replace(/<use href="(#g\d+)"\/>/g, '<rect fill="url($1)"/>')
    expect(() => read(svg(pattern))).toThrow('large')
    expect(() => read(svg('<g id="a"><use href="#a"/></g>'))).toThrow('unsafe')
  })
})

describe('pieces of SVG', () => {
  test('B524: path data, in all its letters and its tightest form', () => {
    expect(readPathData('M1-2.5l.5.5h5V0z', 1000)).toEqual([0, 1, -2.5, 1, 1.5, -2, 1, 6.5, -2, 1, 6.5, 0, 4])
    expect(readPathData('m1 1 2 2', 1000)).toEqual([0, 1, 1, 1, 3, 3])
    expect(readPathData('M0 0C0 1 2 3 4 4S8 7 8 8', 1000)).toEqual([
      0, 0, 0, 3, 0, 1, 2, 3, 4, 4, 3, 6, 5, 8, 7, 8, 8,
    ])
    const arc = readPathData('M0 0A10 10 0 0120 0', 1000) ?? []
    expect(arc.slice(-2)).toEqual([20, 0])
    // Half a circle passes its uppermost point.
    expect(arc[8]).toBeCloseTo(10, 6)
    expect(arc[9]).toBeCloseTo(-10, 6)
    for (const bad of ['L0 0', 'M0', 'M0 0X1', 'M0 0L1', 'M0 0A1 1 0 2 0 1 1', '0 0', 'M0 0z1 1'])
      expect(readPathData(bad, 1000)).toBeNull()
    expect(readPathData(`M0 0${'h1'.repeat(1000)}`, 500)).toBeNull()
  })

  test('B524: numbers, transforms and colours', () => {
    expect(readNumbers(' 1,2 -3.5e1.5 ')).toEqual([1, 2, -35, 0.5])
    expect(readNumbers('1 x')).toBeNull()
    expect(transformOf('translate(1,2) scale(2)')).toEqual([2, 0, 0, 2, 1, 2])
    expect(() => transformOf('url(x)')).toThrow('transform')
    expect(readColour('RebeccaPurple')).toEqual({ hex: '#663399', alpha: 1 })
    expect(readColour('#abc8')).toEqual({ hex: '#aabbcc', alpha: 136 / 255 })
    expect(readColour('rgba(100%, 0%, 0%, .5)')).toEqual({ hex: '#ff0000', alpha: 0.5 })
    for (const bad of ['url(#a)', 'rgb(1)', '#12345', 'inherit', 7, 'x'.repeat(99)])
      expect(readColour(bad)).toBeNull()
  })
})
