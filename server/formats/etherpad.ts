/** Etherpad's own file (SPEC-formats F26): one JSON object of its database's records, with the text as one revision. */
import { ANONYMOUS_AUTHOR, SYSTEM_AUTHOR } from '../../shared/ids.ts'
import { hexOf } from '../../shared/colour.ts'
import { attributedText } from './etherpad-text.ts'
import type { PadSource, Writer } from './types.ts'

export const etherpad: Writer = {
  needs: 'pad',
  mime: 'application/json; charset=utf-8',
  ending: 'etherpad',
  write(source: PadSource) {
    const { shown, chat, people, time, content, formats } = source
    const { text, attribs, pool, changeset } = attributedText(content, formats)
    const atext = { text, attribs }
    // `$` and `:` part the names of records.
    const id = shown.replace(/[$:]/g, '_')
    const records: Record<string, unknown> = Object.create(null)
    records[`pad:${id}`] = {
      atext,
      pool,
      head: 0,
      chatHead: chat.length - 1,
      publicStatus: false,
      savedRevisions: [],
    }
    const author = people.find(({ author: one }) => one !== SYSTEM_AUTHOR && one !== ANONYMOUS_AUTHOR)?.author
    records[`pad:${id}:revs:0`] = { changeset, meta: { author: author ?? '', timestamp: time, pool, atext } }
    chat.forEach((line, at) => {
      records[`pad:${id}:chat:${at}`] = { text: line.text, userId: line.author, time: line.time }
    })
    for (const person of people)
      records[`globalAuthor:${person.author}`] = {
        colorId: hexOf(person.colour),
        name: person.name === '' ? null : person.name,
        timestamp: time,
        padIDs: id,
      }
    const lines = Object.entries(records).map(
      ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
    )
    return `{\n${lines.join(',\n')}\n}\n`
  },
}
