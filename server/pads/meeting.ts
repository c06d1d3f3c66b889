/** Meetings on boards: who presents and who may draw (SPEC-board B410 to B414). Rooms ask {@link Meetings.narrow} at the door. */
import { ANONYMOUS_AUTHOR } from '../../shared/ids.ts'
import type { Level } from '../../shared/access.ts'
import { allows } from '../../shared/access.ts'
import { NO_MEETING, levelInMeeting, mayChange, mayGather, readMeeting } from '../../shared/meeting.ts'
import type { Meeting, SeenPart } from '../../shared/meeting.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { Bucket } from '../sync/limits.ts'
import type { Speaker, Sync } from '../sync/types.ts'
import { padOf } from './following.ts'
import type { Following } from './following.ts'

export interface Meetings {
  /** What is left, in a document, of what somebody may do in its pad. @throws StoreDown */
  readonly narrow: (document: string, author: string, level: Level) => Promise<Level>
  /** Begins to serve meetings; the answer ends it. `alone`: no other server has the same database. */
  watch(parts: { sync: MeetingSync; following: Following; alone: boolean }): () => void
}

/** What a meeting becomes; null: it stays as it is. */
type Make = (now: Meeting) => Meeting | null

type MeetingSync = Pick<Sync, 'listen' | 'tell' | 'tellEverywhere' | 'recheck'>

/** The meeting of an open board. */
interface Kept {
  meeting: Meeting
  /** {@link PadValue.time} up to which it is known. */
  changed: number
}

const NAME = 'meeting'
/** Ms after which a presenter who left presents no more. */
const AWAY = 20_000
/** Wishes of one connection a second, and at once. */
const RATE = { rate: 1, burst: 10 }

export function createMeetings({
  store,
  log,
  away = AWAY,
}: {
  store: Pick<Store, 'padValues' | 'savePadValue'>
  log: Log
  away?: number
}): Meetings {
  const open = new Map<string, Kept>()

  async function read(pad: string): Promise<Kept> {
    const values = await store.padValues(`p/${pad}`)
    const value = values.find(({ name }) => name === NAME)?.value
    return {
      meeting: value === undefined ? NO_MEETING : readMeeting(parse(value)),
      changed: values.reduce((latest, { time }) => Math.max(latest, time), 0),
    }
  }

  async function known(pad: string): Promise<Meeting> {
    return (open.get(pad) ?? (await read(pad))).meeting
  }

  return {
    async narrow(document, author, level) {
      // For these it makes no difference, so nobody waits.
      if (!document.startsWith('b/') || !allows(level, 'write') || level === 'own') return level
      return levelInMeeting(await known(padOf(document)), author, level)
    },

    watch({ sync, following, alone }) {
      /** Authors on each open board. */
      const here = new Map<string, Set<string>>()
      const leaving = new Map<string, NodeJS.Timeout>()
      const rates = new WeakMap<object, Bucket>()
      let last: Promise<void> = Promise.resolve()

      const event = (meeting: Meeting) => ({ type: 'meeting', meeting, now: Date.now() }) as const

      /** Reads an open board's meeting again, and tells it when it is another. */
      async function refresh(pad: string): Promise<Meeting> {
        const before = open.get(pad)
        const next = await read(pad)
        if (!following.isOpen(pad)) return next.meeting
        // Of two readings under way the later state counts, whichever comes last.
        const now = open.get(pad)
        if (now !== undefined && now.changed > next.changed) return now.meeting
        open.set(pad, next)
        watchPresenter(pad)
        if (JSON.stringify(before?.meeting ?? NO_MEETING) !== JSON.stringify(next.meeting)) {
          sync.tell(`b/${pad}`, event(next.meeting))
          await sync.recheck(pad)
        }
        return next.meeting
      }

      /** One change after another, so that of two who begin to present at once one does. */
      function change(pad: string, make: Make, failed: (why: string) => void): void {
        last = changed(last, pad, make, failed)
      }

      async function changed(
        before: Promise<void>,
        pad: string,
        make: Make,
        failed: (why: string) => void,
      ): Promise<void> {
        await before
        try {
          const next = make((await read(pad)).meeting)
          if (next === null) return
          const value = { name: NAME, value: JSON.stringify(next), time: Date.now() }
          if (await store.savePadValue(`p/${pad}`, value, false)) await refresh(pad)
          else failed('gone')
        } catch (error) {
          log.warn('a meeting is not kept', { pad, error: String(error) })
          failed('later')
        }
      }

      function wish(from: Speaker, wished: Partial<Meeting>): void {
        const refuse = (why: string): void => from.tell({ type: 'refused', what: 'meeting', why })
        const { author } = from.person
        if (!from.document.startsWith('b/')) refuse('noBoard')
        else if (author === ANONYMOUS_AUTHOR) refuse('notAllowed')
        else if (!mayTry(from)) refuse('tooFast')
        else
          change(
            padOf(from.document),
            (meeting) => {
              if (mayChange(meeting, wished, { author, level: from.level })) return { ...meeting, ...wished }
              refuse('notAllowed')
              return null
            },
            refuse,
          )
      }

      async function gather(from: Speaker, seen: SeenPart): Promise<void> {
        const refuse = (why: string): void => from.tell({ type: 'refused', what: 'gather', why })
        if (!from.document.startsWith('b/')) return refuse('noBoard')
        if (!mayTry(from)) return refuse('tooFast')
        try {
          const meeting = await known(padOf(from.document))
          if (!mayGather(meeting, from.person.author, from.level)) return refuse('notAllowed')
          const { person, document, connection } = from
          sync.tellEverywhere(document, { type: 'gather', from: person, seen }, undefined, connection)
        } catch (error) {
          log.debug('a meeting could not be read', { error: String(error) })
          refuse('later')
        }
      }

      function mayTry({ connection }: Speaker): boolean {
        const now = performance.now()
        const rate = rates.get(connection) ?? new Bucket(RATE.rate, RATE.burst, now)
        rates.set(connection, rate)
        return rate.take(1, now)
      }

      async function catchUp(from: Speaker): Promise<void> {
        try {
          from.tell(event(await known(padOf(from.document))))
        } catch (error) {
          log.debug('a meeting could not be read', { error: String(error) })
        }
      }

      /** Who presents and is not here presents no more after a while. */
      function watchPresenter(pad: string, left = alone): void {
        const presenter = open.get(pad)?.meeting.presenter ?? null
        const isHere = presenter === null || here.get(pad)?.has(presenter) === true
        if (isHere || !left) {
          if (isHere) forget(pad)
          return
        }
        if (leaving.has(pad)) return
        const end = (): void => {
          leaving.delete(pad)
          change(
            pad,
            (meeting) => (meeting.presenter === presenter ? { ...meeting, presenter: null } : null),
            () => {},
          )
        }
        leaving.set(pad, setTimeout(end, away).unref())
      }

      function forget(pad: string): void {
        clearTimeout(leaving.get(pad))
        leaving.delete(pad)
      }

      const offs = [
        sync.listen({
          joined(document, { author }) {
            if (!document.startsWith('b/')) return
            const pad = padOf(document)
            here.set(pad, (here.get(pad) ?? new Set()).add(author))
            if (open.has(pad)) watchPresenter(pad)
            else refresh(pad).catch(() => {})
          },
          left(document, { author }) {
            if (!document.startsWith('b/')) return
            const pad = padOf(document)
            const all = here.get(pad)
            all?.delete(author)
            if (all?.size === 0) here.delete(pad)
            if (open.get(pad)?.meeting.presenter === author) watchPresenter(pad, true)
          },
          heard(from, heard) {
            if (heard.type === 'meeting') wish(from, heard.change)
            else if (heard.type === 'gather') void gather(from, heard.seen)
            else if (heard.type === 'catchUp' && from.document.startsWith('b/')) void catchUp(from)
          },
        }),
        following.listen({
          news(pad, { changed }) {
            const before = open.get(pad)
            if (before === undefined || changed > before.changed) refresh(pad).catch(() => {})
          },
          closed: (pad) => void open.delete(pad),
        }),
      ]
      return () => {
        offs.forEach((off) => off())
        for (const pad of leaving.keys()) forget(pad)
      }
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
