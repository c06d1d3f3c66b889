/** A meeting on a board: who presents, and who may draw (SPEC-board B410 to B414). Kept by the server, decided by few. */
import type { Level } from './access.ts'
import { allows } from './access.ts'
import { isAuthorId } from './ids.ts'

/** `all`: everybody who may write; `presenter`: who presents, and who owns the pad; `owner`: only who owns it. */
export const DRAWING = ['all', 'presenter', 'owner'] as const
export type Drawing = (typeof DRAWING)[number]

export interface Meeting {
  readonly drawing: Drawing
  /** The author who presents, or null. */
  readonly presenter: string | null
}

export const NO_MEETING: Meeting = { drawing: 'all', presenter: null }

/** Reads a meeting of unknown origin; what is not right is as in {@link NO_MEETING}. */
export function readMeeting(value: unknown): Meeting {
  const { drawing, presenter } = readMeetingChange(value)
  return { drawing: drawing ?? NO_MEETING.drawing, presenter: presenter ?? NO_MEETING.presenter }
}

/** Reads what somebody wants to be otherwise; what is not right is left out. */
export function readMeetingChange(value: unknown): Partial<Meeting> {
  if (typeof value !== 'object' || value === null) return {}
  const given = value as Record<string, unknown>
  const drawing = DRAWING.find((one) => one === given['drawing'])
  const presenter = given['presenter']
  return {
    ...(drawing === undefined ? {} : { drawing }),
    ...(presenter === null || (typeof presenter === 'string' && isAuthorId(presenter)) ? { presenter } : {}),
  }
}

/** May a person make this change? `level` is what they may do on the board as it is. */
export function mayChange(
  meeting: Meeting,
  change: Partial<Meeting>,
  { author, level }: { author: string; level: Level },
): boolean {
  if (level === 'own') return true
  if (change.drawing !== undefined && change.drawing !== meeting.drawing) return false
  const { presenter } = change
  if (presenter === undefined || presenter === meeting.presenter) return true
  if (presenter === null) return meeting.presenter === author
  return presenter === author && meeting.presenter === null && allows(level, 'write')
}

/** What is left on the board of what a person may do in the pad. */
export function levelInMeeting({ drawing, presenter }: Meeting, author: string | null, level: Level): Level {
  if (!allows(level, 'write') || level === 'own' || drawing === 'all') return level
  return drawing === 'presenter' && author !== null && author === presenter ? level : 'comment'
}

/** May a person bring everybody to where they look? */
export function mayGather(meeting: Meeting, author: string, level: Level): boolean {
  return level === 'own' || (allows(level, 'write') && (meeting.presenter ?? author) === author)
}

/** The middle of what a person sees and how much of the page: x, y, width, height. */
export type SeenPart = readonly [x: number, y: number, width: number, height: number]

/** Reads what somebody sees; null for what cannot be. */
export function readSeenPart(value: unknown): SeenPart | null {
  if (!Array.isArray(value) || value.length !== 4) return null
  const [x, y, width, height] = value as readonly unknown[]
  if (!isPlace(x) || !isPlace(y) || !isPlace(width) || !isPlace(height)) return null
  return width > 0 && height > 0 ? [x, y, width, height] : null
}

function isPlace(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 1e7
}
