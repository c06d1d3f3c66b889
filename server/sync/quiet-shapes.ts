/**
 * Shapes of an open board weigh less at the server: Yjs gives every map two lists of those who listen to it, 128 bytes that
 * nothing here ever fills, because the server hears of changes from the document (SPEC-sync S45).
 */
import * as Y from 'yjs'

/** The lists all shapes have. Frozen: whoever listens to a single shape fails at once, and nobody hears of another's. */
const { _eH: NOBODY, _dEH: NOBODY_BELOW } = new Y.Map()
Object.freeze(NOBODY.l)
Object.freeze(NOBODY_BELOW.l)

/** From now on the document's new shapes have no lists of their own. */
export function quietShapes(doc: Y.Doc): void {
  doc.on('afterTransaction', ({ changed }) => {
    const shapes = doc.share.get('shapes')
    const ids = shapes && changed.get(shapes)
    if (!shapes || !ids) return
    for (const id of ids) {
      const content = id === null ? undefined : shapes._map.get(id)?.content
      if (!(content instanceof Y.ContentType) || !(content.type instanceof Y.Map)) continue
      content.type._eH = NOBODY
      content.type._dEH = NOBODY_BELOW
    }
  })
}
