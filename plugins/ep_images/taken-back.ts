/** A picture that the server will never take leaves the text again, and who brought it learns why (SPEC-text I3). */
import { effect } from '@preact/signals'
import type { Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import { UNDONE } from '../../shared/plugin.ts'
import type { ClientContext, Off, PadPictures } from '../../shared/plugin.ts'
import { KIND, readPicture } from './value.ts'
import type { Picture } from './value.ts'

/** Watches what this device sends; the answer ends it. */
export function takeBack(context: ClientContext, pictures: PadPictures): Off {
  const told = new Set<string>()
  const pictureIn = (node: Node): Picture | null =>
    node.isLeaf ? readPicture(context.formats.embedOf(node)?.[KIND]) : null
  let watching: Off | null = null
  const end = effect(() => {
    for (const [key, { trouble }] of pictures.underWay.value) {
      if (trouble === null) told.delete(key)
      if (trouble === null || told.has(key)) continue
      told.add(key)
      watching ??= context.prosemirror(notBack((node) => told.has(pictureIn(node)?.key ?? '')))
      const name = remove(context, (node) => pictureIn(node)?.key === key, pictureIn) || context.t('picture')
      context.toast(context.t('takenBack', { name, why: context.t(`trouble.${trouble}`) }), 'warning')
    }
  })
  return () => {
    end()
    watching?.()
  }
}

/** Takes pictures out wherever they stand, as one change that undo leaves alone; gives a description. */
function remove(
  context: ClientContext,
  isOne: (node: Node) => boolean,
  pictureIn: (node: Node) => Picture | null,
): string {
  let name = ''
  context.run((state, dispatch) => {
    const { tr } = state
    const places: number[] = []
    state.doc.descendants((node, pos) => {
      if (!isOne(node)) return
      places.push(pos)
      name ||= pictureIn(node)?.alt ?? ''
    })
    if (places.length > 0) dispatch?.(without(tr, places))
    return places.length > 0
  })
  return name
}

/** Whoever undoes or redoes gets a refused picture back no more. */
function notBack(isRefused: (node: Node) => boolean): Plugin {
  return new Plugin({
    appendTransaction(transactions, _before, { doc, tr }) {
      const places = new Set<number>()
      for (const [at, one] of transactions.entries()) {
        if (one.getMeta(UNDONE) !== true) continue
        const later = transactions.slice(at + 1)
        const now = (pos: number): number => later.reduce((place, { mapping }) => mapping.map(place), pos)
        one.mapping.maps.forEach((map, step) => {
          const rest = one.mapping.slice(step + 1)
          map.forEach((_from, _to, from, to) => {
            doc.nodesBetween(now(rest.map(from, -1)), now(rest.map(to, 1)), (node, pos) => {
              if (isRefused(node)) places.add(pos)
            })
          })
        })
      }
      return places.size > 0
        ? without(
            tr,
            [...places].toSorted((a, b) => a - b),
          )
        : null
    },
  })
}

/** Deletes what stands at these places, in their order, each one character long. */
function without(tr: Transaction, places: readonly number[]): Transaction {
  for (const pos of places.toReversed()) tr.delete(pos, pos + 1)
  return tr.setMeta('addToHistory', false)
}
