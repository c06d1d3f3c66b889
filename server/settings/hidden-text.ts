/**
 * The text of a settings file as it may be shown for editing: secrets that stand in it are covered, and put back where
 * the edited text still has the cover. What stands in comments is not looked at.
 */
import type { Node } from 'jsonc-parser'
import { placeAt, treeOf } from './files.ts'
import type { Place } from './files.ts'
import { fields } from './schema.ts'
import { HIDDEN, looksSecret, withoutCredentials } from './secrets.ts'
import { PLACEHOLDER } from './substitute.ts'
import { SECRETS_OF_USERS } from './users.ts'

const SECRET_KEYS = new Set(
  fields()
    .filter(([path, field]) => field.secret && path[0] !== 'users')
    .map(([path]) => path.join('.')),
)

/** A text or number somewhere in a settings file. */
interface Spot {
  /** Keys, and places in lists, that lead there. */
  path: readonly string[]
  value: string
  /** Where it begins, and how long it is, with its quotes. */
  offset: number
  length: number
}

/** The text with its secrets covered. It must parse. */
export function coverSecrets(text: string): string {
  return replaced(
    text,
    spotsIn(text).flatMap((spot) => {
      const cover = coverOf(spot)
      return cover === spot.value ? [] : [{ spot, by: JSON.stringify(cover) }]
    }),
  )
}

/** An edited text with its secrets, or the place of a cover that covers nothing. Both must parse. */
export function uncoverSecrets(edited: string, original: string): { text: string } | { place: Place } {
  const secrets = new Map<string, { cover: string; raw: string }>()
  for (const spot of spotsIn(original)) {
    const cover = coverOf(spot)
    const raw = original.slice(spot.offset, spot.offset + spot.length)
    // What looks like a cover of itself may stay where it is.
    if (cover !== spot.value || cover.includes(HIDDEN)) secrets.set(JSON.stringify(spot.path), { cover, raw })
  }
  const back: { spot: Spot; by: string }[] = []
  for (const spot of spotsIn(edited)) {
    const secret = secrets.get(JSON.stringify(spot.path))
    if (secret?.cover === spot.value) back.push({ spot, by: secret.raw })
    else if (spot.value.includes(HIDDEN)) return { place: placeAt(edited, spot.offset) }
  }
  return { text: replaced(edited, back) }
}

function coverOf({ path, value }: Spot): string {
  if (value === '') return value
  if (!isSecret(path)) return withoutCredentials(value)
  const asked = PLACEHOLDER.exec(value)
  if (asked === null) return HIDDEN
  const standard = asked[3] ?? ''
  return ['', 'null', 'undefined'].includes(standard) ? value : `\${${asked[1] ?? ''}:${HIDDEN}}`
}

function isSecret(path: readonly string[]): boolean {
  if (path.some((_, at) => SECRET_KEYS.has(path.slice(0, at + 1).join('.')))) return true
  if (path[0] === 'users') return SECRETS_OF_USERS.includes(path[2] ?? '')
  return path[0]?.startsWith('ep_') === true && path.slice(1).some(looksSecret)
}

function spotsIn(text: string): Spot[] {
  const spots: Spot[] = []
  const walk = (node: Node | undefined, path: readonly string[]): void => {
    if (node === undefined) return
    if (node.type === 'string' || node.type === 'number')
      spots.push({ path, value: String(node.value), offset: node.offset, length: node.length })
    else if (node.type === 'array') node.children?.forEach((child, at) => walk(child, [...path, String(at)]))
    else
      for (const { children } of node.children ?? [])
        walk(children?.[1], [...path, String(children?.[0]?.value)])
  }
  walk(treeOf(text), [])
  return spots
}

function replaced(text: string, changes: readonly { spot: Spot; by: string }[]): string {
  let result = ''
  let at = 0
  for (const { spot, by } of changes) {
    result += text.slice(at, spot.offset) + by
    at = spot.offset + spot.length
  }
  return result + text.slice(at)
}
