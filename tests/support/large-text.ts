/** A large text as years of use make it: headings, lists, bold runs, three authors alternating inside lines. */
import * as Y from 'yjs'
import { seeded } from './seeded.ts'

const WORDS = 'the people who write here know that a long text grows line by line and word by word'.split(' ')

/** A document of `lines` lines of about 100 characters, written by the clients 11, 12 and 13. */
export function largeDoc(lines: number, seed = 1): Y.Doc {
  const random = seeded(seed)
  const docs = [11, 12, 13].map((client) => {
    const doc = new Y.Doc()
    doc.clientID = client
    return doc
  })
  const doc = new Y.Doc()
  const write = (change: (text: Y.Text) => void): void => {
    const one = random.pick(docs)
    const missing = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(one))
    Y.applyUpdate(one, missing)
    change(one.getText('text'))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(one, Y.encodeStateVector(doc)))
  }
  const block = 1000
  for (let at = 0; at < lines; at += block) {
    const delta: object[] = []
    for (let line = 0; line < Math.min(block, lines - at); line += 1) {
      let text = ''
      while (text.length < 95) text += `${random.pick(WORDS)} `
      if (random.chance(0.1))
        delta.push(
          { insert: text.slice(0, 40) },
          { insert: text.slice(40, 60), attributes: { bold: true } },
          { insert: text.slice(60) },
        )
      else delta.push({ insert: text })
      delta.push(
        random.chance(0.18)
          ? { insert: '\n', attributes: random.pick([{ header: 2 }, { list: 'bullet' }]) }
          : { insert: '\n' },
      )
    }
    write((text) => text.applyDelta([{ retain: text.length }, ...delta]))
  }
  const text = doc.getText('text')
  for (let round = 0; round < 12; round += 1) {
    write((mine) => {
      for (let word = 0; word < lines / 24; word += 1) {
        const at = random.int(text.length)
        mine.insert(Math.min(mine.length - 1, at), 'inside ')
      }
    })
  }
  return doc
}
