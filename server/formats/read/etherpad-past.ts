/** The revisions of Etherpad's files, replayed from an empty pad as its own importer does (SPEC-formats F77). */
import { isRecord } from './content.ts'

export type Pair = readonly [key: string, value: string]
export type PoolPairs = ReadonlyMap<number, Pair>

/** Characters with the same attributes. */
export interface Run {
  text: string
  pairs: readonly Pair[]
}

/** A text as it was after one of its revisions. */
export interface FileRevision {
  /** Its author's id in the file; '' for nobody. */
  author: string
  time: number
  runs: readonly Run[]
}

/** Revisions a file may have; more are not replayed. */
const MOST_REVISIONS = 20_000
/** Of these are texts kept, and so many UTF-16 units of all of them together. */
const MOST_KEPT = 1000
const MOST_UNITS = 20_000_000
/** Characters of a changeset with what it brings. */
const LONGEST = 4_000_000
/** Ms between two revisions of one person from which both are kept. */
const PAUSE = 2000
/** The latest moment a date can name. */
const LATEST = 8_640_000_000_000_000

interface Change {
  changeset: string
  author: string
  time: number
}

/** Null when there is no past, when it is too long, or when it does not lead to the text that the file says it has. */
export function replayed(
  records: Readonly<Record<string, unknown>>,
  padKey: string,
  head: unknown,
  pool: PoolPairs,
  newest: string,
): FileRevision[] | null {
  const changes = changesOf(records, padKey, head)
  if (changes === null) return null
  const kept = keptOf(changes, newest.length)
  const out: FileRevision[] = []
  let runs: readonly Run[] = [{ text: '\n', pairs: [] }]
  for (const [at, { changeset, author, time }] of changes.entries()) {
    const next = applied(runs, changeset, pool)
    if (next === null) return null
    runs = next
    if (kept.has(at)) out.push({ author, time, runs })
  }
  return runs.map(({ text }) => text).join('') === newest ? out : null
}

function changesOf(
  records: Readonly<Record<string, unknown>>,
  padKey: string,
  head: unknown,
): Change[] | null {
  if (typeof head !== 'number' || !Number.isSafeInteger(head) || head < 1 || head >= MOST_REVISIONS)
    return null
  const out: Change[] = []
  for (let at = 0; at <= head; at += 1) {
    const record = records[`${padKey}:revs:${at}`]
    if (!isRecord(record) || typeof record['changeset'] !== 'string') return null
    const meta = isRecord(record['meta']) ? record['meta'] : {}
    const { author, timestamp } = meta
    const before = out.at(-1)?.time ?? 0
    const said = typeof timestamp === 'number' && timestamp >= 0 && timestamp <= LATEST ? timestamp : 0
    out.push({
      changeset: record['changeset'],
      author: typeof author === 'string' ? author : '',
      // Clocks of files may go back; a past here does not.
      time: Math.max(before, Math.floor(said)),
    })
  }
  return out
}

/** The last of what one person wrote without a pause; at even distances where these are too many. */
function keptOf(changes: readonly Change[], units: number): ReadonlySet<number> {
  const ends = changes.flatMap(({ author, time }, at) => {
    const next = changes[at + 1]
    return next && next.author === author && next.time - time < PAUSE ? [] : at
  })
  const most = Math.max(1, Math.min(MOST_KEPT, Math.floor(MOST_UNITS / Math.max(1, units))))
  const each = Math.ceil(ends.length / most)
  return new Set(ends.filter((_, at) => (ends.length - 1 - at) % each === 0))
}

/** The text after a changeset; null for one that does not fit it. */
function applied(runs: readonly Run[], changeset: string, pool: PoolPairs): readonly Run[] | null {
  if (changeset.length > LONGEST) return null
  const [, length = '', ops = '', bank = ''] =
    /^Z:([0-9a-z]{1,8})[<>][0-9a-z]{1,8}([^$]*)\$(.*)$/s.exec(changeset) ?? []
  const rest = [...runs].reverse()
  if (Number.parseInt(length, 36) !== runs.reduce((sum, { text }) => sum + text.length, 0)) return null
  const out: Run[] = []
  let used = 0
  const pattern = /((?:\*[0-9a-z]+)*)(?:\|[0-9a-z]+)?([-+=])([0-9a-z]+)|(.)/gsy
  for (const [, numbers = '', sign, size = '', odd] of ops.matchAll(pattern)) {
    if (odd !== undefined) return null
    const units = Number.parseInt(size, 36)
    const pairs = pairsOf(numbers, pool)
    if (pairs === null) return null
    if (sign === '+') {
      const text = bank.slice(used, used + units)
      if (text.length !== units) return null
      out.push({ text, pairs })
      used += units
    } else {
      const taken = take(rest, units)
      if (taken === null) return null
      if (sign === '=') out.push(...(pairs.length === 0 ? taken : taken.map((run) => marked(run, pairs))))
    }
  }
  return joined([...out, ...rest.reverse()])
}

function pairsOf(numbers: string, pool: PoolPairs): Pair[] | null {
  const out: Pair[] = []
  for (const number of numbers.split('*').slice(1)) {
    const pair = pool.get(Number.parseInt(number, 36))
    if (!pair) return null
    out.push(pair)
  }
  return out
}

/** Takes so many units off the end of a list that stands the other way round. */
function take(rest: Run[], units: number): Run[] | null {
  const out: Run[] = []
  let left = units
  while (left > 0) {
    const run = rest.pop()
    if (!run) return null
    if (run.text.length > left) {
      rest.push({ ...run, text: run.text.slice(left) })
      out.push({ ...run, text: run.text.slice(0, left) })
      return out
    }
    out.push(run)
    left -= run.text.length
  }
  return out
}

/** A pair without a value takes the attribute away. */
function marked(run: Run, pairs: readonly Pair[]): Run {
  const said = new Map([...run.pairs, ...pairs])
  return { text: run.text, pairs: [...said].filter(([, value]) => value !== '') }
}

function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = []
  for (const run of runs) {
    const last = out.at(-1)
    if (run.text === '') continue
    if (last && (last.pairs === run.pairs || samePairs(last.pairs, run.pairs)))
      out[out.length - 1] = { text: last.text + run.text, pairs: last.pairs }
    else out.push(run)
  }
  return out
}

function samePairs(one: readonly Pair[], other: readonly Pair[]): boolean {
  return (
    one.length === other.length &&
    one.every(([key, value], at) => other[at]?.[0] === key && other[at]?.[1] === value)
  )
}
