/** Reads the server's JSON once, at the edge. What does not fit is left out; null when nothing can be made of it. */
import { LEVELS } from '../../shared/access.ts'
import type { Level } from '../../shared/access.ts'
import { isPersonColour } from '../../shared/colour.ts'
import { isAuthorId } from '../../shared/ids.ts'
import type { Person, ServerEvent, StoreState, Welcome } from '../../shared/protocol.ts'

export function readWelcome(json: unknown): Welcome | null {
  if (!isRecord(json)) return null
  const me = readPerson(json['me'])
  const level = readLevel(json['level'])
  if (me === null || level === null) return null
  if (typeof json['generation'] !== 'string' || typeof json['pad'] !== 'string') return null
  return {
    v: typeof json['v'] === 'number' ? json['v'] : 1,
    pad: json['pad'],
    generation: json['generation'],
    me,
    level,
    people: readPeople(json['people']),
    clients: readClients(json['clients']),
    store: readStore(json['store']),
  }
}

/** Events of a kind that is not known here pass as they are: plugins may know them. */
export function readServerEvent(json: unknown): ServerEvent | null {
  if (!isRecord(json) || typeof json['type'] !== 'string') return null
  switch (json['type']) {
    case 'people':
      return { type: 'people', people: readPeople(json['people']) }
    case 'clients':
      return { type: 'clients', clients: readClients(json['clients']) }
    case 'level': {
      const level = readLevel(json['level'])
      return level === null ? null : { type: 'level', level }
    }
    case 'store':
      return { type: 'store', store: readStore(json['store']) }
    default:
      return json as unknown as ServerEvent
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readLevel(value: unknown): Level | null {
  return LEVELS.find((level) => level === value) ?? null
}

function readStore(value: unknown): StoreState {
  return value === 'down' || value === 'readonly' ? value : 'ok'
}

function readPerson(value: unknown): Person | null {
  if (!isRecord(value)) return null
  const { author, name, colour } = value
  if (typeof author !== 'string' || !isAuthorId(author)) return null
  return {
    author,
    name: typeof name === 'string' ? name : '',
    colour: isPersonColour(colour) ? colour : '1',
  }
}

function readPeople(value: unknown): Person[] {
  if (!Array.isArray(value)) return []
  return value.map(readPerson).filter((person) => person !== null)
}

function readClients(value: unknown): Record<string, number[]> {
  if (!isRecord(value)) return {}
  const clients: Record<string, number[]> = {}
  for (const [author, ids] of Object.entries(value)) {
    if (!isAuthorId(author) || !Array.isArray(ids)) continue
    clients[author] = ids.filter((id): id is number => Number.isSafeInteger(id))
  }
  return clients
}
