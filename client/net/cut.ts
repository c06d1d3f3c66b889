/**
 * Cuts a large update into pieces the server takes (SPEC-sync S28). Each piece can be applied once those before it are:
 * structs go in the order of their clocks, after everything of the same update they hang on, and deletions come last.
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { LIMITS } from '../../shared/protocol.ts'

/** Bytes of a piece, so that its message needs no parts. Only a single thing larger than that makes a larger piece. */
const MOST = LIMITS.part - 256
/** From this share on a piece ends where no format is open. */
const ENOUGH = 0.75
/** Bytes of an update and of a client besides the structs, and of one range of deletions, at most. */
const HEAD = 32
const RANGE = 16

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]

/** What one client wrote, and how much of it is in pieces. */
interface Lane {
  client: number
  structs: Struct[]
  next: number
}

/** The structs of one client in a piece. */
interface Run {
  clock: number
  count: number
  encoder: encoding.Encoder
}

/** `update` itself when it is small enough, else its pieces in order. `most`: bytes of a piece. */
export function cutUpdate(update: Uint8Array, most: number = MOST): Uint8Array[] {
  if (update.length <= most) return [update]
  const { structs, ds } = Y.decodeUpdate(update)
  return [...structPieces(structs, most), ...deletionPieces(ds.clients, most)]
}

function structPieces(structs: readonly Struct[], most: number): Uint8Array[] {
  const pieces: Uint8Array[] = []
  let runs = new Map<number, Run>()
  let bytes = 0
  let last: Struct | null = null

  function close(): void {
    if (runs.size > 0) pieces.push(written(runs))
    runs = new Map()
    bytes = 0
  }

  function add(struct: Struct, data: Uint8Array): void {
    const { client, clock } = struct.id
    const run = runs.get(client) ?? { clock, count: 0, encoder: encoding.createEncoder() }
    if (run.count === 0) {
      runs.set(client, run)
      bytes += HEAD
    }
    encoding.writeUint8Array(run.encoder, data)
    run.count++
    bytes += data.length
  }

  function take(whole: Struct): void {
    if (whole instanceof Y.Skip) {
      close()
      return
    }
    if (bytes > most * ENOUGH && !isFormat(last) && !isFormat(whole)) close()
    last = whole
    let struct = whole
    for (;;) {
      const room = most - bytes - 2 * HEAD
      const data = struct.length > room && isString(struct) ? null : encoded(struct)
      if (data !== null && (data.length <= room || !isString(struct))) {
        if (data.length > room) close()
        add(struct, data)
        return
      }
      const at = isString(struct) ? placeToCut(struct.content.str, room, most) : 0
      if (at > 0 && isString(struct)) {
        const [left, right] = halves(struct, at)
        add(left, encoded(left))
        struct = right
      }
      close()
    }
  }

  inOrder(structs, take)
  close()
  return pieces
}

/** Gives every struct to `take`, the ones it hangs on first. */
function inOrder(structs: readonly Struct[], take: (struct: Struct) => void): void {
  const lanes = new Map<number, Lane>()
  for (const struct of structs) {
    const { client } = struct.id
    const lane = lanes.get(client) ?? { client, structs: [], next: 0 }
    lane.structs.push(struct)
    lanes.set(client, lane)
  }
  const stack = [...lanes.values()]
  let turns = 0
  for (let lane = stack.at(-1); lane !== undefined; lane = stack.at(-1)) {
    const struct = lane.structs[lane.next]
    if (struct === undefined) {
      stack.pop()
      continue
    }
    const before = turns > lanes.size ? undefined : neededBefore(struct, lane, lanes)
    if (before === undefined) {
      take(struct)
      lane.next++
      turns = 0
    } else {
      turns++
      stack.splice(stack.indexOf(before), 1)
      stack.push(before)
    }
  }
}

/** A lane that holds something `struct` hangs on and that no piece holds yet. */
function neededBefore(struct: Struct, own: Lane, lanes: ReadonlyMap<number, Lane>): Lane | undefined {
  if (!(struct instanceof Y.Item)) return undefined
  const parent: unknown = struct.parent
  for (const id of [struct.origin, struct.rightOrigin, parent instanceof Y.ID ? parent : null]) {
    const lane = id === null ? undefined : lanes.get(id.client)
    const next = lane?.structs[lane.next]
    if (id !== null && lane !== own && next !== undefined && id.clock >= next.id.clock) return lane
  }
  return undefined
}

type StringItem = Y.Item & { content: Y.ContentString }

function isString(struct: Struct): struct is StringItem {
  return struct instanceof Y.Item && struct.content instanceof Y.ContentString
}

function isFormat(struct: Struct | null): boolean {
  return struct instanceof Y.Item && struct.content instanceof Y.ContentFormat
}

/**
 * UTF-16 units of `text`, never all, that fit into `room` bytes: up to the end of a line, where no inline format is open, else
 * anywhere but inside a surrogate pair. 0: rather begin another piece.
 */
function placeToCut(text: string, room: number, most: number): number {
  let end = 0
  for (let bytes = 0; end < text.length - 1; end++) {
    const unit = text.charCodeAt(end)
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3
    if (bytes > room) break
  }
  const line = end > 0 ? text.lastIndexOf('\n', end - 1) + 1 : 0
  if (line > 0) return line
  if (room < most / 2) return 0
  return isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

/** Two items for one, the second hanging on the first, as Yjs itself splits. */
function halves(item: StringItem, at: number): [StringItem, StringItem] {
  const { client, clock } = item.id
  const { str } = item.content
  const half = (id: Y.ID, origin: Y.ID | null, text: string) =>
    new Y.Item(
      id,
      null,
      origin,
      null,
      item.rightOrigin,
      origin === item.origin ? item.parent : null,
      item.parentSub,
      new Y.ContentString(text),
    ) as StringItem
  return [
    half(item.id, item.origin, str.slice(0, at)),
    half(Y.createID(client, clock + at), Y.createID(client, clock + at - 1), str.slice(at)),
  ]
}

function encoded(struct: Struct): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  struct.write(encoder, 0)
  return encoding.toUint8Array(encoder.restEncoder)
}

/** An update of structs alone; higher client ids first, as Yjs writes them. */
function written(runs: ReadonlyMap<number, Run>): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, runs.size)
    for (const [client, { clock, count, encoder: data }] of [...runs].sort(([a], [b]) => b - a)) {
      encoding.writeVarUint(encoder, count)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      encoding.writeUint8Array(encoder, encoding.toUint8Array(data))
    }
    encoding.writeVarUint(encoder, 0)
  })
}

interface Range {
  clock: number
  len: number
}

function deletionPieces(deleted: ReadonlyMap<number, readonly Range[]>, most: number): Uint8Array[] {
  const pieces: Uint8Array[] = []
  const atOnce = Math.max(1, Math.floor((most - HEAD) / RANGE))
  let group = new Map<number, Range[]>()
  let count = 0
  const close = () => {
    if (count > 0) pieces.push(deletions(group))
    group = new Map()
    count = 0
  }
  for (const [client, ranges] of deleted) {
    for (let at = 0; at < ranges.length;) {
      if (count >= atOnce) close()
      // A client's head costs no more than a range.
      const some = ranges.slice(at, at + Math.max(1, atOnce - count - 1))
      group.set(client, some)
      count += some.length + 1
      at += some.length
    }
  }
  close()
  return pieces
}

function deletions(group: ReadonlyMap<number, readonly Range[]>): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint(encoder, group.size)
    for (const [client, ranges] of group) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, ranges.length)
      for (const { clock, len } of ranges) {
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarUint(encoder, len)
      }
    }
  })
}
