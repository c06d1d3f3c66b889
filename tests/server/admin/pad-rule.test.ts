/** Who may open a pad, in the administrator's list (SPEC-admin A23). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { CLOSED_RULE, OPEN_RULE } from '../../../shared/rule.ts'
import type { RuleView } from '../../../shared/rule.ts'
import { ask } from '../../support/ask.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const PASSWORD = 'an admin password'
let web: Web

beforeAll(async () => {
  web = await startWeb({ users: { admin: { password: PASSWORD, is_admin: true } } })
  await web.write('notes', 'Hello\n')
})
afterAll(() => web?.close())

const admin = async (path: string, body?: unknown): Promise<{ status: number; view: RuleView }> => {
  const answer = await fetch(`http://127.0.0.1:${web.port}/admin/api/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: {
      Authorization: `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`,
      'X-Inkpad-Admin': '1',
      Accept: 'application/json',
      'Content-Type': 'application/json',
    },
  })
  return { status: answer.status, view: (await answer.json()) as RuleView }
}

test('A23: the rule of each pad is shown and set, and that is recorded under the name of who did it', async () => {
  expect((await admin('pads/rule?pad=notes')).view).toMatchObject({
    own: false,
    owner: null,
    rule: OPEN_RULE,
  })
  const set = await admin('pads/rule', {
    pad: 'notes',
    rule: { ...OPEN_RULE, everybody: 'none', readLink: false },
  })
  expect(set.view).toMatchObject({ own: true, rule: CLOSED_RULE })
  expect((await ask(web.port, '/p/notes/export/txt')).status).toBe(403)
  const rows = await web.audit.page({ kinds: ['permission'], search: '', since: 0, before: 0, limit: 5 })
  expect(rows).toMatchObject([{ who: 'admin', target: 'notes' }])
})

test('A23: no password is made here, and nothing is set for a pad that is not there', async () => {
  const wished = await admin('pads/rule', { pad: 'notes', rule: { ...CLOSED_RULE, password: 'read' } })
  expect(wished.status).toBe(400)
  expect((await admin('pads/rule', { pad: 'notes', rule: 'open' })).status).toBe(400)
  expect((await admin('pads/rule?pad=missing')).status).toBe(404)
  expect((await admin('pads/rule', { pad: 'missing', rule: OPEN_RULE })).status).toBe(404)
})
