import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isPersonColour } from '../../../shared/colour.ts'
import { embedCode, padUrls } from '../../../client/pad/embed-code.ts'
import { readBoot } from '../../../client/pad/boot.ts'
import { DEFAULT_OPTIONS, lineFromHash, readOptions } from '../../../client/pad/options.ts'
import { readPreferences, startPreferences } from '../../../client/pad/preferences.ts'

const read = (query: string, server = DEFAULT_OPTIONS) =>
  readOptions(new URLSearchParams(query), server).options

describe("embed parameters have Etherpad's names and effects", () => {
  test.each([
    ['showControls=false', 'showControls', false],
    ['showChat=false', 'showChat', false],
    ['showLineNumbers=false', 'showLineNumbers', false],
    ['useMonospaceFont=true', 'useMonospaceFont', true],
    ['noColors=true', 'noColors', true],
    ['rtl=true', 'rtl', true],
    ['alwaysShowChat=true', 'alwaysShowChat', true],
    ['chatAndUsers=true', 'chatAndUsers', true],
    ['showMenuRight=false', 'showMenuRight', false],
    ['fadeInactiveAuthorColors=false', 'fadeInactiveAuthorColors', false],
    ['userName=Ada%20L', 'userName', 'Ada L'],
    ['userColor=%23ff9900', 'userColor', '#ff9900'],
    ['userColor=F90', 'userColor', '#ff9900'],
    ['userColor=%230a6f96', 'userColor', '7'],
    ['lang=de', 'lang', 'de'],
  ] as const)('%s', (query, key, value) => {
    expect(read(query)[key]).toBe(value)
  })

  test('other values leave the option alone', () => {
    expect(read('showControls=1&noColors=yes&userName=false&userColor=red&lang=../x&showChat=')).toEqual(
      DEFAULT_OPTIONS,
    )
  })

  test('the query wins over the server, and says what it set', () => {
    const server = { ...DEFAULT_OPTIONS, showLineNumbers: false, rtl: true }
    const { options, asked } = readOptions(new URLSearchParams('showLineNumbers=true&rtl=false'), server)
    expect(options).toMatchObject({ showLineNumbers: true, rtl: false })
    expect([...asked].sort()).toEqual(['rtl', 'showLineNumbers'])
  })

  test('no query makes an option of another type, or a colour nobody may have', () => {
    const key = fc.constantFrom(...Object.keys(DEFAULT_OPTIONS), '__proto__', 'constructor')
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.string()), { maxLength: 20 }), (pairs) => {
        const options = read(new URLSearchParams(pairs).toString())
        for (const [name, value] of Object.entries(DEFAULT_OPTIONS)) {
          const now: unknown = Reflect.get(options, name)
          expect(
            typeof value === 'boolean' ? typeof now === 'boolean' : now === null || typeof now === 'string',
          ).toBe(true)
        }
        expect(options.userColor === null || isPersonColour(options.userColor)).toBe(true)
        expect(options.userName === null || options.userName.length <= 64).toBe(true)
      }),
    )
  })

  test('#L12 is a line, anything else is none', () => {
    expect(lineFromHash('#L12')).toBe(12)
    for (const hash of ['', '#L0', '#L', '#l12', '#L12x', '#rev/3']) expect(lineFromHash(hash)).toBeNull()
  })
})

describe("the page's data", () => {
  test('is checked; what is missing keeps its default', () => {
    const boot = readBoot('{"pad":"x","padOptions":{"rtl":true,"showChat":"no","lang":"de"},"readOnlyId":5}')
    expect(boot).toMatchObject({ pad: 'x', readOnly: false, readOnlyId: null, title: '' })
    expect(boot?.padOptions).toEqual({ ...DEFAULT_OPTIONS, rtl: true, lang: 'de' })
  })

  test('that is broken is none', () => {
    for (const text of [null, '', '{', '[]', '{"pad":""}', 'null']) expect(readBoot(text)).toBeNull()
  })
})

describe('preferences', () => {
  test('the query wins over what the browser keeps, which wins over the server', () => {
    const kept = { authors: 'underline', lineNumbers: false } as const
    const asked = new Set(['showLineNumbers', 'noColors'] as const)
    expect(startPreferences(DEFAULT_OPTIONS, new Set(), kept)).toEqual({
      authors: 'underline',
      lineNumbers: false,
      monospace: false,
      rtl: false,
    })
    expect(startPreferences({ ...DEFAULT_OPTIONS, noColors: true }, asked, kept)).toMatchObject({
      authors: 'off',
      lineNumbers: true,
    })
  })

  test('of unknown origin are checked', () => {
    expect(readPreferences({ authors: 'loud', lineNumbers: 'yes', monospace: true })).toEqual({
      monospace: true,
    })
    for (const value of [null, 3, 'x', []]) expect(readPreferences(value)).toEqual({})
  })
})

describe('embed code', () => {
  test("is Etherpad's iframe, with the name and address escaped", () => {
    const code = embedCode('https://pads.example/p/a"b', '"><script>', {
      showControls: true,
      showLineNumbers: false,
    })
    expect(code).toBe(
      '<iframe name="embed_readwrite" title="&quot;>&lt;script>" src="https://pads.example/p/a&quot;b?showControls=true&amp;showChat=true&amp;showLineNumbers=false&amp;useMonospaceFont=false" width="100%" height="600" frameborder="0"></iframe>',
    )
  })

  test('links keep any prefix in front of us and drop query and fragment', () => {
    const urls = padUrls(new URL('https://host/office/pads/p/notes?lang=de#L3'), 'r.00')
    expect(urls).toEqual({
      write: 'https://host/office/pads/p/notes',
      read: 'https://host/office/pads/p/r.00',
    })
  })
})
