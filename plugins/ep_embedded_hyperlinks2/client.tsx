/** Links by themselves, and the two things by keys that otherwise take a press on the link: opening it, taking it off. */
import type { Command, EditorState } from 'prosemirror-state'
import type { ClientContext } from '../../shared/plugin.ts'
import { safeLink } from '../../shared/text/links.ts'
import { autoLink } from './auto-link.ts'
import { linkAt } from './link-at.ts'
import type { declaration } from './shared.ts'

type Fields = NonNullable<(typeof declaration)['settings']>

const UNLINK =
  'M8.1 11.9 6.6 13.4a3.1 3.1 0 0 1-4.4-4.4l1.9-1.9M11.9 8.1l1.5-1.5a3.1 3.1 0 0 0-4.4-4.4M15.6 8.8l.2.2a3.1 3.1 0 0 1 0 4.4l-.9.9M11.2 15.6a3.1 3.1 0 0 1-4.4.2M3.5 3.5l13 13'

export function client(context: ClientContext<Fields>): void {
  context.prosemirror(autoLink(() => context.settings().autoLink))
  const address = (state: EditorState): string | null => safeLink(linkAt(state)?.href)

  context.action({
    id: 'openLink',
    label: 'open',
    icon: 'external',
    keys: 'Alt-Enter',
    group: 'text',
    place: ['more'],
    writes: false,
    enabled: (state) => address(state) !== null,
    run: () => {
      const state = context.state.peek()
      const href = state && address(state)
      if (href) window.open(href, '_blank', 'noopener,noreferrer')
    },
  })
  context.action({
    id: 'unlink',
    label: 'remove',
    icon: UNLINK,
    keys: 'Mod-Alt-k',
    group: 'text',
    place: ['more'],
    writes: true,
    enabled: (state) => removeLink(state),
    run: () => {
      if (context.run(removeLink)) context.announce(context.t('removed'))
    },
  })
}

/** Takes the link at the cursor, or all links in the selection, off the words. */
const removeLink: Command = (state, dispatch) => {
  const type = state.schema.marks['link']
  const range = state.selection.empty ? linkAt(state) : state.selection
  if (!type || !range || !state.doc.rangeHasMark(range.from, range.to, type)) return false
  if (dispatch) dispatch(state.tr.removeMark(range.from, range.to, type).removeStoredMark(type))
  return true
}
