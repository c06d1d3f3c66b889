/** Who else is in a pad. Pure. */
import type { Person, Presence } from '../../shared/protocol.ts'

/** Somebody of this pad, for lists. */
export interface PadPerson extends Person {
  here: boolean
}

/** Everybody but `me`: here first, then by name. Somebody with two tabs is one person. */
export function othersOf(
  me: string,
  people: ReadonlyMap<string, Person>,
  presence: ReadonlyMap<number, Presence>,
): readonly PadPerson[] {
  const all = new Map<string, PadPerson>()
  for (const person of people.values()) all.set(person.author, { ...person, here: false })
  for (const { user } of presence.values()) {
    if (!user) continue
    const known = all.get(user.author) ?? { author: user.author, name: user.name, colour: user.colour }
    all.set(user.author, { ...known, here: true })
  }
  all.delete(me)
  return [...all.values()].sort(
    (a, b) =>
      Number(b.here) - Number(a.here) ||
      Number(a.name === '') - Number(b.name === '') ||
      a.name.localeCompare(b.name) ||
      (a.author < b.author ? -1 : 1),
  )
}
