import { describe, expect, test } from '@jest/globals'
import { meansPictures } from './files.ts'
import { declaration } from './shared.ts'
import { altOf } from './alt.ts'
import { pictureEmbed, readPicture } from './value.ts'

const KEY = 'k'.repeat(43)
const PLAIN = { key: KEY, width: 40, height: 30, alt: '', caption: '', align: null, show: null }

describe('I1: what a picture is in the text', () => {
  test('what is right is read, what says nothing is left out', () => {
    const whole = { ...PLAIN, alt: 'A tree', caption: 'Oak', align: 'left' as const, show: 40 }
    expect(readPicture(pictureEmbed(whole).image)).toEqual(whole)
    expect(pictureEmbed(PLAIN)).toEqual({ image: { key: KEY, width: 40, height: 30 } })
    expect(readPicture(pictureEmbed(PLAIN).image)).toEqual(PLAIN)
  })

  test.each([
    [null],
    [true],
    [{}],
    [{ ...PLAIN, key: '../../etc' }],
    [{ ...PLAIN, key: `${KEY}x` }],
    [{ ...PLAIN, width: 0 }],
    [{ ...PLAIN, height: '30' }],
    [{ ...PLAIN, width: 1e9 }],
  ])('%j is none', (value) => {
    expect(readPicture(value)).toBeNull()
  })

  test('strange members count for nothing', () => {
    const odd = {
      ...PLAIN,
      alt: { html: '<b>' },
      caption: 'a\u0000\nb',
      align: 'middle',
      show: 4000,
      onload: 'x()',
    }
    expect(readPicture(odd)).toEqual({ ...PLAIN, caption: 'a b' })
    expect(readPicture({ ...PLAIN, alt: 'x'.repeat(9000) })?.alt).toHaveLength(500)
  })

  test('a file describes it by its name, unless only a machine gave that', () => {
    expect(altOf({ name: 'Garden_in may.jpeg' })).toBe('Garden in may')
    for (const name of ['IMG_2041.JPG', 'image.png', 'Screenshot 2026-11-28 12:01.png', 'DSC0001.jpg'])
      expect([name, altOf({ name })]).toEqual([name, ''])
  })
})

test('I2: a picture that comes with copied words is not meant', () => {
  expect(meansPictures('', '')).toBe(true)
  expect(
    meansPictures('<html><body><!--StartFragment--><img src="https://a.example/x.png"></body></html>', ''),
  ).toBe(true)
  expect(meansPictures('<table><tr><td>1</td></tr></table>', '1\t2')).toBe(false)
  expect(meansPictures('<p>words</p>', '')).toBe(false)
})

test('messages name a picture and nothing else', () => {
  expect(declaration.messages?.sent(KEY)).toBe(KEY)
  for (const wrong of ['', 'x', `${KEY}<`, { key: KEY }, null])
    expect(() => declaration.messages?.sent(wrong)).toThrow(RangeError)
})
