/** Copying and pasting (SPEC-text P1-P12): a plugin with ProseMirror's clipboard hooks. */
import { DOMParser, DOMSerializer, Fragment, Slice } from 'prosemirror-model'
import type { Node as ProseNode, Schema } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { Insert } from '../../../shared/text/delta.ts'
import { readHtml } from '../../../shared/text/reader/html-reader.ts'
import { setLink } from '../commands/link.ts'
import { nodesOf } from '../content.ts'
import { contentOfSlice, copyNodes, copyText, toDOM } from './copy.ts'
import { formatsOf } from '../schema.ts'
import { insertNodes } from './insert.ts'
import { OWN, ownContent } from './own.ts'
import { quietHtml } from './quiet.ts'
import { cleanText, onlyAddress } from './text.ts'

/** The most that is pasted at once, in UTF-16 units of text or of HTML. */
export const MAX_PASTE = 5_000_000

export interface PasteOptions {
  /** Told when something was too large to paste; nothing is pasted then. */
  onTooLarge?: (length: number) => void
}

/** The plugin. Pasted HTML is parsed by ProseMirror into an inert document and only read; nothing is fetched. */
export function clipboard(schema: Schema, options: PasteOptions = {}): Plugin {
  /** Slices that came from plain text; ProseMirror says so only to `transformPasted`. */
  const plainSlices = new WeakSet<Slice>()
  const fits = (text: string): string => {
    if (text.length <= MAX_PASTE) return text
    options.onTooLarge?.(text.length)
    return ''
  }
  return new Plugin({
    props: {
      clipboardParser: new ReaderParser(schema),
      clipboardSerializer: new CopySerializer(schema),
      clipboardTextSerializer: (slice) => copyText(slice),
      clipboardTextParser: (text) => {
        const clean = cleanText(fits(text))
        // The cursor goes below a last line that has its newline, as it would when typing it.
        return openSlice(schema, clean === '' ? [] : [{ insert: clean }], clean.endsWith('\n'))
      },
      transformPastedHTML: (html) => quietHtml(fits(html)),
      transformPasted(slice, _view, plain) {
        if (plain) plainSlices.add(slice)
        return slice
      },
      handlePaste: (view, event, slice) => paste(view, event, slice, plainSlices.has(slice)),
    },
  })
}

function paste(view: EditorView, event: ClipboardEvent, slice: Slice, plain: boolean): boolean {
  if (slice.content.size === 0) return true
  const { state } = view
  const nodes = rowsOf(state.schema, slice.content)
  const address = onlyAddress(event.clipboardData?.getData('text/plain') ?? '')
  const { $from, $to, empty } = state.selection
  if (address !== null && nodes.length === 1 && !empty && $from.sameParent($to)) {
    if (setLink(address)(state, view.dispatch, view)) return true
  }
  const tr = insertNodes(state, nodes, plain)
  view.dispatch(tr.setMeta('paste', true).setMeta('uiEvent', 'paste').scrollIntoView())
  return true
}

/** Lines and blocks, whether the fragment holds them or inline nodes alone. */
function rowsOf(schema: Schema, fragment: Fragment): ProseNode[] {
  return fragment.firstChild?.isInline ? nodesOf(schema, contentOfSlice(fragment)) : [...fragment.content]
}

/** The lines of a content as a slice that is open where a line begins or ends it. */
function openSlice(schema: Schema, content: readonly Insert[], lineBelow = false): Slice {
  if (content.length === 0) return Slice.empty
  const nodes = nodesOf(schema, content).map(closedLine)
  if (lineBelow) nodes.push(schema.node('line'))
  return Slice.maxOpen(Fragment.from(nodes))
}

function closedLine(node: ProseNode): ProseNode {
  return node.attrs['open'] === true ? node.type.create({ ...node.attrs, open: false }, node.content) : node
}

/** Reads pasted HTML with our own reader instead of the schema's rules. */
class ReaderParser extends DOMParser {
  constructor(schema: Schema) {
    super(schema, [])
  }

  override parseSlice(dom: globalThis.Node): Slice {
    const own =
      dom instanceof Element || dom instanceof DocumentFragment ? dom.querySelector(`[${OWN}]`) : null
    const kept = own ? ownContent(own.getAttribute(OWN) ?? '') : null
    return openSlice(this.schema, kept ?? readHtml(dom, { most: MAX_PASTE, formats: formatsOf(this.schema) }))
  }
}

/** Writes semantic HTML instead of the editor's own DOM. */
class CopySerializer extends DOMSerializer {
  constructor(schema: Schema) {
    super(DOMSerializer.nodesFromSchema(schema), DOMSerializer.marksFromSchema(schema))
  }

  override serializeFragment(
    fragment: Fragment,
    options: { document?: Document } = {},
    target?: HTMLElement | DocumentFragment,
  ): HTMLElement | DocumentFragment {
    const document = options.document ?? globalThis.document
    const place = target ?? document.createDocumentFragment()
    if (fragment.childCount > 0) place.append(toDOM(copyNodes(fragment), document))
    return place
  }
}
