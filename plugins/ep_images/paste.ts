/** Pastes words with the pictures that come with them (SPEC-text I8). */
import type { EditorView } from 'prosemirror-view'
import type { ClientContext, PadPictures } from '../../shared/plugin.ts'
import { altOf } from './alt.ts'
import { MOST_AT_ONCE, refused } from './bring.ts'
import { isPictureAlone } from './files.ts'
import { ownPicture } from './own.ts'
import { escaped, fileOfData, filesInRtf, imagesIn, withImages } from './pasted.ts'
import type { PastedImage } from './pasted.ts'
import { pastePlace, placeKey } from './paste-place.ts'

/** What a clipboard holds, read while its event lasts. */
export interface Pasted {
  html: string
  rtf: string
  files: readonly File[]
}

/** Pages whose editors know {@link pastePlace}. */
const placing = new WeakSet<ClientContext>()

/** Pastes HTML; its pictures first become the pad's. What cannot be one is left out, and said. */
export async function pasteWords(
  context: ClientContext,
  view: EditorView,
  { html, rtf, files }: Pasted,
): Promise<void> {
  const images = imagesIn(html, location.href)
  if (images.length === 0 && isPictureAlone(html, ''))
    return context.toast(context.t('onlyAddress'), 'warning')
  if (!placing.has(context)) context.prosemirror(pastePlace())
  placing.add(context)
  const { doc, selection, tr } = view.state
  view.dispatch(tr.setMeta(placeKey, selection.getBookmark()))
  const beside = besideWords(images, rtf, files)
  const words: (string | null)[] = []
  let pictures: PadPictures | null = null
  let taken = 0
  let many = false
  for (const image of images) {
    if (image.kind === 'elsewhere') {
      words.push(`<a href="${escaped(image.src)}">${escaped(image.alt)}</a>`)
      continue
    }
    many ||= taken >= MOST_AT_ONCE
    try {
      const file = many ? null : await bytesOf(image, beside)
      if (!file) {
        words.push(null)
        continue
      }
      taken += 1
      pictures ??= await context.pictures()
      const { key: name, width, height } = await pictures.take(file)
      const alt = image.alt || altOf({ name: image.kind === 'file' ? lastPart(image.src) : '' })
      words.push(`<img data-picture="${name} ${width} ${height}" alt="${escaped(alt)}">`)
    } catch (error) {
      refused(context, image.alt, error)
      words.push(null)
    }
  }
  if (many) context.toast(context.t('many', { n: MOST_AT_ONCE }), 'warning')
  if (view.isDestroyed || !view.editable) return
  const place = placeKey.getState(view.state) ?? null
  const now = view.state
  if (place && (now.doc !== doc || !now.selection.eq(selection)))
    view.dispatch(now.tr.setSelection(place.resolve(now.doc)))
  view.dispatch(view.state.tr.setMeta(placeKey, null))
  view.pasteHTML(withImages(html, images, words))
}

/** What an image is made of; null when that did not come along. Takes what it uses out of `beside`. */
async function bytesOf({ kind, src }: PastedImage, beside: Blob[]): Promise<Blob | null> {
  if (kind === 'data') return fileOfData(src)
  return kind === 'own' ? ownPicture(src) : (beside.shift() ?? null)
}

/** The files that belong to a clipboard's pictures, one for each; none when they do not fit together. */
function besideWords(images: readonly PastedImage[], rtf: string, files: readonly File[]): Blob[] {
  const wanted = images.filter(({ kind }) => kind === 'file').length
  if (wanted === 0) return []
  if (files.length === wanted) return [...files]
  const inRtf = filesInRtf(rtf)
  return inRtf.length === wanted ? inRtf : []
}

function lastPart(address: string): string {
  return address.slice(address.lastIndexOf('/') + 1)
}
