/** ST60: facts of pads follow their texts. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { silent } from '../../../server/log.ts'
import { keepFacts } from '../../../server/pads/facts.ts'
import type { FactKeeper } from '../../../server/pads/facts.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'
import { until } from '../../support/wait.ts'

let server: TestServer
let facts: FactKeeper

beforeAll(async () => {
  server = await startServer()
  facts = keepFacts({ ...server, log: silent, every: 60_000 })
})

afterAll(async () => {
  await facts.close()
  await server.stop()
})

test('ST60: last edit, versions and size are written a moment after an edit, and again when it was not possible', async () => {
  const client = await new RawClient(`${server.url}/p/known`, {
    hello: { ticket: server.people.add('Ada').token },
  }).untilSynced()
  const heard: string[] = []
  server.sync.listen({ changed: (document) => heard.push(document) })
  const before = Date.now()
  client.doc.getText('text').insert(0, 'words '.repeat(50))
  await client.untilSaved()
  await until('told of the change', () => heard.includes('p/known'))
  expect(await server.store.padFacts('known')).toMatchObject({ versions: 1, authorCount: 1 })
  await facts.flush()
  const found = await server.store.padFacts('known')
  expect(found).toMatchObject({ name: 'known', versions: 2, authorCount: 1 })
  expect(found?.edited).toBeGreaterThanOrEqual(before)
  expect(found?.bytes).toBeGreaterThan(300)
  expect([...server.sync.here()]).toEqual([['p/known', 1]])
  await client.close()
})
