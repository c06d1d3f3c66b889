/** Signs that lists of tasks use and our fonts lack, drawn (SPEC-board B511): in units of the letters' size, y down. */
import { CLOSE, LINE, MOVE } from '../../../shared/board/geometry/path.ts'

/** A square's edge: outside clockwise, inside the other way round, so that it is filled between. */
const BOX = [
  [MOVE, 0.03, -0.66, LINE, 0.57, -0.66, LINE, 0.57, -0.12, LINE, 0.03, -0.12, CLOSE],
  [MOVE, 0.08, -0.61, LINE, 0.08, -0.17, LINE, 0.52, -0.17, LINE, 0.52, -0.61, CLOSE],
].flat()
const TICK = [
  [MOVE, 0.14, -0.4, LINE, 0.18, -0.44, LINE, 0.27, -0.34, LINE, 0.43, -0.55, LINE, 0.48, -0.51],
  [LINE, 0.28, -0.24, CLOSE],
].flat()

const SIGNS: ReadonlyMap<string, readonly number[]> = new Map([
  ['\u2610', BOX],
  ['\u2611', [...BOX, ...TICK]],
])

/** A sign's path; null for any other letter. */
export function signOf(char: string): readonly number[] | null {
  return SIGNS.get(char) ?? null
}
