/** Plugins: what a server half may do, with a real store, real rooms and real requests. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Close, Message } from '../../../shared/protocol.ts'
import { ask } from '../../support/ask.ts'
import { bootPlugins, pluginStage } from '../../support/plugin-web.ts'
import type { PluginStage } from '../../support/plugin-web.ts'
import { jsonMessage } from '../../support/raw-client.ts'
import type { RawClient } from '../../support/raw-client.ts'
import { until } from '../../support/wait.ts'
import type { Web } from '../../support/web.ts'

const SHARED = `
  settings: {
    limit: { type: 'choice', scope: 'server', label: 'l', default: 'none', of: ['none', 'read', 'shut'] },
    word: { type: 'text', scope: 'pad', label: 'l', default: 'a' },
  },
  messages: {
    wave: (payload: unknown) => {
      if (typeof payload !== 'number') throw new RangeError('a number')
      return payload * 2
    },
    ask: (payload: unknown) => String(payload),
    said: (payload: unknown) => payload,
  }`

const SERVER = `
  for (const event of ['padCreate', 'padChange', 'padRemove', 'join', 'connect', 'leave'])
    ctx.on(event, (facts: any) => ctx.log.info('heard ' + event + ' ' + facts.pad + ' ' + (facts.person ?? facts.author)?.author))
  ctx.receive('ask', async (from: any, pad: string, question: string) => {
    ctx.send(pad, 'said', { to: from.author, question, level: await ctx.level(pad, from), here: ctx.pads.here(pad) })
    ctx.send(pad, 'said', 'only you', from.author)
  })
  ctx.routes.get('/who', async (request: any, response: any) => {
    const person = await ctx.personOf(request)
    response.json({ person, level: await ctx.level('notes', person) })
  })
  ctx.routes.post('/keep', async (request: any, response: any) => {
    await ctx.store.set(request.body.key, request.body.value)
    response.json({ kept: await ctx.store.get(request.body.key), keys: await ctx.store.keys('') })
  })
  ctx.routes.get('/missing', () => { throw Object.assign(new Error('not here'), { status: 404 }) })
  ctx.routes.get('/pads', async (request: any, response: any) => {
    const { pad, text } = request.query
    const edited = text === undefined ? null : await ctx.pads.edit(pad, (doc: any) => doc.getText('text').insert(0, text))
    response.json({
      edited,
      text: await ctx.pads.read(pad, (doc: any) => doc.getText('text').toString()),
      exists: await ctx.pads.exists(pad),
      list: await ctx.pads.list(),
      changed: await ctx.pads.changed(pad),
      untouched: await ctx.pads.untouched(pad),
      settings: ctx.settings(pad),
    })
  })
  ctx.routes.delete('/pads/:pad', async (request: any, response: any) => {
    response.json({ removed: await ctx.pads.remove(request.params.pad) })
  })
  ctx.routes.post('/limit', async (request: any, response: any) => {
    await ctx.setSetting('limit', request.body.limit)
    response.json(ctx.settings())
  })
  ctx.allow((person: any, pad: string) => {
    const { limit } = ctx.settings()
    return pad === 'limited' && limit !== 'none' ? (limit === 'read' ? 'read' : 'none') : undefined
  })
  ctx.startData((pad: string, person: any) => ({ pad, author: person?.author ?? null }))
  ctx.holds(async (pad: string) => (await ctx.store.get('k')) === pad)
  ctx.every(1000, async () => ctx.log.info('again'))
`

let stage: PluginStage
let web: Web
beforeAll(async () => {
  stage = pluginStage({
    ep_all: { shared: SHARED, server: SERVER },
    ep_relay: { shared: `messages: { wave: (n: any) => n }` },
  })
  web = await stage.server()
})
afterAll(() => stage.end())

const heard = (what: string) => web.lines.some((line) => line.includes(`"heard ${what}`))
const said = (client: RawClient) =>
  client.events.flatMap((event) =>
    event.type === 'plugin' ? [[event.plugin, event.name, event.from?.author ?? null, event.payload]] : [],
  )
const refused = (client: RawClient) =>
  client.events.flatMap((event) => (event.type === 'refused' ? [`${event.what}: ${event.why}`] : []))
const level = (client: RawClient) =>
  client.events.flatMap((event) => (event.type === 'level' ? [event.level] : [])).at(-1) ??
  client.welcome?.level
const say = (client: RawClient, plugin: string, name: string, payload: unknown) =>
  client.send(jsonMessage(Message.event, { type: 'plugin', plugin, name, payload }))
const get = async (path: string, options: Parameters<typeof ask>[2] = {}) => {
  const answer = await ask(web.port, `/plugin/ep_all/${path}`, options)
  return {
    ...answer,
    json: answer.text.startsWith('{') ? (JSON.parse(answer.text) as Record<string, unknown>) : {},
  }
}
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  get(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })

test('Plugins: events of pads, with who did it', async () => {
  const ada = await stage.join(web, 'heard')
  const author = ada.welcome?.me.author
  ada.type('word')
  await ada.untilSaved()
  await until('told of the change', () => heard('padChange heard'))
  await ada.close()
  await until('told of the leaving', () => heard(`leave heard ${author}`))
  expect(heard(`padCreate heard ${author}`)).toBe(true)
  expect(heard(`join heard ${author}`)).toBe(true)
  expect((await get('pads/heard', { method: 'DELETE' })).json).toEqual({ removed: true })
  expect(heard('padRemove heard')).toBe(true)
  expect((await get('pads/heard', { method: 'DELETE' })).json).toEqual({ removed: false })
})

test('Plugins: a page that has a connection again is heard of, though its person never left', async () => {
  const ada = await stage.join(web, 'again')
  const twin = await stage.join(web, 'again', ada.token)
  twin.send(jsonMessage(Message.event, { type: 'catchUp' }))
  await until('told of the connection', () => heard(`connect again ${twin.welcome?.me.author}`))
})

test('Plugins: a pad of which a plugin holds something is not as it was made', async () => {
  await web.write('made', 'Welcome\n')
  const untouched = async () => (await get('pads?pad=made')).json['untouched']
  expect(await untouched()).toBe(true)
  await post('keep', { key: 'k', value: 'made' })
  expect(await untouched()).toBe(false)
  await post('keep', { key: 'k', value: null })
  expect(await untouched()).toBe(true)
})

test('Plugins: a message goes to the server half, checked, and its answer to all or to one', async () => {
  const ada = await stage.join(web, 'notes')
  const bo = await stage.join(web, 'notes')
  await ada.until(() => level(ada) === 'own')
  say(ada, 'ep_all', 'ask', 5)
  await ada.until(() => said(ada).length === 2)
  const author = ada.welcome?.me.author
  expect(said(ada)).toEqual([
    ['ep_all', 'said', null, { to: author, question: '5', level: 'own', here: 2 }],
    ['ep_all', 'said', null, 'only you'],
  ])
  await bo.until(() => said(bo).length === 1)
})

test('Plugins: a message nobody takes on the server goes to everybody else in the pad, as checked', async () => {
  const ada = await stage.join(web, 'relay')
  const twin = await stage.join(web, 'relay', ada.token)
  const far = await stage.join(web, 'elsewhere')
  say(ada, 'ep_all', 'wave', 21)
  await twin.until(() => said(twin).length === 1)
  expect(said(twin)).toEqual([['ep_all', 'wave', ada.welcome?.me.author, 42]])
  say(twin, 'ep_relay', 'wave', { any: 'thing' })
  await ada.until(() => said(ada).length === 1)
  expect(said(ada)).toEqual([['ep_relay', 'wave', ada.welcome?.me.author, { any: 'thing' }]])
  expect(said(far)).toEqual([])
})

test('Plugins: what is wrong, unknown or of a plugin that is off is refused, dropped and counted', async () => {
  const ada = await stage.join(web, 'wrong')
  const bo = await stage.join(web, 'wrong')
  const before = web.plugins.list().find(({ facts }) => facts.name === 'ep_all')?.refused ?? 0
  say(ada, 'ep_all', 'wave', 'no number')
  say(ada, 'ep_all', 'toString', 1)
  say(ada, 'ep_off', 'wave', 1)
  await ada.until(() => refused(ada).length === 3)
  expect(refused(ada)).toEqual(['ep_all wave: invalid', 'ep_all toString: invalid', 'ep_off wave: off'])
  expect(said(bo)).toEqual([])
  expect(web.plugins.list().find(({ facts }) => facts.name === 'ep_all')?.refused).toBe(before + 2)
})

test('Plugins: twenty messages at once of one connection, more are refused; one too long ends the connection', async () => {
  const ada = await stage.join(web, 'fast')
  const bo = await stage.join(web, 'fast')
  for (let n = 0; n < 60; n++) say(ada, 'ep_all', 'wave', n)
  await ada.until(() => refused(ada).length > 0)
  say(bo, 'ep_all', 'wave', 1)
  await ada.until(() => said(ada).length === 1)
  expect(said(bo).length).toBeGreaterThanOrEqual(20)
  expect(said(bo).length + refused(ada).length).toBe(60)
  expect(refused(ada)[0]).toBe('ep_all wave: tooFast')
  say(bo, 'ep_all', 'ask', 'x'.repeat(17_000))
  expect(await bo.untilClosed()).toBe(Close.badData)
})

test('Plugins: a reader may not talk to everybody', async () => {
  const ada = await stage.join(web, 'quiet')
  const id = await web.store.readOnlyId('quiet', () => `r.${'0'.repeat(31)}1`)
  const reader = await stage.join(web, id)
  say(reader, 'ep_all', 'wave', 1)
  await reader.until(() => refused(reader).length === 1)
  expect(refused(reader)).toEqual(['ep_all wave: forbidden'])
  expect(said(ada)).toEqual([])
})

test('Plugins: routes know who asks, keep values, and are not to be stored or framed', async () => {
  await stage.join(web, 'notes')
  const nobody = await get('who')
  expect(nobody.json).toEqual({ person: null, level: 'write' })
  expect(nobody.headers['cache-control']).toBe('no-store')
  expect(nobody.headers['content-security-policy']).toContain("default-src 'none'")
  const page = await ask(web.port, '/p/notes', { headers: { accept: 'text/html' } })
  const cookie = page.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  const known = await get('who', { headers: { cookie } })
  expect(known.json['person']).toMatchObject({ author: expect.stringMatching(/^a\./) })
  expect((await post('keep', { key: 'k', value: { a: [1, 'é'] } })).json).toEqual({
    kept: { a: [1, 'é'] },
    keys: ['k'],
  })
  expect((await get('nothing')).status).toBe(404)
  expect((await ask(web.port, '/plugin/ep_nothing/who')).status).toBe(404)
  expect((await ask(web.port, '/plugin/ep_all')).status).toBe(404)
})

test('Plugins: another site may not write with our cookies; too much, broken or missing is an answer, no failure', async () => {
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  expect((await post('keep', { key: 'k', value: 1 }, foreign)).status).toBe(403)
  expect((await post('keep', { key: 'k', value: 'x'.repeat(1_100_000) })).status).toBe(413)
  const broken = { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }
  expect((await get('keep', broken)).status).toBe(400)
  expect((await get('missing')).status).toBe(404)
  expect(web.plugins.list()[0]).toMatchObject({ state: 'on', error: null })
})

test("Plugins: pads are read and edited, and the owner's decisions lie over the settings", async () => {
  const ada = await stage.join(web, 'mine')
  await ada.until(() => level(ada) === 'own')
  const at = Date.now()
  ada.send(
    jsonMessage(Message.event, {
      type: 'padSettings',
      settings: { options: {}, enforce: false, plugins: { ep_all: { word: 'ours', limit: 'shut' } } },
    }),
  )
  await ada.until(() => ada.events.some(({ type }) => type === 'padSettings'))
  const { json } = await get('pads?pad=mine&text=Hello')
  expect(json).toMatchObject({ edited: true, exists: true, settings: { word: 'ours', limit: 'none' } })
  expect(json['text']).toMatch(/^Hello/)
  expect(json['list']).toContain('mine')
  expect(json['changed']).toBeGreaterThanOrEqual(at)
  await ada.until(() => ada.text.startsWith('Hello'))
  expect((await get('pads?pad=nobody&text=x')).json).toMatchObject({
    edited: false,
    exists: false,
    text: null,
    changed: null,
  })
  expect((await get(`pads?pad=${encodeURIComponent('a/b')}&text=x`)).json).toMatchObject({
    edited: false,
    exists: false,
  })
})

test('Plugins: a limit narrows what people may do, at once, and goes as it came', async () => {
  const ada = await stage.join(web, 'limited')
  await ada.until(() => level(ada) === 'own')
  await post('limit', { limit: 'read' })
  await ada.until(() => level(ada) === 'read')
  expect((await stage.join(web, 'limited')).welcome?.level).toBe('read')
  await post('limit', { limit: 'none' })
  await ada.until(() => level(ada) === 'own')
  await post('limit', { limit: 'shut' })
  expect(await ada.untilClosed()).toBe(Close.unauthenticated)
  expect((await ask(web.port, '/p/limited')).status).toBe(403)
  await web.plugins.disable('ep_all')
  expect((await ask(web.port, '/p/limited')).status).toBe(200)
  await web.plugins.enable('ep_all')
  expect((await ask(web.port, '/p/limited')).status).toBe(403)
  await post('limit', { limit: 'none' })
})

test('Plugins: a page gets start data for its pad and person', async () => {
  const [plugin] = await bootPlugins(web, 'start')
  expect(plugin).toMatchObject({
    name: 'ep_all',
    start: { pad: 'start', author: expect.stringMatching(/^a\./) },
  })
})

test('Plugins: repeated work runs while it is on, and not after', async () => {
  const runs = () => web.lines.filter((line) => line.includes('"again"')).length
  const before = runs()
  await until('it ran', () => runs() > before)
  await web.plugins.disable('ep_all')
  expect((await get('who')).status).toBe(404)
  const after = runs()
  await web.plugins.enable('ep_all')
  await until('it runs again', () => runs() > after)
})
