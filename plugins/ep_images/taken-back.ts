/** A picture that the server will never take leaves the text again, and who brought it learns why (SPEC-text I3). */
import { effect } from '@preact/signals'
import type { ClientContext, Off, PadPictures } from '../../shared/plugin.ts'
import { KIND, readPicture } from './value.ts'

/** Watches what this device sends; the answer ends it. */
export function takeBack(context: ClientContext, pictures: PadPictures): Off {
  const told = new Set<string>()
  return effect(() => {
    for (const [key, { trouble }] of pictures.underWay.value) {
      if (trouble === null) told.delete(key)
      if (trouble === null || told.has(key)) continue
      told.add(key)
      const name = remove(context, key) || context.t('picture')
      context.toast(context.t('takenBack', { name, why: context.t(`trouble.${trouble}`) }), 'warning')
    }
  })
}

/** Takes a picture out wherever it stands, as one change; gives its description. */
function remove(context: ClientContext, key: string): string {
  let name = ''
  context.run((state, dispatch) => {
    const { tr } = state
    const places: number[] = []
    state.doc.descendants((node, pos) => {
      const picture = node.isLeaf ? readPicture(context.formats.embedOf(node)?.[KIND]) : null
      if (picture?.key !== key) return
      places.push(pos)
      name ||= picture.alt
    })
    for (const pos of places.toReversed()) tr.delete(pos, pos + 1)
    if (places.length > 0) dispatch?.(tr)
    return places.length > 0
  })
  return name
}
