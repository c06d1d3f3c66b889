import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import type { Insert } from '../../../shared/text/delta.ts'
import { drawingOf, isSafeCssValue } from '../../../shared/text/drawing.ts'
import { coreFormats, extendFormats, flagFormat, valueFormat } from '../../../shared/text/formats.ts'
import type { Drawing, InlineFormat } from '../../../shared/text/formats.ts'
import { contentToHtml } from '../../../shared/text/html.ts'
import { anyContent } from '../../support/content.ts'
import { richFormats } from '../../support/formats.ts'

const drawn = (drawing: Drawing): InlineFormat => ({ ...flagFormat('glow'), draw: () => drawing })
const html = (content: Insert[], options: Parameters<typeof contentToHtml>[1] = {}): string =>
  contentToHtml(content, { formats: richFormats, ...options }).replaceAll('\n', '')

describe('T10: what a format draws is checked', () => {
  test('only listed elements, plain classes, data names and harmless CSS come through', () => {
    expect(
      drawingOf(
        drawn({
          tag: 'script',
          class: 'good "bad also-good <x>',
          data: { size: '12', 'on click': 'x', inkpad: '[]', Upper: 'x' },
          style: {
            color: 'red',
            '--ink': '#123456',
            background: 'url(https://evil.example)',
            'font family': 'x',
            'line-height': '1; position: fixed',
          },
        }),
        true,
      ),
    ).toEqual({
      tag: '',
      attributes: { class: 'good also-good', 'data-size': '12' },
      style: 'color: red; --ink: #123456',
      plain: 'color: red; --ink: #123456',
    })
    expect(drawingOf(drawn({ tag: 'mark' }), true)?.tag).toBe('mark')
    expect(drawingOf({ name: 'x', validate: () => true, draw: () => ({ tag: 'mark' }) }, true)?.tag).toBe('')
    expect(drawingOf({ name: 'x', validate: () => true, draw: () => ({ tag: 'h2' }) }, true)?.tag).toBe('h2')
  })

  test('a format that throws, or gives nothing, draws nothing', () => {
    const broken: InlineFormat = {
      ...flagFormat('glow'),
      draw: () => {
        throw new Error('broken')
      },
    }
    expect(drawingOf(broken, true)).toBeNull()
    expect(drawingOf({ ...flagFormat('glow'), draw: () => null }, true)).toBeNull()
    expect(drawingOf(drawn({ class: 5 as never }), true)).toBeNull()
    expect(drawingOf(flagFormat('glow'), true)).toBeNull()
  })

  test.each([
    ['red', true],
    ['"Comic Sans MS", serif', true],
    ['oklch(from var(--ink) min(l, 0.5) c h)', true],
    ['red; position: fixed', false],
    ['red } body { color: red', false],
    ['u\\72l(x)', false],
    ['URL (x)', false],
    ['image-set("x" 1x)', false],
    ['"unclosed', false],
    ['calc(1px', false],
    ['1px)', false],
    ['red/* */', false],
    ['red !important', false],
    ['</style>', false],
    ['', false],
    ['x'.repeat(201), false],
  ])('CSS value %j', (value, right) => {
    expect(isSafeCssValue(value)).toBe(right)
  })

  test('whatever a value is, a style attribute has only the declarations that were given', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const style = drawingOf(drawn({ style: { color: value } }), true)?.style ?? ''
        expect(style === '' || style === `color: ${value}`).toBe(true)
        if (style !== '') expect(value).not.toMatch(/[;{}<>\\]|url\(/i)
      }),
    )
  })
})

describe('T11: formats of the table in HTML', () => {
  const text: Insert[] = [
    { insert: 'a', attributes: { color: 'red', bold: true } },
    { insert: 'b', attributes: { color: 'red', script: 'sub' } },
    { insert: 'c', attributes: { color: '</style>' } },
    { insert: '\n', attributes: { align: 'right', header: 2, indent: 1 } },
  ]

  test('pages get classes and data, neighbours share the element, nothing has a style', () => {
    expect(html(text)).toBe(
      '<h2 class="align-right indent-1">' +
        '<span class="ink" data-ink="red"><strong>a</strong><sub>b</sub></span>c</h2>',
    )
    expect(contentToHtml(text)).not.toMatch(/red|right/)
  })

  test('exports that ask get checked styles as well', () => {
    expect(html(text, { styles: true })).toBe(
      '<h2 class="align-right indent-1" style="text-align: right">' +
        '<span class="ink" data-ink="red" style="color: red"><strong>a</strong><sub>b</sub></span>c</h2>',
    )
  })

  test('formats of lines are there inside lists too', () => {
    expect(
      html(
        [
          { insert: 'one' },
          { insert: '\n', attributes: { list: 'bullet', align: 'center', direction: 'rtl' } },
          { insert: 'two' },
          { insert: '\n', attributes: { list: 'unchecked', align: 'wrong' } },
        ],
        { styles: true },
      ),
    ).toBe(
      '<ul><li class="align-center" style="text-align: center" dir="rtl">one</li></ul>' +
        '<ul class="tasks"><li><label><input type="checkbox" disabled> two</label></li></ul>',
    )
  })

  test('no page text ever has a style attribute', () => {
    fc.assert(
      fc.property(anyContent(), (content) => {
        expect(contentToHtml(content, { formats: richFormats })).not.toContain('style=')
      }),
    )
  })
})

describe('T3: tables', () => {
  test.each(['open', 'other', 'threads', 'line', 'text', '__proto__', 'constructor', 'a b', '', '1st'])(
    'no format is called %j',
    (name) => {
      expect(() => extendFormats(coreFormats, { inline: [flagFormat(name)] })).toThrow(RangeError)
      expect(() => extendFormats(coreFormats, { line: [{ name, validate: () => true }] })).toThrow(RangeError)
    },
  )

  test('no key formats both lines and characters', () => {
    expect(() => extendFormats(coreFormats, { inline: [flagFormat('header')] })).toThrow(RangeError)
    expect(() => extendFormats(coreFormats, { line: [{ name: 'bold', validate: () => true }] })).toThrow(
      RangeError,
    )
    expect(
      extendFormats(coreFormats, { inline: [valueFormat('bold', () => true)] }).inline.get('bold')?.flag,
    ).toBe(false)
  })
})
