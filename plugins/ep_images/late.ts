/** What is fetched when a picture is shown, brought or selected. */
import './late.css'
import { NodeSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { ClientContext } from '../../shared/plugin.ts'
import { roomFor } from './shown.ts'
import { KIND, pictureEmbed, readPicture, shownWithin } from './value.ts'

export { bring } from './bring.ts'
export { bringCopied, noteCopied } from './copied.ts'
export { dropWords } from './drop.ts'
export { pasteWords } from './paste.ts'
export { takeBack } from './taken-back.ts'
export { pictureView } from './view.ts'

/** Percent a key changes a picture's size by. */
const STEP = 10

/** A key was pressed while a picture is selected: Enter describes it, Space shows it large, plus and minus change its size. */
export function pressed(context: ClientContext, view: EditorView, key: string): void {
  const { selection } = view.state
  if (!(selection instanceof NodeSelection)) return
  const picture = readPicture(context.formats.embedOf(selection.node)?.[KIND])
  const figure = view.nodeDOM(selection.from)
  if (!picture || !(figure instanceof HTMLElement)) return
  if (key === 'Enter' || key === ' ') {
    figure.dispatchEvent(new CustomEvent(key === ' ' || !view.editable ? 'dblclick' : 'describe'))
    return
  }
  if (!view.editable) return
  const now = picture.show ?? (figure.getBoundingClientRect().width / roomFor(figure)) * 100
  const show = shownWithin(now + (key === '+' ? STEP : -STEP))
  context.run(context.formats.changeEmbed(selection.from, pictureEmbed({ ...picture, show })))
  context.announce(context.t('size', { n: show }))
}
