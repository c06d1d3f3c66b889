/** What a person may do in a pad. Each level holds the ones before it (DESIGN D6). */
export const LEVELS = ['none', 'read', 'comment', 'write', 'own'] as const

/** One of {@link LEVELS}. */
export type Level = (typeof LEVELS)[number]

/** Does `held` reach `needed`? */
export function allows(held: Level, needed: Level): boolean {
  return LEVELS.indexOf(held) >= LEVELS.indexOf(needed)
}
