import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterEach, expect, test } from '@jest/globals'
import { createThreads } from '../../../server/formats/threads.ts'
import type { Threads } from '../../../server/formats/threads.ts'

const CODE = `
  const { parentPort, threadId } = require('node:worker_threads')
  parentPort.on('message', (message) => {
    if (message === 'die') process.exit(3)
    if (message === 'hang') for (;;);
    parentPort.postMessage(threadId)
  })`

let threads: Threads
let begun = 0
let last: Worker
function started(limits = { patience: 30_000, idle: 30_000 }): Threads {
  begun = 0
  threads = createThreads(() => {
    begun += 1
    return (last = new Worker(CODE, { eval: true }))
  }, limits)
  return threads
}
afterEach(() => threads.close())

test('F14: a thread is used again after its job, and two jobs at once have two', async () => {
  const one = started()
  const first = await one.run((talk) => talk.ask<number>('id'))
  expect(await one.run((talk) => talk.ask<number>('id'))).toBe(first)
  const both = await Promise.all([
    one.run((talk) => talk.ask<number>('id')),
    one.run((talk) => talk.ask<number>('id')),
  ])
  expect(new Set(both).size).toBe(2)
  expect(begun).toBe(2)
})

test('F14: a thread that ends fails its job at once; the next job has another', async () => {
  const one = started()
  await expect(one.run((talk) => talk.ask('die'))).rejects.toThrow('a thread ended')
  expect(await one.run((talk) => talk.ask<number>('id'))).toBeGreaterThan(0)
  expect(begun).toBe(2)
})

test('F14: a thread that hangs is ended', async () => {
  const one = started({ patience: 200, idle: 30_000 })
  await expect(one.run((talk) => talk.ask('hang'))).rejects.toThrow('too long')
})

test('F14: a job that fails ends its thread, whatever it was in the middle of', async () => {
  const one = started()
  await expect(one.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await one.run((talk) => talk.ask('id'))
  expect(begun).toBe(2)
})

test('F14: a thread that has nothing to do ends after a while', async () => {
  const one = started({ patience: 30_000, idle: 1 })
  await one.run((talk) => talk.ask('id'))
  last.ref()
  await once(last, 'exit')
  await one.run((talk) => talk.ask('id'))
  expect(begun).toBe(2)
})

test('F36: a job that is given up ends its thread, also between two questions, and asks nothing more', async () => {
  const one = started()
  const stop = new AbortController()
  const hanging = one.run((talk) => talk.ask('hang'), stop.signal)
  stop.abort()
  await expect(hanging).rejects.toThrow('a thread ended')
  const later = new AbortController()
  const asking = one.run(async (talk) => {
    await talk.ask('id')
    later.abort(new Error('given up'))
    return talk.ask('id')
  }, later.signal)
  await expect(asking).rejects.toThrow('given up')
  await expect(one.run((talk) => talk.ask('id'), later.signal)).rejects.toThrow('given up')
  expect(begun).toBe(2)
})
