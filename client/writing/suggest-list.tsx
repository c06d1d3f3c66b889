/** Draws suggestions beside the cursor; on a phone over the keyboard. */
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { EditorView } from 'prosemirror-view'
import type { Box } from '../ui/place.ts'
import { Popover } from '../ui/popover.tsx'
import { mount } from './mount.tsx'
import { OptionList } from './options.tsx'
import { SUGGESTIONS } from './suggest.ts'
import type { Shown } from './suggest.ts'

/** Makes what draws; one for each editor. */
export function suggestList(): (shown: Shown | null, view: EditorView) => void {
  const now = signal<{ shown: Shown; anchor: () => Box | null } | null>(null)
  let away: (() => void) | undefined
  return (shown, view) => {
    if (!shown) {
      away?.()
      away = undefined
      now.value = null
      return
    }
    now.value = { shown, anchor: () => boxAt(view, shown.from) }
    away ??= mount(() => <List now={now} />)
  }
}

function List({ now }: { now: { value: { shown: Shown; anchor: () => Box | null } | null } }): JSX.Element {
  if (!now.value) return <></>
  const { shown, anchor } = now.value
  return (
    <Popover kind="manual" class="menu suggest" anchor={anchor} onClose={() => undefined}>
      <OptionList
        id={SUGGESTIONS}
        label={shown.source.label()}
        groups={shown.groups}
        active={shown.active}
        onChoose={shown.choose}
        onPoint={shown.point}
      />
    </Popover>
  )
}

function boxAt(view: EditorView, pos: number): Box | null {
  if (view.isDestroyed || pos > view.state.doc.content.size) return null
  const { left, top, bottom } = view.coordsAtPos(pos)
  return { left, top, width: 0, height: bottom - top }
}
