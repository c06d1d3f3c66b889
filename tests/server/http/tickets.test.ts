import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createPeople } from '../../../server/access/people.ts'
import { silent } from '../../../server/log.ts'
import { ask } from '../../support/ask.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web
beforeAll(async () => {
  web = await startWeb({ publicURL: 'https://pads.example.org/pad', trustProxy: true })
})
afterAll(() => web.close())

const post = (headers: Record<string, string>) => ask(web.port, '/ticket', { method: 'POST', headers })
const own = () => `http://127.0.0.1:${web.port}`

test('Tickets: our page gets a token that proves a guest', async () => {
  const { status, text, headers } = await post({ origin: own() })
  expect(status).toBe(200)
  expect(headers['set-cookie']).toBeUndefined()
  const { ticket } = JSON.parse(text) as { ticket: string }
  const people = createPeople({ store: web.store, log: silent, cookiePrefix: '', colour: null })
  expect(await people.identify({ ticket })).toMatchObject({ name: '' })
})

test.each([
  ['https://evil.example', undefined],
  ['null', undefined],
  ['https://pads.example.org.evil', undefined],
  ['http://127.0.0.1:1', undefined],
  ['https://evil.example', 'cross-site'],
])('Attack B1: origin %s (%s) gets none', async (origin, site) => {
  const { status, text } = await post({
    origin,
    accept: 'application/json',
    ...(site ? { 'sec-fetch-site': site } : {}),
  })
  expect(status).toBe(403)
  expect(JSON.parse(text)).toEqual({
    error: 'forbidden',
    message: 'Tickets are only given to our own pages.',
  })
})

test('P7: behind a proxy that forgets the host, our page is known by publicURL or by Sec-Fetch-Site', async () => {
  const host = 'upstream:9001'
  expect((await post({ host, origin: 'https://pads.example.org' })).status).toBe(200)
  expect(
    (await post({ host, origin: 'https://elsewhere.example', 'sec-fetch-site': 'same-origin' })).status,
  ).toBe(200)
})

test('E1, E2: one public address gets 120 at once, then 429 with Retry-After; others go on', async () => {
  const from = (address: string) => post({ origin: own(), 'x-forwarded-for': address })
  // One more is given each second, also while these are answered.
  const begun = Date.now()
  const answers = await Promise.all(Array.from({ length: 200 }, () => from('203.0.113.9')))
  const given = answers.filter(({ status }) => status === 200).length
  const refused = answers.filter(({ status }) => status === 429)
  expect(given + refused.length).toBe(200)
  expect(given).toBeGreaterThanOrEqual(120)
  expect(given).toBeLessThanOrEqual(121 + (Date.now() - begun) / 1000)
  expect(refused[0]?.headers['retry-after']).toBe('5')
  expect((await from('203.0.113.10')).status).toBe(200)
})
