/** @jest-environment jsdom */
import { beforeEach, expect, test } from '@jest/globals'
import { keepForLater } from '../../../client/offline/register.ts'

const PAGE = 'http://localhost/p/notes?lang=de#L3'
let failure: Error | null
let asked: [script: string, scope: string | undefined][]
let told: unknown[]

beforeEach(() => {
  failure = null
  asked = []
  told = []
  const worker = {
    register: async (script: string, { scope }: { scope?: string }) => {
      asked.push([script, scope])
      if (failure) throw failure
    },
    ready: Promise.resolve({ active: { postMessage: (message: unknown) => told.push(message) } }),
  }
  Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: worker })
  Object.defineProperty(globalThis, 'isSecureContext', { configurable: true, value: true })
  Object.assign(performance, {
    getEntriesByType: () => [{ name: 'http://localhost/plugin-files/ep_x/client.js' }],
  })
})

test('C6: the worker of this installation is registered for all of it and told of the page and its plugins', async () => {
  await keepForLater(PAGE)
  expect(asked).toEqual([['http://localhost/sw.js', 'http://localhost/']])
  expect(told).toEqual(['http://localhost/p/notes', ['http://localhost/plugin-files/ep_x/client.js']])
})

test('C6: a server that is away meanwhile is no error of the page; whatever else goes wrong is', async () => {
  failure = new TypeError('An unknown error occurred when fetching the script.')
  await expect(keepForLater(PAGE)).resolves.toBeUndefined()
  expect(told).toEqual([])
  failure = new DOMException('no', 'SecurityError')
  await expect(keepForLater(PAGE)).rejects.toThrow('no')
})
