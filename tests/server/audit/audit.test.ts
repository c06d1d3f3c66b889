/** What is recorded (docs/SPEC-access.md AU1 to AU6). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createAddressLog } from '../../../server/address-log.ts'
import { createAudit } from '../../../server/audit/audit.ts'
import { silent } from '../../../server/log.ts'
import type { AuditEntry, AuditRow, AuditStore } from '../../../server/store/audit-store.ts'
import { jarBrowser } from '../../support/cookie-jar.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const ALL = { kinds: [], search: '', since: 0, before: 0, limit: 1000 }
const PASSWORD = 'right horse battery'

/** A store that takes entries when it is told to. */
function memory(): AuditStore & { rows: AuditEntry[]; down: boolean } {
  const rows: AuditEntry[] = []
  const self = {
    rows,
    down: false,
    async addAudit(entries: readonly AuditEntry[]) {
      if (self.down) throw new Error('down')
      rows.push(...entries)
    },
    auditPage: async (): Promise<AuditRow[]> => rows.map((row, number) => ({ ...row, number })).reverse(),
    trimAudit: async () => 0,
  }
  return self
}

const auditOver = (store: AuditStore) =>
  createAudit({
    store,
    log: silent,
    addressLog: createAddressLog({ ipLogging: 'full', trustProxy: false }),
    days: 180,
    entries: 1000,
  })

test('AU1: nobody waits for the record; what could not be kept is kept later, in its order', async () => {
  const store = memory()
  store.down = true
  const audit = auditOver(store)
  audit.record({ kind: 'login', who: 'Ada' })
  audit.record({ kind: 'logout', who: 'Ada' })
  await audit.page(ALL)
  expect(store.rows).toEqual([])
  store.down = false
  expect((await audit.page(ALL)).map(({ kind }) => kind)).toEqual(['logout', 'login'])
  store.down = true
  audit.record({ kind: 'delete' })
  await audit.page(ALL)
  store.down = false
  await audit.close()
  expect(store.rows.map(({ kind }) => kind)).toEqual(['login', 'logout', 'delete'])
})

test('AU1: while the database is away the youngest wait; older ones are given up for them', async () => {
  const store = memory()
  store.down = true
  const audit = auditOver(store)
  for (let at = 0; at < 6000; at++) audit.record({ kind: 'export', target: String(at) })
  store.down = false
  await audit.page(ALL)
  expect(store.rows).toHaveLength(5000)
  expect(store.rows.at(-1)?.target).toBe('5999')
})

test('AU3: what is too old or too much goes with the first that is written, and then every ten minutes', async () => {
  const store = memory()
  const trims: number[][] = []
  let time = 1_700_000_000_000
  const audit = createAudit({
    store: { ...store, trimAudit: async (before, most) => trims.push([before, most]) },
    log: silent,
    addressLog: () => ({}),
    days: 2,
    entries: 500,
    now: () => time,
  })
  for (const minutes of [0, 5, 6]) {
    time += minutes * 60_000
    audit.record({ kind: 'login' })
    await audit.page(ALL)
  }
  expect(trims).toEqual([
    [1_700_000_000_000 - 2 * 86_400_000, 500],
    [time - 2 * 86_400_000, 500],
  ])
})

test('AU4: names are cut and lose control characters, so that a line of the file stays a line', async () => {
  const store = memory()
  const audit = auditOver(store)
  audit.record({ kind: 'delete', target: `a\nb${'x'.repeat(500)}`, facts: { why: 'é\u0000\ud800' } })
  await audit.page(ALL)
  expect(store.rows[0]?.target).toHaveLength(190)
  expect(store.rows[0]?.target.startsWith('a b')).toBe(true)
  expect(store.rows[0]?.facts).toBe('{"why":"é  "}')
})

let web: Web
beforeAll(async () => {
  web = await startWeb({
    users: {
      admin: { password: PASSWORD, is_admin: true },
      carol: { password: 'carols own password' },
    },
    ipLogging: 'truncated',
  })
})
afterAll(() => web?.close())

const at = (path: string): string => `http://127.0.0.1:${web.port}/${path}`
const signIn = async (name: string, password: string) => {
  const browser = jarBrowser(web.port)
  await browser.post('/login/inkpad/users', { name, password })
  return browser
}
const cookieOf = ({ jar }: Awaited<ReturnType<typeof signIn>>) => ({
  Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
  Origin: at('').slice(0, -1),
})
const admin = (path: string, init: RequestInit = {}) =>
  fetch(at(`admin/${path}`), {
    ...init,
    headers: {
      Authorization: `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`,
      'X-Inkpad-Admin': '1',
      'Content-Type': 'application/json',
    },
  })

test('AU2, AU4, AU5: who signed in and out, from where, what went wrong; never what was typed', async () => {
  const carol = await signIn('carol', 'carols own password')
  await signIn('carol', 'wrong-secret-1')
  await signIn('my-password-by-mistake', 'wrong-secret-2')
  await carol.post('/logout', {})
  const rows = await web.audit.page(ALL)
  expect(rows.map(({ kind, who, target }) => [kind, who, target]).reverse()).toEqual([
    ['login', 'carol', ''],
    ['failed', '', 'carol'],
    ['failed', '', ''],
    ['logout', 'carol', ''],
  ])
  expect(rows[3]?.id).toMatch(/^a\.\w{16}$/)
  expect(rows[0]?.address).toBe('127.0.0.0')
  expect(JSON.stringify(rows)).not.toMatch(/wrong-secret|by-mistake|carols own/)
})

test('AU2: files out of a pad and into it, with who and which format; not those that were refused', async () => {
  await web.write('record', 'words')
  const before = (await web.audit.page(ALL))[0]?.number ?? 0
  const headers = cookieOf(await signIn('carol', 'carols own password'))
  await (await fetch(at('p/record/export/txt'), { headers })).text()
  await (await fetch(at('p/record/export/nothing'), { headers })).text()
  const form = new FormData()
  form.append('file', new Blob(['new words']), 'a.txt')
  await (await fetch(at('p/record/import'), { method: 'POST', body: form, headers })).text()
  // They are recorded once the answer is out.
  let rows: readonly AuditRow[] = []
  const look = async (): Promise<void> => {
    rows = (await web.audit.page(ALL)).filter(({ number, kind }) => number > before && kind !== 'login')
    if (rows.length < 2) await new Promise((resolve) => setImmediate(resolve)).then(look)
  }
  await look()
  expect(rows.map(({ kind, who, target, facts }) => [kind, who, target, facts])).toEqual([
    ['import', 'carol', 'record', '{}'],
    ['export', 'carol', 'record', '{"format":"txt"}'],
  ])
})

test('AU4: a file by a link that stands in for a pad is recorded under the pad, never under the link', async () => {
  await web.write('behind', 'words')
  const link = await web.store.readOnlyId('behind', () => `r.${'0123456789abcdef'.repeat(2)}`)
  const before = (await web.audit.page(ALL))[0]?.number ?? 0
  expect((await fetch(at(`p/${link}/export/txt`))).status).toBe(200)
  let rows: readonly AuditRow[] = []
  const look = async (): Promise<void> => {
    rows = (await web.audit.page(ALL)).filter(({ number }) => number > before)
    if (rows.length < 1) await new Promise((resolve) => setImmediate(resolve)).then(look)
  }
  await look()
  expect(rows.map(({ kind, target }) => [kind, target])).toEqual([['export', 'behind']])
})

test('AU2, AU4: what administrators do, without values; looking changes nothing and is not recorded', async () => {
  await web.write('rubbish', 'x')
  const before = (await web.audit.page(ALL))[0]?.number ?? 0
  await admin('api/overview')
  await admin('api/pads/delete', { method: 'POST', body: JSON.stringify({ pads: ['rubbish'] }) })
  await admin('api/notice', { method: 'POST', body: JSON.stringify({ text: 'a secret note' }) })
  await admin('api/pads/compact', { method: 'POST', body: JSON.stringify({ pad: 'is not there' }) })
  await fetch(at('admin/login'), {
    method: 'POST',
    headers: { 'X-Inkpad-Admin': '1', 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'admin', password: 'nope-nope' }),
  })
  const rows = (await web.audit.page(ALL)).filter(({ number }) => number > before)
  expect(rows.map(({ kind, who, target }) => [kind, who, target]).reverse()).toEqual([
    ['delete', 'admin', 'rubbish'],
    ['admin', 'admin', ''],
    ['failed', '', 'admin'],
  ])
  expect(JSON.stringify(rows)).not.toMatch(/secret note|nope-nope/)
})

test('AU6: it comes by kind and part of a name, page by page, and as one JSON object a line', async () => {
  type Answer = { lines: AuditRow[]; more: boolean }
  const ask = async (query: string) => (await (await admin(`api/audit?${query}`)).json()) as Answer
  const first = await ask('size=2')
  expect([first.lines.length, first.more]).toEqual([2, true])
  const next = await ask(`size=200&before=${first.lines[1]?.number ?? 0}`)
  expect(next.more).toBe(false)
  expect((await ask('kinds=export,import&search=RECORD')).lines.map(({ kind }) => kind)).toEqual([
    'import',
    'export',
  ])
  const file = await admin('api/audit.jsonl?kinds=export&search=carol')
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-[\d-]+\.jsonl"$/)
  const lines = (await file.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
  expect(lines).toEqual([expect.objectContaining({ kind: 'export', who: 'carol', facts: { format: 'txt' } })])
  expect((await admin('api/audit?kinds=DROP')).status).toBe(400)
  expect((await fetch(at('admin/api/audit'))).status).toBe(401)
  expect((await fetch(at('admin/api/audit.jsonl'))).status).toBe(401)
})
