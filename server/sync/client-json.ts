/** Hello and events from clients: `unknown` becomes known here and nowhere else (SPEC-sync S5, S15). */
import * as decoding from 'lib0/decoding'
import { isPersonColour } from '../../shared/colour.ts'
import { isAuthorId } from '../../shared/ids.ts'
import { readMeetingChange, readSeenPart } from '../../shared/meeting.ts'
import { LIMITS, Message } from '../../shared/protocol.ts'
import { isPluginName } from '../../shared/plugin.ts'
import type { ClientEvent, Hello } from '../../shared/protocol.ts'
import { readRule } from '../../shared/rule.ts'
import { readPadSettings } from '../../shared/settings.ts'
import type { HouseEvent } from './types.ts'

const CONTROL = /\p{Cc}/u

/** @throws Error when the bytes are no hello */
export function parseHello(bytes: Uint8Array): Hello {
  if (bytes.length > LIMITS.json) throw new Error('hello too long')
  const decoder = decoding.createDecoder(bytes)
  if (decoding.readVarUint(decoder) !== Message.hello) throw new Error('no hello')
  const text = decoding.readVarString(decoder)
  if (decoding.hasContent(decoder)) throw new Error('bytes after the end')
  const { v, client, packs, generation, ticket, name, colour } = record(text)
  if (typeof v !== 'number' || !Number.isInteger(v) || v < 1) throw new Error('no version')
  if (typeof client !== 'number' || !Number.isInteger(client) || client < 0 || client > 0xffffffff)
    throw new Error('no client id')
  const hello: Hello = { v, client }
  if (packs === true) hello.packs = true
  if (typeof generation === 'string' && generation.length <= 100) hello.generation = generation
  if (typeof ticket === 'string' && ticket.length <= 1000) hello.ticket = ticket
  const wished = cleanName(name)
  if (wished !== null) hello.name = wished
  if (isPersonColour(colour)) hello.colour = colour
  return hello
}

/** @throws Error when the text is no event of ours */
export function parseClientEvent(text: string): ClientEvent {
  const event = record(text)
  const { type, name, colour } = event
  if (type === 'others') return { type }
  const forHouse = houseEvent(event)
  if (forHouse) return forHouse
  const wished = cleanName(name)
  if (type !== 'person' || wished === null || !isPersonColour(colour)) throw new Error('unknown event')
  return { type, name: wished, colour }
}

/** An event that rooms hand on; what its parts hold is checked by who gets it. */
function houseEvent(event: Record<string, unknown>): HouseEvent | null {
  const { type } = event
  if (type === 'plugin') {
    const { plugin, name, payload } = event
    if (isPluginName(plugin) && typeof name === 'string' && name.length <= LIMITS.name)
      return { type, plugin, name, payload }
  } else if (type === 'chat') {
    const { text, key } = event
    if (typeof text === 'string' && typeof key === 'string' && key.length > 0 && key.length <= LIMITS.name)
      return { type, text, key }
  } else if (type === 'chatBefore') {
    const { before } = event
    if (before === null || (typeof before === 'number' && Number.isSafeInteger(before)))
      return { type, before }
  } else if (type === 'gather') {
    const seen = readSeenPart(event['seen'])
    if (seen) return { type, seen }
  } else if (type === 'meeting') return { type, change: readMeetingChange(event['change']) }
  else if (type === 'padSettings') return { type, settings: readPadSettings(event['settings']) }
  else if (type === 'catchUp' || type === 'deletionToken') return { type }
  else if (type === 'padDelete') {
    const { token } = event
    if (token === null || (typeof token === 'string' && token.length <= LIMITS.name)) return { type, token }
  }
  return ruleEvent(event)
}

/** Who may do what in a pad. */
function ruleEvent(event: Record<string, unknown>): HouseEvent | null {
  const { type, password, newLink, author, search } = event
  if (type === 'rule' || type === 'ruleReadLink') return { type }
  if (type === 'ruleSet') {
    const rule = readRule(event['rule'])
    if (rule === null || typeof newLink !== 'boolean') return null
    if (password === null || (typeof password === 'string' && password.length <= 1000))
      return { type, rule, password, newLink }
  } else if (type === 'ruleOwner') {
    if (typeof author === 'string' && isAuthorId(author)) return { type, author }
  } else if (type === 'rulePeople') {
    if (typeof search === 'string' && search.length <= LIMITS.name) return { type, search }
  }
  return null
}

function record(text: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error('no object')
  return parsed as Record<string, unknown>
}

/** A name a person may have, or null. */
function cleanName(name: unknown): string | null {
  if (typeof name !== 'string') return null
  const clean = name.normalize('NFC').trim()
  return clean.length > LIMITS.name || CONTROL.test(clean) ? null : clean
}
