import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { startServer } from '../../support/server.ts'
import type { TestServer } from '../../support/server.ts'

let server: TestServer
let providers: WebsocketProvider[] = []

beforeEach(async () => {
  server = await startServer()
})

afterEach(async () => {
  for (const provider of providers) {
    provider.destroy()
    provider.doc.destroy()
  }
  providers = []
  await server.stop()
})

function provide(pad: string, doc = new Y.Doc()): WebsocketProvider {
  const provider = new WebsocketProvider(server.url, `p/${pad}`, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  providers.push(provider)
  return provider
}

const synced = (provider: WebsocketProvider) =>
  new Promise<void>((done) => {
    if (provider.synced) done()
    else provider.once('sync', () => done())
  })

const untilText = (doc: Y.Doc, wanted: string) =>
  new Promise<void>((done) => {
    const look = () => {
      if (doc.getText('text').toJSON() !== wanted) return
      doc.off('update', look)
      done()
    }
    doc.on('update', look)
    look()
  })

test('S1: two stock providers see the default text and each other', async () => {
  const [a, b] = [provide('stock'), provide('stock')]
  await Promise.all([synced(a), synced(b)])
  expect(a.doc.getText('text').toJSON()).toBe('Welcome\n')
  a.doc.getText('text').insert(7, ' Ada')
  await untilText(b.doc, 'Welcome Ada\n')
  b.doc.getText('text').insert(0, '> ')
  await untilText(a.doc, '> Welcome Ada\n')
})

test('S1: presence of stock providers reaches each other and goes when they leave', async () => {
  const [a, b] = [provide('presence'), provide('presence')]
  await Promise.all([synced(a), synced(b)])
  const seen = () => b.awareness.getStates().get(a.doc.clientID)
  const heard = new Promise<void>((done) => {
    b.awareness.on('change', () => seen()?.cursor === 5 && done())
  })
  a.awareness.setLocalStateField('cursor', 5)
  await heard
  const gone = new Promise<void>((done) => {
    b.awareness.on('change', () => seen() === undefined && done())
  })
  a.destroy()
  await gone
})

test('S11: a stock client keeps its client id over a reconnect and over a restart of the room', async () => {
  const a = provide('again')
  await synced(a)
  a.doc.getText('text').insert(0, 'one ')
  const b = provide('again')
  await untilText(b.doc, 'one Welcome\n')
  a.disconnect()
  a.doc.getText('text').insert(0, 'two ')
  a.connect()
  await untilText(b.doc, 'two one Welcome\n')
})
