/** Pictures come in with files, lie beside the pad, and go out with files again (SPEC-formats F17, F80). */
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { findBundled } from '../../server/plugins/find.ts'
import { exif, jpegFile, jpegSegment } from '../../tests/support/picture-files.ts'
import { startWeb } from '../../tests/support/web.ts'
import type { Web } from '../../tests/support/web.ts'

let web: Web

beforeAll(async () => {
  const bundled = findBundled(path.resolve('plugins'), '1.0.0', (line) => {
    throw new RangeError(line)
  })
  web = await startWeb(
    {},
    { plugins: { bundled: bundled.filter(({ facts }) => facts.name === 'ep_images') } },
  )
}, 60_000)
afterAll(() => web.close())

test('F17, F80: a picture of a page comes into the pad without its place, and goes out with the text', async () => {
  const origin = `http://127.0.0.1:${web.port}`
  const page = await fetch(`${origin}/p/files`, { headers: { Accept: 'text/html' } })
  const cookie = page.headers.get('Set-Cookie')?.split(';')[0] ?? ''
  const laden = jpegFile([jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(1)]))])
  const form = new FormData()
  const address = `data:image/jpeg;base64,${laden.toString('base64')}`
  form.append(
    'file',
    new Blob([`<!doctype html><p>Seen: <img alt="An oak" src="${address}"></p>`]),
    'page.html',
  )
  const answer = await fetch(`${origin}/p/files/import`, {
    method: 'POST',
    headers: { Cookie: cookie, Origin: origin },
    body: form,
  })
  expect(await answer.json()).toMatchObject({ code: 0, data: { left: { pictures: 0 } } })
  const text = await web.sync.withDocument('p/files', (doc) => JSON.stringify(doc.getText('text').toDelta()))
  const key = /"key":"([\w-]{43})"/.exec(text ?? '')?.[1] ?? ''
  expect(text).toContain('"alt":"An oak"')
  const kept = await fetch(`${origin}/p/files/pictures/${key}`, { headers: { Cookie: cookie } })
  const bytes = Buffer.from(await kept.arrayBuffer())
  expect([kept.status, bytes.includes('GPS'), Buffer.compare(bytes, jpegFile())]).toEqual([200, false, 0])
  const file = await fetch(`${origin}/p/files/export/html`, { headers: { Cookie: cookie } })
  expect(await file.text()).toContain(`src="data:image/jpeg;base64,${bytes.toString('base64')}"`)
}, 60_000)
