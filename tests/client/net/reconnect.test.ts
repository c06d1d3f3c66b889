import { describe, expect, test } from '@jest/globals'
import { createChoice } from '../../../client/net/choice.ts'
import { reconnectDelay, watchWake } from '../../../client/net/reconnect.ts'
import { Close } from '../../../shared/protocol.ts'
import { createClientEnvironment } from '../../support/client-environment.ts'
import { createClock } from '../../support/clock.ts'

describe('coming back', () => {
  test('C7: full jitter, growing from 0.2 s to at most 15 s', () => {
    const longest = Array.from({ length: 12 }, (_, attempt) => reconnectDelay(attempt, 1006, () => 1))
    expect(longest.slice(0, 4)).toEqual([400, 800, 1600, 3200])
    expect(Math.max(...longest)).toBe(15_000)
    expect(reconnectDelay(9, 1006, () => 0)).toBe(200)
  })

  test('C7: the close code shifts it: restart soon, later and too fast later', () => {
    expect([0, 1].map((r) => reconnectDelay(0, Close.restart, () => r))).toEqual([200, 3000])
    for (const code of [Close.tryLater, Close.tooFast]) {
      expect([0, 1].map((r) => reconnectDelay(0, code, () => r))).toEqual([5000, 15_000])
    }
  })

  test('C7: online, pageshow, becoming visible and a gap in time wake, offline ends; a hidden page’s slow timers do not', () => {
    const clock = createClock()
    const env = createClientEnvironment({ clock })
    const seen: string[] = []
    let late = 0
    const off = watchWake(
      { ...env, now: () => clock.now() + late },
      {
        awake: () => seen.push('awake'),
        lost: () => seen.push('lost'),
        slept: () => seen.push('slept'),
        tick: () => {},
      },
    )
    env.fire('online')
    env.fire('pageshow')
    env.fire('offline')
    expect(seen.pop()).toBe('lost')
    clock.advance(20_000)
    expect(seen).toEqual(['awake', 'awake'])
    late += 60_000
    clock.advance(5000)
    expect(seen.pop()).toBe('slept')
    env.setVisible(false)
    late += 60_000
    clock.advance(5000)
    env.setVisible(true)
    clock.advance(20_000)
    expect(seen).toEqual(['awake', 'awake', 'awake'])
    off()
    env.fire('online')
    expect(seen).toHaveLength(3)
    expect(clock.waiting).toBe(0)
  })
})

describe('which carrier', () => {
  test('C8: two early ends, or one that hung, lead to socket.io; its failure leads back', () => {
    const choice = createChoice(createClientEnvironment(), 'x')
    expect(choice.next()).toBe('websocket')
    choice.failed('websocket', false)
    expect(choice.next()).toBe('websocket')
    choice.failed('websocket', false)
    expect(choice.next()).toBe('socket.io')
    choice.failed('socket.io', false)
    expect(choice.next()).toBe('websocket')
    choice.failed('websocket', true)
    expect(choice.next()).toBe('socket.io')
  })

  test('C8: an origin without WebSockets is remembered for half an hour', () => {
    const clock = createClock()
    const env = createClientEnvironment({ clock })
    createChoice(env, 'x').worked('socket.io')
    expect(createChoice(env, 'x').next()).toBe('socket.io')
    expect(createChoice(env, 'y').next()).toBe('websocket')
    expect(createChoice(env, 'x').probeAfter()).toBe(300_000)
    clock.advance(30 * 60_000)
    expect(createChoice(env, 'x').next()).toBe('websocket')
  })

  test('C8: where a WebSocket worked, a restart of the server does not lead away from it', () => {
    const env = createClientEnvironment()
    const choice = createChoice(env, 'x')
    choice.worked('websocket')
    for (let i = 0; i < 4; i++) choice.failed('websocket', i === 0)
    expect(choice.next()).toBe('websocket')
    choice.failed('websocket', false)
    expect(choice.next()).toBe('socket.io')
    choice.worked('socket.io')
    expect(choice.probeAfter()).toBe(15_000)
    expect(createChoice(env, 'x').next()).toBe('websocket')
  })

  test('C8: storage that throws is only forgetful', () => {
    const broken = () => {
      throw new Error('no storage')
    }
    const storage = { length: 0, key: broken, getItem: broken, setItem: broken, removeItem: broken }
    const choice = createChoice(createClientEnvironment({ storage }), 'x')
    choice.worked('socket.io')
    expect(choice.next()).toBe('websocket')
  })
})
