/** @jest-environment jsdom */
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from '@jest/globals'
import { render } from 'preact'
import type { Insert } from '../../shared/text/delta.ts'
import { coreFormats, extendFormats, isValidFormat } from '../../shared/text/formats.ts'
import { contentToHtml } from '../../shared/text/html.ts'
import { readHtml } from '../../shared/text/reader/html-reader.ts'
import { pluginEditor } from '../../tests/support/plugin-editor.ts'
import type { PluginEditor } from '../../tests/support/plugin-editor.ts'
import { client } from './client.tsx'
import german from './locales/de.json' with { type: 'json' }
import english from './locales/en.json' with { type: 'json' }
import { HIGHLIGHTS, INKS } from './palette.ts'
import { declaration } from './shared.ts'

const formats = extendFormats(coreFormats, declaration.formats ?? {})
let page: PluginEditor | undefined

afterEach(() => {
  expect(page?.logged ?? []).toEqual([])
  page?.close()
  page = undefined
  document.body.replaceChildren()
})

const read = (text: string): Insert[] =>
  readHtml(new DOMParser().parseFromString(text, 'text/html').body, { formats })
/** The words of one line with their colours: `words`, `words color`, `words color/background`. */
const coloured = (html: string): string[] =>
  read(`<p>${html}</p>`).flatMap(({ insert, attributes: { color, background } = {} }) =>
    insert === '\n' ? [] : [`${String(insert)} ${color ?? '-'} ${background ?? '-'}`],
  )

describe('the palettes', () => {
  /** Opens an action's palette; gives what is in it. */
  function opened(id: string): HTMLElement {
    const place = document.createElement('div')
    document.body.append(place)
    render(
      page?.action(id).pick?.(() => render(null, place)),
      place,
    )
    return place
  }

  test.each([
    ['fontColor', 'color', INKS],
    ['highlight', 'background', HIGHLIGHTS],
  ])(
    '%s: every colour by its name; the present one is marked, none takes it off',
    async (id, format, palette) => {
      page = await pluginEditor({ declaration, client, english }, [{ insert: 'words\n' }])
      const { select, content, pressed } = page
      const names = [id === 'fontColor' ? 'No colour' : 'No highlight', ...Object.keys(palette)]
      const press = (name: string): void => {
        const options = [...opened(id).querySelectorAll<HTMLElement>('[role=radio]')]
        expect(options.map(({ lastElementChild }) => lastElementChild?.textContent?.toLowerCase())).toEqual(
          names.map((one) => one.toLowerCase()),
        )
        options[names.indexOf(name)]?.click()
      }
      select(1, 6)
      for (const name of Object.keys(palette)) {
        press(name)
        expect(content()).toEqual([{ insert: 'words', attributes: { [format]: name } }, { insert: '\n' }])
        expect(opened(id).querySelector('[aria-checked=true]')?.textContent?.toLowerCase()).toContain(name)
      }
      expect(pressed(id)).toBe(true)
      press(names[0] ?? '')
      expect(content()).toEqual([{ insert: 'words\n' }])
      expect(pressed(id)).toBe(false)
    },
  )

  test('any other colour can be taken as well', async () => {
    page = await pluginEditor({ declaration, client, english }, [{ insert: 'words\n' }])
    page.select(1, 6)
    const input = opened('fontColor').querySelector('input')
    if (!input) throw new Error('no field')
    input.value = '#12ab9f'
    input.dispatchEvent(new Event('change', { bubbles: true }))
    expect(page.content()[0]).toEqual({ insert: 'words', attributes: { color: '#12ab9f' } })
    expect(page.editor.view.dom.querySelector('span')?.outerHTML).toBe(
      '<span class="ink ink-own" data-ink="#12ab9f" style="--own-ink: #12ab9f;">words</span>',
    )
    expect(opened('fontColor').querySelector('input')?.value).toBe('#12ab9f')
  })

  test('the style sheet has the values of the palettes, by day and by night', () => {
    const css = readFileSync(new URL('style.css', import.meta.url), 'utf8')
    for (const [look, palette] of [
      ['ink', INKS],
      ['highlight', HIGHLIGHTS],
    ] as const)
      for (const [name, { day, night }] of Object.entries(palette))
        expect(css).toMatch(
          new RegExp(`\\.${look}-${name} \\{\\s*--${look}-day: ${day};\\s*--${look}-night: ${night};`),
        )
  })

  test('both languages have a name for every colour', () => {
    for (const name of [...Object.keys(INKS), ...Object.keys(HIGHLIGHTS)])
      for (const words of [english, german]) expect(words).toHaveProperty([`colour.${name}`])
  })
})

describe('what is stored and shown', () => {
  test('names of the palettes and #rrggbb are colours; nothing else is', () => {
    const right = (key: string, value: unknown): boolean => isValidFormat(key, value as never, formats)
    for (const value of ['black', 'red', 'green', 'blue', 'yellow', 'orange', '#123456', '#ABC'])
      expect(right('color', value)).toBe(true)
    for (const value of ['own', 'url(x)', '#12345', 'red;x', 'toString', 5, true, ''])
      expect(right('color', value)).toBe(false)
    expect([right('background', 'yellow'), right('background', 'black')]).toEqual([true, false])
  })

  test('pages get classes and data, exports the colours by day; both are read again', () => {
    const content: Insert[] = [
      { insert: 'a', attributes: { color: 'red' } },
      { insert: 'b', attributes: { background: 'yellow', color: '#123456' } },
      { insert: 'c', attributes: { background: '#00ff00' } },
      { insert: '\n' },
    ]
    const html = contentToHtml(content, { formats })
    expect(html).not.toContain('style=')
    expect(html).toContain('<span class="ink ink-red" data-ink="red">a</span>')
    const exported = contentToHtml(content, { formats, styles: true })
    expect(exported).toContain('style="color: #b3261e"')
    expect(exported).toContain('style="background-color: #00ff00"')
    expect(read(html)).toEqual(content)
    expect(read(exported)).toEqual(content)
  })
})

describe('what is pasted', () => {
  test.each([
    ['Etherpad’s classes', '<span class="author-a-z1 color:red">a</span>', ['a red -']],
    ['names in styles', '<span style="color: Orange">a</span>', ['a orange -']],
    ['the pure colours are their names', '<span style="color:#f00">a</span>', ['a red -']],
    ['others', '<span style="color: rgb(18, 52, 86)">a</span>', ['a #123456 -']],
    ['names of HTML', '<font color="navy">a</font>', ['a #000080 -']],
    ['marks', '<mark>a</mark>', ['a - yellow']],
    ['grounds', '<span style="background-color:#ffff00">a</span>', ['a - yellow']],
    ['Word’s', '<span style="background:lime;mso-highlight:lime">a</span>', ['a - #00ff00']],
    ['a page’s own', '<span style="color:#222;background:#fff">a</span>', ['a - -']],
    ['what takes it off', '<b style="color:red">a<i style="color:black">b</i></b>', ['a red -', 'b - -']],
    ['grounds of blocks', '<div style="background:#ffff00">a</div>', ['a - -']],
    ['links', '<a href="https://a.example" style="color:red">a</a>', ['a - -']],
    ['Google’s links', '<a href="https://a.example"><span style="color:#1155cc">a</span></a>', ['a - -']],
    ['code', '<code style="color:#c7254e">a</code>', ['a - -']],
    ['what is hardly there', '<span style="background:rgba(255, 0, 0, 0.05)">a</span>', ['a - -']],
    ['harm', '<span style="color:url(x)" data-ink="red">a</span>', ['a - -']],
    ['a class without a colour', '<span class="ink" data-ink="red;x">a</span>', ['a - -']],
  ])('%s', (_what, html, wanted) => {
    expect(coloured(html)).toEqual(wanted)
  })
})
