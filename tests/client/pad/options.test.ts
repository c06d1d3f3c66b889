import { describe, expect, test } from '@jest/globals'
import { signal } from '@preact/signals'
import fc from 'fast-check'
import { isPersonColour } from '../../../shared/colour.ts'
import { embedCode, padUrls } from '../../../client/pad/embed-code.ts'
import { readBoot } from '../../../client/pad/boot.ts'
import { DEFAULT_OPTIONS, lineFromHash, optionsInForce, readOptions } from '../../../client/pad/options.ts'
import { createPreferences, readPreferences } from '../../../client/pad/preferences.ts'
import type { Preferences } from '../../../client/pad/preferences.ts'
import { NO_PAD_SETTINGS } from '../../../shared/settings.ts'
import type { PadOptions, PadSettings } from '../../../shared/settings.ts'

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
  const open = (
    kept: Partial<Preferences>,
    {
      asked = [],
      options = {},
      pad = {},
    }: {
      asked?: (keyof PadOptions)[]
      options?: Partial<PadOptions>
      pad?: Partial<PadSettings>
    } = {},
  ) => {
    const settings = signal<PadSettings>({ ...NO_PAD_SETTINGS, ...pad })
    const preferences = createPreferences({
      options: { ...DEFAULT_OPTIONS, ...options },
      asked: new Set(asked),
      pad: settings,
      kept,
      authorViews: signal(['stripes']),
    })
    const values = () => ({
      authors: preferences.authors.value,
      lineNumbers: preferences.lineNumbers.value,
      monospace: preferences.monospace.value,
      rtl: preferences.rtl.value,
    })
    return { preferences, settings, values }
  }

  test('the query wins over what the browser keeps, which wins over the server', () => {
    const kept = { authors: 'bar', lineNumbers: false }
    expect(open(kept).values()).toEqual({
      authors: 'bar',
      lineNumbers: false,
      monospace: false,
      rtl: false,
    })
    const asked = open(kept, { asked: ['showLineNumbers', 'noColors'], options: { noColors: true } })
    expect(asked.values()).toMatchObject({ authors: 'off', lineNumbers: true })
  })

  test("a person's choice wins over the owner's, unless the owner enforces it", () => {
    const { preferences, settings, values } = open(
      { lineNumbers: false },
      { pad: { options: { showLineNumbers: true, useMonospaceFont: true } } },
    )
    expect(values()).toMatchObject({ lineNumbers: false, monospace: true })
    expect(preferences.enforced('lineNumbers')).toBe(false)
    settings.value = { ...settings.value, enforce: true }
    expect(values()).toMatchObject({ lineNumbers: true, monospace: true })
    preferences.set('lineNumbers', false)
    expect(values().lineNumbers).toBe(true)
    expect(preferences.enforced('lineNumbers')).toBe(true)
    expect(preferences.enforced('rtl')).toBe(false)
  })

  test('enforced colours leave the choice of how they are shown; none means none', () => {
    const { settings, values } = open(
      { authors: 'bar' },
      { pad: { enforce: true, options: { noColors: false } } },
    )
    expect(values().authors).toBe('bar')
    settings.value = { ...settings.value, options: { noColors: true } }
    expect(values().authors).toBe('off')
    const hidden = open({ authors: 'off' }, { pad: { enforce: true, options: { noColors: false } } })
    expect(hidden.values().authors).toBe('tint')
  })

  test("a plugin's way of showing authors counts while the plugin is there, and is kept meanwhile", () => {
    expect(open({ authors: 'stripes' }).values().authors).toBe('stripes')
    expect(open({ authors: 'dots' }).values().authors).toBe('tint')
    expect(readPreferences({ authors: 'dots' })).toEqual({ authors: 'dots' })
  })

  test('options follow what the owner decides, below the query unless enforced', () => {
    const settings = signal<PadSettings>({ ...NO_PAD_SETTINGS, options: { showChat: false, rtl: true } })
    const options = optionsInForce(DEFAULT_OPTIONS, new Set(['showChat' as const]), settings)
    expect([options.showChat, options.rtl]).toEqual([true, true])
    settings.value = { ...settings.value, enforce: true }
    expect([options.showChat, options.rtl]).toEqual([false, true])
    settings.value = NO_PAD_SETTINGS
    expect([options.showChat, options.rtl]).toEqual([true, false])
  })

  test('of unknown origin are checked', () => {
    expect(readPreferences({ authors: 'a b', lineNumbers: 'yes', monospace: true })).toEqual({
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
