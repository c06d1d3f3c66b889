import { afterEach, expect, test } from '@jest/globals'
import { createClock } from '../../support/clock.ts'
import { createSessions } from '../../support/sessions.ts'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'
import { until } from '../../support/wait.ts'
import { STUCK, watchStuck } from '../../../client/net/stuck.ts'
import { createClientEnvironment } from '../../support/client-environment.ts'

const sessions = createSessions()
let server: TestServer | undefined

afterEach(async () => {
  await sessions.destroyAll()
  await server?.stop()
  server = undefined
})

test('C19: only time in which the server could take something counts, and an acknowledgement begins it anew', () => {
  const clock = createClock()
  let waits = false
  let given = 0
  const stuck = watchStuck(
    createClientEnvironment({ clock }),
    () => waits,
    () => given++,
  )
  clock.advance(2 * STUCK)
  waits = true
  clock.advance(STUCK - 10_000)
  stuck.progress()
  clock.advance(STUCK - 10_000)
  expect(given).toBe(0)
  clock.advance(10_000)
  expect(given).toBe(1)
  expect(clock.waiting).toBe(0)
})

test('C19: words on top of what a crash lost for good are put aside and offered, and the session ends', async () => {
  server = await startServer()
  const ada = server.people.add('Ada')
  const bob = server.people.add('Bob')
  const clock = createClock()
  const a = sessions.open(server.port, 'lost', { cookie: `token=${ada.token}` })
  await a.is('saved')
  a.type('Ada was here. ', 0)
  await until('Ada is known', () => a.session.status.unsaved === 0)
  const b = sessions.open(server.port, 'lost', { cookie: `token=${bob.token}`, clock })
  /** Bob's time passes as long as something is waited for. */
  const later = (what: string, condition: () => boolean, step = 20) =>
    until(what, () => {
      clock.advance(step)
      return condition()
    })
  await later('Bob is there', () => b.session.status.state === 'saved')
  server.faults.down = true
  a.type('These words are lost. ', 0)
  await later('Bob sees them', () => b.text().startsWith('These words are lost. '))
  b.type('Bob adds. ', 12)
  await a.session.destroy()
  const { port } = server
  const directory = await server.crash()
  server = await startServer({ directory, port, people: server.people, access: server.access })
  await later('Bob is back', () => b.session.status.state === 'saving' && b.session.carrier !== null, 200)
  await later('the session ends', () => b.session.status.state === 'refused', 500)
  expect(b.session.status.reason).toBe('stuck')
  expect(b.session.recovered?.text).toContain('Bob adds. ')
  const c = sessions.open(server.port, 'lost')
  await c.is('saved')
  expect(c.text()).toContain('Ada was here. ')
}, 60_000)
