/** What people do with their own account beside password and second factor: another name, and its end (SPEC-access AC35, AC36). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { hashToken } from '../../../server/access/tokens.ts'
import { codeOf, stepAt } from '../../../server/accounts/totp.ts'
import { Close } from '../../../shared/protocol.ts'
import { jarBrowser } from '../../support/cookie-jar.ts'
import type { JarBrowser } from '../../support/cookie-jar.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

const PASSWORD = 'blue kettle on fire'
let web: Web
beforeAll(async () => {
  web = await startWeb({ accounts: { enabled: true, signUp: true } })
})
afterAll(() => web?.close())

async function signUp(name: string): Promise<JarBrowser> {
  const who = jarBrowser(web.port)
  expect((await who.post('/account/new', { name, new: PASSWORD, again: PASSWORD })).status).toBe(303)
  return who
}
const signIn = (name: string) =>
  jarBrowser(web.port).post('/login/inkpad/accounts', { name, password: PASSWORD })
async function accountOf({ jar }: JarBrowser) {
  const session = await web.store.session(hashToken(jar.get('login') ?? ''))
  return session === null ? null : web.store.account(session.account)
}
const open = ({ jar }: JarBrowser, pad: string): RawClient =>
  new RawClient(`ws://127.0.0.1:${web.port}/sync/p/${pad}`, {
    hello: {},
    headers: {
      cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; '),
      origin: `http://127.0.0.1:${web.port}`,
    },
  })
const happened = async (name: string) =>
  (await web.audit.page({ kinds: ['account'], search: name, since: 0, before: 0, limit: 50 })).map(
    ({ facts }) => facts,
  )

test('AC35: the name that others see is changed on the account’s page, at once in open pads, and stays through the next sign-in', async () => {
  const ada = await signUp('Ada')
  const client = await open(ada, 'of-ada').untilSynced()
  expect(client.welcome?.me.name).toBe('Ada')
  const watcher = await open(await signUp('Watcher'), 'of-ada').untilSynced()
  expect((await ada.get('/account')).text).toMatch(/name="name"[^>]*value="Ada"/)
  const named = await ada.post('/account/name', { name: '  Countess\u00a0 Lovelace ' })
  expect([named.status, named.text]).toEqual([200, expect.stringContaining('Others see this name now')])
  const author = client.welcome?.me.author ?? ''
  const isTold = (one: RawClient): boolean =>
    one.seen.some(({ bytes }) => Buffer.from(bytes).toString('utf8').includes('Countess Lovelace'))
  await watcher.until(() => isTold(watcher), 'the other to be told')
  await Promise.all([client.close(), watcher.close()])
  expect((await web.store.authors([author]))[0]?.name).toBe('Countess Lovelace')
  // One signs in with the account's own name, and nobody undoes what was chosen.
  expect((await signIn('Countess Lovelace')).status).toBe(401)
  expect((await signIn('ada')).status).toBe(303)
  expect((await web.store.authors([author]))[0]?.name).toBe('Countess Lovelace')
  expect((await ada.post('/account/name', { name: 'x'.repeat(51) })).status).toBe(400)
  expect((await ada.post('/account/name', { name: 'a\u200bb' })).status).toBe(400)
  expect((await ada.post('/account/name', { name: '<b>' })).text).toContain('value="&#60;b&#62;"')
  // Without one it is the account's again.
  await ada.post('/account/name', { name: ' ' })
  expect((await web.store.authors([author]))[0]?.name).toBe('Ada')
  expect(await happened('Ada')).toContainEqual(expect.stringContaining('name shown'))
})

test('AC36: who deletes their account proves it, is out everywhere, and what they wrote and owned stays; the name is free for another author', async () => {
  const [ben, other] = [await signUp('Ben'), jarBrowser(web.port)]
  await other.post('/login/inkpad/accounts', { name: 'Ben', password: PASSWORD })
  const client = await open(ben, 'of-ben').untilSynced()
  client.type('written by ben ')
  await client.untilSaved()
  const { id, author } = (await accountOf(ben)) ?? { id: '', author: '' }
  await client.until(
    () => client.seen.some(({ bytes }) => Buffer.from(bytes).toString().includes('"level":"own"')),
    'ben to own it',
  )

  const asked = await ben.get('/account/delete')
  expect(asked.text).toContain('You own one pad.')
  expect((await ben.post('/account/delete', { current: 'not his at all' })).status).toBe(401)
  expect(
    (await ben.post('/account/delete', { current: PASSWORD }, { origin: 'https://evil.example' })).status,
  ).toBe(403)
  expect((await signIn('Ben')).status).toBe(303)

  const done = await ben.post('/account/delete', { current: PASSWORD })
  expect([done.status, done.text]).toEqual([200, expect.stringContaining('Your account is deleted')])
  expect(await client.untilClosed()).toBe(Close.restart)
  expect(ben.jar.get('login') ?? '').toBe('')
  for (const who of [ben, other]) expect((await who.get('/account')).headers.location).toBe('login')
  expect([await web.store.account(id), (await signIn('Ben')).status]).toEqual([null, 401])
  expect((await ben.get('/p/of-ben/export/txt')).text).toContain('written by ben')
  expect(await web.store.padValues('p/of-ben')).toContainEqual(
    expect.objectContaining({ name: 'owner', value: author }),
  )
  expect((await web.store.authors([author]))[0]?.name).toBe('Ben')
  expect(await happened('Ben')).toContainEqual(expect.stringContaining('deleted by themselves'))
  // Somebody else with the name is somebody else, and owns nothing of his.
  const next = await signUp('Ben')
  expect((await accountOf(next))?.author).not.toBe(author)
  expect((await next.get('/account/delete')).text).toContain('You own no pads.')
})

test('AC36: with a second factor a code is asked too; on wish the name goes from what was written', async () => {
  const cleo = await signUp('Cleo')
  const author = (await accountOf(cleo))?.author ?? ''
  const begun = await cleo.post('/account/factor', { current: PASSWORD })
  const secret = /class="key">([A-Z2-7 ]{39})</.exec(begun.text)?.[1]?.replaceAll(' ', '') ?? ''
  const step = /name="step" value="([^"]*)"/.exec(begun.text)?.[1] ?? ''
  const now = stepAt(Date.now())
  await cleo.post('/account/factor/confirm', { step, code: codeOf(secret, now) })
  const fields = { current: PASSWORD, nameless: '1' }
  expect((await cleo.post('/account/delete', fields)).status).toBe(401)
  expect((await cleo.post('/account/delete', { ...fields, code: '000000' })).status).toBe(401)
  expect((await cleo.post('/account/delete', { ...fields, code: codeOf(secret, now + 1) })).status).toBe(200)
  expect(await web.store.authors([author])).toEqual([])
})

test('AC33, AC36: an administrator by account does not delete themselves here either', async () => {
  const dan = await signUp('Dan')
  const user = await web.store.userNamed('dan')
  expect(
    user === null ? false : await web.store.changeUser({ ...user, admin: true, version: user.version + 1 }),
  ).toBe(true)
  expect((await dan.get('/account')).text).not.toContain('account/delete')
  const answer = await dan.post('/account/delete', { current: PASSWORD })
  expect([answer.status, answer.text]).toEqual([403, expect.stringContaining('another administrator')])
  expect((await signIn('Dan')).status).toBe(303)
})
