import { expect, jest, test } from '@jest/globals'
import { collectWhenQuiet } from '../../server/quiet.ts'

const MIB = 1024 * 1024

/** A server that rests, with a hand on its messages, its memory and its time. */
function resting(): {
  look: (times: number, messages?: number) => void
  hold: (mib: number) => void
  end: () => void
  collected: number[]
} {
  jest.useFakeTimers()
  let messages = 0
  let held = 50
  const collected: number[] = []
  const stop = collectWhenQuiet({
    messages: () => messages,
    held: () => held * MIB,
    collect() {
      collected.push(held)
      held = 50
    },
    every: 1000,
  })
  return {
    collected,
    hold: (mib) => (held = mib),
    look(times, each = 0) {
      for (let i = 0; i < times; i++) {
        messages += each
        jest.advanceTimersByTime(1000)
      }
    },
    end() {
      stop()
      jest.useRealTimers()
    },
  }
}

test('S46: what was left behind is collected once the third look in a row was quiet, and three looks later once more', () => {
  const { look, hold, end, collected } = resting()
  hold(60)
  look(2)
  expect(collected).toEqual([])
  look(10, 9)
  expect(collected).toEqual([60, 50])
  end()
})

test('S46: while messages come nothing is collected, nor for little', () => {
  const { look, hold, end, collected } = resting()
  hold(60)
  look(10, 10)
  hold(53)
  look(10)
  expect(collected).toEqual([])
  end()
})

test('S46: what was less meanwhile counts, not only what was collected here', () => {
  const { look, hold, end, collected } = resting()
  hold(20)
  look(5)
  hold(25)
  look(5)
  expect(collected).toEqual([25, 50])
  end()
})

test('S46: V8 collects for real', async () => {
  const large = new WeakRef(Array.from({ length: 1000 }, () => ({})))
  let held = 0
  const stop = collectWhenQuiet({ messages: () => 0, held: () => (held += 8 * MIB), every: 1 })
  const until = performance.now() + 20_000
  // What a turn of the event loop has looked at stays for that turn.
  while (large.deref() !== undefined && performance.now() < until) {
    await new Promise((done) => {
      setTimeout(done, 5)
    })
  }
  stop()
  expect(large.deref()).toBeUndefined()
})
