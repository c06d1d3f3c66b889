/** A button that opens the sizes. */
import type { EditorState } from 'prosemirror-state'
import type { JSX } from 'preact'
import type { ClientContext } from '../../shared/plugin.ts'
import { pixelsOf, SIZES } from './shared.ts'

const NORMAL = 'normal'
const COLUMNS = 4

export function client(context: ClientContext): void {
  const { formats } = context
  const sizeOf = (state: EditorState): number | null => pixelsOf(formats.selected(state).inline('size'))

  function Sizes({ close }: { close: () => void }): JSX.Element {
    const { Choices } = context.ui
    const state = context.state.peek()
    const now = state && sizeOf(state)
    return (
      <Choices
        label={context.t('size.title')}
        columns={COLUMNS}
        value={now === null ? NORMAL : String(now)}
        options={[
          ...SIZES.map((size) => ({ value: String(size), label: String(size) })),
          { value: NORMAL, label: context.t('size.normal') },
        ]}
        onChange={(value: string) => {
          close()
          context.run(formats.setInline('size', value === NORMAL ? null : Number(value)))
        }}
      />
    )
  }

  context.action({
    id: 'fontSize',
    label: 'size.title',
    icon: 'M2.5 15.25 6.75 4.5h.5l4.25 10.75M4 11.5h6M12.25 15.25l2.6-6.5h.3l2.6 6.5M13.2 13h3.6',
    group: 'text',
    place: ['bar'],
    section: 'text',
    priority: 1,
    writes: true,
    active: (state) => formats.selected(state).inline('size') !== null,
    pick: (close) => <Sizes close={close} />,
  })
}
