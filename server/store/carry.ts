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
  const found: Uint8Array[] = []
  collect(message, found)
  if (found.length === 0) return { message, transfer: [] }
  const buffer = new ArrayBuffer(found.reduce((sum, bytes) => sum + bytes.length, 0))
  const views = new Map<Uint8Array, Uint8Array>()
  let offset = 0
  for (const bytes of found) {
    const view = new Uint8Array(buffer, offset, bytes.length)
    view.set(bytes)
    views.set(bytes, view)
    offset += bytes.length
  }
  return { message: swap(message, views) as T, transfer: [buffer] }
}

function collect(value: unknown, found: Uint8Array[]): void {
  if (typeof value !== 'object' || value === null || value instanceof Map) return
  if (value instanceof Uint8Array) found.push(value)
  else for (const part of Object.values(value)) collect(part, found)
}

function swap(value: unknown, views: ReadonlyMap<Uint8Array, Uint8Array>): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Map) return value
  if (value instanceof Uint8Array) return views.get(value)
  if (Array.isArray(value)) return value.map((part) => swap(part, views))
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, swap(part, views)]))
}
