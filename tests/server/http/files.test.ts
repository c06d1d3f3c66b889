import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { ask, BROWSER } from '../../support/ask.ts'
import { startWeb, writeBuild } from '../../support/web.ts'
import type { Web } from '../../support/web.ts'

let web: Web
beforeAll(async () => {
  web = await startWeb({ title: 'Pads & more', favicon: 'own.svg', publicURL: 'https://example.org/pad' })
  writeFileSync(join(web.folder, 'own.svg'), '<svg/>')
})
afterAll(() => web.close())

const get = (path: string, headers: Record<string, string> = {}) => ask(web.port, path, { headers })

test('Files: a compressed copy is sent to browsers that take it, the file itself to others', async () => {
  const small = await get('/assets/pad-1a.js', { 'accept-encoding': 'br' })
  expect([small.headers['content-encoding'], small.text]).toEqual(['br', 'export {}'])
  const plain = await get('/assets/pad-1a.js')
  expect([plain.headers['content-encoding'], plain.text]).toEqual([undefined, 'export {}'])
})

test('Files: robots stay out of pads', async () => {
  expect((await get('/robots.txt')).text).toBe('User-agent: *\nDisallow: /p/\n')
})

test('Files: the web manifest is relative to itself', async () => {
  const manifest = JSON.parse((await get('/manifest.json')).text) as Record<string, unknown>
  expect(manifest).toMatchObject({ name: 'Pads & more', start_url: './', scope: './' })
})

test('Files: an own favicon is a file or an address', async () => {
  expect((await get('/favicon.ico')).text).toBe('<svg/>')
  const far = await startWeb({ favicon: 'https://example.org/icon.png' })
  const { status, headers } = await ask(far.port, '/favicon.ico')
  await far.close()
  expect([status, headers.location]).toEqual([302, 'https://example.org/icon.png'])
})

test('Files: a missing favicon file is a 404 without its path', async () => {
  renameSync(join(web.folder, 'own.svg'), join(web.folder, 'gone.svg'))
  const { status, text } = await get('/favicon.ico', BROWSER)
  expect(status).toBe(404)
  expect(text).not.toContain(web.folder)
})

test('Files: a new build is served without a restart', async () => {
  const bare = await startWeb({}, { built: false })
  const before = await ask(bare.port, '/p/x', { headers: BROWSER })
  writeBuild(join(bare.folder, 'client'))
  const after = await ask(bare.port, '/p/x', { headers: BROWSER })
  const script = await ask(bare.port, '/assets/pad-1a.js')
  await bare.close()
  expect([before.status, after.status, script.status]).toEqual([500, 200, 200])
})
