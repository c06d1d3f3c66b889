/** Pictures that a person pastes, drops or chooses, put into the text (SPEC-text I2). */
import { TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { ClientContext, PadPictures } from '../../shared/plugin.ts'
import { altOf } from './alt.ts'
import { pictureEmbed } from './value.ts'

/** Pictures taken in one go. */
export const MOST_AT_ONCE = 30

/** Prepares them one after the other, and puts each at the cursor as soon as it is ready, one step of undo each. */
async function bringPictures(context: ClientContext, files: readonly File[]): Promise<void> {
  if (files.length > MOST_AT_ONCE) context.toast(context.t('many', { n: MOST_AT_ONCE }), 'warning')
  let pictures: PadPictures
  try {
    pictures = await context.pictures()
  } catch {
    return context.toast(context.t('trouble.offline'), 'warning')
  }
  let brought = 0
  for (const file of files.slice(0, MOST_AT_ONCE)) {
    try {
      const { key, width, height } = await pictures.take(file)
      const embed = pictureEmbed({
        key,
        width,
        height,
        alt: altOf(file),
        caption: '',
        align: null,
        show: null,
      })
      if (context.run(context.formats.insertEmbed(embed))) brought += 1
    } catch (error) {
      refused(context, file.name, error)
    }
  }
  if (brought > 0) context.announce(context.t('brought', { n: brought }))
}

/** Says why a picture does not come. */
export function refused(context: ClientContext, named: string, error: unknown): void {
  const name = named || context.t('picture')
  context.toast(context.t('refused', { name, why: context.t(`trouble.${troubleOf(error)}`) }), 'warning')
}

const TROUBLES = ['offline', 'gone', 'tooLarge', 'noPicture', 'full', 'tooFast', 'forbidden', 'away']

function troubleOf(error: unknown): string {
  const trouble: unknown = error instanceof Error ? Reflect.get(error, 'trouble') : undefined
  return TROUBLES.find((one) => one === trouble) ?? 'noPicture'
}

/** Brings files, or those that the person chooses; to where they were dropped. */
export async function bring(
  context: ClientContext,
  files: readonly File[] | undefined,
  at: DragEvent | undefined,
): Promise<void> {
  const chosen = files ?? (await (await context.pictures()).pick())
  const view = context.view.peek()
  if (at && view) cursorTo(view, at)
  if (chosen.length > 0) await bringPictures(context, chosen)
}

/** Puts the cursor where something was dropped. */
export function cursorTo(view: EditorView, event: DragEvent): void {
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
  if (!at) return
  view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))))
  view.focus()
}
