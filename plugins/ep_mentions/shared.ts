/** A mention is an embed in the line: whose it is, and the name they had. */
import { plugin } from '../../shared/plugin.ts'

export interface Mention {
  author: string
  name: string
}
/** What the mentioned person is told: by whom, and the line it stands in. */
export interface Told {
  to: string
  by: string
  words: string
}

const AUTHOR = /^a\.[\w.-]{1,80}$/
const NAME = 80
const WORDS = 200

/** The embed's value, checked; null for what is no mention. It comes from other people. */
export function readMention(value: unknown): Mention | null {
  if (typeof value !== 'object' || value === null) return null
  const { author, name } = value as Record<string, unknown>
  return typeof author === 'string' && AUTHOR.test(author) && typeof name === 'string'
    ? { author, name: oneLine(name, NAME) }
    : null
}

function oneLine(text: string, most: number): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, '')
}

/** @throws RangeError */
function readTold(payload: unknown): Told {
  const { to, by, words } = (payload ?? {}) as Record<string, unknown>
  if (typeof to !== 'string' || !AUTHOR.test(to) || typeof by !== 'string' || typeof words !== 'string')
    throw new RangeError('a mention names a person')
  return { to, by: oneLine(by, NAME), words: oneLine(words, WORDS) }
}

export const declaration = plugin({
  name: 'ep_mentions',
  messages: { mention: readTold },
  exports: {
    mention: {
      embed: (value) => {
        const mention = readMention(value)
        return mention && [{ insert: `@${mention.name}` }]
      },
    },
  },
})
