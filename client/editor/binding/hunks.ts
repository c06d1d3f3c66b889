/** Which stretches of a document some steps replaced, as places before and after (SPEC-text R3: places come from steps). */
import { Mapping } from 'prosemirror-transform'
import type { StepMap } from 'prosemirror-transform'

/** A stretch `a0..a1` of the old that became `b0..b1` of the new. */
export interface Hunk {
  a0: number
  a1: number
  b0: number
  b1: number
}

/** The hunks of step maps, in order, apart from each other; the stretches between them are untouched. */
export function hunksOf(maps: readonly StepMap[]): Hunk[] {
  const hunks: Hunk[] = []
  maps.forEach((map, index) => {
    const back = new Mapping(maps.slice(0, index)).invert()
    const forth = new Mapping(maps.slice(index + 1))
    map.forEach((oldStart, oldEnd, newStart, newEnd) => {
      hunks.push({
        a0: back.map(oldStart, -1),
        a1: back.map(oldEnd, 1),
        b0: forth.map(newStart, -1),
        b1: forth.map(newEnd, 1),
      })
    })
  })
  return maps.length === 1 ? hunks : merged(hunks)
}

function merged(hunks: Hunk[]): Hunk[] {
  hunks.sort((x, y) => x.a0 - y.a0 || x.b0 - y.b0)
  const out: Hunk[] = []
  for (const hunk of hunks) {
    const last = out.at(-1)
    if (last && (hunk.a0 <= last.a1 || hunk.b0 <= last.b1)) {
      last.a1 = Math.max(last.a1, hunk.a1)
      last.b0 = Math.min(last.b0, hunk.b0)
      last.b1 = Math.max(last.b1, hunk.b1)
    } else out.push({ ...hunk })
  }
  return out
}
