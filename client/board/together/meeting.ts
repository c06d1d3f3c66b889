/** The meeting as this page knows it: who presents, who may draw; and wishes to the server (SPEC-board B410 to B414). */
import { computed, effect, signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { NO_MEETING, mayChange, mayGather, readMeeting, readSeenPart } from '../../../shared/meeting.ts'
import type { Drawing, Meeting, SeenPart } from '../../../shared/meeting.ts'
import type { Person } from '../../../shared/protocol.ts'
import type { Session } from '../../net/types.ts'
import type { Follow } from './follow.ts'

/** Part from which people are told; from {@link FULL} on nothing new is made. */
const NEARLY_FULL = 0.8
export const FULL = 0.95

export type MeetingSession = Pick<Session, 'on' | 'send' | 'people' | 'me' | 'level'>

/** A short message: a key of the board's words, and values. */
export type Say = (key: string, values?: Readonly<Record<string, string>>) => void

export interface MeetingRoom {
  readonly meeting: ReadonlySignal<Meeting>
  /** Who presents, when it is somebody else. */
  readonly presenter: ReadonlySignal<Person | null>
  /** This person presents. */
  readonly presenting: ReadonlySignal<boolean>
  readonly owns: ReadonlySignal<boolean>
  /** May this person make this change, or bring everybody to them? */
  mayChange(change: Partial<Meeting>): boolean
  readonly mayGather: ReadonlySignal<boolean>
  present(on: boolean): void
  /** Only for who owns the pad: another presents. */
  handTo(author: string): void
  allowDrawing(drawing: Drawing): void
  gather(seen: SeenPart): void
  /** Which part of what a document may hold the board takes up, as far as it was told: from 0.8 on. */
  readonly fullness: ReadonlySignal<number>
  /** What the server's clock says, in ms since 1970. */
  serverNow(): number
  destroy(): void
}

export function createMeetingRoom({
  session,
  follow,
  say,
  now = Date.now,
}: {
  session: MeetingSession
  follow: Follow
  say: Say
  now?: () => number
}): MeetingRoom {
  const meeting = signal<Meeting>(NO_MEETING)
  const me = signal(session.me)
  const level = signal(session.level)
  const people = signal(session.people)
  const fullness = signal(0)
  /** The presenter who is followed because they present. */
  let followed: string | null = null
  /** Ms the server's clock is ahead. */
  let ahead = 0

  const presenter = computed((): Person | null => {
    const { presenter: author } = meeting.value
    if (author === null || author === me.value.author) return null
    return people.value.get(author) ?? { author, name: '', colour: '1' }
  })
  /** Their name may change without anything else. */
  const leading = computed(() => presenter.value?.author ?? null)
  const ask = (): void => void session.send({ type: 'catchUp' })
  const offs = [
    session.on('open', ask),
    session.on('level', (value) => (level.value = value)),
    session.on('people', () => {
      me.value = { ...session.me }
      people.value = new Map(session.people)
    }),
    session.on('event', (event) => {
      if (event.type === 'meeting') {
        meeting.value = readMeeting(event.meeting)
        if (Number.isFinite(event.now)) ahead = event.now - now()
      } else if (event.type === 'fullness') {
        const part = Number.isFinite(event.part) ? event.part : 0
        if (part >= NEARLY_FULL && fullness.peek() < NEARLY_FULL)
          say('board.nearlyFull', { n: String(Math.round(part * 100)) })
        fullness.value = part
      } else if (event.type === 'gather') {
        const seen = readSeenPart(event.seen)
        if (!seen) return
        follow.goTo(seen)
        say('board.gathered', { name: event.from.name })
      } else if (event.type === 'refused' && (event.what === 'meeting' || event.what === 'gather'))
        say(event.why === 'notAllowed' ? 'board.meetingRefused' : 'board.meetingLater')
    }),
    effect(() => {
      const { value: author } = leading
      const before = follow.who.peek()
      if (author !== null) follow.follow(author)
      else if (before !== null && before === followed) follow.follow(null)
      followed = author
    }),
  ]

  ask()

  const change = (what: Partial<Meeting>): void => {
    if (!session.send({ type: 'meeting', change: what })) say('board.meetingLater')
  }
  const myself = (): { author: string; level: typeof session.level } => ({
    author: me.value.author,
    level: level.value,
  })
  return {
    meeting,
    fullness,
    presenter,
    presenting: computed(() => meeting.value.presenter === me.value.author),
    owns: computed(() => level.value === 'own'),
    mayChange: (what) => mayChange(meeting.value, what, myself()),
    mayGather: computed(() => mayGather(meeting.value, me.value.author, level.value)),
    present: (on) => change({ presenter: on ? me.value.author : null }),
    handTo: (author) => change({ presenter: author }),
    allowDrawing: (drawing) => change({ drawing }),
    gather(seen) {
      if (session.send({ type: 'gather', seen })) say('board.gatheredAll')
      else say('board.meetingLater')
    },
    serverNow: () => now() + ahead,
    destroy: () => offs.forEach((off) => off()),
  }
}
