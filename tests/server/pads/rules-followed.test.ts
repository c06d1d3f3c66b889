/** Rules as they change: wishes that follow each other, and what another server of the same database changed (SPEC-access L108, L115, L119). */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createAccess } from '../../../server/access/access.ts'
import type { Access } from '../../../server/access/types.ts'
import { silent } from '../../../server/log.ts'
import { createCommons } from '../../../server/pads/commons.ts'
import type { Commons } from '../../../server/pads/commons.ts'
import { createMeetings } from '../../../server/pads/meeting.ts'
import { createOwners } from '../../../server/pads/owner.ts'
import { openStore } from '../../../server/store/index.ts'
import { Close } from '../../../shared/protocol.ts'
import type { Person } from '../../../shared/protocol.ts'
import { CLOSED_RULE, OPEN_RULE } from '../../../shared/rule.ts'
import { eventsOf, tell } from '../../support/commons.ts'
import { RawClient } from '../../support/raw-client.ts'
import { sqliteIn, startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'
import { TestAccess, TestPeople } from '../../support/test-people.ts'

/** The gate as it is, where tests usually have one of their own. */
class RealGate extends TestAccess {
  readonly #gate: Access
  constructor(gate: Access) {
    super()
    this.#gate = gate
  }
  override async enter(name: string, person: Person | null): ReturnType<TestAccess['enter']> {
    return this.#gate.enter(name, person)
  }
}

const people = new TestPeople()
const servers: { server: TestServer; commons: Commons }[] = []

beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'inkpad-rules-'))
  for (let at = 0; at < 2; at++) {
    const store = openStore(sqliteIn(directory), silent)
    const owners = createOwners({ store, log: silent })
    const access = new RealGate(createAccess({ store, owners, lowerCasePadIds: false }))
    const server = await startServer({ directory, store, people, access, follow: 100 })
    const commons = createCommons({
      store,
      sync: server.sync,
      people,
      owners,
      meetings: createMeetings({ store, log: silent }),
      log: silent,
      allowPadDeletionByAllUsers: false,
      enablePadWideSettings: true,
      follow: 100,
    })
    servers.push({ server, commons })
  }
}, 60_000)
afterAll(async () => {
  for (const { server, commons } of servers) {
    commons.close()
    await server.stop()
  }
})

const visit = (at: number, ticket: string): Promise<RawClient> =>
  new RawClient(`${servers[at]?.server.url}/p/followed`, { hello: { ticket } }).untilSynced()

test('L108: connections of another server of the same database are told with its next look, and closed', async () => {
  const [ada, bo] = [people.add('Ada'), people.add('Bo')]
  const owner = await visit(0, ada.token)
  await owner.until(() => eventsOf(owner, 'level').at(-1)?.level === 'own', 'ada to own it')
  const tabs = [await visit(1, bo.token), await visit(1, bo.token)]
  tell(owner, { type: 'ruleSet', rule: { ...OPEN_RULE, everybody: 'read' }, password: null, newLink: false })
  for (const tab of tabs) await tab.until(() => eventsOf(tab, 'level').at(-1)?.level === 'read', 'bo to read')
  tell(owner, { type: 'ruleSet', rule: CLOSED_RULE, password: null, newLink: false })
  for (const tab of tabs) {
    await tab.until(() => tab.closed !== null, 'bo to be shut out')
    expect(tab.closed?.code).toBe(Close.unauthenticated)
  }
})

test('L115: who reads by a link that was replaced on another server is closed with its next look', async () => {
  const cy = people.add('Cy')
  const owner = await new RawClient(`${servers[0]?.server.url}/p/linked`, {
    hello: { ticket: cy.token },
  }).untilSynced()
  await owner.until(() => eventsOf(owner, 'level').at(-1)?.level === 'own', 'cy to own it')
  tell(owner, { type: 'rule' })
  await owner.until(() => eventsOf(owner, 'rule').length > 0, 'the link to be told')
  const link = eventsOf(owner, 'rule').at(-1)?.view.readId ?? ''
  const reader = await new RawClient(`${servers[1]?.server.url}/p/${link}`, {
    hello: { ticket: people.add('Di').token },
  }).untilSynced()
  tell(owner, { type: 'ruleReadLink' })
  await reader.until(() => reader.closed !== null, 'the reader to be shut out')
  expect(reader.closed?.code).toBe(Close.unauthenticated)
})

test('L119: the last wish for a rule counts, also while an earlier one has a password to hash', async () => {
  const owner = await new RawClient(`${servers[0]?.server.url}/p/wished`, {
    hello: { ticket: people.add('Flo').token },
  }).untilSynced()
  await owner.until(() => eventsOf(owner, 'level').at(-1)?.level === 'own', 'flo to own it')
  const open = { ...OPEN_RULE, password: 'write' as const }
  const closed = { ...OPEN_RULE, everybody: 'read' as const }
  tell(owner, { type: 'ruleSet', rule: open, password: 'hard to hash', newLink: false })
  tell(owner, { type: 'ruleSet', rule: closed, password: null, newLink: false })
  await owner.until(() => eventsOf(owner, 'rule').length === 2, 'both to be answered')
  tell(owner, { type: 'rule' })
  await owner.until(() => eventsOf(owner, 'rule').length === 3, 'the rule to be told')
  expect(eventsOf(owner, 'rule').at(-1)?.view).toMatchObject({ rule: closed, password: false })
})
