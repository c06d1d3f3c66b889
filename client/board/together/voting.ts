/** Presses on shapes as votes, while a person is voting (SPEC-board B422). */
import { effect } from '@preact/signals'
import type { BoardAction, Editor, Off, View } from '../types.ts'
import type { Say } from './meeting.ts'
import type { Rounds } from './rounds.ts'

/** Screen pixels around a press. */
const REACH = 6
/** Screen pixels a pointer may move and still be a press. */
const SLOP = 8

/** A press gives a vote, with Shift or the other button it takes one back. Before the tools hear of it. */
export function listenForVotes({
  view,
  editor,
  rounds,
  say,
}: {
  view: Pick<View, 'element'>
  editor: Editor
  rounds: Rounds
  say: Say
}): Off {
  const { element } = view
  let pressed: { id: number; x: number; y: number; back: boolean } | null = null

  function down(event: PointerEvent): void {
    if (!rounds.voting.peek() || !event.isPrimary || event.button === 1) return
    const back = event.shiftKey || event.button === 2
    pressed = { id: event.pointerId, x: event.clientX, y: event.clientY, back }
    event.stopImmediatePropagation()
    event.preventDefault()
  }

  function up(event: PointerEvent): void {
    if (pressed?.id !== event.pointerId) return
    const { x, y, back } = pressed
    pressed = null
    event.stopImmediatePropagation()
    if (Math.hypot(event.clientX - x, event.clientY - y) > SLOP) return
    const box = element.getBoundingClientRect()
    const { camera, scene } = editor
    const place = camera.toPage({ x: x - box.left, y: y - box.top })
    const shape = scene.at(place, REACH / camera.place.peek().zoom)
    if (shape) voteFor(rounds, shape.id, back, say)
  }

  const menu = (event: Event): void => {
    if (rounds.voting.peek()) event.preventDefault()
  }
  const options = { capture: true }
  element.addEventListener('pointerdown', down, options)
  element.addEventListener('pointerup', up, options)
  element.addEventListener('contextmenu', menu, options)
  const off = effect(() => {
    const { value: round } = rounds.round
    if (!round || round.results || !editor.mayDraw.value) rounds.voting.value = false
    element.classList.toggle('voting', rounds.voting.value)
  })
  return () => {
    off()
    element.removeEventListener('pointerdown', down, options)
    element.removeEventListener('pointerup', up, options)
    element.removeEventListener('contextmenu', menu, options)
  }
}

/** Votes by the keyboard, for the one shape that is selected. */
export function voteActions(editor: Editor, rounds: Rounds, say: Say): BoardAction[] {
  const selected = (): string | null => {
    const [id] = editor.selection.value
    return id !== undefined && editor.selection.value.size === 1 ? id : null
  }
  const isOpen = (): boolean => rounds.round.value !== null && rounds.round.value.results === null
  const run = (back: boolean) => (): void => {
    const shape = selected()
    if (shape === null) return
    voteFor(rounds, shape, back, say)
    const { value: round } = rounds.round
    if (round) say('board.votesLeft', { n: String(round.votes - rounds.mine.peek().length) })
  }
  const base = { group: 'meeting', icon: 'vote', writes: true } as const
  return [
    {
      ...base,
      id: 'vote',
      label: 'board.voteFor',
      keys: ['Shift-d'],
      enabled: () => isOpen() && selected() !== null,
      run: run(false),
    },
    {
      ...base,
      id: 'vote-back',
      label: 'board.voteBack',
      keys: ['Shift-b'],
      enabled: () => isOpen() && rounds.mine.value.some((shape) => shape === selected()),
      run: run(true),
    },
  ]
}

/** Gives a shape a vote, or takes one back. */
export function voteFor(rounds: Rounds, shape: string, back: boolean, say: Say): void {
  if (back) rounds.take(shape)
  else if (!rounds.give(shape)) say('board.noVotesLeft')
}
