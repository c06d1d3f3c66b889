/** Plugins: two servers on one MariaDB with the deployment guide's grants share what was decided and what plugins keep. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Message } from '../../../shared/protocol.ts'
import { startMariadb } from '../../support/mariadb.ts'
import type { Mariadb } from '../../support/mariadb.ts'
import { bootPlugins, pluginStage } from '../../support/plugin-web.ts'
import type { PluginStage } from '../../support/plugin-web.ts'
import { jsonMessage } from '../../support/raw-client.ts'
import type { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/wait.ts'

const COUNTER = {
  shared: `
    settings: { step: { type: 'number', scope: 'server', label: 'l', default: 1, public: true } },
    messages: { add: (nothing: unknown) => nothing, sum: (sum: unknown) => sum }`,
  server: `
    ctx.receive('add', async (_: any, pad: string) => {
      const sum = ((await ctx.store.get('sum')) ?? 0) + ctx.settings().step
      await ctx.store.set('sum', sum)
      ctx.send(pad, 'sum', sum)
    })`,
}

let mariadb: Mariadb
let stage: PluginStage
beforeAll(async () => {
  mariadb = await startMariadb()
  stage = pluginStage({ ep_counter: COUNTER, ep_other: { facts: { standard: false } } })
}, 60_000)
afterAll(async () => {
  await stage?.end()
  await mariadb?.remove()
}, 60_000)

const sums = (client: RawClient) =>
  client.events.flatMap((event) => (event.type === 'plugin' ? [event.payload] : []))
const add = (client: RawClient) =>
  client.send(
    jsonMessage(Message.event, { type: 'plugin', plugin: 'ep_counter', name: 'add', payload: null }),
  )
const told = (client: RawClient) =>
  client.events
    .flatMap((event) => (event.type === 'plugins' ? [event.plugins.map(({ name }) => name).join()] : []))
    .at(-1)

test('Plugins: what one server decides and keeps, the other has', async () => {
  const { host, port, database, user, password } = mariadb
  const settings = { dbType: 'mysql', dbSettings: { host, port, database, user, password } }
  const [one, two] = [await stage.server(settings), await stage.server(settings)]
  const [ada, bo] = [await stage.join(one, 'a'), await stage.join(two, 'b')]
  add(ada)
  await ada.until(() => sums(ada).at(-1) === 1)
  add(bo)
  await bo.until(() => sums(bo).at(-1) === 2)

  await one.plugins.setSettings('ep_counter', { step: 10 })
  await until('the other server has the setting', () =>
    JSON.stringify(bo.events.at(-1)).includes('"step":10'),
  )
  add(bo)
  await bo.until(() => sums(bo).at(-1) === 12)

  await two.plugins.enable('ep_other')
  await until('the first server follows', () => told(ada) === 'ep_counter,ep_other')
  await one.plugins.disable('ep_counter')
  await until('the second server follows', () => told(bo) === 'ep_other')
  expect((await bootPlugins(two, 'b')).map(({ name }) => name)).toEqual(['ep_other'])

  const three = await stage.server(settings)
  expect((await bootPlugins(three, 'c')).map(({ name }) => name)).toEqual(['ep_other'])
  expect(await three.store.pluginValue('ep_counter', 'sum')).toBe('12')
}, 60_000)
