/** What the owner decides for everybody, and the notice (SPEC-pads P40 to P43, P50). */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { LIMITS } from '../../../shared/protocol.ts'
import { NO_PAD_SETTINGS } from '../../../shared/settings.ts'
import type { PadSettings } from '../../../shared/settings.ts'
import { eventsOf, startCommons, tell } from '../../support/commons.ts'
import type { CommonsServer } from '../../support/commons.ts'
import type { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/wait.ts'

let server: CommonsServer

beforeAll(async () => {
  server = await startCommons()
})

afterAll(async () => {
  await server.stop()
})

async function owner(pad: string, on = server): Promise<RawClient> {
  const ada = await on.visit(`p/${pad}`, on.people.add('Ada').token)
  await ada.until(() => eventsOf(ada, 'level').at(-1)?.level === 'own', 'to own it')
  return ada
}

const told = (client: RawClient): PadSettings[] =>
  eventsOf(client, 'padSettings').map(({ settings }) => settings)
const notices = (client: RawClient): string[] => eventsOf(client, 'notice').map(({ text }) => text)
const refusals = (client: RawClient): string[] =>
  eventsOf(client, 'refused').map(({ what, why }) => `${what} ${why}`)

const MONO: PadSettings = {
  options: { useMonospaceFont: true, lang: 'de' },
  enforce: true,
  plugins: { ep_sample: { where: 'toolbar', many: 3 } },
}

test('P40: the owner decides, everybody in text and board hears it, the pad remembers it', async () => {
  const ada = await owner('ours')
  const bo = await server.visit('p/ours', server.people.add('Bo').token)
  const cy = await server.visit('b/ours', server.people.add('Cy').token)
  const changes: string[] = []
  const off = server.commons.decisions.onChange((pad) => changes.push(pad))
  tell(ada, { type: 'padSettings', settings: MONO })
  for (const client of [ada, bo, cy]) await client.until(() => told(client).length === 1, 'the decision')
  expect(told(bo)).toEqual([MONO])
  expect(changes).toEqual(['ours'])
  off()
  expect(server.commons.decisions.now('ours')).toEqual(MONO)
  await Promise.all([ada.close(), bo.close(), cy.close()])
  await until('the pad closed', () => server.commons.decisions.now('ours') === NO_PAD_SETTINGS)
  expect(await server.commons.decisions.of('ours')).toEqual(MONO)
  expect(await server.commons.decisions.of('never made')).toEqual(NO_PAD_SETTINGS)
})

test('P41: nobody but the owner decides', async () => {
  const ada = await owner('hers')
  const bo = await server.visit('p/hers', server.people.add('Bo').token)
  tell(bo, { type: 'padSettings', settings: MONO })
  await bo.until(() => refusals(bo).length === 1, 'a refusal')
  expect(refusals(bo)).toEqual(['padSettings notOwner'])
  expect(await server.commons.decisions.of('hers')).toEqual(NO_PAD_SETTINGS)
  expect(told(ada)).toEqual([])
})

test('P41: where it is switched off nobody decides, and what was decided does not count', async () => {
  const off = await startCommons({ enablePadWideSettings: false })
  try {
    const ada = await owner('off', off)
    const value = { name: 'settings', value: JSON.stringify(MONO), time: 1 }
    await off.store.savePadValue('p/off', value, false)
    tell(ada, { type: 'padSettings', settings: MONO })
    tell(ada, { type: 'catchUp' })
    await ada.until(() => refusals(ada).length === 1 && told(ada).length === 1, 'answers')
    expect(refusals(ada)).toEqual(['padSettings off'])
    expect(told(ada)).toEqual([NO_PAD_SETTINGS])
    expect(await off.commons.page('off')).toEqual({ padSettings: NO_PAD_SETTINGS, notice: '' })
  } finally {
    await off.stop()
  }
})

test('P41: where plugins are not for owners to decide, the rest counts and what was decided of plugins is kept', async () => {
  const off = await startCommons({ enablePluginPadOptions: false })
  try {
    const ada = await owner('plain', off)
    const value = { name: 'settings', value: JSON.stringify(MONO), time: 1 }
    await off.store.savePadValue('p/plain', value, false)
    const settings = { options: { rtl: true }, enforce: false, plugins: { ep_x: { on: true } } }
    tell(ada, { type: 'padSettings', settings })
    await ada.until(() => told(ada).length === 1, 'the decision')
    expect(told(ada)).toEqual([{ ...settings, plugins: {} }])
    expect((await off.commons.page('plain')).padSettings).toEqual({ ...settings, plugins: {} })
    const kept = (await off.store.padValues('p/plain')).find(({ name }) => name === 'settings')
    expect(JSON.parse(kept?.value ?? '')).toEqual({ ...settings, plugins: MONO.plugins })
  } finally {
    await off.stop()
  }
})

test('P42: what is no setting is left out before it is kept', async () => {
  const ada = await owner('checked')
  const settings = {
    options: { rtl: 'yes', showControls: false, showChat: false, lang: 'x'.repeat(50) },
    enforce: 1,
    plugins: { ep_x: { deep: { er: 1 }, ok: true }, 'not a plugin': { a: 1 }, ['__proto__']: { a: 1 } },
    more: 1,
  }
  tell(ada, { type: 'padSettings', settings: settings as unknown as PadSettings })
  await ada.until(() => told(ada).length === 1, 'the decision')
  const clean = { options: { showChat: false }, enforce: false, plugins: { ep_x: { ok: true } } }
  expect(told(ada)).toEqual([clean])
  const kept = (await server.store.padValues('p/checked')).find(({ name }) => name === 'settings')
  expect(JSON.parse(kept?.value ?? '')).toEqual(clean)
})

test('P43, P50: whoever asks is told decisions and notice as they stand', async () => {
  const ada = await owner('asking')
  const bo = await server.visit('p/asking', server.people.add('Bo').token)
  tell(bo, { type: 'catchUp' })
  await bo.until(() => told(bo).length === 1 && notices(bo).length === 1, 'the state')
  expect([told(bo), notices(bo)]).toEqual([[NO_PAD_SETTINGS], ['']])
  tell(ada, { type: 'padSettings', settings: MONO })
  await bo.until(() => told(bo).length === 2, 'the decision')
  const cy = await server.visit('p/asking', server.people.add('Cy').token)
  tell(cy, { type: 'catchUp' })
  await cy.until(() => told(cy).length === 1, 'the state')
  expect(told(cy)).toEqual([MONO])
})

test('P50: the notice reaches every pad, stays for the next start, and is taken back', async () => {
  const [ada, bo] = [await owner('one'), await owner('two')]
  const { notice } = server.commons
  expect(await notice.set('  Down\u0000 at noon \n')).toBe('Down at noon')
  for (const client of [ada, bo]) await client.until(() => notices(client).at(-1) === 'Down at noon', 'it')
  expect(await server.commons.page('one')).toMatchObject({ notice: 'Down at noon' })
  expect(await server.store.settingNow('notice')).toBe('Down at noon')
  expect(await notice.set('x'.repeat(5000))).toHaveLength(LIMITS.notice)
  await notice.set('')
  for (const client of [ada, bo]) await client.until(() => notices(client).at(-1) === '', 'nothing')
  await server.store.saveSetting('notice', 'From before the start')
  await notice.load()
  expect(notice.now()).toBe('From before the start')
  await notice.set('')
})
