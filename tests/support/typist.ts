/** A person who types words nobody else types, and remembers which of them the screen called saved. */
import type { Session } from '../../client/net/types.ts'
import type { Random } from './random.ts'

export interface Typist {
  readonly session: Session
  /** Every word typed, in order. */
  readonly typed: readonly string[]
  /** How many of them, from the first on, were typed before a moment at which the status said Saved. */
  saved(): number
  /** Types a word on a line of its own every few ms, pausing now and then, until told to stop. */
  start(): void
  stop(): void
}

/** Words are `name-1`, `name-2`...; each stands on its own line, at the start of a random line. */
export function createTypist(session: Session, name: string, random: Random): Typist {
  const text = session.doc.getText('text')
  const typed: string[] = []
  let saved = 0
  let timer: NodeJS.Timeout | undefined
  const off = session.on('status', look)

  function look(): void {
    const { state, unsaved } = session.status
    if (state === 'saved' && unsaved === 0) saved = typed.length
  }

  function type(): void {
    const word = `${name}-${typed.length + 1}`
    const starts = [0]
    const whole = text.toJSON()
    for (let at = whole.indexOf('\n'); at >= 0 && at + 1 < whole.length; at = whole.indexOf('\n', at + 1))
      starts.push(at + 1)
    typed.push(word)
    text.insert(starts[random.below(starts.length)] ?? 0, `${word}\n`)
    timer = setTimeout(type, random.below(10) === 0 ? 60 : 2 + random.below(10))
  }

  return {
    session,
    typed,
    saved: () => saved,
    start: type,
    stop() {
      clearTimeout(timer)
      timer = undefined
      off()
    },
  }
}

/** How often each word stands in the text. */
export function countWords(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const word of text.split('\n')) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
