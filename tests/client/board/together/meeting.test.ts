import { expect, test } from '@jest/globals'
import { signal } from '@preact/signals'
import * as Y from 'yjs'
import { createCamera } from '../../../../client/board/camera.ts'
import { createFollow, placeFor } from '../../../../client/board/together/follow.ts'
import { createMeetingRoom } from '../../../../client/board/together/meeting.ts'
import { createOthers } from '../../../../client/board/together/others.ts'
import { clockWords, createRounds } from '../../../../client/board/together/rounds.ts'
import { listenForVotes } from '../../../../client/board/together/voting.ts'
import { createEmitter } from '../../../../client/net/emitter.ts'
import type { Session, SessionEvents } from '../../../../client/net/types.ts'
import type { Level } from '../../../../shared/access.ts'
import type { Meeting, SeenPart } from '../../../../shared/meeting.ts'
import type { ClientEvent, Person, Presence } from '../../../../shared/protocol.ts'
import { createClock } from '../../../support/clock.ts'

const FRAME = 16
const person = (letter: string): Person => ({ author: `a.${letter.repeat(16)}`, name: letter, colour: '3' })
const [ada, bo] = [person('A'), person('B')]

/** A session of Ada's that does as the test says. */
function room(level: Level = 'write') {
  const time = createClock()
  const clock = { ...time, frame: (run: () => void) => time.after(FRAME, run) }
  const emitter = createEmitter<SessionEvents>((error) => {
    throw error
  })
  const presence = new Map<number, Presence>()
  const sent: ClientEvent[] = []
  const said: string[] = []
  const session = {
    me: ada,
    level,
    people: new Map([ada, bo].map((one) => [one.author, one])),
    presence,
    on: (event: keyof SessionEvents, listener: never) => emitter.on(event, listener),
    send(event: ClientEvent) {
      sent.push(event)
      return true
    },
  } as unknown as Session
  const camera = createCamera({ frame: null })
  camera.size.value = { width: 1000, height: 500 }
  const others = createOthers(session, clock)
  const follow = createFollow({ camera, others, clock, calm: () => false })
  const meeting = createMeetingRoom({ session, follow, say: (key) => said.push(key), now: () => time.now() })
  return {
    clock: time,
    camera,
    others,
    follow,
    meeting,
    sent,
    said,
    /** Bo is there, sees this, points there. */
    bo: (seen: SeenPart | null, at: readonly [number, number] | null = null): void => {
      presence.set(7, { user: { ...bo, color: '#000000' }, board: { seen, at, sel: ['s1', 'bad id'] } })
      emitter.emit('presence', undefined)
    },
    told: (now: Meeting): void => {
      emitter.emit('event', { type: 'meeting', meeting: now, now: time.now() + 5000 })
    },
    emit: emitter.emit.bind(emitter),
  }
}

test('B405: a pointer glides to where it was last said to be, and is gone after a minute of rest', () => {
  const { others, bo: bos, clock } = room()
  bos(null, [0, 0])
  expect(others.all.value).toMatchObject([{ author: bo.author, selection: ['s1'], at: { x: 0, y: 0 } }])
  bos(null, [80, 40])
  clock.advance(40)
  expect(others.pointerOf(7)).toEqual({ x: 40, y: 20 })
  expect(others.moving()).toBe(true)
  clock.advance(40)
  expect(others.pointerOf(7)).toEqual({ x: 80, y: 40 })
  expect(others.moving()).toBe(false)
  clock.advance(60_000)
  expect(others.pointerOf(7)).toBeNull()
  bos(null)
  expect(others.pointerOf(7)).toBeNull()
})

test('B406: following shows all that the other sees, step by step, until one moves the view', () => {
  const { bo: bos, follow, camera, clock } = room()
  bos([100, 100, 400, 400])
  follow.follow(bo.author)
  clock.advance(FRAME)
  const onTheWay = camera.place.value
  clock.advance(2000)
  expect(camera.place.value).toEqual(placeFor([100, 100, 400, 400], { width: 1000, height: 500 }))
  expect(onTheWay).not.toEqual(camera.place.value)
  const { left, top, right, bottom } = camera.seen.value
  expect([left <= -100, top <= -100, right >= 300, bottom >= 300]).toEqual([true, true, true, true])
  bos([5000, 0, 100, 100])
  clock.advance(2000)
  expect(camera.seen.value.left).toBeGreaterThan(4000)
  camera.pan(40, 0)
  expect(follow.who.value).toBeNull()
  bos([0, 0, 100, 100])
  clock.advance(2000)
  expect(camera.seen.value.left).toBeGreaterThan(4000)
})

test('B410, B411: who presents is followed, until one stops; the end of it ends that', () => {
  const { meeting, follow, told, sent } = room()
  expect(sent).toEqual([{ type: 'catchUp' }])
  told({ drawing: 'all', presenter: bo.author })
  expect(meeting.presenter.value).toEqual(bo)
  expect(follow.who.value).toBe(bo.author)
  follow.follow(null)
  told({ drawing: 'presenter', presenter: bo.author })
  expect(follow.who.value).toBeNull()
  told({ drawing: 'all', presenter: null })
  told({ drawing: 'all', presenter: bo.author })
  expect(follow.who.value).toBe(bo.author)
  told({ drawing: 'all', presenter: ada.author })
  expect([follow.who.value, meeting.presenting.value, meeting.presenter.value]).toEqual([null, true, null])
})

test('B411: what may be wished for is offered, and nothing else', () => {
  const guest = room()
  expect(guest.meeting.mayChange({ presenter: ada.author })).toBe(true)
  expect(guest.meeting.mayChange({ drawing: 'owner' })).toBe(false)
  guest.told({ drawing: 'all', presenter: bo.author })
  expect(guest.meeting.mayChange({ presenter: ada.author })).toBe(false)
  expect(guest.meeting.mayGather.value).toBe(false)
  guest.emit('level', 'own')
  expect(guest.meeting.mayChange({ drawing: 'owner', presenter: null })).toBe(true)
  guest.meeting.allowDrawing('presenter')
  guest.meeting.present(true)
  expect(guest.sent.slice(1)).toEqual([
    { type: 'meeting', change: { drawing: 'presenter' } },
    { type: 'meeting', change: { presenter: ada.author } },
  ])
  guest.emit('event', { type: 'refused', what: 'meeting', why: 'notAllowed' })
  expect(guest.said).toEqual(['board.meetingRefused'])
})

test('B414: somebody brings everybody to what they see', () => {
  const { emit, camera, said } = room()
  emit('event', { type: 'gather', from: bo, seen: [100, 100, 1000, 500] })
  expect(camera.place.value).toEqual({ x: -400, y: -150, zoom: 1 })
  expect(said).toEqual(['board.gathered'])
})

test('B413: the timer goes by the clock of the server', () => {
  const { meeting, told, clock } = room()
  told({ drawing: 'all', presenter: null })
  expect(meeting.serverNow()).toBe(clock.now() + 5000)
})

test('B421, B422: a timer runs, stands still and goes on; votes are given, taken back and counted', () => {
  const doc = new Y.Doc()
  let now = 1_700_000_000_000
  let may = true
  const rounds = createRounds({ doc, author: () => ada.author, mayWrite: () => may, now: () => now })
  rounds.startTimer(300_000)
  now += 28_000
  rounds.tick()
  expect([rounds.left.value, clockWords(rounds.left.value)]).toEqual([272_000, '4:32'])
  rounds.pauseTimer()
  now += 60_000
  rounds.tick()
  expect(rounds.left.value).toBe(272_000)
  rounds.extendTimer(60_000)
  rounds.resumeTimer()
  now += 400_000
  rounds.tick()
  expect([rounds.left.value, rounds.timer.value?.length]).toEqual([0, 360_000])
  rounds.removeTimer()
  expect(rounds.timer.value).toBeNull()

  expect(rounds.give('s1')).toBe(false)
  rounds.startRound(2, true)
  expect([rounds.give('s1'), rounds.give('s1'), rounds.give('s2')]).toEqual([true, true, false])
  expect([rounds.take('s1'), rounds.take('s9')]).toEqual([true, false])
  doc.getMap('votes').set(bo.author, [rounds.round.value?.id, 's2', 's2'])
  expect([...rounds.counts.value, rounds.voters.value]).toEqual([['s1', 1], 2])
  may = false
  expect(rounds.give('s2')).toBe(false)
  may = true
  rounds.endRound()
  expect(Object.fromEntries(rounds.counts.value)).toEqual({ s1: 1, s2: 2 })
  expect(rounds.give('s2')).toBe(false)
  rounds.clearRound()
  expect(rounds.counts.value.size).toBe(0)
})

test('B425: whose drawing ends votes no more, and what was voted counts', () => {
  const doc = new Y.Doc()
  const mayDraw = signal(true)
  const say: string[] = []
  const rounds = createRounds({
    doc,
    author: () => ada.author,
    mayWrite: () => mayDraw.peek(),
    now: () => 0,
  })
  const element = new EventTarget()
  const classes = new Set<string>()
  Object.assign(element, {
    classList: { toggle: (name: string, on: boolean) => (on ? classes.add(name) : classes.delete(name)) },
  })
  const parts = { view: { element }, editor: { mayDraw }, rounds, say: (key: string) => void say.push(key) }
  const off = listenForVotes(parts as unknown as Parameters<typeof listenForVotes>[0])
  rounds.startRound(2, false)
  expect(rounds.give('s1')).toBe(true)
  rounds.voting.value = true
  expect(classes).toContain('voting')
  mayDraw.value = false
  expect([rounds.voting.value, classes.size]).toEqual([false, 0])
  expect([rounds.give('s2'), rounds.take('s1')]).toEqual([false, false])
  expect([...rounds.counts.value]).toEqual([['s1', 1]])
  off()
})

test('a clock shows hours only where there are some', () => {
  expect([0, 999, 61_000, 3_600_000].map(clockWords)).toEqual(['0:00', '0:01', '1:01', '1:00:00'])
})
