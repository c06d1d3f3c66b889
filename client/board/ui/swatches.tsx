import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { PALETTE, hexOfColour } from '../../../shared/board/colours.ts'
import type { Colour } from '../../../shared/board/colours.ts'
import { moveRoving } from '../../ui/roving.ts'
import { say } from '../words.ts'
import { colourName } from './names.ts'
import { isDark } from './theme.ts'
import '../../styles/board-properties.css'

/** Places in the palette: pens, markers, papers of notes. */
export const INKS = [0, 1, 2, 3, 4, 5, 6, 7] as const
export const MARKERS = [8, 9, 10, 11] as const
export const PAPERS = [12, 13, 14, 15, 16, 17] as const

interface SwatchesProps {
  label: string
  colours: readonly number[]
  /** Undefined where the selected shapes differ. */
  value: Colour | undefined
  onChange: (colour: Colour) => void
}

const OPTION = '[role=radio]'
/** Ms after the last move in the system's colour picker until the colour is taken, so that it is one step of undo. */
const REST = 250

/** Colours of the palette, and one of one's own. */
export function Swatches({ label, colours, value, onChange }: SwatchesProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const theme = isDark.value ? 'dark' : 'light'
  useLayoutEffect(() => {
    const items = [...(box.current?.querySelectorAll<HTMLElement>(OPTION) ?? [])]
    const chosen = items.find((item) => item.getAttribute('aria-checked') === 'true') ?? items[0]
    for (const item of items) item.tabIndex = item === chosen ? 0 : -1
  })
  return (
    <div
      ref={box}
      class="swatches"
      role="radiogroup"
      aria-label={label}
      onKeyDown={(event) => {
        if (!box.current || !moveRoving(event, box.current, OPTION, 'row')) return
        event.stopPropagation()
        if (document.activeElement instanceof HTMLElement) document.activeElement.click()
      }}
    >
      {colours.map((colour) => (
        <button
          type="button"
          key={colour}
          class={`swatch${PALETTE[colour]?.name.startsWith('note') === true ? ' paper' : ''}`}
          role="radio"
          aria-checked={colour === value}
          aria-label={colourName(colour)}
          data-tip=""
          style={{ '--pen': hexOfColour(colour, theme) }}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChange(colour)}
        />
      ))}
      <OwnColour value={value} onChange={onChange} />
    </div>
  )
}

function OwnColour({ value, onChange }: Pick<SwatchesProps, 'value' | 'onChange'>): JSX.Element {
  const draft = useSignal<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const own = typeof value === 'string'
  const take = (): void => {
    clearTimeout(timer.current)
    if (draft.peek() !== null) onChange(draft.peek() ?? '')
    draft.value = null
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  const shown = draft.value ?? (own ? value : hexOfColour(value ?? 0, isDark.value ? 'dark' : 'light'))
  return (
    <label
      class={`swatch own${own ? ' chosen' : ''}`}
      data-tip=""
      aria-label={say('board.colour.own')}
      style={{ '--pen': shown }}
    >
      <input
        type="color"
        aria-label={say('board.colour.own')}
        value={shown}
        onInput={(event) => {
          draft.value = event.currentTarget.value.toLowerCase()
          clearTimeout(timer.current)
          timer.current = setTimeout(take, REST)
        }}
        onChange={take}
      />
    </label>
  )
}
