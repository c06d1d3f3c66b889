/** What two texts have in common at their ends, unit by unit with how each looks: what lies between is what changed. */

/** Values a UTF-16 unit may have. */
const UNIT = 0x10000

/** Units as numbers, the same for the same unit with the same look; `looks` is shared by the texts that are compared. */
export function unitsOf(
  pieces: readonly { text: string; look: string }[],
  looks: Map<string, number>,
): Float64Array {
  const out = new Float64Array(pieces.reduce((sum, { text }) => sum + text.length, 0))
  let at = 0
  for (const { text, look } of pieces) {
    const number = looks.get(look) ?? looks.size
    looks.set(look, number)
    for (let unit = 0; unit < text.length; unit += 1) out[at++] = number * UNIT + text.charCodeAt(unit)
  }
  return out
}

/** How many units are the same at the beginning, all but `end` at most, and behind these at the end. Pairs stay whole. */
export function sameEnds(one: Float64Array, other: Float64Array, end = 0): { head: number; tail: number } {
  const most = Math.min(one.length, other.length)
  let head = 0
  while (head < most - end && one[head] === other[head]) head += 1
  let tail = 0
  while (tail < most - head && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail += 1
  if (head > 0 && (isLow(one[head]) || isLow(other[head]))) head -= 1
  if (tail > 0 && (isLow(one[one.length - tail]) || isLow(other[other.length - tail]))) tail -= 1
  return { head, tail }
}

const isLow = (unit: number | undefined): boolean => unit !== undefined && (unit % UNIT) >> 10 === 0x37
