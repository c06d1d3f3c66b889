import { Plugin, PluginKey } from 'prosemirror-state'
import type { SelectionBookmark } from 'prosemirror-state'

/** Of {@link pastePlace}. */
export const placeKey = new PluginKey<SelectionBookmark | null>('ep_images-paste')

/** Where pasted words belong while their pictures are made ready, whatever is typed meanwhile. */
export function pastePlace(): Plugin<SelectionBookmark | null> {
  return new Plugin<SelectionBookmark | null>({
    key: placeKey,
    state: {
      init: () => null,
      apply(tr, before) {
        const said: unknown = tr.getMeta(placeKey)
        if (said !== undefined) return said as SelectionBookmark | null
        return before?.map(tr.mapping) ?? null
      },
    },
  })
}
