import type { PadModel } from '../../pad/model.ts'
import { nameOf } from '../authors/at.ts'
import type { Tick } from '../authors/items-at.ts'
import { shownTime } from '../authors/times.ts'
import { w } from '../words.ts'

/** Who ticked a task, and when as far as it is known; '' for nobody who is known. */
export function tickedBy(model: PadModel, tick: Tick, time: number | undefined): string {
  const author = model.session.authorOf(tick.client)
  const me = author === model.me.peek().author
  if (author === undefined || (!me && !model.session.people.has(author))) return ''
  const key = tick.came ? (me ? 'ticked.cameYou' : 'ticked.came') : me ? 'ticked.you' : 'ticked.by'
  const words = w(key, { name: nameOf(model, author) })
  return time === undefined ? words : w('ticked.when', { words, time: shownTime(time, Date.now()) })
}
