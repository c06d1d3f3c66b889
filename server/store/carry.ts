/**
 * Messages between threads. Bytes are copied once into one fresh buffer that is then moved: neither does the sender
 * lose its arrays, nor is the large buffer behind a small array copied for each of them.
 */

/** A message ready for `postMessage(message, transfer)`. */
export interface Parcel<T> {
  message: T
  transfer: ArrayBuffer[]
}

export function parcel<T>(message: T): Parcel<T> {
  const size = sizeOf(message)
  if (size === 0) return { message, transfer: [] }
  const buffer = new ArrayBuffer(size)
  return { message: moved(message, { buffer, offset: 0 }) as T, transfer: [buffer] }
}

/** Plain objects and arrays are looked into; what a Map holds has no bytes here. */
function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Map)
}

function sizeOf(value: unknown): number {
  if (value instanceof Uint8Array) return value.length
  if (!isBranch(value)) return 0
  let size = 0
  for (const key in value) if (typeof value[key] === 'object') size += sizeOf(value[key])
  return size
}

function moved(value: unknown, to: { buffer: ArrayBuffer; offset: number }): unknown {
  if (value instanceof Uint8Array) {
    const view = new Uint8Array(to.buffer, to.offset, value.length)
    view.set(value)
    to.offset += value.length
    return view
  }
  if (Array.isArray(value)) return value.map((part) => moved(part, to))
  if (!isBranch(value)) return value
  const copy = { ...value }
  for (const key in copy) if (typeof copy[key] === 'object') copy[key] = moved(copy[key], to)
  return copy
}
