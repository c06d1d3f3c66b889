import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { findBundled, readKnownNames } from '../../server/plugins/find.ts'
import { ask, BROWSER } from '../../tests/support/ask.ts'
import { startWeb } from '../../tests/support/web.ts'
import type { Web } from '../../tests/support/web.ts'

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
}, 60_000)
afterAll(() => web.close())

test('Plugins: with ep_draw’s old block a pad’s page may frame that host, and its board’s page may not', async () => {
  const policy = async (path: string) =>
    String((await ask(web.port, path, { headers: BROWSER })).headers['content-security-policy'])
  expect(await policy('/p/notes')).toMatch(/frame-src [^;]*https:\/\/meet\.darkstar\.lan/)
  expect(await policy('/p/notes/board')).not.toContain('frame-src')
})
