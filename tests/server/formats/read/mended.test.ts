/** SPEC-formats F67: XML that a program wrote almost right. */
import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { mendedXml, wholeSigns } from '../../../../server/formats/read/mended.ts'
import { parseXml } from '../../../../server/formats/read/xml.ts'

test.each([
  ['<a><p>words</h></a>', '<a><p>words</p></a>'],
  ['<a><p><s>one</p><p>two</p></a>', '<a><p><s>one</s></p><p>two</p></a>'],
  ['<a><p>never ended', '<a><p>never ended</p></a>'],
  ['<a>too</a></b>', '<a>too</a>'],
  [
    '<?xml version="1.0"?><!-- </a> --><a b="<c>" d=\'x\'/>',
    '<?xml version="1.0"?><!-- </a> --><a b="<c>" d=\'x\'/>',
  ],
  ['<a><![CDATA[</b>]]></a>', '<a><![CDATA[</b>]]></a>'],
])('F67: %s is read as %s', (wrong, right) => {
  expect(mendedXml(wrong)).toBe(right)
})

const xml: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom('words', '&amp;', '<i/>', '<k a="1" b="&lt;"/>'),
    fc
      .tuple(fc.constantFrom('p', 'span', 'text:h'), fc.array(tie('node'), { maxLength: 4 }))
      .map(([name, inner]) => `<${name} c="d">${inner.join('')}</${name}>`),
  ),
})).node

test('F67: what is well-formed stays as it is; whatever is broken is mended or refused, in no time that grows faster', () => {
  fc.assert(
    fc.property(fc.array(xml, { maxLength: 5 }), fc.nat(), fc.nat(9), (inner, at, length) => {
      const right = `<root xmlns:text="t">${inner.join('')}</root>`
      expect(mendedXml(right)).toBe(right)
      const from = at % right.length
      const torn = mendedXml(right.slice(0, from) + right.slice(from + length))
      expect(mendedXml(torn)).toBe(torn)
    }),
  )
  const many = '<'.repeat(200_000)
  expect(mendedXml(many)).toBe(many)
  expect(mendedXml('<a '.repeat(100_000))).toHaveLength(300_000)
})

test('F67: halves of a sign are the sign; other letters stay, among them those whose bytes begin alike', () => {
  const half = (unit: number): number[] => [
    0xe0 | (unit >> 12),
    0x80 | ((unit >> 6) & 63),
    0x80 | (unit & 63),
  ]
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'é', '가', '힣', '字', '😀', '🌍'), { maxLength: 30 }),
      (signs) => {
        const halves = signs.flatMap((sign) =>
          sign.length === 2 ? [0, 1].flatMap((at) => half(sign.charCodeAt(at))) : [...Buffer.from(sign)],
        )
        expect(wholeSigns(Buffer.from(halves)).toString()).toBe(signs.join(''))
        const whole = Buffer.from(signs.join(''))
        expect(wholeSigns(whole)).toEqual(whole)
      },
    ),
  )
  expect(
    parseXml(Buffer.concat([Buffer.from('<a>'), Buffer.from(half(0xd83d)), Buffer.from('</a>')])),
  ).toMatchObject({
    name: 'a',
  })
})
