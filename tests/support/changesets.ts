/** Etherpad's changesets, read and applied as its notes describe them; knows nothing of how they are written here. */

/** Characters with the numbers of their attributes, in their order. */
export interface AttributedUnit {
  unit: string
  attribs: string
}

interface Op {
  attribs: string
  lines: number
  sign: string
  units: number
}

function opsOf(text: string): Op[] {
  const found = [...text.matchAll(/((?:\*[0-9a-z]+)*)(?:\|([0-9a-z]+))?([-+=])([0-9a-z]+)/g)]
  if (found.map(([whole]) => whole).join('') !== text) throw new Error(`not operations: ${text}`)
  return found.map(([, attribs = '', lines = '0', sign = '', units = '']) => ({
    attribs,
    lines: Number.parseInt(lines, 36),
    sign,
    units: Number.parseInt(units, 36),
  }))
}

/** @throws Error where a rule is broken: lengths, newlines, order, operations that should be one */
export function applyChangeset(text: readonly AttributedUnit[], changeset: string): AttributedUnit[] {
  const [, length = '', sign, size = '', ops = '', bank = ''] =
    /^Z:([0-9a-z]+)([<>])([0-9a-z]+)([^$]*)\$(.*)$/s.exec(changeset) ?? []
  if (Number.parseInt(length, 36) !== text.length)
    throw new Error(`made for ${length} in base 36, not for ${text.length}`)
  const out: AttributedUnit[] = []
  let [at, used] = [0, 0]
  let before: Op | undefined
  const list = opsOf(ops)
  for (const op of list) {
    const piece =
      op.sign === '+'
        ? bank.slice(used, used + op.units)
        : text
            .slice(at, at + op.units)
            .map(({ unit }) => unit)
            .join('')
    if (piece.length !== op.units || op.units === 0)
      throw new Error('an operation past the end, or of nothing')
    if (piece.split('\n').length - 1 !== op.lines) throw new Error('newlines are miscounted')
    if (op.lines > 0 && !piece.endsWith('\n')) throw new Error('lines do not end with a newline')
    if (before?.sign === op.sign && before.attribs === op.attribs && !(before.lines > 0 && op.lines === 0))
      throw new Error('neighbours that should be one')
    if (before?.sign === '+' && op.sign === '-') throw new Error('a deletion after an insertion')
    before = op
    if (op.sign === '+') {
      for (const unit of piece.split('')) out.push({ unit, attribs: op.attribs })
      used += op.units
    } else {
      if (op.attribs !== '') throw new Error('attributes on what is kept or gone')
      if (op.sign === '=') out.push(...text.slice(at, at + op.units))
      at += op.units
    }
  }
  if (list.at(-1)?.sign === '=') throw new Error('a kept end is written')
  if (used !== bank.length) throw new Error('the bank is not used up')
  out.push(...text.slice(at))
  const grown = (sign === '<' ? -1 : 1) * Number.parseInt(size, 36)
  if (out.length - text.length !== grown) throw new Error('grew by another number')
  if (out.at(-1)?.unit !== '\n') throw new Error('no newline at the end')
  return out
}

/** A text and its runs as units. */
export function unitsOf(text: string, attribs: string): AttributedUnit[] {
  return opsOf(attribs).flatMap(({ attribs: numbers, units }, index, all) => {
    const from = all.slice(0, index).reduce((sum, op) => sum + op.units, 0)
    return text
      .slice(from, from + units)
      .split('')
      .map((unit) => ({ unit, attribs: numbers }))
  })
}
