/** Pads as the pages know them: the text as HTML, and the id for readers. */
import type { PersonColour } from '../../shared/colour.ts'
import type { Content } from '../../shared/text/delta.ts'
import { contentToHtml } from '../../shared/text/html.ts'
import { newReadOnlyId } from '../access/tokens.ts'
import type { Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'

/** What pages ask of pads. */
export interface Pads {
  /** The text as HTML, or null when the pad does not exist yet. Never creates it. */
  html(pad: string): Promise<string | null>
  /** The id under which the pad can only be read; made at the first question. */
  readOnlyId(pad: string): Promise<string>
  /** The colours in use in the pad: of who is here (twice, because they count double) and of who wrote. */
  colours(pad: string): readonly PersonColour[]
}

/** Text in a page ends here (UTF-16 units); the editor shows all of it. */
const MOST = 200_000

/** Creates the {@link Pads} of a server. */
export function createPads({
  store,
  sync,
}: {
  store: Store
  sync: Pick<Sync, 'withDocument' | 'peopleIn'>
}): Pads {
  return {
    async html(pad) {
      const content = await sync.withDocument(`p/${pad}`, (doc) => doc.getText('text').toDelta() as Content)
      return content === null ? null : contentToHtml(head(content))
    },
    readOnlyId: (pad) => store.readOnlyId(pad, newReadOnlyId),
    colours: (pad) => sync.peopleIn(`p/${pad}`).map(({ colour }) => colour),
  }
}

/** The content up to the last line that ends within {@link MOST}. */
function head(content: Content): Content {
  let left = MOST
  for (const [at, { insert }] of content.entries()) {
    left -= typeof insert === 'string' ? insert.length : 1
    if (left >= 0) continue
    const item = content[at]
    if (item === undefined || typeof item.insert !== 'string') return content.slice(0, at)
    const cut = item.insert.slice(0, item.insert.length + left)
    const text = cut.slice(0, cut.lastIndexOf('\n') + 1)
    return text === '' ? content.slice(0, at) : [...content.slice(0, at), { ...item, insert: text }]
  }
  return content
}
