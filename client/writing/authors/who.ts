/** Says who wrote the words at the cursor and when, and who ticked its task (SPEC-writing W11, W15). */
import type { PadModel } from '../../pad/model.ts'
import type { Bench } from '../../pad/writing.ts'
import { toast } from '../../ui/toasts.tsx'
import { w } from '../words.ts'
import { tickedBy } from '../tasks/words.ts'
import { nameOf, ticksOf, timesOf, writtenAt } from './at.ts'
import { shownTime } from './times.ts'

/** Ms the answer waits for the time. */
const PATIENCE = 3000

/** Says it. */
export function sayWho({ model }: Bench): void {
  void say(model)
}

async function say(model: PadModel): Promise<void> {
  const state = model.editorState.peek()
  if (!state) return
  const { $head } = state.selection
  const found = writtenAt(model, state, $head.parentOffset > 0 ? $head.pos - 1 : $head.pos)
  const line = $head.depth > 0 ? $head.before() : null
  const [tick = null] = line === null ? [] : ticksOf(model, state, [line])
  const times = timesOf(model)
  const items = [...(found ? [found.item] : []), ...(tick ? [tick] : [])]
  await Promise.race([times.learn(items), new Promise((resolve) => setTimeout(resolve, PATIENCE))])
  const said = [tick ? tickedBy(model, tick, times.known(tick)) : '']
  if (!found) said.unshift(w('who.nobody'))
  else {
    const time = times.known(found.item)
    const when = time === undefined ? '' : shownTime(time, Date.now())
    if (when !== '') said.unshift(w(found.moved ? 'who.since' : 'who.when', { time: when }))
    if (found.author === model.me.peek().author) said.unshift(w('who.you'))
    else {
      const here = model.others.peek().some((one) => one.author === found.author && one.here)
      said.unshift(w(here ? 'who.here' : 'who.away', { name: nameOf(model, found.author) }))
    }
  }
  toast(said.filter((words) => words !== '').join(' '), found ? 'edit' : 'info')
}
