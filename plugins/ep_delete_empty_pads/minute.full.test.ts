/** The plugin's own round, once a minute, in the built server. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ADMIN_HEADER } from '../../shared/admin.ts'
import { type InkpadProcess, startInkpad } from '../../tests/support/inkpad.ts'
import { RawClient } from '../../tests/support/raw-client.ts'

const WORD = 'of the administrator'

let inkpad: InkpadProcess
let cookie = ''

beforeAll(async () => {
  inkpad = await startInkpad({
    ADMIN_PASSWORD: WORD,
    ETHERPAD_PLUGINS: 'ep_delete_empty_pads',
    // A second or so.
    EP__ep_delete_empty_pads__afterMinutes: '0.02',
  })
  const { headers } = await fetch(`${inkpad.url}admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [ADMIN_HEADER]: '1' },
    body: JSON.stringify({ name: 'admin', password: WORD }),
  })
  cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}, 60_000)
afterAll(async () => {
  await inkpad?.remove()
}, 60_000)

async function visit(pad: string): Promise<RawClient> {
  const { ticket } = (await (await fetch(`${inkpad.url}ticket`, { method: 'POST' })).json()) as {
    ticket: string
  }
  const url = `${inkpad.url.replace('http', 'ws')}sync/p/${pad}`
  return new RawClient(url, { hello: { ticket } }).untilSynced()
}

async function pads(): Promise<string[]> {
  const answer = await fetch(`${inkpad.url}admin/api/pads`, { headers: { cookie } })
  return ((await answer.json()) as { pads: { name: string }[] }).pads.map(({ name }) => name)
}

test('a pad nobody wrote in goes by itself; those with a text or a person stay', async () => {
  const here = await visit('visited')
  const writer = await visit('written')
  writer.doc.getText('text').insert(0, 'words')
  await writer.untilSaved()
  const visitor = await visit('empty')
  await Promise.all([writer.close(), visitor.close()])
  expect(await pads()).toContain('empty')
  const end = Date.now() + 150_000
  while ((await pads()).includes('empty')) {
    if (Date.now() > end) throw new Error('the empty pad is still there')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  expect(await pads()).toEqual(expect.arrayContaining(['visited', 'written']))
  await here.close()
}, 180_000)
