/** Properties of text. */
import type { JSX } from 'preact'
import type { Align, Font, VerticalAlign } from '../../../shared/board/model/style.ts'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../words.ts'
import type { BoardKey } from '../words.ts'
import { boardIcon } from './icons.ts'
import { Pick } from './pick.tsx'
import { Group, useStyle } from './stroke-parts.tsx'
import type { BoardUi } from './ui.ts'

interface PartProps {
  ui: BoardUi
}

const FONTS: readonly (readonly [Font, BoardKey])[] = [
  ['sans', 'board.font.sans'],
  ['serif', 'board.font.serif'],
  ['mono', 'board.font.mono'],
  ['hand', 'board.font.hand'],
]
const SIZES: readonly (readonly [number, BoardKey])[] = [
  [16, 'board.size.small'],
  [20, 'board.size.medium'],
  [28, 'board.size.large'],
  [44, 'board.size.huge'],
]

export function TextPart({ ui }: PartProps): JSX.Element {
  const font = useStyle(ui, 'font')
  const size = useStyle(ui, 'size')
  return (
    <Group name={say('board.lettering')}>
      <Pick<Font>
        label={say('board.font')}
        class="segments fonts"
        value={font}
        options={FONTS.map(([value, label]) => ({
          value,
          label: say(label),
          picture: (
            <span class="font-sample" data-font={value} aria-hidden="true">
              {SAMPLE}
            </span>
          ),
        }))}
        onChange={(value) => ui.editor.setStyle({ font: value })}
      />
      <Pick<number>
        label={say('board.size')}
        value={size}
        options={SIZES.map(([value, label]) => ({ value, label: say(label) }))}
        onChange={(value) => ui.editor.setStyle({ size: value })}
      />
    </Group>
  )
}
const SAMPLE = 'Aa'

const ALIGNS: readonly (readonly [Align, BoardKey, string])[] = [
  ['left', 'board.align.left', 'align-left'],
  ['center', 'board.align.center', 'align-center'],
  ['right', 'board.align.right', 'align-right'],
]
const VALIGNS: readonly (readonly [VerticalAlign, BoardKey, string])[] = [
  ['top', 'board.align.top', 'top'],
  ['middle', 'board.align.middle', 'middle'],
  ['bottom', 'board.align.bottom', 'bottom'],
]

export function AlignPart({ ui }: PartProps): JSX.Element {
  const align = useStyle(ui, 'align')
  const valign = useStyle(ui, 'valign')
  const picture = (name: string): JSX.Element => <Icon name={boardIcon(name)} class="small" />
  return (
    <div class="pair">
      <Pick<Align>
        label={say('board.align')}
        value={align}
        options={ALIGNS.map(([value, label, icon]) => ({ value, label: say(label), picture: picture(icon) }))}
        onChange={(value) => ui.editor.setStyle({ align: value })}
      />
      <Pick<VerticalAlign>
        label={say('board.valign')}
        value={valign}
        options={VALIGNS.map(([value, label, icon]) => ({
          value,
          label: say(label),
          picture: picture(icon),
        }))}
        onChange={(value) => ui.editor.setStyle({ valign: value })}
      />
    </div>
  )
}
