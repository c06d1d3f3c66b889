/** Pads as the pages know them: the text as HTML, and the id for readers. */
import type { PersonColour } from '../../shared/colour.ts'
import type { Formats } from '../../shared/text/formats.ts'
import { newReadOnlyId } from '../access/tokens.ts'
import type { Store } from '../store/store.ts'
import type { Sync } from '../sync/types.ts'
import { createPageTexts } from './page-text.ts'

/** What pages ask of pads. */
export interface Pads {
  /** The text as HTML, or null when the pad does not exist yet. Never creates it. */
  html(pad: string): Promise<string | null>
  /** The id under which the pad can only be read; made at the first question. */
  readOnlyId(pad: string): Promise<string>
  /** The colours in use in the pad: of who is here (twice, because they count double) and of who wrote. */
  colours(pad: string): readonly PersonColour[]
}

/** Creates the {@link Pads} of a server. */
export function createPads({
  store,
  sync,
  formats,
}: {
  store: Store
  sync: Pick<Sync, 'withDocument' | 'peopleIn'>
  /** The formats of the core and of the plugins that are on. Left out: the core's. */
  formats?: () => Formats
}): Pads {
  const texts = createPageTexts(undefined, formats)
  return {
    html: (pad) =>
      sync.withDocument(`p/${pad}`, (doc, revision) => texts.html(pad, doc.getText('text'), revision)),
    readOnlyId: (pad) => store.readOnlyId(pad, newReadOnlyId),
    colours: (pad) => sync.peopleIn(`p/${pad}`).map(({ colour }) => colour),
  }
}
