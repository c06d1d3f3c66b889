/** Where in the administration one is: a room and what is looked for there, in the address behind `#`. */
import { signal } from '@preact/signals'

export const ROOMS = [
  'overview',
  'pads',
  'plugins',
  'people',
  'accounts',
  'audit',
  'settings',
  'message',
  'log',
  'checkup',
] as const

/** A part of the administration. */
export type Room = (typeof ROOMS)[number]

/** What stands behind `?` in the hash; empty values are left out. */
export type Query = Readonly<Record<string, string>>

/** A room with what is looked for in it. */
export interface Place {
  room: Room
  query: Query
}

/** Reads `#pads?search=x`; the overview for what is no room. */
export function readPlace(hash: string): Place {
  const [name = '', query = ''] = hash.replace(/^#/, '').split('?', 2)
  const room = ROOMS.find((one) => one === name) ?? 'overview'
  return { room, query: Object.fromEntries(new URLSearchParams(query)) }
}

/** The hash of a place. */
export function writePlace(room: Room, query: Query = {}): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
  return `#${room}${search === '' ? '' : `?${search}`}`
}

/** Where we are. */
export const place = signal<Place>(readPlace(''))

/** Follows the address, its way back included. Gives what ends that. */
export function followAddress(): () => void {
  const read = (): void => {
    place.value = readPlace(location.hash)
  }
  read()
  window.addEventListener('hashchange', read)
  return () => window.removeEventListener('hashchange', read)
}

/** Goes somewhere; the way back leads here. */
export function go(room: Room, query: Query = {}): void {
  location.hash = writePlace(room, query)
}

/** Looks for something else in the same room; the way back leads out of the room. */
export function refine(changes: Query): void {
  const { room, query } = place.peek()
  history.replaceState(null, '', writePlace(room, { ...query, ...changes }))
  place.value = readPlace(location.hash)
}
