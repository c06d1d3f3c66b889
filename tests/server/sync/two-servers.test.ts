import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as Y from 'yjs'
import { silent } from '../../../server/log.ts'
import { openStore } from '../../../server/store/index.ts'
import type { Store } from '../../../server/store/store.ts'
import { startMariadb } from '../../support/mariadb.ts'
import type { Mariadb } from '../../support/mariadb.ts'
import { RawClient } from '../../support/raw-client.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'
import { TestPeople } from '../../support/test-people.ts'

let mariadb: Mariadb
let servers: TestServer[] = []
const people = new TestPeople()

function store(): Store {
  const { host, port, database, user, password } = mariadb
  return openStore(
    { dbType: 'mariadb', filename: '', host, port, database, user, password, charset: 'utf8mb4' },
    silent,
  )
}

beforeAll(async () => {
  mariadb = await startMariadb()
  servers = [
    await startServer({ store: store(), people, follow: 50 }),
    await startServer({ store: store(), people, follow: 50 }),
  ]
}, 60_000)

afterAll(async () => {
  for (const server of servers) await server.stop()
  await mariadb.remove()
}, 60_000)

test('S35: people on two servers with one MariaDB write into one pad, keep every edit and end equal', async () => {
  const accounts = ['Ada', 'Bob', 'Cyd', 'Dan'].map((name) => people.add(name))
  const clients = accounts.map(
    ({ token }, index) =>
      new RawClient(`${servers[index % 2]?.url ?? ''}/p/shared`, { hello: { ticket: token } }),
  )
  await Promise.all(clients.map((client) => client.untilSynced()))
  const tails = countTails(servers)
  for (let round = 0; round < 15; round++) {
    for (const [index, client] of clients.entries()) client.type(`${index}.${round} `)
    if (round % 5 === 0) await Promise.all(clients.map((client) => client.untilSaved()))
  }
  const words = clients.flatMap((_, index) => Array.from({ length: 15 }, (__, round) => `${index}.${round} `))
  const whole = (client: RawClient) => words.every((word) => client.text.includes(word))
  await Promise.all(
    clients.map((client) =>
      client.until(() => whole(client) && client.text === clients[0]?.text, 'equal', 20_000),
    ),
  )
  await Promise.all(clients.map((client) => client.untilSaved()))
  expect(tails()).toBeGreaterThan(0)
  const stored = await servers[0]?.store.load('p/shared')
  const replayed = new Y.Doc()
  for (const row of stored?.tail ?? []) Y.applyUpdate(replayed, row.bytes)
  expect(replayed.getText('text').toJSON()).toBe(clients[0]?.text)
  for (const [index, { person }] of accounts.entries())
    expect(stored?.clients.get(clients[index]?.doc.clientID ?? 0)).toBe(person.author)
  for (const client of clients) await client.close()
}, 60_000)

/** Counts how often a server read what the other wrote: because a seq was taken, or because it followed. */
function countTails(all: readonly TestServer[]): () => number {
  let count = 0
  for (const server of all)
    server.faults.onCall = (name) => {
      if (name === 'rows') count++
    }
  return () => count
}
