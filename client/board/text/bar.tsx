import { useComputed } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Command, EditorState } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { hexOfColour } from '../../../shared/board/colours.ts'
import { formattingOf } from '../../editor/commands/formatting.ts'
import { setFormat, toggleFormat } from '../../editor/commands/inline.ts'
import { toggleList } from '../../editor/commands/line-formats.ts'
import { keyNames } from '../../pad/key-names.ts'
import { ToolButton } from '../../ui/button.tsx'
import type { IconName } from '../../ui/icons.ts'
import { moveRoving, tidyRoving } from '../../ui/roving.ts'
import { colourName } from '../ui/names.ts'
import { INKS } from '../ui/swatches.tsx'
import type { BoardUi } from '../ui/ui.ts'
import { say } from '../words.ts'
import type { BoardKey } from '../words.ts'

interface BarProps {
  ui: BoardUi
  view: EditorView
  state: ReadonlySignal<EditorState>
  place: HTMLElement
}

const FORMATS: readonly (readonly [key: string, icon: IconName, label: BoardKey, keys: string])[] = [
  ['bold', 'bold', 'board.words.bold', 'Mod-b'],
  ['italic', 'italic', 'board.words.italic', 'Mod-i'],
  ['underline', 'underline', 'board.words.underline', 'Mod-u'],
  ['strike', 'strike', 'board.words.strike', 'Mod-5'],
]
const LISTS: readonly (readonly ['bullet' | 'ordered', IconName, BoardKey, string])[] = [
  ['bullet', 'list-bullet', 'board.words.bullets', 'Mod-Shift-8'],
  ['ordered', 'list-number', 'board.words.numbers', 'Mod-Shift-7'],
]
/** Pixels between the words and the bar, and between the bar and the edges of the board. */
const GAP = 12

/** Formats of the words, beside the field. */
export function FieldBar({ ui, view, state, place }: BarProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const formatting = useComputed(() => formattingOf(state.value))
  const run = (command: Command): void => {
    command(view.state, (tr) => view.dispatch(tr), view)
    view.focus()
  }
  useLayoutEffect(() => {
    const put = (): void => {
      if (box.current) stand(box.current, place, ui.root)
    }
    put()
    const frame = requestAnimationFrame(put)
    const off = ui.editor.camera.place.subscribe(put)
    return () => {
      cancelAnimationFrame(frame)
      off()
    }
  }, [])
  useLayoutEffect(() => {
    if (box.current) tidyRoving(box.current, 'button')
  })
  const { inline, list } = formatting.value
  return (
    <div
      ref={box}
      class="field-bar island"
      role="toolbar"
      aria-label={say('board.words')}
      data-island=""
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation()
          view.focus()
        } else if (box.current) moveRoving(event, box.current, 'button', 'row')
      }}
    >
      {FORMATS.map(([key, icon, label, keys]) => (
        <ToolButton
          key={key}
          class="small"
          icon={icon}
          label={say(label)}
          keys={keyNames(keys)}
          pressed={inline[key] === true}
          onClick={() => run(toggleFormat(key))}
        />
      ))}
      <span class="separator" />
      {LISTS.map(([kind, icon, label, keys]) => (
        <ToolButton
          key={kind}
          class="small"
          icon={icon}
          label={say(label)}
          keys={keyNames(keys)}
          pressed={list === kind}
          onClick={() => run(toggleList(kind))}
        />
      ))}
      <span class="separator" />
      {INKS.slice(1).map((colour) => {
        const hex = hexOfColour(colour, 'light')
        return (
          <button
            type="button"
            key={colour}
            class="swatch"
            aria-pressed={inline['color'] === hex}
            aria-label={say('board.words.colour', { colour: colourName(colour) })}
            data-tip=""
            style={{ '--pen': hex }}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => run(setFormat('color', inline['color'] === hex ? null : hex))}
          />
        )
      })}
    </div>
  )
}

/** Above the words, else below them, within the board. */
function stand(bar: HTMLElement, place: HTMLElement, root: HTMLElement): void {
  const board = root.getBoundingClientRect()
  const words = place.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = bar
  const above = words.top - board.top - height - GAP
  const top = above >= GAP ? above : Math.min(words.bottom - board.top + GAP, board.height - height - GAP)
  const left = words.left - board.left + (words.width - width) / 2
  bar.style.left = `${Math.max(GAP, Math.min(board.width - width - GAP, left))}px`
  bar.style.top = `${Math.max(GAP, top)}px`
}
