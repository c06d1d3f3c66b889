/**
 * Writes `client/writing/signs/emoji.json`, every emoji of Unicode in its groups with names in English and German (Unicode's
 * CLDR), out of the data package `emojibase-data` (MIT), which is too large to be a dependency. Run it again for a new version
 * of Unicode: `npm pack emojibase-data@VERSION`, unpack it, `node scripts/write/emoji.mjs FOLDER`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../run.mjs'

/** By emojibase's numbers; the parts emoji are made of are no group. */
const GROUPS = {
  0: 'faces',
  1: 'people',
  3: 'nature',
  4: 'food',
  5: 'travel',
  6: 'activities',
  7: 'objects',
  8: 'symbols',
  9: 'flags',
}
/** Tags of one emoji in one language. */
const MOST_TAGS = 12
/** Letters that give an emoji a colour of skin. */
const TONES = ['\u{1f3fb}', '\u{1f3fc}', '\u{1f3fd}', '\u{1f3fe}', '\u{1f3ff}']

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Which folder has emojibase-data?')
const read = (name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8'))
const [english, german] = ['en', 'de'].map(
  (code) => new Map(read(`${code}/data.json`).map((one) => [one.hexcode, one])),
)

/** Without signs that say what is so anyway: that a letter is an emoji. */
const plain = (sign) => sign.replaceAll(/(\p{Emoji_Presentation})\ufe0f/gu, '$1')
/** An emoji in a colour of skin, as the page makes it. */
const toned = (sign, tone) => {
  const [first = '', ...rest] = Array.from(sign)
  return [first, tone, ...rest.filter((letter, at) => at > 0 || letter !== '\ufe0f')].join('')
}
const words = ({ label, tags = [] }) => {
  const name = label.replaceAll(/[|;]/g, ' ')
  const said = new Set(name.toLowerCase().split(/[^\p{L}\p{N}]+/u))
  const more = tags.filter((tag) => !said.has(tag.toLowerCase()) && !/[|;]/.test(tag)).slice(0, MOST_TAGS)
  return more.length > 0 ? `${name}|${more.join(' ')}` : name
}

const all = [...english.values()]
  .filter((one) => GROUPS[one.group] !== undefined)
  .sort((a, b) => a.order - b.order)
const groups = Object.entries(GROUPS).map(([number, id]) => ({
  id,
  signs: all
    .filter(({ group }) => String(group) === number)
    .map((one) => {
      const skins = (one.skins ?? []).filter(({ tone }) => typeof tone === 'number')
      const simple =
        skins.length === 5 &&
        skins.every(({ emoji, tone }) => emoji === toned(plain(one.emoji), TONES[tone - 1]))
      return `${simple ? '+' : ''}${plain(one.emoji)} ${words(one)};${words(german.get(one.hexcode) ?? one)}`
    }),
}))
const about =
  'Made by scripts/write/emoji.mjs. Names: Unicode CLDR, © Unicode, Inc., Unicode License v3 (unicode.org/license.txt).'
writeFileSync(
  path.join(root, 'client/writing/signs/emoji.json'),
  `${JSON.stringify({ about, groups }, null, 2)}\n`,
)
