/** Every kind of thing that is recorded is done once, as it happens, and stands in the administration (SPEC-access AU2, AU6). */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { AUDIT_KINDS } from '../../../shared/audit.ts'
import type { AuditKind, AuditLine } from '../../../shared/audit.ts'
import { OPEN_RULE } from '../../../shared/rule.ts'
import { eventsOf, tell } from '../../support/commons.ts'
import { jarBrowser } from '../../support/cookie-jar.ts'
import type { JarBrowser } from '../../support/cookie-jar.ts'
import { pluginStage } from '../../support/plugin-web.ts'
import type { PluginStage } from '../../support/plugin-web.ts'
import { RawClient } from '../../support/raw-client.ts'
import type { Web } from '../../support/web.ts'

const PASSWORD = 'right horse battery'
const ADA = 'blue kettle on fire'
let stage: PluginStage
let web: Web
let ada: JarBrowser

beforeAll(async () => {
  stage = pluginStage({ ep_one: { server: '' } })
  web = await stage.server({
    accounts: { enabled: true, signUp: true },
    users: { admin: { password: PASSWORD, is_admin: true } },
  })
  ada = jarBrowser(web.port)
})
afterAll(() => stage?.end())

async function admin(where: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`http://127.0.0.1:${web.port}/admin/api/${where}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`,
      'x-inkpad-admin': '1',
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect([where, answer.status]).toEqual([where, 200])
  return (await answer.json()) as Record<string, unknown>
}
const headers = (): Record<string, string> => ({
  cookie: [...ada.jar].map(([name, value]) => `${name}=${value}`).join('; '),
  origin: `http://127.0.0.1:${web.port}`,
})

/** What is done for each kind, and what then stands under "on what". */
const DONE: Readonly<Record<AuditKind, { target: string; act: () => Promise<unknown> }>> = {
  account: {
    target: 'Ada',
    act: () => ada.post('/account/new', { name: 'Ada', new: ADA, again: ADA }),
  },
  logout: { target: '', act: () => ada.post('/logout', {}) },
  failed: {
    target: 'Ada',
    act: () => ada.post('/login/inkpad/accounts', { name: 'Ada', password: 'not hers' }),
  },
  login: { target: '', act: () => ada.post('/login/inkpad/accounts', { name: 'Ada', password: ADA }) },
  role: {
    target: 'Ada',
    async act() {
      const { accounts } = await admin('accounts?search=Ada')
      const [{ id }] = accounts as [{ id: string }]
      await admin('accounts/rights', { id, admin: true })
      await ada.post('/login/inkpad/accounts', { name: 'Ada', password: ADA })
    },
  },
  permission: {
    target: 'hers',
    async act() {
      const client = await new RawClient(`ws://127.0.0.1:${web.port}/sync/p/hers`, {
        hello: {},
        headers: headers(),
      }).untilSynced()
      const owns = (): boolean => eventsOf(client, 'level').at(-1)?.level === 'own'
      await client.until(() => client.welcome?.level === 'own' || owns(), 'ada to own it')
      tell(client, { type: 'ruleSet', rule: OPEN_RULE, password: null, newLink: false })
      await client.until(() => eventsOf(client, 'rule').length > 0, 'the rule to be set')
      await client.close()
    },
  },
  export: { target: 'hers', act: () => ada.get('/p/hers/export/txt') },
  import: {
    target: 'hers',
    act() {
      const body = new FormData()
      body.append('file', new Blob(['more']), 'a.txt')
      return fetch(`http://127.0.0.1:${web.port}/p/hers/import?mode=append`, {
        method: 'POST',
        headers: headers(),
        body,
      })
    },
  },
  delete: { target: 'hers', act: () => admin('pads/delete', { pads: ['hers'] }) },
  admin: { target: '', act: () => admin('notice', { text: 'closed at six' }) },
  plugin: { target: 'ep_one', act: () => admin('plugins/disable', { name: 'ep_one' }) },
}

test('AU2, AU6: each kind of thing that happens is recorded, and shown by its kind with a word for it', async () => {
  expect(Object.keys(DONE).sort()).toEqual([...AUDIT_KINDS].sort())
  const words = JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../../client/admin/locales/en.json'), 'utf8'),
  ) as Record<string, string>
  for (const [kind, { target, act }] of Object.entries(DONE)) {
    await act()
    let lines: AuditLine[] = []
    // Files are recorded once their answer is out.
    const end = Date.now() + 15_000
    do lines = (await admin(`audit?kinds=${kind}&size=50`))['lines'] as AuditLine[]
    while (!lines.some((line) => line.target === target) && Date.now() < end)
    expect([kind, lines.map((line) => line.target)]).toEqual([kind, expect.arrayContaining([target])])
    expect(lines.every((line) => line.kind === kind)).toBe(true)
    expect(words[`audit.kind.${kind}`]).toMatch(/\w/)
  }
})
