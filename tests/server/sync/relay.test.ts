/** S20: when what happened in a room leaves for its connections. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { Relay } from '../../../server/sync/relay.ts'
import type { Receiver } from '../../../server/sync/relay.ts'

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

/** A room of `people`; `cost` is ms that one write takes. */
function roomOf(people: number, cost = 0) {
  const writes: number[] = []
  const receivers = new Set<Receiver>()
  for (let index = 0; index < people; index++)
    receivers.add({
      ours: false,
      live: true,
      client: undefined,
      deliver(batch) {
        if (index === 0) writes.push(batch.packets.length)
        jest.setSystemTime(Date.now() + cost)
        if (cost > 0) jest.advanceTimersByTime(cost)
      },
      deliverPresence() {},
    })
  const relay = new Relay(receivers)
  return { relay, writes, edit: () => relay.add(Uint8Array.of(1, 2, 3), null) }
}

test('S20: in a small room each turn of the event loop is one write', () => {
  const { relay, writes, edit } = roomOf(100)
  edit()
  edit()
  expect(writes).toEqual([])
  jest.advanceTimersByTime(0)
  expect(writes).toEqual([2])
  edit()
  jest.advanceTimersByTime(0)
  expect(writes).toEqual([2, 1])
  relay.stop()
})

test.each([
  [101, 4],
  [251, 20],
  [501, 50],
])(
  'S20: with %i connections the first edit leaves at once, what follows it within %i ms together',
  (people, ms) => {
    const { relay, writes, edit } = roomOf(people)
    jest.advanceTimersByTime(1000)
    edit()
    jest.advanceTimersByTime(0)
    expect(writes).toEqual([1])
    edit()
    jest.advanceTimersByTime(ms - 1)
    edit()
    expect(writes).toEqual([1])
    jest.advanceTimersByTime(1)
    expect(writes).toEqual([1, 2])
    jest.advanceTimersByTime(1000)
    edit()
    jest.advanceTimersByTime(0)
    expect(writes).toEqual([1, 2, 1])
    relay.stop()
  },
)

test('S20: one room takes at most two thirds of the time: what takes 8 ms to send is sent again after 12', () => {
  const { relay, writes, edit } = roomOf(8, 1)
  edit()
  jest.advanceTimersByTime(0)
  expect(writes).toEqual([1])
  edit()
  jest.advanceTimersByTime(3)
  expect(writes).toEqual([1])
  jest.advanceTimersByTime(1)
  expect(writes).toEqual([1, 1])
  relay.stop()
})

test('S20: what is asked to leave now leaves now, and not again', () => {
  const { relay, writes, edit } = roomOf(300)
  edit()
  relay.flush()
  edit()
  relay.flush()
  expect(writes).toEqual([1, 1])
  jest.advanceTimersByTime(1000)
  expect(writes).toEqual([1, 1])
  relay.stop()
})
