/** The small page in place of a pad in frames that may not show one (SPEC-embedding); in browsers: tests/browser/frames.test.ts. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ask, BROWSER } from '../../support/ask.ts'
import type { Answer } from '../../support/ask.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web
beforeAll(async () => {
  web = await startWeb({
    embedding: { frameAncestors: 'https://meet.example.org' },
    skinVariants: 'dark-editor',
  })
  await web.write('secret_plan', 'Only for those who may\n')
})
afterAll(() => web.close())

const framed = (path: string, more: Record<string, string> = {}): Promise<Answer> =>
  ask(web.port, path, {
    headers: {
      ...BROWSER,
      'sec-fetch-dest': 'iframe',
      'sec-fetch-site': 'cross-site',
      referer: 'https://moodle.example/course',
      ...more,
    },
  })

test.each([
  '/',
  '/p/secret_plan',
  '/p/secret_plan/board',
  '/p/nobody_made_it',
  '/auth_session?sessionID=s.0123456789abcdef&padName=secret_plan',
])(
  'EM2, EM6, B6: %s in a frame of a site that is not listed: nothing of the pad, no cookie, for any frame',
  async (path) => {
    const { status, headers, text } = await framed(path, { cookie: 'language=en' })
    expect(status).toBe(403)
    expect(headers['set-cookie']).toBeUndefined()
    expect(text).not.toMatch(/Only for those|id="boot"|early\.js|assets\//)
    expect(text).toContain('FRAME_ANCESTORS=&#34;https://meet.example.org https://moodle.example&#34;')
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors *",
      'cross-origin-resource-policy': 'cross-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'permissions-policy': expect.stringContaining('camera=()'),
    })
    expect(headers['x-frame-options']).toBeUndefined()
    expect([...text.matchAll(/<script[^>]*>(.*?)<\/script>/g)].map(([, inside]) => inside)).toEqual([''])
    expect(text).not.toMatch(/ style=| on\w+=/)
  },
)

test('EM4, EM5: it goes on to the address with its query and the mark; with the mark and for those who are listed the page comes', async () => {
  const path = '/p/secret_plan?showControls=true&userName=Ada+Lovelace&x=%22%3E'
  const { text } = await framed(path)
  expect(text).toContain(
    'data-on="./secret_plan?showControls=true&#38;userName=Ada+Lovelace&#38;x=%22%3E&#38;inFrame=1"',
  )
  expect(text).toContain('data-probe="../framed"')
  expect(text).toContain('href="./secret_plan?showControls=true&#38;userName=Ada+Lovelace&#38;x=%22%3E"')
  expect(text).toContain('target="_blank" rel="noopener"')
  expect((await framed('/p/secret_plan/board')).text).toContain('data-on="./board?inFrame=1"')
  expect((await framed('/')).text).toContain('data-on="./?inFrame=1"')
  for (const answer of [
    await framed(`${path}&inFrame=1`),
    await framed(path, { referer: 'https://meet.example.org/' }),
    await framed(path, { 'sec-fetch-site': 'same-origin' }),
  ]) {
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('Only for those')
    // Whatever the request says, the browser has the last word.
    expect(answer.headers['content-security-policy']).toMatch(
      /frame-ancestors 'self' https:\/\/meet\.example\.org$/,
    )
  }
})

test('EM6: what a request says of itself is text in the page, never more', async () => {
  const { status, text } = await framed(`/p/x"><img?a="'<b>`, {
    referer: 'https://evil.example"><script>alert(1)</script>/',
  })
  expect(status).toBe(403)
  expect(text.match(/<script/g)).toHaveLength(1)
  expect(text.match(/<img/g)).toHaveLength(1)
  expect(text).not.toContain('<b>')
  expect(text).toContain('FRAME_ANCESTORS=&#34;https://meet.example.org https://…&#34;')
})

test('EM6: it speaks the person’s language and has the installation’s look', async () => {
  const german = await framed('/p/secret_plan', { 'accept-language': 'de' })
  expect(german.text).toContain('<html lang="de" dir="ltr" data-theme="dark"')
  expect(german.text).toContain('Diese Seite kann hier nicht gezeigt werden')
})

test('EM9: `save` leads to a file of a pad or of its board, in a tab of its own, and to nothing else', async () => {
  const save = (file: string): Promise<Answer> =>
    ask(web.port, `/save?${new URLSearchParams({ file }).toString()}`, { headers: BROWSER })
  for (const file of [
    'p/secret_plan/export/md',
    'p/g.0123456789abcdef%24a/board/export/png?scale=2&frame=x',
  ]) {
    const { status, text, headers } = await save(file)
    expect([file, status]).toEqual([file, 200])
    expect(text).toContain(`<a data-file href="${file.replaceAll('&', '&#38;')}">`)
    expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'$/)
  }
  for (const file of [
    '',
    'https://evil.example/p/x/export/md',
    '//evil.example/p/x/export/md',
    'javascript:alert(1)',
    'p/../admin/export/md',
    'p/x/export/md#a',
    'p/x/export/md"onclick=',
    'p/x/export/../md',
    'p/x',
    'admin/',
  ])
    expect([file, (await save(file)).status]).toEqual([file, 404])
})
