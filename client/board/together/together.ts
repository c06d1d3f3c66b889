/** Brings in the others: their ink, pointers and selections, who presents, timer and votes. One for each mounted board. */
import { computed, effect, signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { inkExponent } from '../../../shared/board/ink/points.ts'
import type { Session } from '../../net/types.ts'
import type { Editor, LiveStroke, View } from '../types.ts'
import type { Clock } from './clock.ts'
import { pageClock } from './clock.ts'
import { createFollow } from './follow.ts'
import type { Follow } from './follow.ts'
import { createInkReceiver } from './ink-receiver.ts'
import { createInkSender } from './ink-sender.ts'
import { FULL, createMeetingRoom } from './meeting.ts'
import type { MeetingRoom, Say } from './meeting.ts'
import { createOthers } from './others.ts'
import type { Others } from './others.ts'
import { createOverlay } from './overlay.ts'
import { seenPart, tellOwnPlace } from './own-place.ts'
import { createRounds } from './rounds.ts'
import type { Rounds } from './rounds.ts'
import { listenForVotes, voteActions } from './voting.ts'

export interface TogetherParts {
  readonly session: Session
  readonly editor: Editor
  readonly view: View
  /** Short messages: a key of the board's words, and values. */
  readonly say: Say
  readonly dark: ReadonlySignal<boolean>
  readonly clock?: Clock
}

export interface Together {
  readonly editor: Editor
  readonly session: Session
  readonly others: Others
  readonly follow: Follow
  readonly meeting: MeetingRoom
  readonly rounds: Rounds
  /** Brings everybody to what this person sees. */
  gather(): void
  destroy(): void
}

/** Ms between two looks at the clock while a timer runs. */
const TICK = 250

/** Connects a board with those who have it open. It alone calls {@link View.live}: own and others' strokes are painted together. */
export function createTogether(parts: TogetherParts): Together {
  const { session, editor, view, say, clock = pageClock() } = parts
  const { scene, camera } = editor
  const isLaser = (): boolean => editor.tool.peek() === 'laser'
  const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

  const others = createOthers(session, clock)
  const follow = createFollow({ camera, others, clock, calm })
  const meeting = createMeetingRoom({ session, follow, say })
  const rounds = createRounds({
    doc: session.doc,
    author: () => session.me.author,
    mayWrite: () => editor.mayDraw.peek(),
    now: () => meeting.serverNow(),
  })
  scene.board.hasRoom = () => meeting.fullness.peek() < FULL
  const receiver = createInkReceiver({ scene, clock })
  const ownLaser = signal<LiveStroke | null>(null)
  const own = computed((): LiveStroke | null => {
    const stroke = editor.stroke.value
    return stroke && editor.tool.value !== 'laser' ? stroke : null
  })
  const overlay = createOverlay({
    view,
    scene,
    camera,
    others,
    rounds,
    clock,
    trails: receiver.trails,
    ownLaser,
    dark: parts.dark,
    fade: (ms) => receiver.fade(ms),
  })

  for (const action of voteActions(editor, rounds, say)) editor.actions.set(action.id, action)
  const offs = [
    session.on('ink', ({ client, bytes }) => receiver.take(client, bytes)),
    createInkSender({
      stroke: editor.stroke,
      isLaser,
      exponent: () => inkExponent(camera.place.peek().zoom),
      isThere: (id) => scene.shapes.has(id),
      send: (bytes) => session.sendInk(bytes),
      people: () => session.presence.size,
      clock,
    }),
    effect(() => {
      const stroke = own.value
      view.live(stroke ? [...receiver.strokes.value, stroke] : receiver.strokes.value)
    }),
    effect(() => {
      ownLaser.value = editor.tool.value === 'laser' ? editor.stroke.value : null
    }),
    tellOwnPlace(session, editor),
    tickTimer(rounds, clock, say),
    listenForVotes({ view, editor, rounds, say }),
  ]

  return {
    editor,
    session,
    others,
    follow,
    meeting,
    rounds,
    gather() {
      const seen = seenPart(camera)
      if (seen) meeting.gather(seen)
    },
    destroy() {
      offs.forEach((off) => off())
      overlay()
      receiver.destroy()
      rounds.destroy()
      meeting.destroy()
      follow.destroy()
      others.destroy()
    },
  }
}

/** The clock goes on while a timer runs; its end is said once. */
function tickTimer(rounds: Rounds, clock: Clock, say: Say): () => void {
  let waiting: (() => void) | null = null
  const running: ReadonlySignal<boolean> = computed(
    () => rounds.timer.value?.end != null && rounds.left.value > 0,
  )
  let was = false
  const off = effect(() => {
    if (was && !running.value && rounds.timer.peek()?.end != null) say('board.timerOver')
    was = running.value
    waiting?.()
    waiting = null
    const again = (): void => {
      rounds.tick()
      waiting = clock.after(TICK, again)
    }
    if (running.value) waiting = clock.after(TICK, again)
  })
  return () => {
    off()
    waiting?.()
  }
}
