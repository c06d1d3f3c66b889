import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { framesOf, originsOf } from '../../../server/plugins/frames.ts'
import { findBundled, readKnownNames } from '../../../server/plugins/find.ts'
import { blockOf } from '../../../server/plugins/wanted.ts'
import { ask, BROWSER } from '../../support/ask.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const FOLDER = 'plugins'
let web: Web
beforeAll(async () => {
  web = await startWeb(
    { ep_draw: { host: 'meet.darkstar.lan/whitepad' }, ep_whiteboard: { wboUrl: '${NOT_SET:undefined}' } },
    {
      plugins: {
        bundled: findBundled(FOLDER, '1.0.0', (message) => expect(message).toBe('')),
        known: readKnownNames(FOLDER),
      },
    },
  )
}, 30_000)
afterAll(() => web.close())

test('Plugins: pages may frame the origins plugins name, and nothing else gets into the policy', () => {
  expect(
    originsOf([
      [
        'https://wbo.example/boards/',
        'https://wbo.example/x',
        'http://[::1]:9000/',
        './',
        '/whitepad',
        '//evil.example',
      ],
      [
        "https://a.example;script-src 'unsafe-inline'",
        'javascript:alert(1)',
        'data:text/html,x',
        7,
        null,
        'https://*',
      ],
    ]),
  ).toEqual(['https://wbo.example', 'http://[::1]:9000', "'self'"])
  const errors: unknown[] = []
  expect(
    framesOf(
      () => {
        throw new Error('no')
      },
      (error) => errors.push(error),
    ),
  ).toEqual([])
  expect(errors).toHaveLength(1)
})

test('Plugins: a block under its older key counts where the newer one says nothing', () => {
  const found = { block: 'ep_new', oldBlocks: ['ep_old'] }
  expect(blockOf(found, { ep_old: { host: 'x' } })).toBe('ep_old')
  expect(blockOf(found, { ep_old: { host: 'x' }, ep_new: { host: 'y' } })).toBe('ep_new')
  expect(blockOf(found, { ep_old: { host: null } })).toBe('ep_new')
})

test('Plugins: with ep_draw’s old block a pad’s page may frame that host, and its board’s page may not', async () => {
  const policy = async (path: string) =>
    String((await ask(web.port, path, { headers: BROWSER })).headers['content-security-policy'])
  expect(await policy('/p/notes')).toMatch(/frame-src [^;]*https:\/\/meet\.darkstar\.lan/)
  expect(await policy('/p/notes/board')).not.toContain('frame-src')
})
