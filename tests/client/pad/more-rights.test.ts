import { expect, test } from '@jest/globals'
import { reloadForMore } from '../../../client/pad/more-rights.ts'
import type { Session, SessionEvents } from '../../../client/net/types.ts'
import type { Level } from '../../../shared/access.ts'

/** A page and what its server says; counts how often it loads again. */
function page(made: { readOnly: boolean; pad: string }) {
  const listeners = new Map<string, (value: never) => void>()
  const kept = new Map<string, string>()
  const state = { level: 'read' as Level, loads: 0, now: 1_000_000 }
  const session: Pick<Session, 'on' | 'level'> = {
    get level() {
      return state.level
    },
    on(event, listener) {
      listeners.set(event, listener)
      return () => void listeners.delete(event)
    },
  }
  const off = reloadForMore(session, made, {
    now: () => state.now,
    storage: () => ({
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
    }),
    reload: () => state.loads++,
  })
  const say = <E extends keyof SessionEvents>(event: E, value: SessionEvents[E]): void =>
    listeners.get(event)?.(value as never)
  return { state, say, off, listeners }
}

const PAD = { readOnly: true, pad: 'notes' }

test('L108: a page made for a reader loads again when its server says there is more to do, not when a copy remembers it', () => {
  const { state, say } = page(PAD)
  say('level', 'write')
  say('event', { type: 'level', level: 'read' })
  expect(state.loads).toBe(0)
  say('event', { type: 'level', level: 'comment' })
  expect(state.loads).toBe(1)
})

test('L108: it does so once a minute at most, also where page and connection are never told the same', () => {
  const { state, say } = page(PAD)
  state.level = 'write'
  say('open', undefined)
  say('open', undefined)
  expect(state.loads).toBe(1)
  state.now += 60_000
  say('open', undefined)
  expect(state.loads).toBe(2)
})

test('L108: a page with tools, and one behind a read-only link, stays', () => {
  for (const made of [
    { readOnly: false, pad: 'notes' },
    { readOnly: true, pad: `r.${'a'.repeat(32)}` },
  ])
    expect(page(made).listeners.size).toBe(0)
  const { off, listeners } = page(PAD)
  off()
  expect(listeners.size).toBe(0)
})
