import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { makerOf } from '../../../../shared/board/model/board.ts'
import { t } from '../../../i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field, Select } from '../../../ui/field.tsx'
import { Avatar } from '../../../ui/people.tsx'
import { deleteWithEnds } from '../../editor/deleting.ts'
import { say, sayTitle } from '../../words.ts'
import type { DialogProps } from '../dialogs.tsx'
import type { BoardUi } from '../ui.ts'

/** Somebody and what they drew. */
interface Drawer {
  readonly author: string
  readonly ids: readonly string[]
}

/** Who drew what is on the board, those with most first; what is locked stays out. */
export function drawersOf({ editor, session }: Pick<BoardUi, 'editor' | 'session'>): Drawer[] {
  const { scene } = editor
  const found = new Map<string, string[]>()
  for (const shape of scene.shapes.values()) {
    if (shape.locked) continue
    const maker = makerOf(scene.board, shape.id)
    const author = shape.author || (maker === undefined ? undefined : session.authorOf(maker))
    const own = maker === scene.board.doc.clientID ? session.me.author : undefined
    const key = author ?? own ?? ''
    const ids = found.get(key)
    if (ids) ids.push(shape.id)
    else found.set(key, [shape.id])
  }
  return [...found].map(([author, ids]) => ({ author, ids })).sort((a, b) => b.ids.length - a.ids.length)
}

/** Takes away what one person drew, in one step that can be undone. */
export function ClearDialog({ ui, onClose }: DialogProps): JSX.Element {
  const drawers = drawersOf(ui)
  const chosen = useSignal(drawers[0]?.author ?? '')
  const nameOf = (author: string): string => {
    const name = ui.session.people.get(author)?.name || t('common.nameless')
    return author === ui.me.value.author ? say('board.clearMine', { name }) : name
  }
  const drawer = drawers.find(({ author }) => author === chosen.value)
  const person = ui.session.people.get(chosen.value)
  return (
    <Dialog
      title={sayTitle('board.clearPerson')}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <Button
          kind="danger"
          icon="trash"
          disabled={!drawer}
          onClick={() => {
            if (drawer) ui.editor.change((board) => deleteWithEnds(ui.editor, board, drawer.ids))
            ui.editor.select([])
            onClose()
          }}
        >
          {say('board.clearNow', { n: drawer?.ids.length ?? 0 })}
        </Button>
      }
    >
      {drawers.length === 0 ? (
        <p>{say('board.clearNothing')}</p>
      ) : (
        <Field label={say('board.clearWhose')} hint={say('board.clearHint')}>
          {({ id }) => (
            <span class="name-row">
              <Avatar
                face={{ id: 'them', name: person?.name ?? '', colour: person?.colour ?? '7' }}
                nameless={t('common.nameless')}
              />
              <Select
                id={id}
                value={chosen.value}
                options={drawers.map(({ author, ids }) => ({
                  value: author,
                  label: say('board.clearCount', { name: nameOf(author), n: ids.length }),
                }))}
                onChange={(value) => (chosen.value = value)}
              />
            </span>
          )}
        </Field>
      )}
    </Dialog>
  )
}
