/** Which hue a new guest gets: one that is free where they arrive, and not one that was just given away (DESIGN D6). */
import { HUES } from '../../shared/colour.ts'
import type { PersonColour } from '../../shared/colour.ts'

/** Gives the colour of one more guest; `near` are the colours of people where they arrive, one entry a person. */
export type NextHue = (near: readonly PersonColour[]) => PersonColour

/** `random` gives a whole number from 0 to below its argument; it decides the order of the first round only. */
export function createHues(random: (below: number) => number): NextHue {
  /** Longest not given first. */
  const waiting = shuffled(
    HUES.map((_hue, index) => String(index + 1)),
    random,
  )
  return (near) => {
    const worn = new Map<PersonColour, number>()
    for (const colour of near) worn.set(colour, (worn.get(colour) ?? 0) + 1)
    let best = 0
    for (const [at, hue] of waiting.entries())
      if ((worn.get(hue) ?? 0) < (worn.get(waiting[best] ?? '') ?? 0)) best = at
    const [hue = '1'] = waiting.splice(best, 1)
    waiting.push(hue)
    return hue
  }
}

function shuffled<T>(items: readonly T[], random: (below: number) => number): T[] {
  const left = [...items]
  const out: T[] = []
  while (left.length > 0) out.push(...left.splice(random(left.length), 1))
  return out
}
