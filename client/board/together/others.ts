/** Others on the board: where they point, what they have selected, what they see (SPEC-board B404, B405). */
import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { readBoardPresence } from '../../../shared/board/presence.ts'
import type { BoardPresence } from '../../../shared/board/presence.ts'
import { hexOf, isPersonColour } from '../../../shared/colour.ts'
import type { Session } from '../../net/types.ts'
import type { Off, Point } from '../types.ts'
import type { Clock } from './clock.ts'

/** Ms a pointer takes to where it was last said to be: a little more than what passes between two messages. */
const GLIDE = 80
/** A pointer that was not moved for so long is not shown. */
const IDLE = 60_000
/** People drawn. */
const MOST = 100

/** Somebody else's tab with this board. */
export interface Other extends BoardPresence {
  readonly client: number
  readonly author: string
  readonly name: string
  readonly colour: string
  /** `#rrggbb`. */
  readonly hex: string
}

export interface Others {
  readonly all: ReadonlySignal<readonly Other[]>
  /** Where to draw somebody's pointer now; null for nowhere. */
  pointerOf(client: number): Point | null
  /** Whether a pointer is still on its way. */
  moving(): boolean
  destroy(): void
}

interface Way {
  from: Point
  to: Point
  /** Ms of the clock. */
  since: number
}

export function createOthers(session: Pick<Session, 'presence' | 'on'>, clock: Clock): Others {
  const all = signal<readonly Other[]>([])
  const ways = new Map<number, Way>()

  function look(): void {
    const now = clock.now()
    const others: Other[] = []
    const pointing = new Set<number>()
    for (const [client, { user, board }] of session.presence) {
      const presence = readBoardPresence(board)
      if (!user || !presence || others.length >= MOST) continue
      const { author, name } = user
      const colour = isPersonColour(user.colour) ? user.colour : '1'
      others.push({ ...presence, client, author, name, colour, hex: hexOf(colour) })
      if (!presence.at) continue
      pointing.add(client)
      const way = ways.get(client)
      if (way?.to.x === presence.at.x && way.to.y === presence.at.y) continue
      ways.set(client, { from: way ? along(way, now) : presence.at, to: presence.at, since: now })
    }
    for (const client of ways.keys()) if (!pointing.has(client)) ways.delete(client)
    all.value = others
  }
  const off: Off = session.on('presence', look)
  look()
  return {
    all,
    pointerOf(client) {
      const way = ways.get(client)
      const now = clock.now()
      return way && now - way.since < IDLE ? along(way, now) : null
    },
    moving() {
      const now = clock.now()
      for (const { since } of ways.values()) if (now - since < GLIDE) return true
      return false
    },
    destroy: off,
  }
}

function along({ from, to, since }: Way, now: number): Point {
  const part = Math.min(1, (now - since) / GLIDE)
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}
