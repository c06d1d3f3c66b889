/** Two buttons, one for the colour of words, one for the ground behind them; each opens its palette. */
import type { EditorState } from 'prosemirror-state'
import type { JSX } from 'preact'
import type { ClientContext } from '../../shared/plugin.ts'
import { hexOf } from './colours.ts'
import { HIGHLIGHTS, INKS } from './palette.ts'
import type { Pair } from './palette.ts'

/** One of the two: Etherpad's toolbar id or ours, the format, the class of its look. */
interface Kind {
  id: string
  format: string
  look: string
  palette: Readonly<Record<string, Pair>>
  icon: string
  place: readonly ('bar' | 'bubble')[]
}

const KINDS: readonly Kind[] = [
  {
    id: 'fontColor',
    format: 'color',
    look: 'ink',
    palette: INKS,
    icon: 'M5.75 12.25 10 2.75l4.25 9.5M7.2 9h5.6',
    place: ['bar'],
  },
  {
    id: 'highlight',
    format: 'background',
    look: 'highlight',
    palette: HIGHLIGHTS,
    icon: 'M12.4 2.75l4.1 4.1-6.6 6.65H7.1l-1.35-1.35V9.4zM5.75 9.4l4.15 4.1',
    place: ['bar', 'bubble'],
  },
]

/** The choice that takes a colour off. */
const NONE = 'none'
const COLUMNS = 2

export function client(context: ClientContext): void {
  const { formats } = context
  const { Choices } = context.ui

  function valueOf(state: EditorState, { format }: Kind): string | null {
    const value = formats.selected(state).inline(format)
    return typeof value === 'string' ? value : null
  }

  function Palette({ kind, close }: { kind: Kind; close: () => void }): JSX.Element {
    const { id, format, look, palette } = kind
    const state = context.state.peek()
    const now = state && valueOf(state, kind)
    const set = (value: string | null): void => {
      close()
      context.run(formats.setInline(format, value))
    }
    const sample = (name: string): JSX.Element => (
      <span class={`colour-sample ${look} ${look}-${name}`} aria-hidden="true">
        A
      </span>
    )
    return (
      <>
        <Choices
          label={context.t(`${id}.title`)}
          columns={COLUMNS}
          value={now ?? NONE}
          options={[
            {
              value: NONE,
              label: context.t(`${id}.none`),
              sample: <span class="colour-sample none" aria-hidden="true" />,
            },
            ...Object.keys(palette).map((name) => ({
              value: name,
              label: context.t(`colour.${name}`),
              sample: sample(name),
            })),
          ]}
          onChange={(value: string) => set(value === NONE ? null : value)}
        />
        <label class="colour-own">
          <input
            type="color"
            value={hexOf(now ?? '') ?? palette[now ?? '']?.day ?? '#0b6e5f'}
            onChange={(event) => set(event.currentTarget.value.toLowerCase())}
          />
          {context.t('colour.own')}
        </label>
      </>
    )
  }

  for (const kind of KINDS)
    context.action({
      id: kind.id,
      label: `${kind.id}.title`,
      icon: kind.icon,
      group: 'text',
      place: kind.place,
      section: 'text',
      priority: 2,
      writes: true,
      active: (state) => valueOf(state, kind) !== null,
      pick: (close) => <Palette kind={kind} close={close} />,
    })
}
