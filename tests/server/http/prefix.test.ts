import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { withoutPrefix } from '../../../server/http/prefix.ts'
import { ask, BROWSER } from '../../support/ask.ts'
import { startWeb } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web
beforeAll(async () => {
  web = await startWeb({ basePath: '/a/pad' })
})
afterAll(() => web.close())

const get = (path: string) => ask(web.port, path, { headers: BROWSER })

test.each([
  ['/a/pad/p/x', '/p/x'],
  ['/a/pad/', '/'],
  ['/a/pad', null],
  ['/a/pad?x', null],
  ['/a/padding', '/a/padding'],
  ['/p/x', '/p/x'],
])('P-rule 4: %s behind /a/pad is %s', (url, rest) => {
  expect(withoutPrefix(url, '/a/pad')).toBe(rest)
})

test('P-rule 4: pages and redirects work below an unstripped prefix, and /health without it', async () => {
  expect((await get('/a/pad/p/x')).status).toBe(200)
  expect((await get('/a/pad/')).status).toBe(200)
  expect((await get('/health')).status).toBe(200)
  const redirect = await get('/a/pad/p/a%20b?q')
  expect([redirect.status, redirect.headers.location]).toEqual([302, 'a_b?q'])
})

test('P3: the bare prefix leads to its slash, relatively', async () => {
  const bare = await get('/a/pad?q=1')
  expect([bare.status, bare.headers.location]).toEqual([302, 'pad/?q=1'])
  expect(web.lines.filter((line) => line.includes('"level":"error"'))).toEqual([])
  expect(new URL('pad/?q=1', 'https://x/a/pad?q=1').href).toBe('https://x/a/pad/?q=1')
})

test('P-rule 1: error pages find their style from any depth', async () => {
  expect((await get('/a/pad/x/y/z')).text).toContain('href="../../plain.css"')
})

test('P-rule 4: both carriers work below an unstripped prefix', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${web.port}/a/pad/sync/p/x`)
  const first = await new Promise<unknown>((done, fail) => {
    socket
      .once('message', done)
      .once('error', fail)
      .once('close', (code) => fail(new Error(`closed ${code}`)))
  })
  socket.close()
  expect(first).toBeInstanceOf(Buffer)
  const polling = await get('/a/pad/socket.io/?EIO=4&transport=polling')
  expect([polling.status, polling.text.slice(0, 8)]).toEqual([200, '0{"sid":'])
})
