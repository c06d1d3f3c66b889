/** What stood in a text once: values of formats, embeds and who wrote, read off its updates (SPEC-formats F28). */
import * as Y from 'yjs'
import type { Embed, FormatValue, Insert } from '../../shared/text/delta.ts'
import type { Past } from './past.ts'

/** Values that are told apart; further ones are not seen. */
const MOST = 100_000

export interface PastValues {
  /** Every value once, each as a piece that has it: for whoever looks values up in a content. */
  content: Insert[]
  /** The Yjs clients that wrote, those whose words are gone among them. */
  clients: ReadonlySet<number>
}

/** Of all a past consists of; the texts themselves are not made. */
export function valuesIn({ base, steps }: Past): PastValues {
  const found = new Map<string, Insert>()
  const clients = new Set<number>()
  const add = (name: string, value: unknown, piece: () => Insert): void => {
    if (found.size >= MOST) return
    const id = `${name} ${JSON.stringify(value)}`
    if (!found.has(id)) found.set(id, piece())
  }
  for (const update of [...base, ...steps.flatMap(({ updates }) => updates)])
    for (const struct of Y.decodeUpdate(update).structs) {
      if (!(struct instanceof Y.Item)) continue
      clients.add(struct.id.client)
      const { content } = struct
      if (content instanceof Y.ContentFormat) {
        const { key } = content
        const value: FormatValue = content.value as FormatValue
        if (value !== null) add(key, value, () => ({ insert: '\n', attributes: { [key]: value } }))
      } else if (content instanceof Y.ContentEmbed) {
        const embed = content.embed as Embed
        add('', embed, () => ({ insert: embed }))
      }
    }
  return { content: [...found.values()], clients }
}
