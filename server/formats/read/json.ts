/** Files of JSON (SPEC-formats F69): our own, Quill's deltas, and Etherpad's. */
import { MAX_ASSET_BYTES } from '../../../shared/board/limits.ts'
import { isPersonColour } from '../../../shared/colour.ts'
import { isRecord, MOST_CHAT, MOST_PEOPLE, takenContent } from './content.ts'
import { etherpadReading } from './etherpad.ts'
import type { PictureTray } from './pictures.ts'
import { Refusal } from './refusal.ts'
import { NOTHING_LEFT } from './types.ts'
import type { FileChat, FilePerson, Reading } from './types.ts'

/** What a file of JSON holds, whose pictures go into the tray. @throws Refusal */
export function jsonReading(text: string, tray: Pick<PictureTray, 'take'>, wantsPast = false): Reading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Refusal('damaged', 'no JSON')
  }
  if (Array.isArray(value)) return delta(value)
  if (!isRecord(value)) throw new Refusal('unknown', 'JSON of another kind')
  if (value['format'] === 'inkpad') return own(value, tray)
  if (Array.isArray(value['ops'])) return delta(value['ops'])
  if (Object.keys(value).some((key) => /^pad:[^:]+$/.test(key))) return etherpadReading(value, wantsPast)
  throw new Refusal('unknown', 'JSON of another kind')
}

function delta(value: unknown): Reading {
  const content = takenContent(value)
  if (content === null) throw new Refusal('tooLarge')
  if (content.length === 0) throw new Refusal('unknown', 'JSON of another kind')
  return { kind: 'json', left: NOTHING_LEFT, content, people: [], chat: [], past: [] }
}

function own(value: Readonly<Record<string, unknown>>, tray: Pick<PictureTray, 'take'>): Reading {
  if (value['version'] !== 1) throw new Refusal('unknown', 'from a newer Inkpad')
  const content = takenContent(value['text'])
  if (content === null) throw new Refusal(Array.isArray(value['text']) ? 'tooLarge' : 'damaged')
  const { pictures, board } = value
  const kept = isRecord(pictures) ? Object.values(pictures) : []
  const lost = kept.filter((one) => tray.take(pictureBytes(one)) === null).length
  return {
    kind: 'json',
    left: { ...NOTHING_LEFT, pictures: lost },
    ...(isRecord(board) ? { board: JSON.stringify(board) } : {}),
    content,
    people: peopleOf(value['people']),
    chat: chatOf(value['chat']),
    past: [],
  }
}

function pictureBytes(value: unknown): Uint8Array | null {
  if (!isRecord(value) || typeof value['bytes'] !== 'string') return null
  return value['bytes'].length > MAX_ASSET_BYTES * 1.4 ? null : Buffer.from(value['bytes'], 'base64')
}

function peopleOf(value: unknown): FilePerson[] {
  if (!Array.isArray(value)) return []
  return (value as unknown[]).slice(0, MOST_PEOPLE).flatMap((one): FilePerson[] => {
    if (!isRecord(one) || typeof one['author'] !== 'string') return []
    const { author, name, colour } = one
    return [
      {
        id: author,
        name: typeof name === 'string' ? name : '',
        colour: isPersonColour(colour) ? colour : null,
      },
    ]
  })
}

function chatOf(value: unknown): FileChat[] {
  if (!Array.isArray(value)) return []
  return (value as unknown[]).slice(-MOST_CHAT).flatMap((one): FileChat[] => {
    if (!isRecord(one) || typeof one['text'] !== 'string') return []
    const { author, name, text, time } = one
    return [
      {
        id: typeof author === 'string' ? author : '',
        name: typeof name === 'string' ? name : '',
        text,
        time: typeof time === 'number' && Number.isFinite(time) ? time : 0,
      },
    ]
  })
}
