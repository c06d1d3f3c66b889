/** What settings change in pages (issue: "Settings, complete"). */
import { afterEach, describe, expect, test } from '@jest/globals'
import { readPageSettings } from '../../../shared/page-settings.ts'
import { ask, BROWSER } from '../../support/ask.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web | null = null
afterEach(async () => {
  await web?.close()
  web = null
})

async function page(settings: Record<string, unknown>, path: string): Promise<string> {
  web = await startWeb(settings)
  return (await ask(web.port, path, { headers: BROWSER })).text
}

function settingsIn(html: string): unknown {
  const json = /<script type="application\/json" id="boot">\n([\s\S]*?)\n<\/script>/.exec(html)?.[1]
  return (JSON.parse(json ?? 'null') as Record<string, unknown>).settings
}

describe('boot data', () => {
  test.each(['/', '/p/x'])(
    'Settings: %s carries keys that are off, tools, privacy, words and rights',
    async (path) => {
      const html = await page(
        {
          padShortcutEnabled: { cmdB: false, altF9: false },
          toolbar: { left: [['bold']], right: [['settings', 'embed']] },
          privacyBanner: {
            enabled: true,
            title: 'T</script>',
            body: 'B',
            learnMoreUrl: 'https://x.example/',
          },
          customLocaleStrings: { de: { 'home.open': 'Los' } },
          showRecentPads: false,
          enablePadWideSettings: false,
          enablePluginPadOptions: false,
          allowPadDeletionByAllUsers: true,
        },
        path,
      )
      const settings = settingsIn(html)
      expect(settings).toEqual({
        keysOff: ['altF9', 'cmdB'],
        toolbar: { left: [['bold']], right: [['settings', 'embed']] },
        privacy: { title: 'T</script>', body: 'B', learnMore: 'https://x.example/', closable: true },
        words: { de: { 'home.open': 'Los' } },
        recentPads: false,
        padWide: false,
        padPlugins: false,
        deletableByAll: true,
      })
      expect(readPageSettings(settings)).toEqual(settings)
      expect(html).not.toContain('T</script>')
    },
  )

  test('A4: an address for privacy that is no address stops the start', async () => {
    const wrong = { privacyBanner: { learnMoreUrl: 'javascript:alert(1)' } }
    await expect(startWeb(wrong)).rejects.toThrow(
      'privacyBanner.learnMoreUrl is "javascript:alert(1)"; allowed is',
    )
  })
})

describe('look', () => {
  const root = (html: string) => /<html[^>]*>/.exec(html)?.[0]

  test.each<[Record<string, unknown>, string]>([
    [{}, ''],
    [{ skinVariants: 'super-light-toolbar light-editor' }, ''],
    [{ skinVariants: 'dark-toolbar super-dark-editor' }, ' data-theme="dark" data-theme-standard="dark"'],
    [{ enableDarkMode: false }, ' data-theme="light" data-theme-standard="light" data-theme-fixed'],
    [
      { enableDarkMode: false, skinVariants: 'dark-editor' },
      ' data-theme="light" data-theme-standard="light" data-theme-fixed',
    ],
    [{ skinVariants: 'full-width-editor' }, ' data-wide'],
  ])('Settings: %j', async (settings, marks) => {
    expect(root(await page(settings, '/p/x'))).toBe(`<html lang="en" dir="ltr"${marks}>`)
    const port = web?.port ?? 0
    for (const path of ['/', '/nothing'])
      expect(root((await ask(port, path, { headers: BROWSER })).text)).toBe(
        `<html lang="en" dir="ltr"${marks}>`,
      )
  })
})

describe('publicURL and socialMeta', () => {
  test('P4: without them no page says a word to messengers', async () => {
    expect(await page({}, '/p/x')).not.toMatch(/og:|twitter:|name="description"/)
  })

  test('Settings: with them every page names itself; text is escaped', async () => {
    const html = await page(
      {
        title: 'Our "pads"',
        publicURL: 'https://meet.example.org/pad',
        socialMeta: { description: 'a <b> & c' },
      },
      '/p/a.b~c',
    )
    expect(html).toContain('<meta property="og:title" content="a.b~c · Our &#34;pads&#34;">')
    expect(html).toContain('<meta property="og:description" content="a &#60;b&#62; &#38; c">')
    expect(html).toContain(
      '<meta property="og:url" content="https:&#47;&#47;meet.example.org&#47;pad&#47;p&#47;a.b~c">',
    )
  })

  test('P4: a proxy that mends addresses of our host in HTML finds none', async () => {
    const html = await page({ publicURL: 'https://meet.example.org/pad' }, '/p/x')
    expect(html).not.toContain('meet.example.org/')
  })

  test('Settings: a description alone names no address', async () => {
    const html = await page({ socialMeta: { description: 'Write together' } }, '/')
    expect(html).toContain('<meta name="description" content="Write together">')
    expect(html).not.toContain('og:url')
  })
})
